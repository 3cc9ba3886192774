// Shows what the plan takes while one types: the form is sent as it stands, and of the page that comes back only the answer is taken.
// The page works without it; nothing here computes or formats a number.
const form = document.getElementById("plan"), parts = ["takes", "sizing"];
const patience = 350;
let timer = 0, busy = false, again = false;

function put(page) {
  for (const id of parts) {
    const old = document.getElementById(id), fresh = page.getElementById(id);
    if (old.innerHTML === fresh.innerHTML) continue;
    for (const details of old.querySelectorAll("details[id][open]")) fresh.querySelector("#" + CSS.escape(details.id))?.setAttribute("open", "");
    old.replaceChildren(...fresh.childNodes);
  }
}

// One question at a time, and the last one is never missed.
async function ask() {
  if (busy) { again = true; return; }
  busy = true;
  again = false;
  const fields = new URLSearchParams(new FormData(form));
  fields.set("show", "price");
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "text/html" } });
    if (answer.ok || answer.status === 422) put(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // The server is away: what stands there was true of the form when it came, and the next letter asks again.
  } finally {
    busy = false;
    if (again) ask();
  }
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, patience);
});
