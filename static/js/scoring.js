// The scoring page works as a plain form; this adds: saving as one types, a warning that stays until a save
// went through, keys, and the mark on the suggested anchor.

import { keepSaving } from "./saving.js";

const form = document.getElementById("rating-form");
const toSave = form.hasAttribute("hx-post");

document.documentElement.classList.add("with-script");

// In a long list of items the one on the page comes into sight, without moving the page.
const list = document.getElementById("item-list");
const here = list.querySelector(".here");
if (here) {
  const seen = form.querySelector(".foot").getBoundingClientRect().top - list.getBoundingClientRect().top;
  list.scrollTop = here.offsetTop - (Math.min(seen, list.clientHeight) - here.offsetHeight) / 2;
}

if (toSave) {
  keepSaving({
    form,
    units: [form],
    failed: document.getElementById("save-failed"),
    dataOf: () => new FormData(form),
  });
}

let marked = false; // the page was marked once: what is asked for from now on is news

// The suggested anchor carries a mark; the reason for a departure is asked for once there is one.
function markSuggestion() {
  const suggestion = document.getElementById("suggestion");
  const score = suggestion ? suggestion.dataset.score : "";
  const departure = form.querySelector(".departure");
  const chosen = form.querySelector('input[name="score"]:checked');
  if (departure) {
    const departs = score && chosen && chosen.value !== "none" && chosen.value !== score;
    const isAsked = departure.classList.contains("needed");
    departure.classList.toggle("needed", Boolean(departs));
    if (departs && !isAsked && marked) {
      departure.scrollIntoView({ block: "nearest" });
    }
  }
  for (const tag of form.querySelectorAll("[data-suggests]")) {
    tag.hidden = !score || tag.dataset.suggests !== score;
  }
  marked = true;
}
markSuggestion();
form.addEventListener("input", markSuggestion);
document.body.addEventListener("htmx:oobAfterSwap", markSuggestion);

// Keys: figures choose a score, n and p go on and back. A button turns them off, and remembers.
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

// Scores of two or three figures are typed as they are written, one figure soon after the other.
const TOGETHER = 800;
let figures = "";
let figureAt = -TOGETHER;

function scoreOf(key) {
  if (!/^[0-9]$/.test(key)) {
    return null;
  }
  figures = (performance.now() - figureAt < TOGETHER ? figures : "") + key;
  figureAt = performance.now();
  for (let start = 0; start < figures.length; start += 1) {
    const radio = form.querySelector(`input[name="score"][value="${figures.slice(start)}"]`);
    if (radio) {
      figures = figures.slice(start);
      return radio;
    }
  }
  return null;
}

document.addEventListener("keydown", (event) => {
  // A refused save stays on this item: keys meant for the next one must not change its score.
  if (document.querySelector("#save-errors .error-summary") || !keysOn || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
    return;
  }
  const radio = scoreOf(event.key);
  const button = form.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (radio && !radio.matches(":disabled")) {
    radio.checked = true;
    radio.focus();
    radio.dispatchEvent(new Event("input", { bubbles: true }));
  } else if (button && !button.disabled) {
    button.click();
  }
});
