// Keys on staff pages. Single letters can be switched off (WCAG 2.1.4); the switch is kept on this device.
const KEPT = "single-keys";
const TYPING = "input, textarea, select, [contenteditable]";

function singleKeys() {
  return localStorage.getItem(KEPT) !== "off";
}

function find(event) {
  const box = document.querySelector("[data-find]");
  if (!box) return;
  event.preventDefault();
  const rail = box.closest("[popover]");
  if (rail && !box.checkVisibility()) rail.showPopover();
  box.focus();
  box.select();
}

function move(step) {
  const links = [...document.querySelectorAll("[data-row-link]")];
  const here = links.indexOf(document.activeElement);
  const next = links[Math.min(links.length - 1, Math.max(0, here + step))];
  next?.focus();
}

function press(event, dialog) {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") find(event);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches(TYPING) || dialog.open || !singleKeys()) return;
  if (event.key === "j") move(1);
  if (event.key === "k") move(-1);
  if (event.key === "?") dialog.showModal();
}

export function keyboard() {
  const dialog = document.getElementById("keys");
  if (!dialog) return;
  const choice = dialog.querySelector("[data-keys-switch]");
  choice.checked = singleKeys();
  choice.addEventListener("change", () => localStorage.setItem(KEPT, choice.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => press(event, dialog));
  document.querySelectorAll("[data-keys-open]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => dialog.showModal());
  });
}
