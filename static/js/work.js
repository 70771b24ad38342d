// One box that ticks every row of the list. Without this script each row is ticked by itself.
const every = document.querySelector("[data-tick-all]");

function rows() {
  return [...document.querySelectorAll("input[name=code][form=bulk]")];
}

if (every) {
  every.hidden = false;
  every.addEventListener("change", () => rows().forEach((row) => (row.checked = every.checked)));
  document.addEventListener("change", (event) => {
    if (event.target.name === "code") every.checked = rows().every((row) => row.checked);
  });
}
