"""Whatever is uploaded, the answer is a page or a draft, and a refusal leaves every table as it was."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scales.actions.loading import load_version
from scales.models import ScaleVersion, SettingProfile
from scales.yaml_file import read_profile, read_scale
from tests.factories.accounts import scale_administrator
from tests.scales.small_files import PROFILE, SCALE
from tests.scales.test_upload import PAGE, counts

pytestmark = pytest.mark.django_db

ODD = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [
            b"",
            b"\0",
            b"\xff",
            b"&a ",
            b"*a",
            b"!!set ",
            b"\t",
            b": ",
            b"- ",
            b"9" * 40,
            b"[[",
            b"\xc2\x85",
            b"'",
            b"---\n",
        ]
    ),
)


@st.composite
def mangled(draw) -> bytes:
    """One of the small files with a few runs of bytes taken out or put in."""
    content = draw(st.sampled_from([SCALE, PROFILE])).encode()
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(ODD) + content[at + draw(st.integers(0, 6)) :]
    return content


@pytest.fixture
def editor() -> Client:
    load_version(definition=read_scale(SCALE, "tiny.yaml"))
    client = Client()
    client.force_login(scale_administrator())
    return client


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(content=mangled(), label=st.sampled_from(["", "", "other", "ö", "1"]))
def test_an_upload_is_drafted_whole_or_refused_without_a_trace(editor, content, label):
    before = counts()

    answer = editor.post(PAGE, {"text": "", "label": label, "upload": SimpleUploadedFile("x.yaml", content)})

    if answer.status_code == 422:
        assert counts() == before
        assert b"error-summary" in answer.content
        return
    assert answer.status_code == 302
    number = int(answer.url.strip("/").rpartition("/")[2])
    text = content.decode("utf-8-sig")
    if answer.url.startswith("/drafts/versions/"):
        drafted, filed = ScaleVersion.objects.get(pk=number), read_scale(text, "x")
        assert [item.code for item in drafted.to_spec().items] == [item.code for item in filed.items]
    else:
        drafted, filed = SettingProfile.objects.get(pk=number), read_profile(text, "x")
        assert drafted.to_spec().adjustments == filed.adjustments
    drafted.delete()
