// A job on a page: its part is put in anew as it goes on; its end is said once and gets the focus.

import { events } from "./events.js";
import { nodes } from "./html.js";
import { say } from "./page.js";

/** Follow the job that `place` shows, to its end. Without a connection the page stays as it is. */
export async function follow(place) {
  place.querySelector("[data-again]")?.remove();
  try {
    for await (const event of events(place.dataset.watch)) {
      if (event.name === "part") show(place, nodes(event.data));
    }
  } catch {
    // The service went: what is shown is what was known last.
  }
}

function show(place, part) {
  const now = part.querySelector(".job");
  const step = place.querySelector("[data-step]");
  if (now?.dataset.state === "running" && step) {
    // The button to cancel stays, and with it the focus that it may have.
    step.replaceWith(part.querySelector("[data-step]"));
    return;
  }
  place.replaceChildren(part);
  if (!now?.dataset.say) return;
  say(now.dataset.say);
  now.focus({ preventScroll: true });
}

for (const place of document.querySelectorAll("[data-watch]")) follow(place);
