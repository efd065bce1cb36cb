// Saves what is being written while one writes. Without it the button beside the main one does the same.
const WAIT = 2000;
const AT_MOST_EVERY = 10000;

for (const part of document.querySelectorAll("[data-draft]")) {
  const form = part.closest("form");
  const status = part.querySelector("[role=status]");
  let timer, last = 0, announced = false, failed = false, sent = false;

  const save = async () => {
    clearTimeout(timer);
    timer = undefined;
    last = Date.now();
    try {
      const answer = await fetch(part.dataset.draft, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")),
        credentials: "same-origin",
        redirect: "error",
        keepalive: true,
      });
      const { text } = await answer.json();
      // The first time is said aloud, and every time it fails; the rest is only to be seen.
      status.setAttribute("aria-live", announced && answer.ok && !failed ? "off" : "polite");
      status.textContent = text;
      announced = true;
      failed = !answer.ok;
    } catch {
      failed = true;
      status.setAttribute("aria-live", "polite");
      status.textContent = part.dataset.failed;
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    const soonest = Math.max(WAIT, last + AT_MOST_EVERY - Date.now());
    timer = setTimeout(save, soonest);
  });
  form.addEventListener("submit", () => { sent = true; clearTimeout(timer); });
  addEventListener("pagehide", () => { if (timer && !sent) save(); });
}
