// What scripts add to every page; all of it works without.
// Copy buttons, one open menu at a time, the focus on what has just been said.

/** @param {string} text */
function speak(text) {
  const spoken = document.getElementById("spoken");
  if (spoken) spoken.textContent = text;
}

function showCopyButtons() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy][hidden]")) button.removeAttribute("hidden");
}

document.addEventListener("click", async (event) => {
  if (!(event.target instanceof Element)) return;
  const button = event.target.closest("[data-copy]");
  if (button instanceof HTMLElement) {
    await navigator.clipboard.writeText(button.dataset.copy ?? "");
    button.dataset.done = "";
    speak(button.dataset.copied ?? "");
    setTimeout(() => delete button.dataset.done, 2000);
    return;
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.removeAttribute("open");
  /** @type {HTMLElement | null} */ (menu.querySelector("summary"))?.focus();
});

document.addEventListener("htmx:after:swap", showCopyButtons);
showCopyButtons();
/** @type {HTMLElement | null} */ (document.querySelector("#form-errors"))?.focus();
