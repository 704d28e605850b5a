"""The rows of a version's forms as a browser would send them."""


def sent(*formsets) -> dict[str, str]:
    """What the shown rows send when nobody types."""
    fields: dict[str, str] = {}
    for formset in formsets:
        for name in ("TOTAL_FORMS", "INITIAL_FORMS"):
            fields[f"{formset.prefix}-{name}"] = str(formset.management_form[name].value())
        for row in formset:
            for field in row:
                value = field.value()
                if value is True or (field.name == "remove" and value):
                    fields[field.html_name] = "on"
                elif value not in (None, False):
                    fields[field.html_name] = str(value)
    return fields
