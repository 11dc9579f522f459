// The room where questions are answered: its forms and links ask without leaving the page, each
// answer has its address, and Back brings the one before as it was.
import { Answering } from "./answering.js";
import { sendFeedback } from "./feedback.js";
import { say } from "./page.js";

const room = document.getElementById("ask");
const kept = new Map();
let shown = here();
let answering = null;

function here() { return location.pathname + location.search; }

/** The address of a form's question: every field that says something. */
function addressOf(form, submitter) {
  const fields = [...new FormData(form, submitter)].filter(([, value]) => value !== "");
  return `/?${new URLSearchParams(fields)}`;
}

/** Keep the page of an answer as it stands under its address. */
function keep() {
  const nodes = [...room.cloneNode(true).childNodes];
  kept.set(shown, { title: document.title, place: place().value, nodes });
}

function place() { return room.querySelector("#place"); }

function ask(address) {
  answering?.stop();
  if (address === here()) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  shown = address;
  answering = new Answering(room, address, keep);
  answering.run();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-ask]")) {
    event.preventDefault();
    ask(addressOf(form, event.submitter));
  } else if (form.matches("[data-feedback]")) {
    event.preventDefault();
    sendFeedback(form, event.submitter);
  }
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-example], a[data-ask-link]");
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !plain) return;
  event.preventDefault();
  ask(link.getAttribute("href"));
});

// Enter asks, as in any box of one line; Shift and Enter begin another line.
room.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  if (!event.target.matches("form.ask textarea")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

addEventListener("popstate", () => {
  if (here() === shown) return;
  answering?.stop();
  shown = here();
  const state = kept.get(shown);
  if (!state) { location.reload(); return; }
  document.title = state.title;
  room.replaceChildren(...state.nodes.map((node) => node.cloneNode(true)));
  place().value = state.place; // a copy of a list forgets what was chosen
});

// A page that came in while it was made: its status has done its work, and the end is said once.
const coming = room.querySelector(".coming");
if (coming) {
  coming.remove();
  say(room.querySelector("[data-said]")?.textContent ?? "");
}
keep();
