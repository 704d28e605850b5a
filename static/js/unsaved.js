// A form that was typed into asks before the page is left; a form that came back unsaved does so from the start.
const form = document.getElementById("note-form");
let unsaved = form.hasAttribute("data-unsaved");

form.addEventListener("input", () => {
  unsaved = true;
});
form.addEventListener("submit", () => {
  unsaved = false;
});
window.addEventListener("beforeunload", (event) => {
  if (unsaved) {
    event.preventDefault();
  }
});
