"""The embedded PostgreSQL and DATABASE_URL, each test with real servers in folders of its own."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ipsfidelity.database import DatabaseUnavailable, database_settings, stop_embedded

PROJECT = Path(__file__).resolve().parent.parent
JOIN = "import sys, pathlib, ipsfidelity.database as d; d.database_settings(None, pathlib.Path(sys.argv[1]))"


def folder_for_a_server() -> tempfile.TemporaryDirectory[str]:
    """Not tmp_path: pytest closes its folders to the user that root's PostgreSQL runs as."""
    return tempfile.TemporaryDirectory(prefix="ips-")


@pytest.fixture
def new_data_dir() -> Iterator[Path]:
    """Holds nothing yet."""
    with folder_for_a_server() as folder:
        yield Path(folder, "postgres")
        stop_embedded(Path(folder, "postgres"))


@pytest.fixture(scope="module")
def filled_data_dir() -> Iterator[Path]:
    with folder_for_a_server() as folder:
        database_settings(None, Path(folder, "postgres"))
        yield Path(folder, "postgres")


@pytest.fixture
def data_dir(filled_data_dir: Path) -> Iterator[Path]:
    """Was started before, for making the data takes a second; each test finds and leaves it stopped."""
    stop_embedded(filled_data_dir)
    yield filled_data_dir
    stop_embedded(filled_data_dir)


def connect(entry: dict[str, Any]) -> psycopg.Connection:
    options = {"host": entry["HOST"], **entry.get("OPTIONS", {})}
    return psycopg.connect(dbname=entry["NAME"], user=entry["USER"], autocommit=True, **options)


def postmaster(data_dir: Path) -> int:
    return int((data_dir / "postmaster.pid").read_text().splitlines()[0])


def join_from_another_process(data_dir: Path) -> int:
    """The process id of the server that the other process then works with."""
    subprocess.run([sys.executable, "-c", JOIN, data_dir], cwd=PROJECT, check=True, capture_output=True)
    return postmaster(data_dir)


def test_first_start_gives_a_working_database_of_our_name(new_data_dir):
    entry = database_settings(None, new_data_dir)

    with connect(entry) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == ("ipsfidelity",)
        assert connection.execute("SHOW jit").fetchone() == ("off",)
    assert entry["ENGINE"] == "django.db.backends.postgresql"
    assert entry["CONN_HEALTH_CHECKS"] is True


def test_letters_of_any_language_change_case(data_dir):
    with connect(database_settings(None, data_dir)) as connection:
        assert connection.execute("SELECT lower('ÉŁŴΩЖ')").fetchone() == ("éłŵωж",)


def test_second_process_joins_the_running_server(data_dir):
    database_settings(None, data_dir)
    first = postmaster(data_dir)

    assert join_from_another_process(data_dir) == first
    with connect(database_settings(None, data_dir)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_parallel_cold_starts_share_one_server(new_data_dir):
    with ThreadPoolExecutor(4) as pool:
        servers = set(pool.map(join_from_another_process, [new_data_dir] * 4))

    assert servers == {postmaster(new_data_dir)}


def test_data_survive_a_killed_server_and_its_open_connections(data_dir):
    with connect(database_settings(None, data_dir)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 25 AS items")
        os.kill(postmaster(data_dir), signal.SIGKILL)

        with connect(database_settings(None, data_dir)) as again:
            assert again.execute("SELECT items FROM kept").fetchone() == (25,)


def test_process_id_reused_by_another_program_is_not_taken_for_the_server(data_dir):
    database_settings(None, data_dir)
    lines = (data_dir / "postmaster.pid").read_text().splitlines()
    stop_embedded(data_dir)
    (data_dir / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]))

    with connect(database_settings(None, data_dir)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_half_made_cluster_of_a_killed_first_start_is_made_anew(new_data_dir):
    half = new_data_dir.with_name("postgres.new")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")

    with connect(database_settings(None, new_data_dir)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_folder_works_whose_name_suits_neither_a_socket_nor_a_shell(new_data_dir):
    awkward = new_data_dir / f"a, b's {'n' * 100}" / "postgres"
    try:
        with connect(database_settings(None, awkward)) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        stop_embedded(awkward)


def test_stop_command_ends_the_server_of_var_dir(data_dir):
    database_settings(None, data_dir)
    command = [sys.executable, "-m", "ipsfidelity.database", "stop"]
    environment = {**os.environ, "VAR_DIR": str(data_dir.parent)}

    done = subprocess.run(command, cwd=PROJECT, env=environment, check=True, capture_output=True, text=True)

    assert done.stdout == f"Stopped: the embedded PostgreSQL in {data_dir}\n"
    assert not (data_dir / "postmaster.pid").exists()
    assert stop_embedded(data_dir) is False


def test_database_url_names_the_server_to_use(data_dir):
    server = database_settings(None, data_dir)["HOST"]

    entry = database_settings(f"postgres://postgres@/ipsfidelity?host={server}", Path("/not/used"))

    with connect(entry) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert entry["CONN_HEALTH_CHECKS"] is True


def test_database_url_over_the_network_is_read_in_full():
    entry = database_settings("postgres://ann:s%40lt@db.example:6543/ips?sslmode=require", Path("/not/used"))

    place = [entry[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")]
    assert place == ["ann", "s@lt", "db.example", 6543, "ips"]
    assert entry["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize(
    "url",
    ["sqlite:///reviews.sqlite3", "mysql://ann:hidden@host/reviews", "postgres://host", "reviews", "x://["],
)
def test_url_of_anything_but_a_postgresql_database_says_what_to_write(url):
    with pytest.raises(DatabaseUnavailable, match=r"DATABASE_URL.* postgres://user:password@host") as refusal:
        database_settings(url, Path("/not/used"))

    assert "hidden" not in str(refusal.value)


def test_spoiled_data_folder_is_named_with_its_log_and_the_way_out(data_dir):
    version = (data_dir / "PG_VERSION").read_text()
    (data_dir / "PG_VERSION").write_text("nonsense\n")
    try:
        with pytest.raises(DatabaseUnavailable, match="DATABASE_URL") as refusal:
            database_settings(None, data_dir)
    finally:
        (data_dir / "PG_VERSION").write_text(version)

    assert str(data_dir) in str(refusal.value)
    assert "not a valid data directory" in str(refusal.value)


@pytest.mark.parametrize("below", [".", "var/postgres"], ids=["the folder itself", "a folder above"])
def test_file_in_the_place_of_the_data_folder_is_named_with_the_way_out(new_data_dir, below):
    new_data_dir.write_text("a file")

    with pytest.raises(DatabaseUnavailable, match="DATABASE_URL") as refusal:
        database_settings(None, new_data_dir / below)

    assert str(new_data_dir) in str(refusal.value)
