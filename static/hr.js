// The console's enhancements: nothing here is needed, everything works without it.

// Copying: the button shows only where it can work.
for (const copy of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  copy.hidden = false;
  const label = copy.textContent;
  const say = (words) => { copy.nextElementSibling.textContent = words; };
  copy.addEventListener("click", async () => {
    const field = document.getElementById(copy.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value ?? field.textContent);
      copy.textContent = copy.dataset.done;
      say(copy.dataset.done);
      setTimeout(() => { copy.textContent = label; say(""); }, 4000);
    } catch {
      field.focus();
      field.select?.();
    }
  });
}

// Printing.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// The summary of a form's errors is read first.
document.querySelector(".summary")?.focus();

// What was typed is not lost without a word. A form that came back with errors holds it too.
const typed = new Set(document.querySelectorAll("[data-typing] [data-unsaved]"));
for (const form of document.querySelectorAll("[data-typing] form[method=post]")) {
  form.addEventListener("input", () => typed.add(form));
  form.addEventListener("submit", (event) => {
    if (!event.submitter?.formTarget) typed.delete(form); // the preview's buttons leave the page where it is
  });
}
addEventListener("beforeunload", (event) => { if (typed.size) event.preventDefault(); });

// Who is chosen in the table of results goes along to its other pages and orders without a press of a button.
const choosing = document.querySelector(".choosing");
choosing?.addEventListener("change", () => {
  const chosen = new FormData(choosing).getAll("with");
  for (const link of document.querySelectorAll(".sorts a, .pager a, .found a")) {
    const address = new URL(link.href);
    address.searchParams.delete("with");
    for (const id of chosen) address.searchParams.append("with", id);
    link.href = address;
  }
  for (const old of document.querySelectorAll(".filters [name=with]")) old.remove();
  document.querySelector(".filters").append(...chosen.map((id) => {
    return Object.assign(document.createElement("input"), { type: "hidden", name: "with", value: id });
  }));
});

// The preview beside a campaign's form follows what is typed. It is put in place, so that no step back is lost.
const preview = document.querySelector("[data-preview]");
if (preview) {
  const form = document.getElementById("campaign"), frame = preview.querySelector("iframe");
  const tabs = [...preview.querySelectorAll("[name=preview_language]")];
  const sheets = (page) => [...page.querySelectorAll("link[rel=stylesheet]")];
  const without = (some, others) => some.filter((one) => !others.some((other) => other.getAttribute("href") === one.getAttribute("href")));
  let language = document.documentElement.lang, asked, soon;

  const show = async () => {
    clearTimeout(soon);
    asked?.abort();
    asked = new AbortController();
    for (const tab of tabs) tab.setAttribute("aria-pressed", tab.value === language);
    const body = new URLSearchParams([...new FormData(form), ["preview_language", language]]);
    try {
      const answer = await fetch(preview.dataset.preview, { method: "POST", body, signal: asked.signal });
      if (!answer.ok || answer.redirected) return;
      const made = new DOMParser().parseFromString(await answer.text(), "text/html"), shown = frame.contentDocument;
      const before = sheets(shown), after = sheets(made);
      shown.head.append(...without(after, before));
      for (const old of without(before, after)) old.remove();
      shown.documentElement.lang = made.documentElement.lang;
      shown.body.replaceWith(made.body);
    } catch { /* What was shown last stays. */ }
  };
  for (const tab of tabs) {
    tab.addEventListener("click", (event) => { event.preventDefault(); language = tab.value; show(); });
  }
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => { clearTimeout(soon); soon = setTimeout(show, 350); });
  }
  preview.querySelector("[data-still]").hidden = true;
  frame.addEventListener("load", show, { once: true });
  if (frame.contentDocument?.readyState === "complete" && frame.contentDocument.URL !== "about:blank") show();
}
