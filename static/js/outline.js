// Sections and items: moving, adding and removing asks the server how the page looks then. What is typed while an
// answer is under way stays as typed, and no step is lost: each waits for the one before it, saving for all of them.
// Without this the same buttons send the form.

const outlineForm = document.querySelector("form.guarded");
const outline = document.getElementById("outline");
const told = document.getElementById("told");
const steps = []; // what is still to be sent; the first is under way while `isAsking`
let isAsking = false;
let saveWith = null; // the button by which to send the form once no step is left

function fields() {
  return [...outline.querySelectorAll("input[name], select[name], textarea[name]")];
}

function valueOf(field) {
  return field.type === "checkbox" ? field.checked : field.value;
}

function setValue(field, value) {
  field[field.type === "checkbox" ? "checked" : "value"] = value;
}

function snapshot() {
  return new Map(fields().map((field) => [field.name, valueOf(field)]));
}

// A row is known by its first field, which keeps its name wherever the row goes.
function opened() {
  const open = [...outline.querySelectorAll("details[open]")];
  return new Set(open.map((details) => details.querySelector("[name]").name));
}

function ask(step) {
  const waiting = isAsking ? steps.slice(1) : steps;
  if (step !== "arrange" || !waiting.includes("arrange")) {
    steps.push(step);
  }
  next();
}

async function next() {
  if (isAsking) {
    return;
  }
  if (!steps.length) {
    if (saveWith) {
      const button = saveWith;
      saveWith = null;
      outlineForm.requestSubmit(button);
    }
    return;
  }
  isAsking = true;
  const sent = snapshot();
  const focused = document.activeElement;
  const data = new FormData(outlineForm);
  data.set("go", steps[0]);
  let answer = null;
  try {
    const response = await fetch(outlineForm.action, { method: "POST", body: data });
    if (response.ok && !response.redirected) {
      answer = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("outline");
    }
  } catch {
    keepAfterFailure();
    return;
  }
  isAsking = false;
  const step = steps.shift();
  if (!answer) {
    sendPlainly(step);
    return;
  }
  show(answer, sent, focused);
  next();
}

// The page as answered, with what was typed meanwhile, what was unfolded, and the focus where it is.
function show(answer, sent, focused) {
  const typed = [...snapshot()].filter(([name, value]) => sent.get(name) !== value);
  const unfolded = opened();
  const active = document.activeElement;
  const place = outline.contains(active) && active.selectionStart !== undefined ? active.selectionStart : null;
  outline.replaceChildren(...answer.childNodes);
  told.textContent = answer.dataset.told;
  const byName = new Map(fields().map((field) => [field.name, field]));
  for (const [name, value] of typed) {
    if (byName.has(name)) {
      setValue(byName.get(name), value);
    }
  }
  for (const details of outline.querySelectorAll("details")) {
    details.open = details.open || unfolded.has(details.querySelector("[name]").name);
  }
  const asked = outline.querySelector("[autofocus]");
  if (asked && (active === focused || active === document.body)) {
    asked.focus();
  } else if (!active.isConnected && active.id) {
    const again = document.getElementById(active.id);
    if (again) {
      again.focus();
      if (place !== null && again.setSelectionRange) {
        again.setSelectionRange(place, place);
      }
    }
  }
}

function keepAfterFailure() {
  isAsking = false;
  saveWith = null;
  steps.length = 0;
  told.textContent = outline.dataset.failed;
  told.classList.remove("visually-hidden");
  outlineForm.dispatchEvent(new Event("input"));
}

// Someone else must be told first: signed out, or the draft is gone.
function sendPlainly(step) {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "go";
  field.value = step;
  outlineForm.append(field);
  steps.length = 0;
  saveWith = null;
  outlineForm.requestSubmit();
}

outline.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=go]");
  if (button) {
    event.preventDefault();
    told.classList.add("visually-hidden");
    ask(button.value);
  }
});
// A place that was typed while an answer came may not tell that it changed, so leaving it asks too.
for (const kind of ["change", "focusout"]) {
  outline.addEventListener(kind, (event) => {
    const field = event.target.closest("[data-renumbers]");
    if (field && (kind === "change" || (field.type === "number" && field.value !== field.defaultValue))) {
      ask("arrange");
    }
  });
}
outlineForm.addEventListener("submit", (event) => {
  if (isAsking || steps.length) {
    event.preventDefault();
    saveWith = event.submitter;
  }
});
