// Writing a new source chooses it for the page; emptying it goes back. What was chosen by hand stays.
const usual = document.querySelector("#id_citing-usual");
const citation = document.querySelector("#id_citing-citation");
const NEW_SOURCE = "+new";

if (usual && citation) {
  let before = usual.value;
  let byHand = false;
  usual.addEventListener("change", () => {
    byHand = true;
  });
  citation.addEventListener("input", () => {
    if (byHand) {
      return;
    }
    const isWritten = citation.value.trim() !== "";
    if (isWritten && usual.value !== NEW_SOURCE) {
      before = usual.value;
      usual.value = NEW_SOURCE;
    } else if (!isWritten) {
      usual.value = before;
    }
  });
}
