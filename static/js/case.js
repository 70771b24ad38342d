// How long an urgent case has waited, kept running; and the height of the strip that stays in sight.
const MINUTE = 60 * 1000;

function inWords(milliseconds) {
  const minutes = Math.max(0, Math.floor(milliseconds / MINUTE));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  const say = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;
  if (days) return hours ? `${say(days, "day")}, ${say(hours, "hour")}` : say(days, "day");
  return hours ? `${say(hours, "hour")}, ${say(minutes % 60, "minute")}` : say(minutes, "minute");
}

// The server's time, not this computer's: the page says what it was when it was sent.
const sent = document.querySelector("[data-now]")?.dataset.now;
const ahead = sent ? Date.parse(sent) - Date.now() : 0;

function tick() {
  document.querySelectorAll("[data-since]").forEach((clock) => {
    clock.textContent = inWords(Date.now() + ahead - Date.parse(clock.dataset.since));
  });
}

function measureStrip() {
  const strip = document.querySelector(".strip");
  if (!strip) return;
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--strip-height", `${strip.offsetHeight}px`);
  }).observe(strip);
}

if (document.querySelector("[data-since]")) {
  tick();
  setInterval(tick, MINUTE / 2);
}
measureStrip();
