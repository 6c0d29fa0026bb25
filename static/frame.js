// Tells the page that embeds a campaign its step and height, once that page has said hello from an allowed site.
const main = document.querySelector("main[data-frame]");
// What a page asks to be read first: why it refused something. In a frame of another site browsers ignore autofocus.
const alert = main?.querySelector("[autofocus]");
const page = document.documentElement;
const ROOM = 16;
const depth = () => {
  const down = alert.getBoundingClientRect().top - page.getBoundingClientRect().top;
  return Math.max(0, Math.floor(down) - ROOM);
};

// The same sites as in frame-ancestors: an exact origin, or any subdomain of https://*.example.com.
const allows = (site, origin) => {
  const [start, end, more] = site.toLowerCase().split("*");
  if (end === undefined) return origin === start;
  return more === undefined && start.endsWith("://") && end.startsWith(".") && end.length > 1
    && origin.startsWith(start) && origin.endsWith(end) && origin.length > start.length + end.length;
};

const speak = (origin, id) => {
  const { step, error, share, outcome, role } = main.dataset;
  const post = (type, data = {}) => parent.postMessage({ source: "rolefit", v: 1, id, type, data }, origin);
  const far = { answered: Number(main.dataset.answered), total: Number(main.dataset.total) };

  // From here on the frame is as high as the page: what is as high as the frame would never shrink again,
  // and a scroll bar that comes and goes would change the width, and so the height.
  document.body.style.minBlockSize = "0";
  page.style.scrollbarWidth = "none";
  let last = 0;
  const measure = () => {
    const height = Math.ceil(page.getBoundingClientRect().height);
    if (!height || Math.abs(height - last) < 2) return;
    last = height;
    post("resized", { height });
  };

  // First of all the height, so that the page can scroll as far as the alert. A frame that is out of sight has none.
  measure();
  post("ready", alert ? { step, alert: depth() } : { step });
  if (error) post("error", { status: Number(error) });
  if (step === "question") {
    if (!far.answered) post("started");
    post("progress", far);
  } else if (step === "result" || step === "thanks") {
    // A key that the page does not have is dropped on the way into the message.
    post("completed", share === "yes" ? JSON.parse(JSON.stringify({ ...far, outcome, role: role || undefined })) : far);
  }

  new ResizeObserver(measure).observe(page);

  // A dialog of the embedding page does not hear the keys that are pressed in here.
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) post("escape");
  });
};

if (main && parent !== window) {
  if (alert) {
    // Only this frame scrolls by itself: where the page around it goes, its own script knows best.
    alert.focus({ preventScroll: true });
    scrollTo(0, depth());
  }
  const sites = (main.dataset.sites || "").split(" ").filter(Boolean);
  const hear = ({ source, origin, data }) => {
    if (source !== parent || !data || data.source !== "rolefit" || data.v !== 1 || data.type !== "hello") return;
    if (typeof data.id !== "string" || data.id.length > 64 || !sites.some((site) => allows(site, origin))) return;
    removeEventListener("message", hear);
    speak(origin, data.id);
  };
  addEventListener("message", hear);
}
