// A clause names the evidence that it used (data-evidence, ids apart by blanks): pointing at it lights that up.
function light(event, on) {
  const clause = event.target.closest?.("[data-evidence]");
  if (!clause) return;
  clause.dataset.evidence.split(" ").forEach((id) => {
    document.getElementById(id)?.classList.toggle("is-pointed", on);
  });
}

export function evidence() {
  for (const [name, on] of [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]]) {
    document.addEventListener(name, (event) => light(event, on));
  }
}
