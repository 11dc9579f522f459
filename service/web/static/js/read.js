// A text that is read: which section is in view, and steps from citation to citation by keys.

import { say } from "./page.js";

const KEYS_OFF = "pincite.keys-off";
const wide = matchMedia("(min-width: 64rem)");

/** The outline stands open where there is room beside the text. */
function unfold(contents) {
  const open = () => { contents.open = wide.matches; };
  wide.addEventListener("change", open);
  open();
}

/** Point out the section that is being read, in the outline and in the bar. */
function follow(contents, bar) {
  const links = [...contents.querySelectorAll('a[href^="#"]')];
  const sections = links
    .map((link) => ({ link, target: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
    .filter((one) => one.target);
  let shown = null;
  let waiting = false;
  const look = () => {
    waiting = false;
    const found = last(sections, probe());
    if (found === shown) return;
    shown?.link.removeAttribute("aria-current");
    found?.link.setAttribute("aria-current", "true");
    shown = found;
    if (bar) bar.querySelector(".here").textContent = found ? path(found.link) : "";
    if (found) reveal(contents, found.link);
  };
  // Only what is near the window is laid out: the line in view is asked where it stands, no other.
  const soon = () => { if (!waiting) { waiting = true; requestAnimationFrame(look); } };
  addEventListener("scroll", soon, { passive: true });
  new IntersectionObserver(soon).observe(document.querySelector(".text"));
  soon();
}

/** The line of the text that is read, near the top of the window. */
function probe() {
  const box = document.querySelector(".text").getBoundingClientRect();
  const x = box.left + Math.min(box.width / 2, 200);
  for (const share of [0.14, 0.18, 0.22, 0.3, 0.4]) {
    const line = document.elementFromPoint(x, innerHeight * share)?.closest("[data-at]");
    if (line) return line;
  }
  return null;
}

/** The last section that begins at a line or before it. */
function last(sections, line) {
  if (!line) return null;
  let low = 0, high = sections.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const { target } = sections[middle];
    const before = target === line || line.contains(target)
      || target.compareDocumentPosition(line) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (before) low = middle + 1; else high = middle;
  }
  return sections[low - 1] ?? null;
}

function path(link) {
  const names = [];
  for (let item = link.closest("li"); item; item = item.parentElement.closest("li")) {
    names.unshift(item.querySelector("a span").textContent);
  }
  return names.slice(-2).join(" › ");
}

/** Scroll the outline, and not the page, until a line of it is seen. */
function reveal(box, link) {
  const frame = box.closest(".contents");
  const [outer, inner] = [frame.getBoundingClientRect(), link.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) {
    frame.scrollTop += inner.top - outer.top - outer.height / 3;
  }
}

/** Buttons and keys that go to the next citation or change, and say which it is. */
function steps(bar) {
  const stops = [...document.querySelectorAll(bar.dataset.steps)];
  if (!stops.length) return;
  bar.querySelector(".steps").hidden = false;
  let at = null;
  const go = (by) => {
    at = at === null ? nearest(stops, by) : (at + by + stops.length) % stops.length;
    const stop = stops[at];
    document.querySelector(".stopped")?.classList.remove("stopped");
    stop.classList.add("stopped");
    if (!stop.matches("a[href]")) stop.tabIndex = -1;
    stop.scrollIntoView({ block: "center" });
    stop.focus({ preventScroll: true });
    const words = described(bar, stop, at, stops.length);
    bar.querySelector(".here").textContent = words;
    say(words);
  };
  for (const button of bar.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => go(Number(button.dataset.step)));
  }
  keys(bar, go);
}

/** The first stop from what is in view. */
function nearest(stops, by) {
  const line = probe();
  if (!line) return by > 0 ? 0 : stops.length - 1;
  const after = stops.findIndex((stop) => line.contains(stop)
    || line.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING);
  const first = after < 0 ? stops.length : after;
  return by > 0 ? first % stops.length : (first - 1 + stops.length) % stops.length;
}

function described(bar, stop, at, count) {
  const place = bar.dataset.said.replace("{n}", at + 1).replace("{m}", count);
  if (!stop.matches(".cite")) return place;
  const name = stop.title || stop.textContent;
  return stop.matches("a[href]") ? `${place}: ${name}` : `${place}: ${name} (${bar.dataset.elsewhere})`;
}

/** Single keys, which a reader who types or speaks to the machine can turn off (WCAG 2.1.4). */
function keys(bar, go) {
  const box = bar.querySelector(".keys input");
  box.checked = localStorage.getItem(KEYS_OFF) === null;
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(KEYS_OFF); else localStorage.setItem(KEYS_OFF, "1");
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (!box.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { n: 1, p: -1 }[event.key];
    if (by) { event.preventDefault(); go(by); }
  });
}

/** A button beside chosen words: their permanent link, which carries the version of the text. */
function linkable(bar, text) {
  const button = bar.querySelector("[data-link]");
  if (!button) return;
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    button.hidden = chosen.isCollapsed || !text.contains(chosen.anchorNode) || !text.contains(chosen.focusNode);
  });
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // the words stay chosen
  button.addEventListener("click", () => {
    const { startContainer, startOffset, endContainer, endOffset } = getSelection().getRangeAt(0);
    const start = characters(startContainer, startOffset);
    const end = characters(endContainer, endOffset);
    const { id, version } = text.dataset;
    const place = new URLSearchParams({ v: version, start, end });
    button.dataset.copy = `${location.origin}/documents/${encodeURIComponent(id)}?${place}#quote`;
  });
}

/** Where a point of the page stands in the text, counted as the service counts: in code points. */
function characters(node, offset) {
  const before = document.createRange();
  const inside = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");
  const line = inside ?? (node.childNodes[offset] ?? node).closest?.("[data-at]") ?? node.querySelector("[data-at]");
  if (!inside) return Number(line.dataset.at);
  before.setStart(line, 0);
  before.setEnd(node, offset);
  return Number(line.dataset.at) + [...before.toString()].length;
}

/** Land on the marked words once what is above them has its height. */
function land() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target) requestAnimationFrame(() => target.scrollIntoView({ block: target.matches("mark") ? "center" : "start" }));
}

const contents = document.querySelector(".contents details");
const bar = document.querySelector(".bar[data-steps]");
const text = document.querySelector(".text");
if (bar) {
  bar.hidden = false;
  steps(bar);
  linkable(bar, text);
}
if (contents) { unfold(contents); follow(contents, bar); }
land();
