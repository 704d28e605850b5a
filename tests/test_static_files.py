"""Static files as a real service serves them: every name carries a hash of the content."""

import re

import pytest
from django.core.management import call_command


@pytest.fixture
def collected(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "ipsfidelity.staticfiles.ManifestStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_a_script_imports_another_under_the_name_that_changes_with_it(collected):
    (script,) = (path for path in (collected / "js").glob("scoring.*.js") if path.name != "scoring.js")

    (imported,) = re.findall(r'from "\./([^"]+)"', script.read_text(encoding="utf-8"))

    assert re.fullmatch(r"saving\.[0-9a-f]{12}\.js", imported)
    assert (collected / "js" / imported).exists()
