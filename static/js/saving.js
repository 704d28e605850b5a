// Saving as one types, for pages that also work as a plain form: one warning that stays until a save went through,
// tries again, and loses nothing on the way out. A page has one or more units, each saved on its own by htmx
// (`hx-trigger="…, save-now"`); `dataOf(unit)` gives what a unit sends when the page is left.

const RETRY_AFTER = 5000;

export function keepSaving({ form, units, failed, dataOf }) {
  const states = new Map();
  let leaving = false;
  let afterSaving = null; // what to do once all is saved: follow a link, send the form
  let retry;

  const open = () => [...states.entries()].filter(([, state]) => state.dirty);
  const isSending = () => [...states.values()].some((state) => state.sending);

  function saveNow() {
    clearTimeout(retry);
    for (const [unit, state] of open()) {
      if (!state.sending && !state.refused) {
        htmx.trigger(unit, "save-now");
      }
    }
  }

  function saveFailed() {
    failed.hidden = false;
    afterSaving = null;
    clearTimeout(retry);
    retry = setTimeout(saveNow, RETRY_AFTER);
  }

  function saved(state) {
    state.dirty = state.typedSince;
    state.failed = false;
    if (![...states.values()].some((one) => one.failed)) {
      failed.hidden = true;
      clearTimeout(retry);
    }
    const left = open().filter(([, one]) => !one.refused);
    if (afterSaving && !left.length && !isSending()) {
      leaving = true;
      afterSaving();
    } else if (afterSaving) {
      saveNow();
    }
  }

  // A session that has ended answers with the sign-in page, in the place of what was saved.
  function isElsewhere(detail) {
    const address = detail.xhr.responseURL;
    return Boolean(address) && new URL(address).pathname !== new URL(detail.pathInfo.requestPath, location.href).pathname;
  }

  function add(unit) {
    const state = { dirty: false, typedSince: false, sending: false, refused: false, failed: false };
    states.set(unit, state);
    unit.addEventListener("input", () => {
      state.dirty = state.typedSince = true;
      state.refused = false;
    });
    unit.addEventListener("htmx:beforeRequest", () => {
      state.typedSince = false;
      state.sending = true;
    });
    unit.addEventListener("htmx:afterRequest", (event) => {
      const status = event.detail.xhr.status;
      state.sending = false;
      if (event.detail.successful && !isElsewhere(event.detail)) {
        saved(state);
      } else if (status === 409 || status === 422) {
        state.refused = !state.typedSince;
        state.failed = false;
        afterSaving = null;
      } else {
        state.failed = true;
        saveFailed();
      }
    });
  }

  units.forEach(add);
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (isElsewhere(event.detail)) {
      event.detail.shouldSwap = false;
    }
  });
  failed.querySelector("[data-save-now]").addEventListener("click", saveNow);
  window.addEventListener("online", saveNow);

  // A save that is still under way comes first: two at once would look like two windows.
  form.addEventListener("submit", (event) => {
    if (isSending()) {
      event.preventDefault();
      const button = event.submitter;
      afterSaving = () => form.requestSubmit(button);
    } else {
      leaving = true;
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const waits = open().some(([, state]) => !state.refused);
    if (link && plain && waits && failed.hidden && new URL(link.href).pathname !== location.pathname) {
      event.preventDefault();
      afterSaving = () => location.assign(link.href);
      if (!isSending()) {
        saveNow();
      }
    }
  });
  window.addEventListener("pagehide", () => {
    if (!leaving) {
      for (const [unit] of open()) {
        fetch(form.action, { method: "POST", body: dataOf(unit), keepalive: true });
      }
    }
  });
  window.addEventListener("beforeunload", (event) => {
    const unsaved = open().some(([, state]) => state.refused) || (open().length && !failed.hidden);
    if (unsaved && !leaving) {
      event.preventDefault();
    }
  });
  return { add, isDirty: (unit) => states.get(unit).dirty };
}
