// The reply to a draft works as a plain form; this adds saving as one types.

import { keepSaving } from "./saving.js";

const form = document.getElementById("reply-form");

keepSaving({
  form,
  units: [form],
  failed: document.getElementById("save-failed"),
  dataOf: () => new FormData(form),
});

// A closed item says whether something is written in it.
form.addEventListener("input", (event) => {
  const item = event.target.closest("details");
  if (item) {
    const written = [...item.querySelectorAll("textarea")].some((box) => box.value.trim());
    item.querySelector("[data-written]").hidden = !written;
  }
});
