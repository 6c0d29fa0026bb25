// <role-fit-quiz campaign="…">: a campaign's quiz on another site's page. See docs/embed/README.md.
{
  const script = document.currentScript.src;
  const home = new URL(script).origin;

  // Not inline to the page's policy; weaker than ::part().
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host, iframe, a { display: block }
    :host([hidden]), [hidden] { display: none }
    iframe { width: 100%; height: 40rem; border: 0 }
    a { padding: 1em }
    button { font: inherit; padding: .6em 1em; cursor: pointer }
    dialog { width: 64rem; padding: 0; border: 0 }
    dialog button { position: sticky; top: 0; width: 100%; border: 0 }
  `);

  class RoleFitQuiz extends HTMLElement {
    static observedAttributes = ["campaign", "lang", "ref", "mode"];

    connectedCallback() { this.plan(); }
    disconnectedCallback() { this.plan(); }
    connectedMoveCallback() {}
    attributeChangedCallback(name, before, now) { if (before !== now) this.plan(); }

    // Several changes at once draw once.
    plan() {
      this.planned ||= Promise.resolve().then(() => this.draw());
    }

    draw() {
      this.planned = 0;
      this.end?.();
      const root = this.shadowRoot || this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      root.textContent = "";
      if (!this.isConnected) return;

      const make = (name, part, more) => Object.assign(document.createElement(name), { part, ...more });
      const spanish = /^es/i.test(this.closest("[lang]")?.lang);
      const open = spanish ? "Abrir el test" : "Open the quiz";
      const title = this.title || "Rolefit";
      const url = new URL("c/" + encodeURIComponent(this.getAttribute("campaign")), script);
      for (const key of ["lang", "ref"]) {
        if (this.hasAttribute(key)) url.searchParams.set(key, this.getAttribute(key));
      }
      const id = Math.random() + "";
      const frame = make("iframe", "frame", { title, src: url, allow: "" });
      const link = make("a", "link", { href: url, textContent: open, target: "_blank" });
      const own = make("slot", "own");
      const said = {};
      let dialog, seen, timer;

      const show = (works) => {
        frame.hidden = !works;
        own.hidden = works || !this.children[0];
        link.hidden = works || !own.hidden;
      };
      const wait = (seconds) => {
        clearTimeout(timer);
        if (!seen) timer = setTimeout(show, seconds * 1000, false);
      };

      frame.onload = () => {
        wait(3);
        frame.contentWindow.postMessage({ source: "rolefit", v: 1, id, type: "hello" }, home);
      };

      const hear = ({ origin, source, data }) => {
        if (origin !== home || source !== frame.contentWindow) return;
        if (data?.source !== "rolefit" || data.v !== 1 || data.id !== id) return;
        const { type, data: detail } = data;
        if (type === "escape") dialog?.close();
        if (!/^(ready|started|progress|completed|resized|error)$/.test(type)) return;
        if (type === "resized") frame.style.height = detail.height + "px";
        if (type === "ready") {
          const at = detail.alert || 0; // where it says what is wrong
          const top = at + this.getBoundingClientRect().top;
          if (!seen) show(seen = true);
          else if (dialog) dialog.scrollTop = at;
          else if (top < 0 || top > innerHeight - at) {
            frame.style.scrollMarginTop = parseInt(getComputedStyle(this).scrollMarginTop) - at + "px";
            frame.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion)").matches ? "instant" : "smooth" });
          }
          wait();
        }
        // A page loaded again starts nothing anew.
        const before = said[type];
        said[type] = JSON.stringify(detail);
        if (/ted$/.test(type) && said[type] === before) return;
        this.dispatchEvent(new CustomEvent("rolefit:" + type, { detail, bubbles: true, composed: true }));
      };
      addEventListener("message", hear);
      this.end = () => {
        clearTimeout(timer);
        removeEventListener("message", hear);
      };

      show(true);
      const start = (into) => {
        if (!frame.isConnected) into.append(own, link, frame);
        wait(10);
      };
      if (this.getAttribute("mode") !== "dialog") return start(root);
      dialog = make("dialog", "dialog", { ariaLabel: title });
      const close = spanish ? "Cerrar" : "Close";
      dialog.append(make("button", "close", { textContent: close, onclick: () => dialog.close() }));
      const press = () => {
        start(dialog);
        dialog.showModal();
      };
      root.append(make("button", "button", { textContent: open, onclick: press }), dialog);
    }
  }

  if (!customElements.get("role-fit-quiz")) customElements.define("role-fit-quiz", RoleFitQuiz);
}
