"""What steps are, once told by English words in their titles, is written beside the title."""

from django.db import migrations


def purpose_of(title: str) -> str:
    title = title.lower()
    if "action plan" in title:
        return "action plan"
    if title.startswith("last day"):
        return "last day"
    return "report" if "report" in title else "step"


def write_purposes(apps, schema_editor):
    for name in ("TimetableStep", "Deadline"):
        model = apps.get_model("reviews", name)
        for title in model.objects.order_by("title").values_list("title", flat=True).distinct():
            model.objects.filter(title=title).update(purpose=purpose_of(title))


class Migration(migrations.Migration):
    dependencies = [("reviews", "0019_purpose_of_steps")]

    # Backwards the column goes, and the titles are as they were.
    operations = [migrations.RunPython(write_purposes, migrations.RunPython.noop)]
