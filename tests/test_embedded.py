"""The servers from the wheels: where they keep their data, what they refuse, what a killed run leaves behind."""

import os
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from kombu import Connection

from config import embedded, places

pytestmark = pytest.mark.embedded
AS_ROOT = os.geteuid() == 0


@pytest.fixture
def place():
    """A short path that root's unprivileged account can pass as well; pytest's own are long and closed."""
    with tempfile.TemporaryDirectory(prefix="casebook-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@contextmanager
def a_postgres(data_dir):
    places.check_writable(data_dir)
    postgres = embedded.Postgres(data_dir)
    child = postgres.prepare()
    child.start()
    try:
        postgres.wait_ready(child)
        yield postgres
    finally:
        child.stop()
        postgres.forget()


def answer(postgres, statement="SELECT 42"):
    with psycopg.connect(postgres.url(embedded.APPLICATION)) as connection:
        return connection.execute(statement).fetchone()[0]


def test_both_servers_answer_on_sockets_only_their_account_may_open(place):
    with embedded.servers(place / "data") as found:
        with psycopg.connect(found.application) as connection:
            assert connection.execute("SELECT current_user, inet_server_addr()").fetchone() == ("casebook", None)
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        with Connection(found.broker) as broker:
            broker.ensure_connection(max_retries=1)
    closed = [place / "data" / name for name in ("postgres/socket", "postgres/cluster", "valkey/socket")]
    assert [stat.S_IMODE(path.stat().st_mode) for path in closed] == [0o700] * 3


def test_trigrams_know_chinese_and_the_owner_may_add_what_the_schema_needs(place):
    with a_postgres(place / "data") as postgres:
        with psycopg.connect(postgres.url(embedded.OWNER)) as owner:
            owner.execute("CREATE EXTENSION pg_trgm")
            owner.execute("CREATE EXTENSION btree_gist")
        assert answer(postgres, "SELECT similarity('小红书被约谈', '小红书被处罚') BETWEEN 0.2 AND 0.9")
        assert answer(postgres, "SELECT lower('ÄÖ') = 'äö'")


def test_neither_role_is_a_superuser(place):
    with a_postgres(place / "data") as postgres:
        assert answer(postgres, "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'casebook%' AND NOT rolsuper") == 2


def test_a_data_directory_of_another_major_version_is_named(place):
    with a_postgres(place / "data") as postgres:
        version = postgres.cluster / "PG_VERSION"
    version.write_text("17\n")

    with pytest.raises(places.CannotStart, match=r"was made by PostgreSQL 17 and Casebook now brings PostgreSQL 18\."):
        embedded.Postgres(place / "data").prepare()


def test_a_stale_lock_whose_number_now_belongs_to_another_process_is_dropped(place):
    with a_postgres(place / "data") as postgres:
        pass
    (postgres.cluster / "postmaster.pid").write_text(f"{os.getppid()}\n{postgres.cluster}\n0\n5432\n\n\n\n\n")
    (postgres.home / "socket" / ".s.PGSQL.5432.lock").write_text(f"{os.getppid()}\n")

    with a_postgres(place / "data") as again:
        assert answer(again) == 42


def test_a_server_that_outlived_its_supervisor_is_stopped_first(place):
    places.check_writable(place / "data")
    orphan = embedded.Postgres(place / "data")
    child = orphan.prepare()
    child.start()
    orphan.wait_ready(child)

    with a_postgres(place / "data") as again:
        assert answer(again) == 42
        assert not child.is_alive()


def test_half_made_files_of_a_killed_first_run_are_made_anew(place):
    (place / "data").mkdir(mode=0o711)
    unfinished = embedded.Postgres(place / "data").home / "cluster.unfinished"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")

    with a_postgres(place / "data") as postgres:
        assert answer(postgres) == 42
    assert not unfinished.exists()


@pytest.mark.parametrize("name", ["a" * 100, "案卷 data", "one,two", "it's #1?"])
def test_any_directory_name_will_do(place, name):
    with embedded.servers(place / name) as found:
        with psycopg.connect(found.application) as connection:
            assert connection.execute("SELECT 42").fetchone() == (42,)
        with Connection(found.broker) as broker:
            broker.ensure_connection(max_retries=1)
    assert not list((place / name).glob("*/socket-is-at"))


@pytest.mark.skipif(AS_ROOT, reason="root may write anywhere; the next test is root's")
def test_an_unwritable_data_dir_is_one_sentence(tmp_path):
    tmp_path.chmod(0o500)

    with pytest.raises(places.CannotStart, match=r"cannot be written to: Permission denied\. Set DATA_DIR\.$"):
        places.check_writable(tmp_path / "data")


def test_a_data_dir_that_cannot_be_one_is_one_sentence(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(places.CannotStart, match=r"cannot be written to: Not a directory\. Set DATA_DIR\.$"):
        places.check_writable(tmp_path / "file" / "data")


def test_a_full_data_dir_is_one_sentence(tmp_path):
    sentence = r"DATA_DIR is full: .+ has \d+ MB free and Casebook needs 1048576 MB\."
    with pytest.raises(places.CannotStart, match=sentence):
        places.check_space(tmp_path, needed=2**40)


@pytest.mark.skipif(not AS_ROOT, reason="only root runs its database under another account")
def test_root_opens_no_closed_directory_and_keeps_the_database_elsewhere(tmp_path, place, monkeypatch):
    monkeypatch.setattr(embedded, "ROOTS_PLACE", place / "var")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    with a_postgres(closed / "data") as postgres:
        assert answer(postgres) == 42
        assert postgres.is_elsewhere
        assert postgres.home.parent == place / "var"
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    with a_postgres(closed / "data") as again:
        assert again.home == postgres.home


@pytest.mark.skipif(not AS_ROOT, reason="only root runs its database under another account")
def test_a_lost_database_is_said_and_not_replaced_by_an_empty_one(tmp_path):
    (tmp_path / "postgres").symlink_to(tmp_path / "gone")

    with pytest.raises(places.CannotStart, match="which is gone"):
        embedded.Postgres(tmp_path)


def test_a_server_that_does_not_start_is_reported_in_its_own_words(place):
    with a_postgres(place / "data") as postgres:
        pass
    child = postgres.prepare()
    child.command = [*child.command, "--shared_buffers=nonsense"]
    child.start()

    with pytest.raises(places.CannotStart) as caught:
        postgres.wait_ready(child)
    assert 'invalid value for parameter "shared_buffers"' in str(caught.value)
    assert str(caught.value).endswith(embedded.USE_ANOTHER_DATABASE)
