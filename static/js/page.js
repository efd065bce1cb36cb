// Small comforts; every page works without them.

// The error summary gets focus, and its links lead into the field itself.
const errors = document.querySelector("[data-errors]");
errors?.focus();
errors?.addEventListener("click", (event) => {
  const field = document.getElementById(event.target.hash?.slice(1));
  if (!field) return;
  event.preventDefault();
  field.closest(".field")?.scrollIntoView({ block: "start" });
  field.focus({ preventScroll: true });
});

// How much of a text is left to write, said to the eye at once and to the ear when one pauses.
for (const counter of document.querySelectorAll("[data-counts]")) {
  const area = document.getElementById(counter.dataset.counts);
  const most = Number(counter.dataset.most);
  const plain = counter.textContent;
  const spoken = Object.assign(document.createElement("span"), { className: "visually-hidden" });
  spoken.setAttribute("role", "status");
  counter.after(spoken);
  let pause;
  const count = () => {
    const left = most - [...area.value.replace(/\r?\n/g, "\r\n")].length;
    const text = left > most / 2 ? plain : (left < 0 ? counter.dataset.over : counter.dataset.left)
      .replace("{number}", Math.abs(left).toLocaleString(document.documentElement.lang));
    counter.classList.toggle("counter--over", left < 0);
    clearTimeout(pause);
    if (text === counter.textContent) return;
    counter.textContent = text;
    pause = setTimeout(() => { spoken.textContent = text; }, 1000);
  };
  area.addEventListener("input", count);
  count();
}

// Folded menus close with Escape and when one looks elsewhere.
for (const folded of document.querySelectorAll(".top details")) {
  folded.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    folded.open = false;
    folded.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!folded.contains(event.target)) folded.open = false;
  });
}

// The key / leads to the page's search field, for those who have not switched shortcuts off in their profile.
const search = document.querySelector("[data-search]");
document.addEventListener("keydown", (event) => {
  const wanted = search && "shortcuts" in document.documentElement.dataset;
  const writes = event.target.closest?.("input:not([type=checkbox], [type=radio]), select, textarea");
  if (event.key !== "/" || !wanted || writes || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  search.focus();
});

// What every printed page says at its foot: the address, who printed it and when. Without this it stands once, at the end.
const root = document.documentElement;
const printed = document.querySelector(".printed");
const write = () => {
  const when = new Date().toLocaleString(root.lang, { dateStyle: "long", timeStyle: "short" });
  const foot = [location.href, printed?.dataset.printed, when].filter(Boolean).join(" · ");
  root.style.setProperty("--printed", JSON.stringify(foot));
};
root.dataset.printed = "";
window.addEventListener("beforeprint", write);
write();
