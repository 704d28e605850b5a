"""The timetable that is shipped: England's, as `domain` of the project tells it. Administrators edit it from here on.

Its source does not say what the weeks after the visit count from; here it is the last day of the visit.
"""

from django.db import migrations

NAME = "England"
NOTE = (
    "Used for IPS in primary care in England. The weeks after the visit are counted from its last day, "
    "as the source does not say from when."
)
STEPS = [
    ("Aims call, agreement and information governance settled", "before", 2, "months"),
    ("Portfolio of evidence checked", "before", 3, "weeks"),
    ("Visit timetable and performance snapshot ready", "before", 2, "weeks"),
    ("Report moderated and presented", "after", 4, "weeks"),
    ("Last day for the service to add evidence on single items", "after", 5, "weeks"),
    ("Action plan agreed", "after", 6, "weeks"),
    ("Support agreed and given", "after", 5, "months"),
    ("Personal data of the visit deleted", "issue", 2, "weeks"),
]


def add(apps, schema_editor):
    policy = apps.get_model("reviews", "TimetablePolicy").objects.create(name=NAME, note=NOTE)
    apps.get_model("reviews", "TimetableStep").objects.bulk_create(
        apps.get_model("reviews", "TimetableStep")(
            policy=policy, place=place, title=title, anchor=anchor, offset=offset, unit=unit
        )
        for place, (title, anchor, offset, unit) in enumerate(STEPS, 1)
    )


def remove(apps, schema_editor):
    apps.get_model("reviews", "TimetablePolicy").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_site_visit")]
    operations = [migrations.RunPython(add, remove)]
