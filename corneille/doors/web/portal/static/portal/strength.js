// Says how strong a password is while it is typed. Without this file the form works alike: the server judges it again.
const PAUSE_MS = 300;

for (const field of document.querySelectorAll("[data-strength]")) {
  const told = document.createElement("p");
  told.className = "strength small";
  told.setAttribute("role", "status");
  field.after(told);
  let timer;
  let newest = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => judge(++newest), PAUSE_MS);
  });

  async function judge(number) {
    if (!field.value) {
      told.textContent = "";
      delete told.dataset.score;
      return;
    }
    const body = new FormData();
    body.append("new", field.value);
    body.append("csrfmiddlewaretoken", field.form.querySelector("[name=csrfmiddlewaretoken]").value);
    const answer = await fetch(field.dataset.strength, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!answer.ok || number !== newest) return;
    const { score, faults, words } = await answer.json();
    told.dataset.score = faults.length ? 0 : score;
    told.textContent = [words, ...faults].join(" · ");
  }
}
