// Two minutes before the session ends a dialog says so; one key keeps it. Work in another tab counts too.
const dialog = document.getElementById("session");
const idle = Number(dialog.dataset.idle) * 1000;
const warnFor = 120_000;
const SEEN = "seen";
const [warning, ended] = [dialog.querySelector("[data-warning]"), dialog.querySelector("[data-ended]")];
const form = warning.querySelector("form");
let seen = Date.now();

const note = (when) => {
  seen = when;
  try { localStorage.setItem(SEEN, String(when)); } catch { /* storage may be switched off */ }
};
const show = (over) => {
  const changed = warning.hidden !== over;
  [warning.hidden, ended.hidden] = [over, !over];
  if (!dialog.open) dialog.showModal();
  if (changed && over) ended.querySelector("h2").focus();
};
const look = () => {
  const left = seen + idle - Date.now();
  if (left <= 0) show(true);
  else if (left <= warnFor) show(false);
  else if (dialog.open) dialog.close();
};
const extend = async () => {
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    if (!answer.ok) return show(true);
    note(Date.now());
    dialog.close();
  } catch {
    look();
  }
};

note(seen);
form.addEventListener("submit", (event) => { event.preventDefault(); extend(); });
dialog.addEventListener("cancel", (event) => { event.preventDefault(); if (ended.hidden) extend(); else dialog.close(); });
dialog.querySelector("[data-close]").addEventListener("click", () => { clearInterval(watch); dialog.close(); });
window.addEventListener("storage", (event) => { if (event.key === SEEN) { seen = Number(event.newValue); look(); } });
document.addEventListener("visibilitychange", look);
const watch = setInterval(look, 5_000);
