// A double click sends once. The page may come back from the browser's memory: then its forms work again.
const sending = new WeakSet();

function buttons(form) {
  return form.querySelectorAll("button:not([type=button]), input[type=submit]");
}

function hold(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || "mayRepeat" in form.dataset) return;
  if (sending.has(form)) {
    event.preventDefault();
    return;
  }
  sending.add(form);
  // aria-disabled and not disabled: a disabled button would lose its name and value, and the focus.
  buttons(form).forEach((button) => button.setAttribute("aria-disabled", "true"));
}

function release(form) {
  sending.delete(form);
  buttons(form).forEach((button) => button.removeAttribute("aria-disabled"));
}

export function sendOnce() {
  document.addEventListener("submit", hold);
  window.addEventListener("pageshow", () => [...document.forms].forEach(release));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form");
    if (form) release(form);
  });
}
