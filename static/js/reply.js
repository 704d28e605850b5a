// The reply to a draft works as a plain form; this adds saving as one types.

import { keepSaving } from "./saving.js";

const form = document.getElementById("reply-form");

keepSaving({
  form,
  units: [form],
  failed: document.getElementById("save-failed"),
  dataOf: () => new FormData(form),
});
