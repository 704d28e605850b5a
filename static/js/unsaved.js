// A form that was typed into asks before the page is left; a form that came back unsaved does so from the start. Before
// it is sent, it looks whether the person is still signed in: an answer of the sign-in page would lose what was typed.
const form = document.querySelector("#note-form, form.guarded");
const signedOut = document.querySelector("[data-signed-out]");
const unreachable = document.querySelector("[data-unreachable]");
let unsaved = form.hasAttribute("data-unsaved");
let looking = false;
let looked = false;

function tell(which) {
  for (const one of [signedOut, unreachable]) {
    one.hidden = one !== which;
  }
  if (which) {
    which.scrollIntoView({ block: "center" });
  }
}

// The page as it would be opened now; its token is the one of this session, which may be another than before.
async function look() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  if (answer.redirected) {
    return signedOut;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector("input[name=csrfmiddlewaretoken]");
  if (token) {
    form.elements.csrfmiddlewaretoken.value = token.value;
  }
  return null;
}

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
form.addEventListener("submit", async (event) => {
  if (!signedOut || looked) {
    unsaved = false;
    return;
  }
  event.preventDefault();
  if (looking) {
    return;
  }
  looking = true;
  const button = event.submitter;
  try {
    const wrong = await look();
    tell(wrong);
    if (!wrong) {
      looked = true;
      form.requestSubmit(button);
    }
  } catch {
    tell(unreachable);
  } finally {
    looking = looked = false;
  }
});
window.addEventListener("beforeunload", (event) => {
  if (unsaved) {
    event.preventDefault();
  }
});

// A live part of the page that cannot be brought up to date says so, and never shows the sign-in page in its place.
function isElsewhere(detail) {
  const address = detail.xhr.responseURL;
  return Boolean(address) && new URL(address).pathname !== new URL(detail.pathInfo.requestPath, location.href).pathname;
}

if (signedOut) {
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (isElsewhere(event.detail)) {
      event.detail.shouldSwap = false;
      tell(signedOut);
    }
  });
  for (const name of ["htmx:responseError", "htmx:sendError"]) {
    document.body.addEventListener(name, () => tell(unreachable));
  }
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && !isElsewhere(event.detail)) {
      tell(null);
    }
  });
}
