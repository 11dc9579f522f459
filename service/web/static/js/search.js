// Searching without a new page: filters, order and pages change what was found in place. Every
// state keeps its address, so that going back, reloading and sending a link do what they always do.

import { nodes } from "./html.js";
import { say } from "./page.js";
import { begin as beginSaved } from "./saved.js";

const FACETS = "input[type=checkbox][form=search]";
let going = new AbortController();

/** The address of what the form says, in its own order, without what is empty. */
function wanted(form) {
  const said = [...new FormData(form)].filter(([, value]) => value !== "");
  const query = new URLSearchParams(said).toString();
  return form.getAttribute("action") + (query ? `?${query}` : "");
}

/** Put what an address finds where the found things are; all of the room, if `whole`. */
async function show(address, { push = true, whole = false, focus = "" } = {}) {
  going.abort();
  going = new AbortController();
  const { signal } = going;
  const found = document.getElementById("found");
  found.setAttribute("aria-busy", "true");
  const target = new URL(address, location.href);
  let fresh;
  try {
    const response = await fetch(`${target.pathname}/part${target.search}`, { signal });
    fresh = nodes(await response.text());
    if (!fresh.getElementById("found")) throw new Error(`${response.status}`);
  } catch {
    if (!signal.aborted) location.assign(target);
    return;
  }
  if (signal.aborted) return;
  if (push) history.pushState(null, "", target);
  const folds = whole ? null : folded();
  const id = focus || document.activeElement?.id;
  if (whole) document.getElementById("search-room").replaceChildren(...fresh.childNodes);
  else found.replaceWith(fresh.getElementById("found"));
  settle(folds);
  if (id) document.getElementById(id)?.focus({ preventScroll: !focus });
  say(document.getElementById("count-said")?.textContent ?? problem());
}

/** What a reader has opened or shut of the filters, by id; it stays so. */
function folded() {
  return [...document.querySelectorAll(".facets details[id]")].map((one) => [one.id, one.open]);
}

function problem() {
  return document.querySelector("#found .problem")?.textContent ?? "";
}

/** What the parts of a fresh page need that they do not have by themselves. */
function settle(folds = null) {
  const narrow = matchMedia("(max-width: 52rem)").matches;
  for (const [id, open] of folds ?? [["folding", !narrow]]) document.getElementById(id)?.toggleAttribute("open", open);
  for (const one of document.querySelectorAll(".apply")) one.hidden = true;
  beginSaved();
  count();
}

/** How many passages are ticked, in the page's own words. */
function count() {
  const line = document.getElementById("ticked");
  if (!line) return;
  const ticked = document.querySelectorAll("input[name=pick]:checked").length;
  const { none, one, many } = line.dataset;
  line.textContent = ticked > 1 ? many.replace("{n}", ticked) : ticked ? one : none;
}

document.addEventListener("change", (event) => {
  if (event.target.matches(FACETS)) show(wanted(event.target.form));
  if (event.target.matches("input[name=pick]")) count();
});

document.addEventListener("submit", (event) => {
  if (event.target.id !== "search") return;
  event.preventDefault();
  show(wanted(event.target));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-here]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  show(link.href, { focus: "count" });
});

window.addEventListener("popstate", () => show(location.href, { push: false, whole: true }));

settle();
