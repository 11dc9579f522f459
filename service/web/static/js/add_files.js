// Adding files: dropping them on the form, looking at them before they are sent, and a bar that
// shows how much of them has gone. Without this the form works as any form with files does.

import "./jobs.js";

const form = document.querySelector("form.adding");
if (form) begin();

function begin() {
  const input = form.elements.files;
  const drop = form.querySelector(".drop");
  form.querySelector(".dragging").hidden = false;
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => over(event, drop, true));
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, (event) => over(event, drop, false));
  // A file that misses the form shall not be opened in the place of the page.
  for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());
  drop.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    chosen(input.files);
  });
  input.addEventListener("change", () => chosen(input.files));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (chosen(input.files)) send();
  });
}

function over(event, drop, is) {
  event.preventDefault();
  drop.classList.toggle("over", is);
}

/** List the files; whether they may be sent. */
function chosen(files) {
  const list = form.querySelector(".files-chosen");
  list.replaceChildren(...[...files].map((file) => {
    const item = document.createElement("li");
    item.textContent = `${file.name} · ${size(file.size)}`;
    return item;
  }));
  list.hidden = files.length < 2;  // the field itself names a single one
  const large = [...files].filter((file) => file.size > Number(form.dataset.mostBytes));
  const wrong = files.length > Number(form.dataset.mostFiles) ? form.dataset.tooMany
    : large.length ? `${form.dataset.tooLarge} ${large.map((file) => file.name).join(", ")}` : "";
  tell(wrong);
  return !wrong;
}

function size(bytes) {
  const unit = bytes < 1e6 ? ["kilobyte", 1e3] : ["megabyte", 1e6];
  const shown = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: unit[0], maximumFractionDigits: 1 });
  return shown.format(bytes / unit[1]);
}

/** Send the form; XMLHttpRequest alone tells how much has gone. */
function send() {
  const sending = form.querySelector(".sending");
  const bar = sending.querySelector("progress");
  const button = form.querySelector("button.first");
  const request = new XMLHttpRequest();
  const over = (wrong) => { sending.hidden = true; button.disabled = false; tell(wrong); };
  sending.hidden = false;
  button.disabled = true;
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = event.loaded / event.total;
  });
  request.addEventListener("load", () => {
    if (request.status < 400) location.assign(form.getAttribute("action"));
    else over(problem(request.responseText) || form.dataset.broken);
  });
  request.addEventListener("error", () => over(form.dataset.broken));
  request.open("POST", form.getAttribute("action"));
  request.setRequestHeader("Accept", "application/problem+json");
  request.send(new FormData(form));
}

function problem(text) {
  try { return JSON.parse(text).detail; } catch { return ""; }
}

function tell(words) {
  const wrong = form.querySelector(".wrong");
  wrong.textContent = words;
  wrong.hidden = !words;
}
