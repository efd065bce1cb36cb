// Copies one passage at a time; without this the text is marked and copied as any other.
for (const button of document.querySelectorAll("[data-copies]")) {
  const label = button.textContent;
  const spoken = Object.assign(document.createElement("span"), { className: "visually-hidden" });
  spoken.setAttribute("role", "status");
  button.hidden = false;
  button.after(spoken);
  button.addEventListener("click", async () => {
    const passage = document.getElementById(button.dataset.copies);
    let said = button.dataset.done;
    try {
      await navigator.clipboard.writeText(passage.innerText);
    } catch {
      getSelection().selectAllChildren(passage);
      said = button.dataset.failed;
    }
    button.textContent = spoken.textContent = said;
    setTimeout(() => { button.textContent = label; spoken.textContent = ""; }, 3000);
  });
}
