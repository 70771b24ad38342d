// A copy on this device of what could not be sent, under the person, the case and the page that it belongs to.
// It goes away when the server has it, and when the person signs out.
const PREFIX = "intake/";
let leaving = false; // signing out: a last save on the way must not leave a copy behind

export function deviceCopy(key) {
  const name = PREFIX + key;
  return {
    keep(entered, revision) {
      if (leaving) return;
      try {
        localStorage.setItem(name, JSON.stringify({ entered, revision }));
      } catch {
        // Private windows may have no storage: the page itself still holds what was typed.
      }
    },
    kept() {
      try {
        return JSON.parse(localStorage.getItem(name));
      } catch {
        return null;
      }
    },
    forget() {
      localStorage.removeItem(name);
    },
  };
}

function forgetAll() {
  Object.keys(localStorage)
    .filter((name) => name.startsWith(PREFIX))
    .forEach((name) => localStorage.removeItem(name));
}

export function forgetAtSignOut() {
  document.addEventListener("submit", (event) => {
    leaving = event.target.matches("[data-signs-out]");
    if (leaving) forgetAll();
  });
}
