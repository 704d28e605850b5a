// Ticking off works by a plain form. With script the line alone is renewed; where that does not go through,
// the form is sent the plain way, so that the reason shows.

function sendPlainly(event) {
  const form = event.target.closest("form.tick");
  if (form) {
    form.submit();
  }
}

document.addEventListener("htmx:responseError", sendPlainly);
document.addEventListener("htmx:sendError", sendPlainly);
document.addEventListener("htmx:timeout", sendPlainly);
