// The scoring page works as a plain form; this adds: saving as one types, a warning that stays until a save
// went through, keys, and the mark on the suggested anchor.

const form = document.getElementById("rating-form");
const failed = document.getElementById("save-failed");
const saving = form.hasAttribute("hx-post");
const RETRY_AFTER = 5000;

let dirty = false; // something typed is not saved yet
let typedSince = false; // something was typed after the save under way was sent
let sending = false;
let leaving = false;
let afterSaving = null; // what to do once all is saved: follow a link, send the form
let retry;

document.documentElement.classList.add("with-script");

function saveNow() {
  clearTimeout(retry);
  htmx.trigger(form, "save-now");
}

function saveFailed() {
  failed.hidden = false;
  afterSaving = null;
  clearTimeout(retry);
  retry = setTimeout(saveNow, RETRY_AFTER);
}

function saved() {
  dirty = typedSince;
  failed.hidden = true;
  clearTimeout(retry);
  if (afterSaving && !dirty) {
    leaving = true;
    afterSaving();
  } else if (afterSaving) {
    saveNow();
  }
}

if (saving) {
  form.addEventListener("input", () => {
    dirty = typedSince = true;
  });
  form.addEventListener("htmx:beforeRequest", () => {
    typedSince = false;
    sending = true;
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    const answer = event.detail.xhr;
    sending = false;
    if (event.detail.successful) {
      saved();
    } else if (answer.status === 409 || answer.status === 422) {
      afterSaving = null;
    } else {
      saveFailed();
    }
  });
  failed.querySelector("[data-save-now]").addEventListener("click", saveNow);
  window.addEventListener("online", () => dirty && saveNow());

  // A save that is still under way comes first: two at once would look like two windows.
  form.addEventListener("submit", (event) => {
    if (sending) {
      event.preventDefault();
      const button = event.submitter;
      afterSaving = () => form.requestSubmit(button);
    } else {
      leaving = true;
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (link && plain && dirty && failed.hidden && new URL(link.href).pathname !== location.pathname) {
      event.preventDefault();
      afterSaving = () => location.assign(link.href);
      if (!sending) {
        saveNow();
      }
    }
  });
  window.addEventListener("pagehide", () => {
    if (dirty && !leaving) {
      fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true });
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty && !leaving && !failed.hidden) {
      event.preventDefault();
    }
  });
}

// The suggested anchor carries a mark; the reason for a departure is asked for once there is one.
function markSuggestion() {
  const suggestion = document.getElementById("suggestion");
  const score = suggestion ? suggestion.dataset.score : "";
  const departure = form.querySelector(".departure");
  const chosen = form.querySelector('input[name="score"]:checked');
  if (departure) {
    const departs = score && chosen && chosen.value !== "none" && chosen.value !== score;
    departure.classList.toggle("needed", Boolean(departs));
  }
  for (const tag of form.querySelectorAll("[data-suggests]")) {
    tag.hidden = !score || tag.dataset.suggests !== score;
  }
}
markSuggestion();
form.addEventListener("input", markSuggestion);
document.body.addEventListener("htmx:oobAfterSwap", markSuggestion);

// Keys: 1-5 choose a score, n and p go on and back. A button turns them off, and remembers.
const toggle = form.querySelector("[data-shortcuts]");
let keysOn = localStorage.getItem("scoring-keys") !== "off";

function showKeys() {
  toggle.hidden = false;
  toggle.setAttribute("aria-pressed", String(keysOn));
  toggle.textContent = toggle.textContent.replace(/[^:]+$/, ` ${keysOn ? toggle.dataset.on : toggle.dataset.off}`);
}

toggle.addEventListener("click", () => {
  keysOn = !keysOn;
  localStorage.setItem("scoring-keys", keysOn ? "on" : "off");
  showKeys();
});
showKeys();

function isTyping(target) {
  return target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
}

document.addEventListener("keydown", (event) => {
  // A refused save stays on this item: keys meant for the next one must not change its score.
  if (document.querySelector("#save-errors .error-summary") || !keysOn || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
    return;
  }
  const radio = form.querySelector(`input[name="score"][value="${CSS.escape(event.key)}"]`);
  const button = form.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (radio && !radio.disabled) {
    radio.checked = true;
    radio.focus();
    radio.dispatchEvent(new Event("input", { bubbles: true }));
  } else if (button && !button.disabled) {
    button.click();
  }
});
