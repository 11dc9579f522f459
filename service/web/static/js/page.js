// What every page has: a voice for what changes without a new page, and copying.

/** Say something once to who listens to the page rather than sees it. */
export function say(words) {
  const said = document.getElementById("said");
  if (said) said.textContent = words;
}

// A button with data-copy puts that text on the clipboard, and says so in the words of data-copied.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const before = button.textContent;
  button.textContent = button.dataset.copied;
  say(button.dataset.copied);
  setTimeout(() => { button.textContent = before; }, 2000);
});
