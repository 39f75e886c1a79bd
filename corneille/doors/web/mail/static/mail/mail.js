// What scripts add to the mail pages; every one of them works without.

// « Select all » on the page, which a form alone cannot do.
for (const all of document.querySelectorAll("[data-choose-all]")) {
  all.classList.remove("toolbar__all--off");
  const box = all.querySelector("input");
  box?.addEventListener("change", () => {
    for (const each of document.querySelectorAll("[data-choice] input[name=uid]")) {
      if (each instanceof HTMLInputElement) each.checked = box.checked;
    }
  });
}

// The frame of a message grows to the height of its text: it holds no script, so its page measures it.
for (const frame of document.querySelectorAll("iframe[data-fit]")) {
  if (!(frame instanceof HTMLIFrameElement)) continue;
  const fit = () => {
    const root = frame.contentDocument?.documentElement;
    if (root) frame.height = String(Math.min(Math.max(root.scrollHeight, 120), 20000));
  };
  const start = () => {
    const page = frame.contentDocument;
    if (!page?.body) return;
    fit();
    new ResizeObserver(fit).observe(page.body);
  };
  frame.addEventListener("load", start);
  if (frame.contentDocument?.readyState === "complete") start();
}

for (const print of document.querySelectorAll("[data-print]")) {
  print.removeAttribute("hidden");
  print.querySelector("button")?.addEventListener("click", () => window.print());
}
