// Page 1 of a draft works as a plain form; this adds saving as one types.

import { keepSaving } from "./saving.js";

const form = document.getElementById("draft-form");

keepSaving({
  form,
  units: [form],
  failed: document.getElementById("save-failed"),
  dataOf: () => new FormData(form),
});
