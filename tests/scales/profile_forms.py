"""A form of a profile's draft, sent as a browser would send it: every field with what it shows."""

from django.http import QueryDict


def sent(form, **typed: str) -> QueryDict:
    """`typed`: what a person changed, by the name of the field with `__` for its hyphens."""
    data = QueryDict(mutable=True)
    forms = list(form.all_forms())
    forms += [rows.formset.management_form for rows in getattr(form, "all_rows", tuple)()]
    if hasattr(getattr(form, "rows", None), "management_form"):
        forms.append(form.rows.management_form)
    for one in forms:
        for name in one.fields:
            value = one[name].value()
            if value is not None and value is not False:
                data[one.add_prefix(name)] = str(value)
    for name, value in typed.items():
        data[name.replace("__", "-")] = value
    return data
