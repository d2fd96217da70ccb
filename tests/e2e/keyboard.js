// What the Tab key comes to. Called with "start", it watches where focus goes; with "end", it tells what was missed.
(step) => {
  const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex]";
  const room = [...document.querySelectorAll("dialog[open]")].filter((one) => one.matches(":modal")).at(-1) ?? document.body;
  const named = (one) =>
    `${one.localName} “${(one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent ?? one.textContent ?? one.name ?? "").trim().slice(0, 60)}”`;
  if (step === "start") {
    const ringed = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const seen = (one) =>
      ringed(getComputedStyle(one, "::after")) ||
      (one instanceof SVGElement && parseFloat(getComputedStyle(one).strokeWidth) >= 3) ||
      [one, one.closest("label"), one.parentElement, one.nextElementSibling].some(
        (place) => place && ringed(getComputedStyle(place)),
      );
    const watched = { at: document.activeElement, reached: new Set(), unseen: [] };
    watched.listen = ({ target }) => {
      if (!watched.reached.has(target) && !seen(target)) watched.unseen.push(named(target));
      watched.reached.add(target);
    };
    document.addEventListener("focusin", watched.listen);
    window.watchedFocus = watched;
    const first = document.createElement("i");
    first.tabIndex = -1;
    room.prepend(first);
    first.focus({ preventScroll: true });
    first.remove();
    watched.reached.clear();
    watched.unseen.length = 0;
    // The browser's own fields of a date or time are up to six stops each.
    const stops = (one) => (/^(date|time|datetime-local)$/.test(one.type) ? 7 : 1);
    return [...room.querySelectorAll(CONTROLS)].reduce((sum, one) => sum + stops(one), 0);
  }
  const { at, reached, unseen, listen } = window.watchedFocus;
  document.removeEventListener("focusin", listen);
  at?.focus?.({ preventScroll: true });
  const groups = new Set([...reached].filter((one) => one.type === "radio").map((one) => one.name));
  const missed = [...room.querySelectorAll(CONTROLS)].filter(
    (one) =>
      one.tabIndex >= 0 &&
      !one.disabled &&
      !one.closest("[inert]") &&
      one.checkVisibility({ visibilityProperty: true }) &&
      !reached.has(one) &&
      !(one.type === "radio" && groups.has(one.name)),
  );
  return [...missed.map((one) => `Tab never comes to ${named(one)}`), ...unseen.map((one) => `focus cannot be seen on ${one}`)];
}
