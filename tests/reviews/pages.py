"""Reads our pages as a browser would: the fields of a form with what they hold, errors, and plain text."""

from html.parser import HTMLParser

HTMX = {"HTTP_HX_REQUEST": "true"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms: dict[str, dict[str, object]] = {}
        self.fields: dict[str, object] | None = None
        self.loose: dict[str, object] = {}
        self.texts: list[str] = []
        self.by_id: dict[str, list[str]] = {}
        self.open: list[tuple[str, str | None]] = []
        self.select = self.textarea = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag not in VOID:
            self.open.append((tag, attrs.get("id")))
        if attrs.get("id"):
            self.by_id.setdefault(attrs["id"], [])
        if tag == "form":
            key = attrs.get("id") or attrs.get("action") or f"form-{len(self.forms)}"
            self.fields = self.forms.setdefault(key, {})
        if not (name := attrs.get("name") or self.select):
            return
        if self.fields is None:
            if tag == "input":
                self.loose[name] = attrs.get("value", "")
            return
        if tag == "input":
            self._input(name, attrs)
        elif tag == "textarea":
            self.textarea, self.fields[name] = name, ""
        elif tag == "select":
            self.select, self.fields[name] = name, ""
        elif tag == "option" and "selected" in attrs:
            self.fields[name] = attrs.get("value", "")

    def _input(self, name, attrs):
        kind, value = attrs.get("type", "text"), attrs.get("value", "")
        if kind == "checkbox":
            if "checked" in attrs:
                self.fields.setdefault(name, []).append(attrs.get("value", "on"))
        elif kind == "radio":
            if "checked" in attrs:
                self.fields[name] = value
        else:
            self.fields[name] = value

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass
        if tag == "form":
            self.fields = None
        elif tag == "textarea":
            self.textarea = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data):
        if self.textarea is not None:
            self.fields[self.textarea] += data
        if self.open and self.open[-1][0] in ("script", "style"):
            return
        self.texts.append(data)
        for _, element in self.open:
            if element:
                self.by_id[element].append(data)


def read(response) -> _Page:
    page = _Page()
    page.feed(response.content.decode())
    page.close()
    for fields in page.forms.values():
        for name, value in fields.items():
            # A browser leaves out the line break that follows the opening tag.
            if isinstance(value, str) and value.startswith("\n"):
                fields[name] = value[1:]
    return page


def text_of(response) -> str:
    """All text of the page, with single spaces."""
    return " ".join(" ".join(read(response).texts).split())


def text_at(response, element_id: str) -> str:
    """The text inside the element of this id; fails where there is none."""
    return " ".join(" ".join(read(response).by_id[element_id]).split())


def error_beside(response, field: str) -> str:
    """The message beside a form field, "" where there is none."""
    found = read(response).by_id.get(f"error_1_id_{field}", [])
    return " ".join(" ".join(found).split())


def form_on(response, key: str = "rating-form") -> dict[str, object]:
    """The fields of a form by its id, its action or its place (`form-0`), as a browser would send them."""
    fields = dict(read(response).forms[key])
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def swapped(fields: dict[str, object], answer) -> dict[str, object]:
    """The fields of a page after htmx has put the hidden fields of an autosave's answer in place."""
    return fields | {name: value for name, value in read(answer).loose.items() if name in fields}


def rate_url(review, code: str) -> str:
    return f"/reviews/{review.pk}/ratings/{code}/"


def save_item(client, review, code: str, htmx: bool = False, page=None, **typed):
    """Open the page of an item (or take `page`), type into it, and save. Names with a hyphen: `facts__part`."""
    page = page if page is not None else client.get(rate_url(review, code))
    fields = (
        form_on(page) | {"go": "stay"} | {name.replace("__", "-"): value for name, value in typed.items()}
    )
    if htmx:
        fields.pop("go")
    fields = {name: value for name, value in fields.items() if value is not None}
    return client.post(rate_url(review, code), fields, **(HTMX if htmx else {}))
