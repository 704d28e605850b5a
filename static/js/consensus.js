// The consensus page works as plain forms, one for each item; this adds: saving as one types, a warning that stays
// until a save went through, and what others change meanwhile, without ever taking away what is being typed here.

const RETRY_AFTER = 5000;
const ASK_EVERY = 3000;

const meeting = document.getElementById("meeting");
const failed = document.getElementById("save-failed");
const closed = document.getElementById("meeting-closed");
const away = document.getElementById("presence").dataset.away;

const items = new Map(); // item code to what is known of its form
let lastItem = ""; // where the focus is, or was last
let focusAgain = null; // id of what had the focus in a row that is being drawn anew
let askedAt = 0;
let leaving = false;
let afterSaving = null; // what to do once all is saved: follow a link, send a form

document.documentElement.classList.add("with-script");

function rowOf(element) {
  return element && element.closest ? element.closest("tr[data-code]") : null;
}

function rowFor(code) {
  return document.getElementById(`row-${code}`);
}

function item(code) {
  if (!items.has(code)) {
    items.set(code, { dirty: false, typedSince: false, sending: false, failing: false, savedAt: 0, accept: false });
  }
  return items.get(code);
}

function unsaved() {
  return [...items.keys()].filter((code) => items.get(code).dirty || items.get(code).sending);
}

// Saving

function saveNow(code) {
  const form = document.getElementById(`agree-${code}`);
  clearTimeout(item(code).retry);
  if (form) {
    htmx.trigger(form, "save-now");
  }
}

function showFailures() {
  const failing = [...items.keys()].filter((code) => items.get(code).failing);
  failed.hidden = failing.length === 0;
  const numbers = failing.map((code) => rowFor(code).dataset.number);
  const list = document.createElement("span");
  list.textContent = numbers.join(", ");
  failed.querySelector("[data-unsaved-items]").replaceChildren(list);
}

function saveFailed(code) {
  const state = item(code);
  state.failing = true;
  afterSaving = null;
  clearTimeout(state.retry);
  state.retry = setTimeout(() => saveNow(code), RETRY_AFTER);
  showFailures();
}

function saved(code) {
  const state = item(code);
  state.dirty = state.typedSince;
  state.failing = false;
  state.savedAt = performance.now();
  clearTimeout(state.retry);
  showFailures();
  if (!afterSaving) {
    return;
  }
  const open = unsaved();
  if (open.length === 0) {
    leaving = true;
    afterSaving();
  } else {
    open.filter((one) => !items.get(one).sending).forEach(saveNow);
  }
}

function close() {
  closed.hidden = false;
  clearInterval(asking);
  for (const state of items.values()) {
    clearTimeout(state.retry);
  }
}

// Signed out, an answer comes from the page to sign in; after the draft was opened, nothing is taken any more.
function isClosed(detail) {
  const answer = detail.xhr;
  const elsewhere = answer.responseURL && new URL(answer.responseURL).pathname !== new URL(detail.requestConfig.path, location.href).pathname;
  return elsewhere || answer.status === 403 || answer.status === 404;
}

document.addEventListener("input", (event) => {
  const row = rowOf(event.target);
  if (row) {
    const state = item(row.dataset.code);
    state.dirty = state.typedSince = true;
  }
});

document.body.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.requestConfig.elt;
  if (form === meeting) {
    askedAt = performance.now();
    return;
  }
  const state = item(form.id.replace("agree-", ""));
  state.typedSince = false;
  state.sending = true;
});

document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (isClosed(event.detail)) {
    event.detail.shouldSwap = false;
  }
});

document.body.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.requestConfig.elt;
  const status = event.detail.xhr.status;
  if (isClosed(event.detail)) {
    close();
  }
  if (form === meeting) {
    heard(status);
    return;
  }
  const code = form.id.replace("agree-", "");
  item(code).sending = false;
  if (!closed.hidden) {
    return;
  }
  if (event.detail.successful) {
    saved(code);
  } else if (status === 409 || status === 422) {
    // Saved in part; the rest is told beside its field and asks for a decision, so nothing goes on by itself.
    item(code).dirty = item(code).typedSince;
    item(code).failing = false;
    item(code).savedAt = performance.now();
    clearTimeout(item(code).retry);
    showFailures();
    afterSaving = null;
  } else {
    saveFailed(code);
  }
});

failed.querySelector("[data-save-now]").addEventListener("click", () => unsaved().forEach(saveNow));
window.addEventListener("online", () => unsaved().forEach(saveNow));

// Saves that are still under way come first.
function whenAllIsSaved(act) {
  afterSaving = act;
  unsaved()
    .filter((code) => !items.get(code).sending)
    .forEach(saveNow);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.hasAttribute("data-leaves")) {
    return;
  }
  const undecided = document.querySelector(".told");
  if (undecided) {
    // What stands there unsaved would go with the page.
    event.preventDefault();
    const first = undecided.querySelector("button") || undecided.parentElement.parentElement.querySelector("input, select, textarea");
    first.focus();
    undecided.scrollIntoView({ block: "center" });
  } else if (unsaved().length > 0) {
    event.preventDefault();
    const button = event.submitter;
    whenAllIsSaved(() => form.requestSubmit(button));
  } else {
    leaving = true;
  }
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (link && plain && unsaved().length > 0 && failed.hidden && closed.hidden && new URL(link.href).pathname !== location.pathname) {
    event.preventDefault();
    whenAllIsSaved(() => location.assign(link.href));
  }
});
window.addEventListener("pagehide", () => {
  if (leaving || !closed.hidden) {
    return;
  }
  for (const code of unsaved()) {
    const form = document.getElementById(`agree-${code}`);
    fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true });
  }
});
window.addEventListener("beforeunload", (event) => {
  const stuck = unsaved().length > 0 && (!failed.hidden || !closed.hidden);
  if (!leaving && (stuck || document.querySelector(".told"))) {
    event.preventDefault();
  }
});

// Hearing what others do

document.addEventListener("focusin", (event) => {
  const row = rowOf(event.target);
  if (row) {
    lastItem = row.dataset.code;
  }
});

function ask() {
  if (document.visibilityState === "visible" && closed.hidden) {
    htmx.trigger(meeting, "ask-now");
  }
}

function heard(status) {
  const line = document.getElementById("presence-line");
  if (status === 0 || status >= 500) {
    line.textContent = away;
    line.dataset.who = "?"; // so that the next answer brings the line again
  }
}

meeting.addEventListener("htmx:configRequest", (event) => {
  const rows = [...document.querySelectorAll("tr[data-code]")];
  event.detail.parameters.on = lastItem;
  event.detail.parameters.who = document.getElementById("presence-line").dataset.who;
  event.detail.parameters.have = rows
    .map((row) => `${row.dataset.code}:${row.querySelector('input[name="revision"]').value}`)
    .join(" ");
});

// A row in which someone writes, or has something unsaved, is theirs: it is told, and nothing is taken away.
function isBusy(row) {
  const state = item(row.dataset.code);
  const at = document.activeElement;
  const writing = row.contains(at) && at.matches("textarea, select, input:not([type=radio])");
  return writing || state.dirty || state.sending || row.querySelector(".told") !== null;
}

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const old = event.detail.target;
  const news = event.detail.fragment.firstElementChild;
  if (old.matches("textarea")) {
    // Words that follow the score; not under the hands of someone who has begun to write there.
    event.detail.shouldSwap = old !== document.activeElement;
    return;
  }
  if (!old.matches("tr[data-code]") || !news) {
    return;
  }
  const state = item(old.dataset.code);
  if (news.hasAttribute("data-heard")) {
    // Asked before the last save of this row went through, the answer may be older than what is here.
    if (state.savedAt > askedAt) {
      event.detail.shouldSwap = false;
      return;
    }
    if (isBusy(old) && !state.accept) {
      const told = old.querySelector(".elsewhere");
      told.firstElementChild.textContent = news.dataset.told;
      told.hidden = false;
      event.detail.shouldSwap = false;
      return;
    }
  }
  state.accept = false;
  if (old.contains(document.activeElement)) {
    focusAgain = document.activeElement.id || null;
  }
  for (const details of old.querySelectorAll("details[open]")) {
    const same = details.id && news.querySelector(`#${CSS.escape(details.id)}`);
    if (same) {
      same.open = true;
    }
  }
});

document.addEventListener("htmx:oobAfterSwap", () => {
  const same = focusAgain && document.getElementById(focusAgain);
  focusAgain = null;
  if (same) {
    same.focus({ preventScroll: true });
  }
});

document.addEventListener("click", (event) => {
  const row = rowOf(event.target);
  if (!row || !event.target.closest("[data-show]") || row.querySelector(".told")) {
    return;
  }
  const state = item(row.dataset.code);
  // What is unsaved here goes first: the server keeps apart what both have written.
  if (state.dirty) {
    saveNow(row.dataset.code);
    return;
  }
  state.accept = true;
  row.querySelector('input[name="score"]').focus();
  ask();
});

const asking = setInterval(ask, ASK_EVERY);
document.addEventListener("visibilitychange", ask);
ask();
