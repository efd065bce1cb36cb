// Follows a job while it goes on; without this there is a link that reads the page anew.
// It stops after ten minutes, so that a forgotten tab does not keep a session alive.
const UNTIL = Date.now() + 600_000;
let pause = 2_000;

const read = async () => {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[data-job]");
};

const look = async () => {
  const here = document.querySelector("[data-job]");
  try {
    const there = await read();
    if (!there) return location.reload();
    // Only what has changed is put in, so that nothing is read aloud twice.
    if (there.textContent !== here.textContent) here.replaceChildren(...document.importNode(there, true).childNodes);
    if (!there.dataset.goesOn) return undefined;
  } catch { /* no network: the next look may find it */ }
  pause = Math.min(pause * 1.2, 15_000);
  return Date.now() < UNTIL ? setTimeout(look, pause) : undefined;
};

setTimeout(look, pause);
