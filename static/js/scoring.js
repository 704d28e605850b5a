// The scoring page works as a plain form; this adds: saving as one types, a warning that stays until a save
// went through, keys, and the mark on the suggested anchor.

const form = document.getElementById("rating-form");
const failed = document.getElementById("save-failed");
const saving = form.hasAttribute("hx-post");
const RETRY_AFTER = 5000;

let dirty = false;
let typedSince = false;
let retry;
let leaving = false;

document.documentElement.classList.add("with-script");

function saveNow() {
  clearTimeout(retry);
  htmx.trigger(form, "save-now");
}

function saveFailed() {
  failed.hidden = false;
  clearTimeout(retry);
  retry = setTimeout(saveNow, RETRY_AFTER);
}

if (saving) {
  form.addEventListener("input", () => {
    dirty = typedSince = true;
  });
  form.addEventListener("htmx:beforeRequest", () => {
    typedSince = false;
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    const answer = event.detail.xhr;
    if (event.detail.successful) {
      dirty = typedSince;
      failed.hidden = true;
      clearTimeout(retry);
    } else if (answer.status !== 409 && answer.status !== 422) {
      saveFailed();
    }
  });
  failed.querySelector("[data-save-now]").addEventListener("click", saveNow);
  window.addEventListener("online", () => dirty && saveNow());
  form.addEventListener("submit", () => {
    leaving = true;
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
  if (!keysOn || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
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
