// The one place where a string becomes HTML: parts of pages that this service has rendered, in
// which every word of a document is escaped. The page's policy lets no other code do it.

const policy = globalThis.trustedTypes?.createPolicy("pincite", { createHTML: (text) => text });

/** A part of a page, as the service has rendered it, as nodes. */
export function nodes(text) {
  const template = document.createElement("template");
  template.innerHTML = policy ? policy.createHTML(text) : text;
  return template.content;
}
