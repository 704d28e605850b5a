from django.db import migrations

SETTINGS = {
    "community-mental-health": "Community mental health",
    "primary-care": "Primary care",
    "community-forensic": "Community forensic",
}


def add(apps, schema_editor):
    Setting = apps.get_model("programs", "Setting")
    for code, name in SETTINGS.items():
        Setting.objects.get_or_create(code=code, defaults={"name": name})


def remove(apps, schema_editor):
    apps.get_model("programs", "Setting").objects.filter(code__in=SETTINGS, sites=None).delete()


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
