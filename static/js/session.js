// Before the session ends a dialog says so. Two minutes before 30 idle ones are over one key keeps it, and work in
// another tab counts too; five minutes before its longest time is over nothing does, so that is only told, once.
const dialog = document.getElementById("session");
const [left, idle, most] = ["left", "idle", "most"].map((name) => Number(dialog.dataset[name]) * 1000);
const parts = [...dialog.querySelectorAll("[data-part]")];
const form = dialog.querySelector("[data-part=idle] form");
const [WARN_OF_IDLE, WARN_OF_LONGEST] = [120_000, 300_000];
const KEY = "session-ends";
const latest = Date.now() + most;
let ends = Date.now() + left;
let told = false;
let shown = "";

const note = (when) => {
  ends = Math.min(when, latest);
  try { localStorage.setItem(KEY, String(ends)); } catch { /* storage may be switched off */ }
};
const show = (name) => {
  if (dialog.open && shown === name) return;
  shown = name;
  for (const part of parts) part.hidden = part.dataset.part !== name;
  dialog.setAttribute("aria-labelledby", `session-${name}`);
  if (!dialog.open) dialog.showModal();
};
const look = () => {
  const now = Date.now();
  if (ends <= now) show("ended");
  else if (latest - now <= WARN_OF_LONGEST && !told) show("longest");
  else if (ends - now <= WARN_OF_IDLE && ends < latest) show("idle");
  else dialog.close();
};
const extend = async () => {
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    note(answer.ok ? Date.now() + idle : 0);
  } catch { /* no network: the dialog stays, and so does what was written */ }
  return look();
};
const read = () => { told = true; look(); };

note(ends);
const watch = setInterval(look, 5_000);
form.addEventListener("submit", (event) => { event.preventDefault(); extend(); });
dialog.querySelector("[data-read]").addEventListener("click", read);
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  if (shown === "idle") extend();
  if (shown === "longest") read();
});
dialog.querySelector("[data-close]").addEventListener("click", () => { clearInterval(watch); dialog.close(); });
window.addEventListener("storage", (event) => {
  if (event.key !== KEY || !event.newValue) return;
  ends = Math.min(Number(event.newValue), Math.max(latest, ends));
  look();
});
document.addEventListener("visibilitychange", look);
look();
