// A page that comes back with something to mend begins there.
const summary = document.querySelector(".error-summary[tabindex]");
if (summary) {
  summary.focus();
}
