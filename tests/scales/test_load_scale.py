"""`manage.py load_scale`: safe to repeat, all or nothing, and clear about what it refuses."""

from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from scales.models import Anchor, ScaleVersion, SettingProfile, Status
from tests.factories.scales import FOLDER
from tests.scales.tiny import PROFILE, SCALE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_definitions")]

SHIPPED = sorted(path.name for path in FOLDER.rglob("*.yaml"))
TOP_OF_CASELOAD = "Each full-time specialist carries 20 people or fewer."


def load(*files: Path) -> list[str]:
    """What the command says, line by line."""
    said = StringIO()
    call_command("load_scale", *map(str, files), stdout=said)
    return said.getvalue().splitlines()


def refusal(*files: Path) -> str:
    with pytest.raises(CommandError) as caught:
        load(*files)
    return str(caught.value)


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def every_row() -> dict[str, list]:
    """Everything that the tables of definitions and of their history hold."""
    models = apps.get_app_config("scales").get_models()
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}


def swapped(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


# Loading


def test_every_shipped_file_is_loaded_and_published():
    said = load()

    assert sorted(line.partition(":")[0] for line in said) == SHIPPED
    assert all(line.endswith(" loaded") for line in said)
    assert {version.status for version in ScaleVersion.objects.all()} == {Status.PUBLISHED}
    assert (ScaleVersion.objects.count(), SettingProfile.objects.published().count()) == (2, 6)


def test_loading_again_says_so_and_changes_nothing():
    load()
    before = every_row()

    said = load()

    assert sorted(line.partition(":")[0] for line in said) == SHIPPED
    assert all(line.endswith(" is here already") for line in said)
    assert every_row() == before


def test_what_is_retired_is_here_already_and_stays_retired(tmp_path):
    files = [written(tmp_path, "tiny.yaml", SCALE), written(tmp_path, "clinic.yaml", PROFILE)]
    load(*files)
    ScaleVersion.objects.update(status=Status.RETIRED, retired_at=timezone.now())

    said = load(*files)

    assert said == ["tiny.yaml: Tiny scale is here already", "clinic.yaml: Clinic is here already"]
    assert ScaleVersion.objects.get().status == Status.RETIRED


def test_profile_named_before_its_scale_is_loaded_after_it(tmp_path):
    said = load(written(tmp_path, "a-clinic.yaml", PROFILE), written(tmp_path, "tiny.yaml", SCALE))

    assert said == ["tiny.yaml: Tiny scale loaded", "a-clinic.yaml: Clinic loaded"]


def test_same_content_laid_out_otherwise_is_here_already(tmp_path):
    load(written(tmp_path, "tiny.yaml", SCALE))

    said = load(
        written(tmp_path, "tiny.yaml", "# Written anew\n" + SCALE.replace("at_most: 20", "at_most: 20.00"))
    )

    assert said == ["tiny.yaml: Tiny scale is here already"]


def test_second_version_stands_beside_the_first(tmp_path):
    load(written(tmp_path, "tiny.yaml", SCALE))

    load(written(tmp_path, "tiny-2.yaml", swapped(SCALE, "label: '1'", "label: '2'")))

    assert sorted(version.label for version in ScaleVersion.objects.all()) == ["1", "2"]


# Refusing


@pytest.fixture
def reworded(tmp_path):
    """A shipped file with one anchor in other words, the original being loaded."""
    load()
    text = (FOLDER / "ips-25-us.yaml").read_text(encoding="utf-8")
    return written(tmp_path, "ips-25-us.yaml", swapped(text, TOP_OF_CASELOAD, "Twenty clients at most."))


def test_changed_published_file_is_refused_with_place_and_both_wordings(reworded):
    said = refusal(reworded)

    assert "ips-25 2008-us is published and cannot change." in said
    changes = [line for line in said.splitlines() if line.startswith("  - ")]
    assert changes == [
        "  - sections › staffing › items › caseload-size › anchors › 5 › descriptor: "
        f"“{TOP_OF_CASELOAD}” is now “Twenty clients at most.”"
    ]
    assert "a correction is a new version" in said


def test_changed_published_file_changes_nothing(reworded):
    before = every_row()

    refusal(reworded)

    assert every_row() == before
    assert not Anchor.objects.filter(descriptor="Twenty clients at most.").exists()


@pytest.mark.parametrize("new_file_first", [True, False])
def test_nothing_is_loaded_when_one_file_of_a_call_is_refused(reworded, tmp_path, new_file_first):
    new = written(tmp_path, "tiny.yaml", SCALE)
    before = every_row()

    refusal(*([new, reworded] if new_file_first else [reworded, new]))

    assert every_row() == before


def test_changed_published_profile_is_refused_with_place_and_both_wordings(tmp_path):
    load(written(tmp_path, "tiny.yaml", SCALE), written(tmp_path, "clinic.yaml", PROFILE))
    changed = written(tmp_path, "clinic.yaml", swapped(PROFILE, "Look here.", "Look there."))

    said = refusal(changed)

    assert "profile clinic of 1 is published and cannot change." in said
    assert "adjustments › size › statements › 1 › text: “Look here.” is now “Look there.”" in said


def test_removed_band_is_named(tmp_path):
    load(written(tmp_path, "tiny.yaml", SCALE))
    changed = SCALE.replace("  - {lowest: 2, highest: 2, label: Fair}\n", "").replace(
        "lowest: 3", "lowest: 2"
    )

    said = refusal(written(tmp_path, "tiny.yaml", changed))

    assert "bands › Fair: removed" in said


def test_new_version_cannot_give_the_scale_another_name(tmp_path):
    """A scale has one name for all its versions: loading such a file twice would find its own version changed."""
    load(written(tmp_path, "tiny.yaml", SCALE))
    renamed = swapped(SCALE, "name: Tiny\n", "name: Renamed\n").replace("label: '1'", "label: '2'")

    said = refusal(written(tmp_path, "tiny-2.yaml", renamed))

    assert "Tiny" in said
    assert "Renamed" in said
    assert not ScaleVersion.objects.filter(label="2").exists()


# Files that cannot be used


def test_broken_yaml_is_refused_with_file_and_line(tmp_path):
    broken = swapped(SCALE, "sections:\n", "sections: [\n")
    line = broken.splitlines().index("sections: [") + 1

    said = refusal(written(tmp_path, "broken.yaml", broken))

    found = int(said.partition("broken.yaml, line ")[2].partition(":")[0])
    assert found in range(line, len(broken.splitlines()) + 1)
    assert ScaleVersion.objects.count() == 0


def test_mistyped_key_is_refused_with_file_and_line(tmp_path):
    mistyped = swapped(SCALE, "        measures: How big it is.\n", "        measure: How big it is.\n")
    line = mistyped.splitlines().index("        measure: How big it is.") + 1

    said = refusal(written(tmp_path, "mistyped.yaml", mistyped))

    assert f"mistyped.yaml, line {line}" in said


def test_profile_whose_version_is_not_loaded_is_refused(tmp_path):
    said = refusal(written(tmp_path, "clinic.yaml", PROFILE))

    assert said == "clinic.yaml: its scale version tiny 1 is not loaded. Load that file too."


def test_profile_of_an_item_that_the_scale_has_not_is_refused(tmp_path):
    strange = swapped(PROFILE, "  - item: size\n", "  - item: length\n")

    said = refusal(written(tmp_path, "tiny.yaml", SCALE), written(tmp_path, "clinic.yaml", strange))

    assert said.startswith("clinic.yaml: ")
    assert "length" in said
    assert ScaleVersion.objects.count() == 0


def test_file_that_is_not_there_is_refused(tmp_path):
    missing = tmp_path / "missing.yaml"

    assert refusal(missing).startswith(f"{missing} cannot be read: ")


def test_folder_in_place_of_a_file_is_refused(tmp_path):
    assert refusal(tmp_path).startswith(f"{tmp_path} cannot be read: ")


def test_file_that_is_not_text_is_refused(tmp_path):
    path = tmp_path / "picture.yaml"
    path.write_bytes(b"\x89PNG\xff\xfe")

    assert refusal(path).startswith(f"{path} cannot be read: ")


def test_unreadable_file_keeps_the_others_of_its_call_from_loading(tmp_path):
    refusal(written(tmp_path, "tiny.yaml", SCALE), tmp_path / "missing.yaml")

    assert ScaleVersion.objects.count() == 0
