// Passkeys and security keys: asks the browser for one and sends what it answers as an ordinary form.
// The server makes the options and judges the answer; without this file, the other ways of the page stay.

/** @param {string} text */
function decode(text) {
  const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(bytes, (each) => each.charCodeAt(0));
}

/** @param {ArrayBuffer | null | undefined} buffer */
function encode(buffer) {
  if (!buffer) return undefined;
  const text = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** What the server said, with octets where the browser wants octets (WebAuthn Level 3 §5.1.8 and §5.1.9). */
function readOptions(form) {
  const options = JSON.parse(form.dataset.options);
  options.challenge = decode(options.challenge);
  if (options.user) options.user.id = decode(options.user.id);
  for (const each of [...(options.excludeCredentials ?? []), ...(options.allowCredentials ?? [])]) each.id = decode(each.id);
  return options;
}

/** @param {PublicKeyCredential} credential */
function write(credential) {
  const { response } = credential;
  return JSON.stringify({
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    clientExtensionResults: {},
    response: {
      clientDataJSON: encode(response.clientDataJSON),
      attestationObject: encode(response.attestationObject),
      transports: response.getTransports?.(),
      authenticatorData: response.attestationObject ? undefined : encode(response.authenticatorData),
      signature: encode(response.signature),
      userHandle: encode(response.userHandle),
    },
  });
}

/** @param {HTMLFormElement} form @param {object} more */
async function ask(form, more = {}) {
  const publicKey = readOptions(form);
  const isNew = form.dataset.passkey === "create";
  const given = await (isNew ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey, ...more }));
  if (!given) return;
  form.elements.namedItem("answer").value = write(given);
  form.submit();
}

let waiting; // one request at a time: the one in the identifier's field gives way to a button
for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  const told = form.querySelector("[role=status]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    waiting?.abort();
    told.textContent = form.dataset.asked;
    try {
      await ask(form);
    } catch (fault) {
      told.textContent = fault.name === "InvalidStateError" ? form.dataset.known : form.dataset.failed;
    }
  });
  if (form.dataset.passkey === "autofill") offerInField(form);
}
for (const each of document.querySelectorAll("[data-without-passkey]")) each.hidden = Boolean(window.PublicKeyCredential);

/** The passkeys that this browser has are offered where one types the identifier. */
async function offerInField(form) {
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  waiting = new AbortController();
  try {
    await ask(form, { mediation: "conditional", signal: waiting.signal });
  } catch {
    // Nobody chose one there, or the button was pressed: what is typed and the button both go on working.
  }
}
