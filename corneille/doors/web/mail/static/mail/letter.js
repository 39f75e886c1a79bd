// A letter that saves itself while one writes. Without this script the button « Save as a draft » does it.

const PAUSE_MS = 2000; // after the last key
const AGAIN_MS = 20000; // when it could not be saved
const PASSING_MS = 8000; // a second press meanwhile is passed over; later it may be meant, if the first was stopped
const KEPT_ALIVE_CHARACTERS = 20000; // browsers finish at most 64 KiB for a page that is left
const FIELDS = ["sender", "to", "cc", "bcc", "facon", "subject", "text", "signature", "liens", "jusqu"];

/** @param {HTMLFormElement} form */
function keepLetter(form) {
  const state = /** @type {HTMLElement} */ (form.querySelector("[data-letter-state]"));
  const signIn = /** @type {HTMLElement} */ (form.querySelector("[data-letter-sign-in]"));
  const told = form.dataset;
  const url = told.autosave ?? "";
  let saved = read();
  let savedAtMs = -Infinity;
  let timer = 0;
  /** @type {Promise<void> | null} */
  let running = null;
  let isTroubled = false;
  let isChecking = false;
  let passedAtMs = -Infinity;

  function read() {
    const data = new FormData(form);
    return JSON.stringify(FIELDS.map((name) => data.get(name)));
  }

  /** @param {string} name */
  function input(name) {
    return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  }

  function holdsFiles() {
    return (input("files").files?.length ?? 0) > 0;
  }

  /** The same words again are not said again: one who listens hears them once a minute at most.
   * @param {string | undefined} words */
  function say(words, { troubled = true, signedOut = false } = {}) {
    if (state.textContent !== words) state.textContent = words ?? "";
    signIn.hidden = !signedOut;
    state.parentElement?.classList.toggle("letter__state--trouble", troubled);
    isTroubled = troubled;
    if (troubled) wait(AGAIN_MS);
  }

  /** @param {number} ms */
  function wait(ms) {
    clearTimeout(timer);
    timer = setTimeout(() => { void save(); }, ms);
  }

  /** @param {RequestInit} options */
  function ask(options) {
    // As a fragment: one who is signed out gets 401, not the sign-in page.
    return fetch(url, { ...options, redirect: "manual", headers: { "HX-Request": "true" } });
  }

  /** Whether the writer is still signed in here; renews what proves that the form is ours. */
  async function check() {
    const answer = await ask({});
    if (!answer.ok) {
      const isOut = answer.status === 401 || answer.type === "opaqueredirect";
      say(isOut ? told.lost : told.unreached, { signedOut: isOut });
      return false;
    }
    const { writer, csrf } = await answer.json();
    if (writer !== input("writer").value) {
      say(told.other, { signedOut: true });
      return false;
    }
    input("csrfmiddlewaretoken").value = csrf;
    return true;
  }

  async function save({ keepalive = false } = {}) {
    while (running && !keepalive) await running;
    if (read() !== saved) await (running = send(keepalive).finally(() => { running = null; }));
  }

  /** @param {boolean} keepalive */
  async function send(keepalive) {
    clearTimeout(timer);
    const words = read();
    const post = () => {
      const body = new FormData(form);
      for (const name of ["files", "garder"]) body.delete(name);
      return ask({ method: "POST", body, keepalive: keepalive && words.length < KEPT_ALIVE_CHARACTERS });
    };
    try {
      let answer = await post();
      if (answer.status === 403 && (await check())) answer = await post(); // signed in again since: the form's proof is renewed
      else if (answer.status === 403) return;
      if (answer.ok) {
        const { draft, address, told: words_ } = await answer.json();
        saved = words;
        savedAtMs = performance.now();
        input("brouillon").value = draft;
        history.replaceState(history.state, "", address); // a reload takes the draft up
        say(words_, { troubled: false });
        if (read() !== saved) plan();
      } else if (answer.status === 401 || answer.type === "opaqueredirect") {
        say(told.lost, { signedOut: true });
      } else if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
        say((await answer.json()).told);
      } else {
        say(told.unreached);
      }
    } catch {
      say(told.unreached);
    }
  }

  function plan() {
    if (isTroubled && timer) return;
    wait(Math.max(PAUSE_MS, savedAtMs + Number(told.restS) * 1000 - performance.now()));
  }

  const isLeavingByForm = () => performance.now() - passedAtMs < PASSING_MS;

  form.addEventListener("input", plan);
  document.addEventListener("visibilitychange", () => {
    if (isLeavingByForm()) return;
    if (document.visibilityState === "hidden") void save({ keepalive: true });
    else if (isTroubled) void save();
  });
  // The completion of addresses learns first that the session is lost: htmx would leave for the page it is told.
  form.addEventListener("htmx:after:request", (event) => {
    if (!(event instanceof CustomEvent) || event.detail.ctx.response.status !== 401) return;
    event.preventDefault();
    say(told.lost, { signedOut: true });
  });
  window.addEventListener("focus", () => { if (isTroubled) void save(); });
  window.addEventListener("pageshow", () => { passedAtMs = -Infinity; });

  window.addEventListener("beforeunload", (event) => {
    if (isLeavingByForm()) return;
    const isUnsaved = read() !== saved;
    if (isUnsaved) void save({ keepalive: true });
    if (holdsFiles() || (isUnsaved && (isTroubled || read().length >= KEPT_ALIVE_CHARACTERS))) event.preventDefault();
  });

  // Before the form leaves: what is being saved ends, and a session that was lost is told while the text is still here.
  form.addEventListener("submit", async (event) => {
    if (isLeavingByForm() && isChecking) return; // our own requestSubmit, below
    event.preventDefault();
    if (isLeavingByForm() || isChecking) return;
    isChecking = true;
    clearTimeout(timer);
    try {
      await running;
      if (await check()) {
        passedAtMs = performance.now();
        form.requestSubmit(event.submitter);
      }
    } catch {
      say(told.unreached);
    } finally {
      isChecking = false;
    }
  });
}

for (const form of document.querySelectorAll("form[data-autosave]")) {
  if (form instanceof HTMLFormElement) keepLetter(form);
}
