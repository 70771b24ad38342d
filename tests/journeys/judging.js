// What axe finds wrong with a page. Contrast takes it longer than all its other rules together, so it is asked only
// about text that it has not passed before in the same colours on the same ground; `known` lists those, a line each.
window.judge = async (known, links) => {
  const before = new Set(known.split("\n"));
  const grounds = new Map();

  // What may lie behind text: each ancestor that paints, fades or leaves its place.
  const ground = (element) => {
    if (!element) return "";
    if (!grounds.has(element)) {
      const {backgroundColor, backgroundImage, opacity, position, filter} = getComputedStyle(element);
      const own = [backgroundColor, backgroundImage, opacity, position, filter].join(" ");
      const plain = /^rgba\(0, 0, 0, 0\) none 1 (static|relative) none$/.test(own);
      grounds.set(element, ground(element.parentElement) + (plain ? "" : `${own}; `));
    }
    return grounds.get(element);
  };
  const colours = (element) => {
    const {color, fontSize, fontWeight, textShadow} = getComputedStyle(element);
    return [color, fontSize, fontWeight, textShadow, "on", ground(element)].join(" ");
  };
  // Where axe cannot see or tell, its silence holds for this very text in this very place.
  const itself = (element) => {
    const {left, top, width, height} = element.getBoundingClientRect();
    return [colours(element), left, top, width, height, element.outerHTML].join(" ").replace(/\s+/g, " ");
  };
  const writes = (element) =>
    element.matches("input:not([type=radio], [type=checkbox]), select, textarea") ||
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const unknown = [...document.body.querySelectorAll("*")].filter(
    (element) => writes(element) && element.checkVisibility({visibilityProperty: true}) &&
      !before.has(colours(element)) && !before.has(itself(element)));

  // One run for all: what it learns of where things lie, the rules share.
  axe.configure({rules: [{id: "color-contrast", selector: "[data-unknown]"}]});
  unknown.forEach((element) => element.setAttribute("data-unknown", ""));
  const found = await axe.run({
    preload: false,  // for sounds and for ways of holding a phone, which no page here has
    resultTypes: unknown.length ? ["violations", "passes"] : ["violations"],
    elementRef: true,
    selectors: false,
    rules: {"link-in-text-block": {enabled: links}},
  });
  unknown.forEach((element) => element.removeAttribute("data-unknown"));

  const contrast = found.passes.filter((rule) => rule.id === "color-contrast").flatMap((rule) => rule.nodes);
  // Without a ratio it was passed for being out of sight. What stands in a frame is asked about in full every time.
  const seen = contrast.filter(({any, element}) => any[0]?.data?.contrastRatio && element instanceof Element);
  const told = seen.map(({element}) => colours(element));
  const passed = new Set(told);
  return {
    violations: found.violations.flatMap(({id, help, nodes}) =>
      nodes.map(({html, failureSummary}) => `${id}: ${help}\n  ${html}\n  ${failureSummary}`)),
    judged: unknown.map((element) => (passed.has(colours(element)) ? colours(element) : itself(element))),
  };
};
