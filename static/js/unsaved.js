// A form that was typed into asks before the page is left; a form that came back unsaved does so from the start.
const form = document.querySelector("#note-form, form.guarded");
let unsaved = form.hasAttribute("data-unsaved");

form.addEventListener("input", () => {
  unsaved = true;
});
// A button that moves or adds a row changes the form as typing does.
form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=go]");
  if (button && button.value !== "save") {
    unsaved = true;
  }
});
form.addEventListener("submit", () => {
  unsaved = false;
});
window.addEventListener("beforeunload", (event) => {
  if (unsaved) {
    event.preventDefault();
  }
});
