// allauth's script tells what went wrong only to the console: say it on the page too.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const words = document.querySelector("[data-passkey-error]");
  words.hidden = false;
  words.setAttribute("role", "alert");
});
