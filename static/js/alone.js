// "None of these" and "I don't know" stand alone: ticking one clears the rest, and the other way round.
// The server checks the same; this only saves a round trip.
function settle(group, changed) {
  const alone = group.dataset.alone.split(" ");
  if (!changed.checked) return;
  group.querySelectorAll("input[type=checkbox]").forEach((box) => {
    const clash = alone.includes(changed.value) || alone.includes(box.value);
    if (box !== changed && clash) box.checked = false;
  });
}

export function aloneChoices() {
  document.addEventListener("change", (event) => {
    const group = event.target.closest("[data-alone]");
    if (group) settle(group, event.target);
  });
}
