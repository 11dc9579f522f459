// The room of evaluators: the run that was started here tells how far it is, and two runs at most
// can be chosen to be compared.

import "./jobs.js";

const chosen = () => [...document.querySelectorAll(".runs input:checked")];

document.querySelector(".runs")?.addEventListener("change", (event) => {
  // A third takes the place of the first.
  if (chosen().length > 2) chosen().find((box) => box !== event.target).checked = false;
});
