// Passkeys: the browser asks the device, and the answer goes with the form. Without them the rest of the page works.

const can = window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON;

const ask = {
  // Signing in with a passkey alone: the question is fetched when one presses, for it is good for one answer.
  async login(form) {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    return ask.get(form, (await answer.json()).request_options);
  },
  get(form, options = JSON.parse(form.dataset.options).request_options) {
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey) });
  },
  create(form) {
    const options = JSON.parse(form.dataset.options).creation_options.publicKey;
    if (form.elements.passwordless?.checked) {
      options.authenticatorSelection = {
        ...options.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required",
      };
    }
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  },
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const failed = form.querySelector("[data-failed]");
  if (!can) { form.querySelector("[data-unable]")?.removeAttribute("hidden"); continue; }
  form.hidden = false;
  form.querySelector("[data-able]")?.removeAttribute("hidden");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      const credential = await ask[form.dataset.passkey](form);
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch {
      failed.hidden = false;
      failed.focus();
    }
  });
}
