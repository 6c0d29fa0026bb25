// Makes answering quicker and keeps an answer while the connection is down. Every page works without it.
const form = document.querySelector(".ask");

// Storage may be forbidden: then what is kept lasts as long as the page.
const memory = {};
const store = {
  get(key) { try { return sessionStorage.getItem(key); } catch { return memory[key] ?? null; } },
  set(key, value) { try { sessionStorage.setItem(key, value); } catch { memory[key] = value; } },
  drop(key) { delete memory[key]; try { sessionStorage.removeItem(key); } catch { /* nothing kept */ } },
};

if (form) {
  const key = form.action;
  const status = form.querySelector("[role=status]");
  const button = (choice) => form.querySelector(`[name=choice][value="${choice}"]`);
  let sending = false;
  let wait = 1000;
  let timer;

  const mark = (choice) => {
    form.querySelector("[data-pressed]")?.removeAttribute("data-pressed");
    button(choice)?.setAttribute("data-pressed", "");
  };

  const send = async (choice) => {
    if (sending) return;
    sending = true;
    clearTimeout(timer);
    mark(choice);
    let answer;
    try {
      const response = await fetch(key, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams({ choice }),
        signal: AbortSignal.timeout?.(15000),
      });
      // A proxy whose server is starting again: as good as no connection.
      if ([502, 503, 504].includes(response.status)) throw response;
      answer = response.ok ? await response.json() : {};
    } catch {
      sending = false;
      store.set(key, choice);
      status.textContent = status.dataset.lost;
      timer = setTimeout(() => send(choice), wait);
      wait = Math.min(wait * 2, 30000);
      return;
    }
    store.drop(key);
    if (answer.next) {
      location.assign(answer.next);
    } else {
      // The server's own page says best what is wrong.
      const field = Object.assign(document.createElement("input"), { type: "hidden", name: "choice", value: choice });
      form.append(field);
      form.submit();
    }
  };

  form.addEventListener("submit", (event) => {
    if (!event.submitter?.value) return;
    event.preventDefault();
    send(event.submitter.value);
  });

  // The second press of a double press would answer the next question.
  form.addEventListener("click", (event) => {
    if (event.detail > 1) event.preventDefault();
  });

  const keys = document.querySelector("[data-keys]");
  const on = () => store.get("keys") !== "off";
  const show = () => keys.setAttribute("aria-pressed", on());
  keys.hidden = false;
  show();
  keys.addEventListener("click", () => {
    store.set("keys", on() ? "off" : "on");
    show();
  });

  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea")) return;
    if (/^[1-5]$/.test(event.key) && on()) button(event.key)?.click();
  });

  const resend = () => {
    const kept = store.get(key);
    if (kept) send(kept);
  };
  addEventListener("online", resend);
  // A page brought back by the browser still shows the answer of its first visit.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    sending = false;
    if (navigator.onLine) location.reload();
  });
  resend();
}

for (const copy of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  copy.hidden = false;
  const label = copy.textContent;
  const say = (words) => { copy.nextElementSibling.textContent = words; };
  copy.addEventListener("click", async () => {
    const field = document.getElementById(copy.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value);
      copy.textContent = copy.dataset.done;
      say(copy.dataset.done);
      setTimeout(() => { copy.textContent = label; say(""); }, 4000);
    } catch {
      field.focus();
      field.select();
    }
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
