"""No log holds what opens something, tokens and keys to choose a password; a refused page takes one line of it."""

import logging
import logging.config
import sys

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path
from gunicorn.config import Config

from ipsfidelity.logs import WithoutSecrets

TOKEN = "q9-_Zk3"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (f"Not Found: /shared/{TOKEN}/", "Not Found: /shared/…/"),
        (
            f'"GET /shared/{TOKEN}/report.pdf?download HTTP/1.1" 200',
            '"GET /shared/…/report.pdf?download HTTP/1.1" 200',
        ),
        (
            f'"https://reviews.example.org/shared/{TOKEN}/" "Mozilla"',
            '"https://reviews.example.org/shared/…/" "Mozilla"',
        ),
        (f"/accounts/password/reset/key/1a-{TOKEN}/ gone", "/accounts/password/reset/key/…/ gone"),
        ("/reviews/3/share/ and /static/css/sharing.css", "/reviews/3/share/ and /static/css/sharing.css"),
    ],
)
def test_a_secret_is_left_out_of_a_line(written, kept):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s", (written,), None)

    assert WithoutSecrets().format(record) == kept


def test_a_secret_is_left_out_of_a_traceback():
    try:
        raise LookupError(f"/shared/{TOKEN}/")
    except LookupError:
        record = logging.LogRecord("any", logging.ERROR, "", 0, "Error", (), sys.exc_info())

    assert "/shared/…/" in (text := WithoutSecrets().format(record))
    assert TOKEN not in text


def test_every_handler_of_the_product_leaves_secrets_out():
    used = {handler["formatter"] for handler in settings.LOGGING["handlers"].values()}

    assert {settings.LOGGING["formatters"][name]["()"] for name in used} == {
        f"{WithoutSecrets.__module__}.{WithoutSecrets.__name__}"
    }
    for name in ("django", "django.server"):
        assert settings.LOGGING["loggers"][name]["handlers"] == []


def test_the_server_process_leaves_secrets_out_of_its_own_logs(tmp_path):
    path = tmp_path / "access.log"
    given = {}
    exec((settings.BASE_DIR / "gunicorn.conf.py").read_text(), given)
    config = Config()
    config.set("accesslog", str(path))
    config.set("errorlog", str(tmp_path / "error.log"))
    config.set("logger_class", given["logger_class"])

    log = config.logger_class(config)
    log.access_log.info("GET /shared/%s/", TOKEN)
    log.error("Error handling request /shared/%s/", TOKEN)

    for logger in (log.access_log, log.error_log):
        for handler in logger.handlers:
            handler.close()
        logger.handlers.clear()
    lines = path.read_text() + (tmp_path / "error.log").read_text()
    assert lines.count("/shared/…/") == 2
    assert TOKEN not in lines


def _refused(request):
    raise PermissionDenied


def _broken(request):
    raise LookupError("something broke")


urlpatterns = [path("refused/", _refused), path("broken/", _broken)]


def handler403(request, exception):
    return HttpResponse("no", status=403)


def handler500(request):
    return HttpResponse("oh", status=500)


@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[])
@pytest.mark.parametrize(
    ("address", "status", "first", "is_traced"),
    [
        ("/refused/", 403, "WARNING django.request: Forbidden (Permission denied): /refused/", False),
        ("/broken/", 500, "ERROR django.request: Internal Server Error: /broken/", True),
    ],
)
def test_a_refused_page_takes_one_line_and_a_broken_one_its_traceback(
    caplog, address, status, first, is_traced
):
    caplog.handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))

    assert Client(raise_request_exception=False).get(address).status_code == status

    assert caplog.text.startswith(first)
    assert (len(caplog.text.splitlines()) > 1) == is_traced
    assert ("Traceback" in caplog.text) == is_traced
