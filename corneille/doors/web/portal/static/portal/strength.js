// Says how strong a password is while it is typed. Without this file the form works alike: the server judges it again.
const PAUSE_MS = 300;

for (const field of document.querySelectorAll("[data-strength]")) {
  const told = document.createElement("p");
  told.className = "strength small";
  told.setAttribute("role", "status");
  field.after(told);
  let timer;
  let asking = new AbortController();
  field.addEventListener("input", () => {
    giveUp();
    timer = setTimeout(() => judge(asking.signal), PAUSE_MS);
  });
  // Once it is sent, the form's answer judges: a question still on its way would come back from a session that has ended.
  field.form.addEventListener("submit", giveUp);

  function giveUp() {
    clearTimeout(timer);
    asking.abort();
    asking = new AbortController();
  }

  async function judge(signal) {
    if (!field.value) {
      told.textContent = "";
      delete told.dataset.score;
      return;
    }
    const body = new FormData();
    body.append("new", field.value);
    body.append("csrfmiddlewaretoken", field.form.querySelector("[name=csrfmiddlewaretoken]").value);
    const judged = await ask(body, signal);
    if (!judged) return;
    const { score, faults = [], words, waitS } = judged;
    if (waitS) {
      delete told.dataset.score;
      timer = setTimeout(() => judge(signal), waitS * 1000);
    } else {
      told.dataset.score = faults.length ? 0 : score;
    }
    told.textContent = [words, ...faults].join(" · ");
  }

  async function ask(body, signal) {
    try {
      const answer = await fetch(field.dataset.strength, { method: "POST", body, signal, headers: { Accept: "application/json" } });
      const waitS = answer.status === 429 ? Number(answer.headers.get("Retry-After")) : 0;
      return answer.ok || waitS ? { ...(await answer.json()), waitS } : null;
    } catch (error) {
      if (error.name !== "AbortError") throw error;
      return null;
    }
  }
}
