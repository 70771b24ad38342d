// The error summary takes the focus, and its links go to the first input of a group and not only to the group.
const INPUTS = "input:not([type=hidden]), select, textarea";

function goTo(event) {
  const link = event.target.closest("a[href^='#']");
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target) return;
  const input = target.matches(INPUTS) ? target : target.querySelector(INPUTS);
  if (!input) return;
  event.preventDefault();
  target.scrollIntoView({ block: "start" });
  input.focus({ preventScroll: true });
}

export function focusSummary() {
  const summary = document.querySelector("[data-summary]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", goTo);
}
