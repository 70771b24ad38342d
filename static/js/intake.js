// The questionnaire's pages: what is typed is saved on the server, one save after the other, and kept on this device
// while the server cannot be reached. "Saved" is only said after the server's yes.
import { deviceCopy, forgetAtSignOut } from "./device_copy.js";

const PAUSE = 700; // ms after the last key
const RETRY = 10000; // ms between tries while there is no connection
const IN_TIME = 15000; // ms after which a save that got no answer counts as not saved

function entered(form) {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  data.delete("revision");
  return new URLSearchParams(data).toString();
}

function say(words, saved) {
  const line = document.querySelector("[data-saved]");
  line.classList.toggle("saved--not", !saved);
  line.querySelector("[data-saved-words]").textContent = words;
}

class Saver {
  constructor(form) {
    this.form = form;
    this.copy = deviceCopy(form.dataset.deviceKey);
    this.last = entered(form);
    this.busy = null;
    this.held = false;
  }

  later(pause = PAUSE) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  // One save at a time; what was typed meanwhile goes with the next.
  async save() {
    clearTimeout(this.timer);
    if (this.busy) await this.busy;
    if (this.held || entered(this.form) === this.last) return;
    this.busy = this.send(entered(this.form)).finally(() => (this.busy = null));
    await this.busy;
  }

  async send(now) {
    try {
      const response = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body: new URLSearchParams(new FormData(this.form)),
        headers: { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value, Accept: "application/json" },
        signal: AbortSignal.timeout(IN_TIME),
      });
      await this.heard(response, now);
    } catch {
      this.lost(now, this.form.dataset.wordsLost);
    }
  }

  async heard(response, now) {
    if (response.redirected || response.status === 401 || response.status === 403) {
      this.lost(now, this.form.dataset.wordsOut);
      return;
    }
    if (response.status >= 500) throw new Error("not saved");
    const answer = await response.json();
    if (response.ok) this.saved(answer, now);
    else this.refused(answer);
  }

  saved(answer, now) {
    this.last = now;
    this.form.elements.revision.value = answer.revision;
    this.copy.forget();
    say(answer.words, true);
    const live = document.querySelector("[data-ledger]");
    if (live) live.innerHTML = answer.ledger;
    if (entered(this.form) !== now) this.later();
  }

  // Saved on another device in the meantime: nothing is written over; Continue asks which to keep.
  refused(answer) {
    this.held = true;
    say(answer.words, false);
    const place = this.form.querySelector("[data-both]");
    if (answer.both && place) place.innerHTML = answer.both;
  }

  lost(now, words) {
    this.copy.keep(now, this.form.elements.revision.value);
    say(words, false);
    this.later(RETRY);
  }

  // What an earlier visit could not send: put back, if nothing newer was saved since, and sent.
  restore() {
    const kept = this.copy.kept();
    if (!kept || kept.revision !== this.form.elements.revision.value) return;
    putBack(this.form, new URLSearchParams(kept.entered));
    this.save();
  }

  // Continue waits for a save that is on its way, so that a page never argues with itself.
  beforeSending(event) {
    if (!this.busy) return;
    event.preventDefault();
    const { submitter } = event;
    this.busy.then(() => this.form.requestSubmit(submitter));
  }
}

function putBack(form, values) {
  for (const input of form.elements) {
    if (!input.name || input.type === "hidden" || input.type === "file") continue;
    const said = values.getAll(input.name);
    if (input.type === "radio" || input.type === "checkbox") input.checked = said.includes(input.value);
    else if (said.length) input.value = said[0];
  }
}

forgetAtSignOut();
// A page that comes back from the browser's memory may show what is no longer true.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
const form = document.querySelector("form[data-autosave]");
if (form) {
  const saver = new Saver(form);
  form.addEventListener("input", () => saver.later());
  form.addEventListener("change", () => saver.later(50));
  form.addEventListener("submit", (event) => saver.beforeSending(event));
  window.addEventListener("online", () => saver.save());
  document.addEventListener("visibilitychange", () => document.hidden && saver.save());
  saver.restore();
}
