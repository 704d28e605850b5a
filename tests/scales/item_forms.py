"""The form of an item as a browser would send it, without a page in between."""

from django.http import QueryDict

from scales.forms.items import ItemForm
from scales.spec import Item, ScaleSpec


def sent(form: ItemForm, **typed: object) -> QueryDict:
    """The fields as shown, and what was typed over them; `anchor_5_lower` is `anchor-5-lower`."""
    data = QueryDict(mutable=True)
    rows = (form.components.rows, form.conditions.rows)
    for part in (form.about, *form.anchors, *(one.management_form for one in rows), *rows[0], *rows[1]):
        for field in part:
            put(data, field.html_name, field.value())
    for name, value in typed.items():
        put(data, browser_name(name), value)
    return data


def put(data: QueryDict, name: str, value: object) -> None:
    if value is None or value is False:
        data.pop(name, None)
    elif isinstance(value, list | tuple):
        data.setlist(name, [str(one) for one in value])
    else:
        data[name] = "on" if value is True else str(value)


def browser_name(name: str) -> str:
    """`conditions_0_at_5` as `conditions-0-at_5`; names of single fields as they are."""
    first, _, rest = name.partition("_")
    if first not in ("anchor", "components", "conditions"):
        return name
    number, _, field = rest.partition("_")
    return f"{first}-{number}-{field}"


def form_of(item: Item, scale: ScaleSpec, **typed: object) -> ItemForm:
    """The item opened in the editor, typed into, and sent."""
    return ItemForm(sent(ItemForm(item=item, scale=scale), **typed), item=item, scale=scale)


def messages_of(form: ItemForm) -> dict[str, str]:
    """Id of a field to the message beside it."""
    form.is_valid()
    return {mistake.anchor: str(mistake.message) for mistake in form.mistakes()}
