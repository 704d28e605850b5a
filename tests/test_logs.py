"""No log holds what opens something: tokens of shared reports and keys to choose a password."""

import logging
import logging.config
import sys

import pytest
from django.conf import settings
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
