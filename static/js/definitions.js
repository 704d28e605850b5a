// The item editor: what was typed to try an item stays when its fields are asked for anew, and the suggested anchor
// carries its mark. The form itself, and the answers to it, work without this.

const itemForm = document.getElementById("item-form");
const tryForm = document.getElementById("try-form");
const typed = new Map(); // field of the try-it to what was typed into it last

function fieldsAsked() {
  return tryForm.querySelectorAll("#asked input:not([type=hidden])");
}

function keyOf(field) {
  return field.type === "radio" || field.type === "checkbox" ? `${field.name}=${field.value}` : field.name;
}

function valueOf(field) {
  return field.type === "radio" || field.type === "checkbox" ? field.checked : field.value;
}

function remember() {
  for (const field of fieldsAsked()) {
    typed.set(keyOf(field), valueOf(field));
  }
}

// Put back what was typed, where the new fields show anything else; and say so, for the suggestion hangs on it.
function recall() {
  let changed = false;
  for (const field of fieldsAsked()) {
    const key = keyOf(field);
    if (typed.has(key) && typed.get(key) !== valueOf(field)) {
      field[field.type === "radio" || field.type === "checkbox" ? "checked" : "value"] = typed.get(key);
      changed = true;
    }
  }
  if (changed) {
    tryForm.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function markSuggestion() {
  const said = document.getElementById("suggestion");
  const score = said ? said.dataset.score : "";
  for (const tag of document.querySelectorAll("#seen-anchors [data-suggests]")) {
    tag.hidden = !score || tag.dataset.suggests !== score;
  }
}

let isRead = false; // whether the person has opened the list of what the checks find

tryForm.addEventListener("input", remember);
document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (event.detail.target.id === "found") {
    const list = event.detail.target.querySelector("details[data-live]");
    isRead = list ? list.open : isRead;
  }
});
document.body.addEventListener("htmx:oobAfterSwap", (event) => {
  tryForm.hidden = false;
  if (event.detail.target.id === "asked") {
    recall();
  }
  if (event.detail.target.id === "found") {
    const list = document.querySelector("#found details");
    if (list) {
      list.open = isRead;
    }
  }
  markSuggestion();
});

// Rows that were added or moved change the item as typing does.
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (["components", "conditions"].includes(event.detail.target.id)) {
    itemForm.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
