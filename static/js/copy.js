// "Copy as text": the button appears only where it can work.
async function copy(box) {
  const text = box.querySelector("[data-copy-text]");
  const said = box.querySelector("[data-copy-said]");
  await navigator.clipboard.writeText(text.value);
  said.textContent = said.dataset.words;
}

export function copyButtons() {
  if (!navigator.clipboard) return;
  document.querySelectorAll("[data-copy]").forEach((box) => {
    const button = box.querySelector("[data-copy-button]");
    button.hidden = false;
    button.addEventListener("click", () => copy(box));
  });
}
