// Two minutes before the session ends a dialog says so; one key keeps it. Work in another tab counts too.
const dialog = document.getElementById("session");
const [left, idle, most] = ["left", "idle", "most"].map((name) => Number(dialog.dataset[name]) * 1000);
const [warning, ended] = [dialog.querySelector("[data-warning]"), dialog.querySelector("[data-ended]")];
const form = warning.querySelector("form");
const WARN_FOR = 120_000;
const KEY = "session-ends";
const latest = Date.now() + most;
let ends = Date.now() + left;
// Nothing can be put off beyond the longest day; once that has been said it is not said again.
let told = false;

const note = (when) => {
  ends = Math.min(when, latest);
  try { localStorage.setItem(KEY, String(ends)); } catch { /* storage may be switched off */ }
};
const show = (over) => {
  [warning.hidden, ended.hidden] = [over, !over];
  if (!dialog.open) dialog.showModal();
};
const look = () => {
  const remains = ends - Date.now();
  if (remains <= 0) show(true);
  else if (remains > WARN_FOR || told) dialog.close();
  else show(false);
};
const extend = async () => {
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    if (!answer.ok) { note(0); return look(); }
    note(Date.now() + idle);
    told = ends - Date.now() <= WARN_FOR;
  } catch { /* no network: the dialog stays, and so does what was written */ }
  return look();
};

note(ends);
const watch = setInterval(look, 5_000);
form.addEventListener("submit", (event) => { event.preventDefault(); extend(); });
dialog.addEventListener("cancel", (event) => { event.preventDefault(); if (ended.hidden) extend(); });
dialog.querySelector("[data-close]").addEventListener("click", () => { clearInterval(watch); dialog.close(); });
window.addEventListener("storage", (event) => {
  if (event.key !== KEY || !event.newValue) return;
  ends = Math.min(Number(event.newValue), Math.max(latest, ends));
  look();
});
document.addEventListener("visibilitychange", look);
look();
