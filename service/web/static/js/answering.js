// One question on its way: what is being done, each statement as it comes, then the whole answer.
import { events } from "./events.js";
import { nodes } from "./html.js";
import { say } from "./page.js";

const copyOf = (id) => document.getElementById(id).content.cloneNode(true);

/** Asks at an address of the page, and shows what comes in the page's place for it. */
export class Answering {
  busy = false;
  #leaving = new AbortController();

  /** `done` is called when the answer stands. */
  constructor(room, address, done) {
    this.room = room;
    this.address = address;
    this.done = done;
    this.result = room.querySelector("#result");
  }

  /** Give it up: the service hears of it, and stops its work. */
  stop() {
    this.busy = false;
    this.#leaving.abort();
  }

  async run() {
    this.busy = true;
    this.#wait();
    try {
      const address = this.room.dataset.events + new URL(this.address, location.href).search;
      for await (const event of events(address, { signal: this.#leaving.signal })) {
        if (!this.busy) return;
        this.#take(event);
      }
      if (this.busy) this.#broke("");
    } catch (error) {
      if (error.name === "AbortError" || !this.busy) return;
      // A status says that the question cannot be asked: the plain page says why.
      if (/^\d{3}$/.test(error.message)) location.replace(this.address);
      else this.#broke("");
    }
  }

  #wait() {
    for (const part of this.room.querySelectorAll(".intro, .start")) part.remove();
    const asked = new URL(this.address, location.href).searchParams;
    this.room.querySelector("#q").value = asked.get("q") ?? "";
    this.result.replaceChildren(copyOf("waiting"));
    say(this.result.querySelector("h1").textContent);
  }

  #take({ name, data }) {
    const take = { stage: this.#stage, statement: this.#statement, answer: this.#answer };
    if (name === "error") this.#broke(data.detail);
    else take[name]?.call(this, data.html);
  }

  #stage(html) {
    this.result.querySelector(".stages")?.replaceChildren(nodes(html));
  }

  #statement(html) {
    this.result.querySelector(".arriving")?.append(nodes(html));
  }

  /** The whole answer in the place of its pieces: said once, and where a reader goes on. */
  #answer(html) {
    this.busy = false;
    this.result.replaceChildren(nodes(html));
    const answer = this.result.querySelector(".answer");
    document.title = answer.dataset.title;
    const form = this.room.querySelector("form.ask");
    form.elements.place.value = answer.dataset.place;
    form.elements.as_of.value = answer.dataset.asOf;
    for (const back of document.querySelectorAll(".languages [name=back]")) back.value = this.address;
    this.done();
    this.result.querySelector("h1").focus();
    say(answer.querySelector("[data-said]").textContent);
  }

  /** What came so far stays, and the page says that it is not all. */
  #broke(why) {
    this.busy = false;
    this.result.querySelector(".stages")?.remove();
    this.result.querySelector(".waiting")?.removeAttribute("aria-busy");
    this.result.append(copyOf("broken"));
    const broken = this.result.lastElementChild;
    broken.querySelector(".why").textContent = why ?? "";
    broken.querySelector(".plain").href = this.address;
  }
}
