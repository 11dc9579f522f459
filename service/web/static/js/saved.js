// Searches that a reader keeps: in this browser's own storage, by name and address. Nothing leaves.

import { say } from "./page.js";

const KEY = "pincite.searches";
const MOST = 200;

/** The searches kept: [{name, query}], newest first. What is not of that form is left out. */
function kept() {
  try {
    const all = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return all.filter((one) => typeof one?.name === "string" && typeof one?.query === "string" && one.query.startsWith("?"));
  } catch {
    return [];
  }
}

function keep(all) {
  try {
    localStorage.setItem(KEY, JSON.stringify(all.slice(0, MOST)));
  } catch {
    return false; // the browser keeps nothing, or has no room
  }
  return true;
}

/** Show what is kept, and let the search on the page be kept too. */
export function begin() {
  list();
  const save = document.getElementById("save");
  if (!save) return;
  save.hidden = false;
  save.onclick = () => {
    const query = new URL(location.href).search;
    const name = document.getElementById("q").value.trim();
    if (keep([{ name, query }, ...kept().filter((one) => one.query !== query)])) {
      list();
      say(save.dataset.said);
    }
  };
}

function list() {
  const box = document.getElementById("saved");
  const all = kept();
  box.hidden = !all.length;
  box.querySelector(".count").textContent = all.length;
  box.querySelector("ul").replaceChildren(...all.map((one, at) => row(one, at)));
}

function row({ name, query }, at) {
  const made = document.getElementById("saved-search").content.cloneNode(true);
  const link = made.querySelector("a");
  link.textContent = name;
  link.href = `/search${query}`;
  link.id = `saved-${at}`;
  for (const button of made.querySelectorAll("button")) {
    button.id = `saved-${button.dataset.act}-${at}`;
    button.setAttribute("aria-labelledby", `${button.id} ${link.id}`);
    button.onclick = () => ACTS[button.dataset.act](query, button);
  }
  return made;
}

const ACTS = {
  delete(query, button) {
    keep(kept().filter((one) => one.query !== query));
    say(button.dataset.said);
    list();
    document.querySelector("#saved summary").focus();
  },
  rename(query, button) {
    const line = button.closest("li");
    const form = document.getElementById("saved-name").content.cloneNode(true).firstElementChild;
    const field = form.querySelector("input");
    field.value = kept().find((one) => one.query === query)?.name ?? "";
    form.onsubmit = (event) => {
      event.preventDefault();
      const name = field.value.trim();
      keep(kept().map((one) => (one.query === query ? { ...one, name } : one)));
      list();
      document.getElementById(button.id)?.focus();
    };
    line.replaceChildren(form);
    field.select();
  },
};
