// Passkeys: hands the server's question to the browser, and the browser's answer back to the server.
const form = document.querySelector("[data-passkey]");
const failed = form.querySelector("[data-failed]");
const button = form.querySelector("button");

const read = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const write = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const question = () => {
  const options = JSON.parse(form.dataset.options);
  options.challenge = read(options.challenge);
  if (options.user) options.user.id = read(options.user.id);
  for (const key of ["excludeCredentials", "allowCredentials"]) {
    options[key] = (options[key] ?? []).map((each) => ({ ...each, id: read(each.id) }));
  }
  return options;
};

const answer = ({ id, rawId, type, response }) => {
  const told = { clientDataJSON: write(response.clientDataJSON) };
  for (const key of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[key]) told[key] = write(response[key]);
  }
  if (response.getTransports) told.transports = response.getTransports();
  return JSON.stringify({ id, rawId: write(rawId), type, response: told });
};

const ask = async () => {
  failed.hidden = true;
  button.hidden = true;
  try {
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey: question() });
    form.elements.credential.value = answer(credential);
    form.submit();
  } catch {
    failed.hidden = false;
    button.hidden = false;
    button.focus();
  }
};

if (window.PublicKeyCredential) {
  form.querySelector("[data-unable]").hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  ask();
}
