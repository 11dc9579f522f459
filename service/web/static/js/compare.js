// The comparison: a cell is looked at closely in a dialog, and the end of the table is said once.
// Loaded as soon as it can be, for the table may still be coming in.

import { nodes } from "./html.js";
import { say } from "./page.js";

const dialog = document.createElement("dialog");
dialog.className = "closely";
dialog.id = "closely";

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button.closer");
  if (!button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  open(button);
});

/** Show what a button leads to in the dialog; the focus comes back to the button. */
async function open(pressed) {
  const words = pressed.closest(".compared").dataset;
  const name = pressed.closest("td").querySelector(".where").textContent;
  dialog.replaceChildren(...framed(name, words));
  if (!dialog.isConnected) document.body.append(dialog);
  dialog.showModal();
  const address = new URL(pressed.form.action);
  address.search = new URLSearchParams([...new FormData(pressed.form, pressed), ["alone", "true"]]);
  const asked = dialog.lastChild;
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${response.status}`);
    asked.replaceChildren(nodes(await response.text()));
  } catch {
    asked.textContent = words.failed;
  }
  asked.removeAttribute("aria-busy");
}

/** The dialog's name, its way out, and a place for what is being looked up. */
function framed(name, words) {
  const heading = document.createElement("h2");
  heading.textContent = name;
  heading.id = "closely-name";
  dialog.setAttribute("aria-labelledby", heading.id);
  const button = document.createElement("button");
  button.className = "quiet";
  button.textContent = words.close;
  button.addEventListener("click", () => dialog.close());
  const body = document.createElement("div");
  body.setAttribute("aria-busy", "true");
  body.textContent = words.wait;
  return [heading, button, body];
}

// A click beside the dialog closes it, as Escape does.
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

function told() {
  const words = document.getElementById("told")?.dataset.said;
  if (words) say(words);
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", told);
else told();
