// A worksheet works as a plain form; this adds: saving each row, or part, as one types, a warning that stays until
// a save went through, an empty row to go on with, and marks on the cells that a save could not take.

import { keepSaving } from "./saving.js";

const form = document.getElementById("worksheet");
const token = form.elements.namedItem("csrfmiddlewaretoken");

document.documentElement.classList.add("with-script");

function dataOf(unit) {
  const data = new FormData();
  data.append(token.name, token.value);
  for (const field of unit.querySelectorAll("input, select, textarea")) {
    const isOn = !["checkbox", "radio"].includes(field.type) || field.checked;
    if (field.name && isOn) {
      data.append(field.name, field.value);
    }
  }
  return data;
}

const saving = keepSaving({
  form,
  units: [...document.querySelectorAll("[data-row], [data-unit]")],
  failed: document.getElementById("save-failed"),
  dataOf,
});

// What is saved already is not sent once more with the whole form; a long page would send too much.
form.addEventListener("submit", (event) => {
  if (event.defaultPrevented) {
    return;
  }
  const units = [...document.querySelectorAll("[data-row], [data-unit]")];
  const key = (event.submitter ? event.submitter.value : "").split(":")[1];
  const sent = units.filter((unit) => saving.isDirty(unit) || unit.id === key);
  for (const unit of units.slice(sent.length ? 0 : 1)) {
    if (!sent.includes(unit) && unit.matches("[data-row]")) {
      for (const field of unit.querySelectorAll("input, select")) {
        field.disabled = true;
      }
    }
  }
});
window.addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("[data-row] :disabled")) {
    field.disabled = false;
  }
});

function markWrongCells() {
  for (const error of document.querySelectorAll("#rows .field-error")) {
    const cell = document.getElementById(error.id.replace("error_", ""));
    if (error.textContent.trim()) {
      cell.setAttribute("aria-invalid", "true");
    } else {
      cell.removeAttribute("aria-invalid");
    }
  }
}
document.body.addEventListener("htmx:oobAfterSwap", markWrongCells);

// New rows: each has a place of its own, ten thousand below the one above and some, so that two people's do not meet.
const STEP = 10000;
const addRow = document.querySelector("[data-add-row]");
const empty = document.querySelector('[id^="new-"][data-row]');
const pattern = empty && { key: empty.id, row: empty.outerHTML, under: empty.nextElementSibling.outerHTML };

function lastRow() {
  return [...document.querySelectorAll("[data-row]")].at(-1);
}

function addEmptyRow() {
  const last = lastRow();
  const place = Number(last.id.split("-")[1]);
  const key = `new-${(Math.floor(place / STEP) + 1) * STEP + Math.floor(Math.random() * STEP)}`;
  const number = Number(last.querySelector("[data-number]").textContent) + 1;
  const holder = document.createElement("tbody");
  holder.innerHTML = (pattern.row + pattern.under).replaceAll(pattern.key, key);
  const [row, under] = holder.children;
  for (const one of row.querySelectorAll("[data-number]")) {
    one.textContent = String(number);
  }
  row.querySelector(`[name="${key}-number"]`).value = String(number);
  last.nextElementSibling.after(row, under);
  htmx.process(row);
  saving.add(row);
  return row;
}

if (pattern) {
  addRow.hidden = false;
  addRow.addEventListener("click", () => addEmptyRow().querySelector("input:not([type=hidden])").focus());
  document.getElementById("rows").addEventListener("input", (event) => {
    if (event.target.closest("[data-row]") === lastRow()) {
      addEmptyRow();
    }
  });
}
