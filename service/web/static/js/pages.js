// Pages as printed: turned without a new page of the site, magnified where they stand.
import { nodes } from "./html.js";
import { say } from "./page.js";

let asked = new AbortController();

/** The address of the part that shows pages, for the address of the page that shows it too. */
function partOf(address) {
  const part = new URL(address);
  part.pathname += "/pages";
  part.hash = "";
  return part;
}

async function turn(address, by) {
  asked.abort();
  asked = new AbortController();
  const pages = document.getElementById("pages");
  pages.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(partOf(address), { signal: asked.signal });
    if (!response.ok) throw new Error(`${response.status}`);
    show(pages, nodes(await response.text()), by);
    history.replaceState(history.state, "", address);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address); // the whole page says what is wrong
  }
}

function show(pages, fresh, by) {
  const next = fresh.getElementById("pages");
  pages.replaceWith(fresh);
  prepare(next);
  (next.querySelector(`a[data-turn="${by}"]`) ?? next).focus({ preventScroll: true });
  if (next.getBoundingClientRect().top < 0) next.scrollIntoView();
  say([...next.querySelectorAll("[data-said]")].map((one) => one.dataset.said).join(", "));
}

/** With scripts a picture is magnified in its place, so the link to it alone is not needed. */
function prepare(root) {
  for (const button of root.querySelectorAll("[data-zoom]")) button.hidden = false;
  for (const link of root.querySelectorAll("[data-plain]")) link.hidden = true;
}

function zoom(button) {
  const sheet = button.closest(".sheet");
  const larger = sheet.classList.toggle("zoomed");
  button.setAttribute("aria-pressed", String(larger));
  const image = sheet.querySelector("img");
  if (larger) image.src = image.dataset.large;
  const view = sheet.querySelector(".view");
  const boxes = [...sheet.querySelectorAll(".boxes rect")].map((one) => one.getBoundingClientRect());
  if (!larger || !boxes.length) return;
  const frame = view.getBoundingClientRect();
  const left = Math.min(...boxes.map((box) => box.left)) - frame.left - 16;
  view.scrollTo(left, boxes[0].top - frame.top - frame.height / 4);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-zoom]");
  if (button) zoom(button);
  const link = event.target.closest?.("a[data-turn]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  turn(link.href, link.dataset.turn);
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-turn]");
  if (!form) return;
  event.preventDefault();
  const address = new URL(form.action);
  address.search = new URLSearchParams(new FormData(form));
  turn(address.href, form.dataset.turn);
});

/** Where pages stand in a column that scrolls by itself, the first boxed words come into sight. */
function reveal() {
  const column = document.querySelector(".images");
  const box = column?.querySelector(".boxes rect")?.getBoundingClientRect();
  if (!box || column.scrollHeight <= column.clientHeight) return;
  const frame = column.getBoundingClientRect();
  if (box.bottom > frame.bottom) column.scrollTop += box.top - frame.top - frame.height / 3;
}

prepare(document);
reveal();
