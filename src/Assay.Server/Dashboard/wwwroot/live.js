// Keeps an open page current: on news it fetches the page again and swaps the [data-live] sections that changed.
// The page works without it; nothing here computes or formats a number.
const stream = document.body.dataset.stream;
const pulse = document.getElementById("pulse");
const main = document.getElementById("main");
const pollEvery = 3000;
let tag = null, busy = false, again = false, behind = false, lastStart = 0, timer = 0;

function tell(alive) {
  pulse.hidden = false;
  pulse.classList.toggle("away", !alive);
  pulse.querySelector("[data-word]").textContent = alive ? pulse.dataset.liveText : pulse.dataset.awayText;
}

function mark() {
  const when = pulse.querySelector("[data-when]"), now = new Date().toISOString();
  when.dateTime = now;
  when.textContent = now.slice(11, 19);
  pulse.classList.remove("fresh");
  void pulse.offsetWidth;
  pulse.classList.add("fresh");
}

const focusable = "a[href],button,summary,input,select,textarea,[tabindex]";

// A form that somebody is filling in, or that was refused, stays as it is: what it was opened on travels with it, and the server says if that has moved on.
const isTouched = field => field === document.activeElement || (field.options ? [...field.options].some(option => option.selected !== option.defaultSelected) : field.value !== field.defaultValue);

// What is selected stays too, and with it every form: what is sent answers what is read.
const isSelected = part => !getSelection().isCollapsed && part.contains(getSelection().anchorNode);
const isHeld = part => part.querySelector("[role=alert]") !== null || [...part.querySelectorAll("input,select,textarea")].some(isTouched) || isSelected(part.querySelector("form") ? main : part);
const parts = page => [...page.querySelectorAll("[data-live]")];

// A form of another act is another form: nobody sends what stood there when the button was not yet under the finger.
const isAlike = (one, other) => one.nodeName === other.nodeName && one.id === other.id && one.getAttribute?.("action") === other.getAttribute?.("action");

// Nodes stay where they are alike, and with them the focus, what is scrolled, and the row that the address points to. Which details are open is the reader's.
function become(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) { old.data = fresh.data; return; }
  if (old.matches("input,select,textarea")) { old.replaceWith(fresh); return; }
  const isKept = name => name === "open" && old.nodeName === "DETAILS";
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && !isKept(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value && !isKept(name)) old.setAttribute(name, value);
  const before = [...old.childNodes], after = [...fresh.childNodes], shorter = Math.min(before.length, after.length);
  let head = 0, tail = 0;
  while (head < shorter && isAlike(before[head], after[head])) head++;
  while (tail < shorter - head && isAlike(before.at(-1 - tail), after.at(-1 - tail))) tail++;
  for (const gone of before.slice(head, before.length - tail)) gone.remove();
  for (const come of after.slice(head, after.length - tail)) old.insertBefore(come, before[before.length - tail] ?? null);
  for (let at = 0; at < head; at++) become(before[at], after[at]);
  for (let at = 1; at <= tail; at++) become(before.at(-at), after.at(-at));
}

function swap(old, fresh) {
  if (isHeld(old)) return false;
  const active = document.activeElement;
  const place = old.contains(active) ? [...old.querySelectorAll(focusable)].indexOf(active) : -1;
  for (const details of old.querySelectorAll("details[id][open]")) fresh.querySelector("#" + CSS.escape(details.id))?.setAttribute("open", "");
  become(old, fresh);
  if (place >= 0 && document.activeElement !== active) ((active.id && document.getElementById(active.id)) || old.querySelectorAll(focusable)[place])?.focus({ preventScroll: true });
  return true;
}

// Sections come and go with what there is to tell: then the whole of the page becomes the other. Tells whether nothing was held.
function take(page) {
  const names = of => parts(of).map(part => part.id).join();
  const moved = names(document) !== names(page) && !isHeld(main) ? [page.getElementById("main")] : parts(page);
  let whole = true;
  for (const fresh of moved) {
    const old = document.getElementById(fresh.id);
    if (!old || !swap(old, fresh)) whole = false;
  }
  document.title = page.title;
  document.body.dataset.page = page.body.dataset.page ?? "";
  return whole;
}

async function refresh() {
  if (busy || document.hidden) { again = true; return; }
  busy = true;
  again = false;
  lastStart = performance.now();
  try {
    const answer = await fetch(document.body.dataset.page || location.href, { headers: { Accept: "text/html", "Assay-Refresh": "1", ...(tag && { "If-None-Match": tag }) }, cache: "no-store" });
    if (answer.redirected || answer.status === 401 || answer.status === 404) {
      if (parts(document).some(isHeld)) tell(false);
      else location.reload();
      return;
    }
    if (!answer.ok && answer.status !== 304) throw new Error(answer.status);
    tell(true);
    if (answer.status === 200) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      behind = !take(page);
      tag = behind ? null : answer.headers.get("ETag");
      mark();
    }
  } catch {
    tell(false);
    again = true;
  } finally {
    busy = false;
    if (again) soon();
  }
}

// At most one fetch a second, and the last news is never missed.
function soon() {
  clearTimeout(timer);
  timer = setTimeout(refresh, Math.max(0, 1000 - (performance.now() - lastStart)));
}

if (stream) {
  let source;
  const open = () => {
    source = new EventSource(stream);
    source.addEventListener("open", () => { tell(true); soon(); });
    source.addEventListener("live-stats", soon);
    source.addEventListener("error", () => {
      tell(false);
      if (source.readyState === EventSource.CLOSED) setTimeout(open, pollEvery);
    });
  };
  open();
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", event => { if (event.persisted) open(); });
} else {
  setInterval(soon, pollEvery);
}
for (const end of ["selectionchange", "focusout", "change"]) document.addEventListener(end, () => { if (behind && !parts(document).some(isHeld)) soon(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden && (again || !stream)) soon(); });
mark();
if (!stream) tell(true);
