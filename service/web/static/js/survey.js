// A page that waits for all texts to be read: looks again now and then, and is whole when they are.

import { nodes } from "./html.js";
import { say } from "./page.js";

const EVERY = 2000;
const waiting = () => document.querySelector("main [data-surveying]");

async function look() {
  const response = await fetch(location.href);
  if (!response.ok) return;
  const main = nodes(await response.text()).querySelector("main");
  const line = main?.querySelector("[data-surveying]");
  if (line) {
    waiting().replaceWith(line);
    setTimeout(look, EVERY);
  } else if (main) {
    const done = waiting().dataset.done;
    document.querySelector("main").replaceChildren(...main.childNodes);
    say(done);
  }
}

if (waiting()) setTimeout(look, EVERY);
