// A reader's word on an answer, sent without leaving the page.
import { say } from "./page.js";

/** Sends the form; thanks in its place, or says that it could not be kept. */
export async function sendFeedback(form, submitter) {
  const fields = new URLSearchParams(new FormData(form, submitter));
  let kept = false;
  try {
    kept = (await fetch(form.action, { method: "POST", body: fields })).ok;
  } catch { /* the service is gone: said below */ }
  const words = kept ? form.dataset.thanks : form.dataset.failed;
  const told = document.createElement("p");
  told.className = kept ? "hint" : "problem";
  told.textContent = words;
  if (kept) form.replaceChildren(told);
  else form.append(told);
  say(words);
}
