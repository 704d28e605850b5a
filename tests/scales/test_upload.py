"""Definitions as files, in and out of the browser: whole or not at all, and answered line by line."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from scales.actions.drafting import draft_profile, draft_version
from scales.actions.loading import load_version
from scales.models import Anchor, Band, Item, Scale, ScaleVersion, Section, SettingProfile, Status
from scales.spec import ProfileSpec
from scales.yaml_file import read_profile, read_scale, write_profile, write_scale
from tests.factories.accounts import UserFactory, scale_administrator
from tests.factories.scales import FOLDER, setting_profile, shipped_profile, shipped_scale
from tests.reviews.pages import error_beside, form_on, read, text_at, text_of
from tests.scales.small_files import PROFILE, SCALE, line_number, swapped

pytestmark = pytest.mark.django_db

PAGE = "/drafts/upload/"
TABLES = (Scale, ScaleVersion, Section, Item, Anchor, Band, SettingProfile)


@pytest.fixture
def admin(client):
    user = scale_administrator()
    client.force_login(user)
    return user


def counts() -> list[int]:
    return [model.objects.count() for model in TABLES]


def sent(client, text: str = "", content: bytes | None = None, **typed):
    """`text` pasted, or `content` as a file."""
    fields = {"text": text, "label": ""} | typed
    if content is not None:
        fields["upload"] = SimpleUploadedFile("mine.yaml", content, content_type="text/yaml")
    return client.post(PAGE, fields)


def problems_on(answer) -> str:
    return text_at(answer, "problems")


# In


@pytest.mark.parametrize("how", ["pasted", "pasted on Windows", "file", "file with a mark", "UTF-16"])
def test_a_version_becomes_a_draft_exactly_as_in_its_file(client, admin, how):
    ways = {
        "pasted": {"text": SCALE},
        "pasted on Windows": {"text": SCALE.replace("\n", "\r\n")},
        "file": {"content": SCALE.encode()},
        "file with a mark": {"content": b"\xef\xbb\xbf" + SCALE.encode()},
        "UTF-16": {"content": SCALE.encode("utf-16")},
    }

    answer = sent(client, **ways[how])

    draft = ScaleVersion.objects.get(scale__code="tiny")
    assert (answer.status_code, answer.url) == (302, f"/drafts/versions/{draft.pk}/")
    assert (draft.status, draft.created_by) == (Status.DRAFT, admin)
    assert draft.to_spec() == read_scale(SCALE, "tiny.yaml")
    assert client.get(answer.url).status_code == 200


def test_a_shipped_version_under_another_label_is_the_same_but_for_the_label(client, admin):
    text = (FOLDER / "ips-25-uk.yaml").read_text(encoding="utf-8")

    sent(client, content=text.encode(), label="2026-uk")

    draft = ScaleVersion.objects.get(label="2026-uk")
    assert write_scale(draft.to_spec()) == text.replace("label: 2008-uk", "label: 2026-uk")


def test_a_profile_becomes_a_draft_of_its_published_version(client, admin):
    load_version(definition=read_scale(SCALE, "tiny.yaml"))

    answer = sent(client, PROFILE)

    draft = SettingProfile.objects.get(code="clinic")
    assert answer.url == f"/drafts/profiles/{draft.pk}/"
    assert draft.to_spec() == read_profile(PROFILE, "clinic.yaml")


def test_a_label_typed_goes_before_that_of_the_file(client, admin):
    load_version(definition=read_scale(SCALE, "tiny.yaml"))

    sent(client, SCALE, label="next")
    sent(client, PROFILE, label="surgery")

    assert ScaleVersion.objects.get(label="next").is_draft
    assert SettingProfile.objects.get(code="surgery").setting == "clinic"


def test_a_label_that_is_taken_is_told_beside_it_with_a_free_one_filled_in(client, admin):
    load_version(definition=read_scale(SCALE, "tiny.yaml"))
    sent(client, SCALE, label="1-2")
    before = counts()

    answer = sent(client, SCALE)

    assert answer.status_code == 422
    assert error_beside(answer, "label") == "The label 1 is taken. 1-3 is free."
    fields = form_on(answer, "form-1")
    assert (fields["label"], fields["text"]) == ("1-3", SCALE)
    assert counts() == before
    assert client.post(PAGE, fields).status_code == 302


def test_a_profile_code_that_is_taken_is_told_the_same_way(client, admin):
    setting_profile("primary-care")
    text = (FOLDER / "profiles" / "primary-care-uk.yaml").read_text(encoding="utf-8")

    answer = sent(client, text, label="primary-care")

    assert error_beside(answer, "label") == "The label primary-care is taken. primary-care-2 is free."
    assert form_on(answer, "form-1")["label"] == "primary-care"


@pytest.mark.parametrize("label", ["a b", "ä", "x" * 51, "a/b"])
def test_a_label_that_is_none_is_told_beside_it(client, admin, label):
    before = counts()

    answer = sent(client, SCALE, label=label)

    assert answer.status_code == 422
    assert error_beside(answer, "label")
    assert counts() == before


# Refused, with line, path, reason and the line itself


def test_each_problem_names_line_path_and_reason_and_quotes_the_line(client, admin):
    text = swapped(swapped(SCALE, "reading: ratio", "reading: ration"), "at_most: 20", "at_most: many")
    before = counts()

    answer = sent(client, content=text.encode())

    assert answer.status_code == 422
    assert error_beside(answer, "upload") == "There are 2 problems in this file. Nothing was loaded."
    said = problems_on(answer)
    assert (
        f"Line {line_number(text, 'ration')} , sections › staff › items › size › reading : “ration” is unknown"
        in said
    )
    assert "reading: ration" in said
    assert f"Line {line_number(text, 'many')}" in said
    assert form_on(answer, "form-1")["text"] == text
    assert "Error:" in text_of(answer)
    assert counts() == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Choose a file, or paste its text below."),
        ("   \n", "Choose a file, or paste its text below."),
    ],
)
def test_nothing_sent_is_told(client, admin, text, said):
    assert error_beside(sent(client, text), "upload") == said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        ("title: Größe\n".encode("cp1252"), "this is not text in UTF-8"),
        (b"scale: a\nname: \xff\xfe\n", "this is not text in UTF-8"),
        (b"\xff\xfe\x00", "this is not text in UTF-8"),
        (b"PK\x03\x04" + bytes(range(256)), "this is not text in UTF-8"),
        (b"scale: a\0b\n", "has a character that cannot be shown or stored"),
        (b"a: &a [x]\nb: [*a, *a]\n", "aliases (*) are not used here"),
        (b"a: " + b"[" * 5000, "nested too deeply"),
        (b"scale: [" + b"x," * 30_000 + b"]", "there is too much in this file"),
        (SCALE.replace("bands:", "bands: !!python/name:os.system").encode(), "tags (!) are not used here"),
        (b"figures_of: ips-25\nitems: []\n", "this file says which worksheet feeds which item"),
        (b"just words", "should be a set of keys and values"),
    ],
    ids=[
        "empty",
        "Windows",
        "bytes",
        "half UTF-16",
        "archive",
        "null",
        "aliases",
        "deep",
        "long",
        "tag",
        "figures",
        "words",
    ],
)
def test_what_is_no_definition_is_answered(client, admin, content, said):
    before = counts()

    answer = sent(client, content=content)

    assert answer.status_code == 422
    assert said in problems_on(answer)
    assert counts() == before


def test_a_file_of_more_than_a_megabyte_is_told_beside_it(client, admin):
    answer = sent(client, content=b"#" * (1024 * 1024 + 1))

    assert error_beside(answer, "upload") == "This file is too large: at most 1 MB."
    assert "This text is too large" in error_beside(sent(client, "#" * (1024 * 1024 + 1)), "text")


def test_a_file_with_very_many_problems_lists_the_first(client, admin):
    answer = sent(client, SCALE + "".join(f"odd-{number}: x\n" for number in range(70)))

    assert len([text for text in read(answer).texts if text.startswith("Line ")]) == 50
    assert "And 20 more." in text_of(answer)


def test_a_scale_under_another_name_is_told_at_its_line(client, admin):
    load_version(definition=read_scale(SCALE, "tiny.yaml"))

    answer = sent(client, swapped(SCALE, "name: Tiny", "name: Huge"), label="2")

    assert "Line 2 , name : the scale “tiny” is here already and is called “Tiny”" in problems_on(answer)


def test_a_profile_of_a_version_that_is_not_published_is_told_at_its_line(client, admin):
    draft_version(definition=read_scale(SCALE, "tiny.yaml"), by=admin)

    answer = sent(client, PROFILE)

    assert "Line 3 , label : no published version of the scale “tiny” has this label" in problems_on(answer)
    assert not SettingProfile.objects.filter(code="clinic").exists()


def test_a_profile_that_does_not_fit_its_version_is_told_at_its_lines(client, admin):
    load_version(definition=read_scale(SCALE, "tiny.yaml"))
    text = swapped(swapped(PROFILE, "item: size", "item: shape"), "highest: 1", "highest: 3")

    said = problems_on(sent(client, text))

    assert (
        f"Line {line_number(text, 'shape')} , adjustments › shape : the scale has no item with this code"
        in said
    )
    assert "an item has only 1 points to lose" in said


def test_what_is_wrong_is_said_in_the_readers_language(client, admin, monkeypatch):
    monkeypatch.setattr("scales.sentence_words.gettext", lambda text: text.replace("is missing", "fehlt"))

    answer = sent(client, swapped(SCALE, "edition: First\n", ""))

    assert "the key “edition” fehlt" in problems_on(answer)


# Out


def test_everyone_signed_in_saves_what_is_published_as_it_stands_in_its_file(client):
    profile = setting_profile("primary-care")
    client.force_login(UserFactory())

    of_version = client.get("/scales/ips-25/2008-uk/yaml/")
    of_profile = client.get("/scales/ips-25/2008-uk/profiles/primary-care/yaml/")

    assert of_version.content.decode() == (FOLDER / "ips-25-uk.yaml").read_text(encoding="utf-8")
    assert of_version["Content-Disposition"] == 'attachment; filename="ips-25-2008-uk.yaml"'
    assert of_version["Content-Type"].startswith("text/yaml")
    assert (
        read_profile(of_profile.content.decode(), "x") == profile.to_spec() == shipped_profile("primary-care")
    )
    assert of_profile["Content-Disposition"] == 'attachment; filename="ips-25-2008-uk-primary-care.yaml"'


def test_a_draft_is_saved_by_its_editors_alone_even_while_it_is_empty(client, admin):
    version = setting_profile().version
    empty = ScaleVersion.objects.create(scale=version.scale, label="empty", title="", language="", edition="")
    bare = ProfileSpec("bare", "ips-25", "2008-uk", setting="", title="", in_words="", summary="")
    profile = draft_profile(definition=bare, version=version, by=admin)
    pages = [f"/drafts/versions/{empty.pk}/yaml/", f"/drafts/profiles/{profile.pk}/yaml/"]

    saved = [client.get(page) for page in pages]
    client.force_login(UserFactory())
    refused = [client.get(page).status_code for page in pages]

    assert saved[0].content.decode() == "scale: ips-25\nname: IPS-25\nlabel: empty\nminimum: 1\nmaximum: 5\n"
    assert saved[1].content.decode() == "profile: bare\nscale: ips-25\nlabel: 2008-uk\n"
    assert refused == [403, 403]


def test_a_draft_saved_and_uploaded_again_is_the_same(client, admin):
    draft = draft_version(definition=read_scale(SCALE, "tiny.yaml"), by=admin)
    file = client.get(f"/drafts/versions/{draft.pk}/yaml/").content

    sent(client, content=file, label="again")

    again = ScaleVersion.objects.get(label="again").to_spec()
    assert write_scale(again) == file.decode().replace("label: '1'", "label: again")


def test_a_draft_is_not_to_be_had_by_the_address_of_a_published_one(client, admin):
    draft_version(definition=read_scale(SCALE, "tiny.yaml"), by=admin)

    assert client.get("/scales/tiny/1/yaml/").status_code == 404
    assert client.get("/drafts/versions/999999/yaml/").status_code == 404


@pytest.mark.parametrize("traits", [{}, {"is_user_admin": True}, {"is_staff": True}])
def test_only_a_scale_administrator_uploads(client, traits):
    client.force_login(UserFactory(**traits))

    assert client.get(PAGE).status_code == 403
    assert sent(client, SCALE).status_code == 403
    assert not Scale.objects.filter(code="tiny").exists()


def test_writing_and_reading_a_profile_of_every_shipped_version_keeps_it(client, admin):
    for wording in ("uk", "us"):
        spec = shipped_profile("community-forensic", wording)
        assert read_profile(write_profile(spec), "x") == spec
        assert read_scale(write_scale(shipped_scale(wording)), "x") == shipped_scale(wording)
