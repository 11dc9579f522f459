// What can be measured of a page as it stands. Each function gives lines that say what is wrong.
(() => {
  const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], iframe, audio, video";
  const TARGETS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=link]";
  const LEAST = 24;

  /** A place that a person can find again: tag, id or class, first words. */
  const named = (el) => {
    const words = (el.getAttribute("aria-label") || el.textContent || el.value || "").trim().replace(/\s+/g, " ");
    return `${el.tagName.toLowerCase()}${el.id ? `#${el.id}` : ""} “${words.slice(0, 40)}”`;
  };
  const shown = (el) => el.checkVisibility({ visibilityProperty: true }) && el.getClientRects().length > 0;
  const hidden = (el) => el.closest(".visually-hidden, .skip:not(:focus)") !== null;

  function headings() {
    const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown).map((h) => [Number(h.tagName[1]), named(h)]);
    const wrong = [];
    if (levels.filter(([level]) => level === 1).length !== 1) wrong.push(`h1: ${levels.filter(([l]) => l === 1).length}`);
    if (levels.length && levels[0][0] !== 1) wrong.push(`begins with ${levels[0][1]}`);
    levels.forEach(([level, name], n) => { if (n && level > levels[n - 1][0] + 1) wrong.push(`${name} comes under h${levels[n - 1][0]}`); });
    return wrong;
  }

  function landmarks() {
    const wrong = [];
    for (const [what, selector] of [["main", "main"], ["banner", "body > header"], ["contentinfo", "body > footer"], ["navigation of the site", "body > header nav"]]) {
      const count = document.querySelectorAll(selector).length;
      if (count !== 1) wrong.push(`${what}: ${count}`);
    }
    const names = [...document.querySelectorAll("nav")].filter(shown).map((nav) => nav.getAttribute("aria-label") || nav.getAttribute("aria-labelledby") || "");
    if (names.some((name) => !name)) wrong.push("a nav without a name");
    if (new Set(names).size !== names.length) wrong.push(`navs of one name: ${names}`);
    return wrong;
  }

  function references() {
    const ids = [...document.querySelectorAll("[id]")].map((el) => el.id);
    const wrong = ids.filter((id, n) => ids.indexOf(id) !== n).map((id) => `two of id ${id}`);
    for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "for"]) {
      for (const el of document.querySelectorAll(`[${attribute}]`)) {
        for (const id of el.getAttribute(attribute).split(/\s+/)) if (!document.getElementById(id)) wrong.push(`${named(el)}: ${attribute} ${id} leads nowhere`);
      }
    }
    return wrong;
  }

  /** A control with its label, which presses it too. */
  function boxOf(el) {
    const boxes = [el, ...(el.labels ?? [])].filter(shown).map((one) => one.getBoundingClientRect());
    const union = { left: Math.min(...boxes.map((b) => b.left)), top: Math.min(...boxes.map((b) => b.top)), right: Math.max(...boxes.map((b) => b.right)), bottom: Math.max(...boxes.map((b) => b.bottom)) };
    return { ...union, width: union.right - union.left, height: union.bottom - union.top };
  }

  /** WCAG 2.5.8, "inline": the target's size is held by the line height of words around it. */
  function inline(el) {
    if (!getComputedStyle(el).display.startsWith("inline") || getComputedStyle(el).display.startsWith("inline-")) return false;
    const block = el.parentElement.closest("p, li, dd, dt, td, th, blockquote, figcaption, summary, h1, h2, h3, label, article, div");
    return block !== null && block.textContent.trim().length > el.textContent.trim().length;
  }

  /** WCAG 2.5.8: 24 by 24 pixels, or so far from every other target. */
  function targets() {
    const all = [...document.querySelectorAll(TARGETS)].filter((el) => shown(el) && !hidden(el) && !el.disabled);
    const boxes = all.map((el) => [el, boxOf(el)]);
    const small = ([, b]) => b.width < LEAST - 0.5 || b.height < LEAST - 0.5;
    const middle = (b) => [(b.left + b.right) / 2, (b.top + b.bottom) / 2];
    const away = ([x, y], b) => Math.hypot(Math.max(b.left - x, 0, x - b.right), Math.max(b.top - y, 0, y - b.bottom));
    return boxes.filter((one) => small(one) && !inline(one[0])).filter(([el, box]) => boxes.some(([other, b]) => {
      if (other === el || el.contains(other) || other.contains(el)) return false;
      const near = small([other, b]) ? Math.hypot(middle(box)[0] - middle(b)[0], middle(box)[1] - middle(b)[1]) < LEAST : away(middle(box), b) < LEAST / 2;
      return near;
    })).map(([el, b]) => `${named(el)} is ${b.width.toFixed(0)} by ${b.height.toFixed(0)}, and close to another`);
  }

  /** WCAG 2.5.3: who speaks the words that are seen presses the right control. */
  function labels() {
    const flat = (words) => words.trim().replace(/\s+/g, " ").toLowerCase();
    const seen = (el) => flat(el.innerText.replace(/[^\p{L}\p{N} ]+/gu, " "));
    return [...document.querySelectorAll("a[aria-label], button[aria-label], summary[aria-label], [role=button][aria-label]")]
      .filter((el) => shown(el) && seen(el) && !flat(el.getAttribute("aria-label").replace(/[^\p{L}\p{N} ]+/gu, " ")).includes(seen(el))).map(named);
  }

  /** Links inside sentences that are told by their colour alone. */
  function colour() {
    return [...document.querySelectorAll("main p a[href], main li a[href]")].filter((el) => shown(el) && inline(el)).filter((el) => {
      const style = getComputedStyle(el);
      return !style.textDecorationLine.includes("underline") && Number.parseFloat(style.borderBottomWidth) === 0 && style.fontWeight < 600;
    }).map(named);
  }

  /** What moves although the reader asked for no motion. */
  function motion() {
    const wrong = [...document.querySelectorAll("*")].filter((el) => {
      const style = getComputedStyle(el);
      const long = (times) => times.split(",").some((time) => Number.parseFloat(time) > 0.01);
      return (style.animationName !== "none" && long(style.animationDuration)) || long(style.transitionDuration);
    }).map(named);
    if (getComputedStyle(document.documentElement).scrollBehavior === "smooth") wrong.push("the page scrolls smoothly");
    return wrong;
  }

  /** What does not fit: the page is wider than its window, or words are cut off. */
  function unfit() {
    const wrong = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth + 1) {
      const wide = [...document.querySelectorAll("body *")].filter((el) => shown(el) && el.getBoundingClientRect().right > root.clientWidth + 1 && !el.closest(".scroll, .visually-hidden"));
      wrong.push(`the page is ${root.scrollWidth} wide: ${wide.slice(0, 3).map(named)}`);
    }
    for (const el of document.querySelectorAll("body *")) {
      if (!shown(el) || hidden(el) || !el.textContent.trim() || ["SELECT", "OPTION", "TEXTAREA", "INPUT"].includes(el.tagName)) continue;
      if (el.offsetWidth <= 1) continue; // kept for who listens to the page
      const style = getComputedStyle(el);
      const cut = (how, by) => ["hidden", "clip"].includes(how) && by > 2;
      if (cut(style.overflowX, el.scrollWidth - el.clientWidth) || cut(style.overflowY, el.scrollHeight - el.clientHeight)) wrong.push(`${named(el)} is cut off`);
    }
    return wrong;
  }

  /** Run a check under another style sheet, which is taken away again. */
  function under(css, check) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const found = check();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    return found;
  }
  // WCAG 1.4.12, as far apart as a reader may set the words.
  const spaced = () => under("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }", unfit);

  /** What Tab should reach, in the order of the page. */
  const focusables = () => [...document.querySelectorAll(FOCUSABLE)].filter((el) => {
    if (!shown(el) || el.disabled || el.tabIndex < 0) return false;
    if (el.type !== "radio" || !el.name) return true;
    const group = [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(el.name)}"]`)].filter((one) => one.form === el.form);
    return el === (group.find((one) => one.checked) ?? group[0]);
  });

  /** Where the focus is: its place among what Tab reaches, and whether it is seen. */
  function focused() {
    const el = document.activeElement;
    if (!el || el === document.body) return null;
    const style = getComputedStyle(el);
    const ring = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2;
    const box = el.getBoundingClientRect();
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const under = (x, y) => {
      const at = document.elementFromPoint(x, y);
      return at !== null && (el.contains(at) || at.contains(el) || [...(el.labels ?? [])].some((label) => label.contains(at)));
    };
    // WCAG 2.4.11: some of it can be seen. A link that runs over two lines is looked at in each.
    const open = [...el.getClientRects()].some((b) => [0.15, 0.5, 0.85].some((x) => [0.2, 0.5, 0.8].some((y) => under(b.left + b.width * x, b.top + b.height * y))));
    return { place: window.measures.order.indexOf(el), name: named(el), ring, inside, open };
  }

  window.measures = { labels, headings, landmarks, references, targets, colour, motion, unfit, spaced, focusables, focused, named, order: [] };
})();
