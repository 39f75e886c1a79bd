// Fills in what only the browser itself can tell. Each line stands without this file, saying less.
const CLOCK_S = 60;
const list = document.querySelector(".checks");
const made = Number(list.dataset.now);
const arrived = Date.now();

function tell(name, isOn, words) {
  const line = list.querySelector(`[data-check=${name}]`);
  line.dataset.state = isOn ? "on" : "off";
  line.querySelector("span").textContent = words ?? (isOn ? line.dataset.on : line.dataset.off);
}

function canStore() {
  try {
    localStorage.setItem("corneille-essai", "1");
    localStorage.removeItem("corneille-essai");
    return true;
  } catch {
    return false;
  }
}

tell("scripts", true);
tell("version", "structuredClone" in window && CSS.supports("selector(:has(*))"));
tell("storage", canStore());
const offS = Math.round(Math.abs(arrived - made) / 1000);
tell("clock", offS <= CLOCK_S, offS <= CLOCK_S ? undefined : list.querySelector("[data-check=clock]").dataset.off.replace("%s", offS));
