"""The store of bytes: whole or not at all, never replaced; the same behaviour on a file system and on S3."""

import errno
import os
import resource
import subprocess
import sys
import time
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Barrier, Thread

import boto3
import pytest
from moto.server import ThreadedMotoServer

from cases.custody import store

WORDS = "榜单 2025-08-09".encode()
NAME = sha256(WORDS).hexdigest()
ROOMY = 10 * 1024**2


@pytest.fixture(scope="module")
def s3_address() -> str:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["file", "s3"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> store.Store:
    if request.param == "file":
        return store.from_url((tmp_path / "evidence").as_uri())
    return new_bucket(request.getfixturevalue("s3_address"), request.getfixturevalue("monkeypatch"))


def new_bucket(address: str, monkeypatch: pytest.MonkeyPatch) -> store.Store:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "for-tests")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "for-tests")
    bucket = f"evidence-{os.urandom(6).hex()}"
    boto3.client("s3", endpoint_url=address, region_name="us-east-1").create_bucket(Bucket=bucket)
    return store.from_url(f"s3://{bucket}/kept?endpoint={address}&region=us-east-1")


class Failing(BytesIO):
    """A sender that goes away in the middle."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise ConnectionResetError(errno.ECONNRESET, "gone")
        return super().read(10)


def read(of: store.Store, name: str) -> bytes:
    with of.open(name) as stream:
        return stream.read()


def test_put_names_the_bytes_by_their_hash(kept: store.Store) -> None:
    stored = kept.put(BytesIO(WORDS), max_bytes=ROOMY)

    assert stored == store.Stored(NAME, len(WORDS))
    assert read(kept, NAME) == WORDS
    assert kept.exists(NAME)
    assert list(kept.hashes()) == [NAME]


def test_put_of_more_than_a_chunk_keeps_every_byte(kept: store.Store) -> None:
    many = os.urandom(store.CHUNK * 9 + 17)

    stored = kept.put(BytesIO(many), max_bytes=ROOMY)

    assert stored == store.Stored(sha256(many).hexdigest(), len(many))
    assert sha256(read(kept, stored.sha256)).hexdigest() == stored.sha256


def test_put_of_the_same_bytes_twice_keeps_them_once(kept: store.Store) -> None:
    assert kept.put(BytesIO(WORDS), max_bytes=ROOMY) == kept.put(BytesIO(WORDS), max_bytes=ROOMY)

    assert list(kept.hashes()) == [NAME]


def test_discarded_bytes_are_gone_and_may_be_put_again(kept: store.Store) -> None:
    kept.put(BytesIO(WORDS), max_bytes=ROOMY)

    kept.discard(NAME)
    kept.discard(NAME)

    assert not kept.exists(NAME)
    assert kept.put(BytesIO(WORDS), max_bytes=ROOMY).sha256 == NAME


def test_put_at_the_limit_is_kept_and_one_byte_over_leaves_nothing(kept: store.Store) -> None:
    with pytest.raises(store.OverLimit):
        kept.put(BytesIO(WORDS), max_bytes=len(WORDS) - 1)
    assert list(kept.hashes()) == []

    assert kept.put(BytesIO(WORDS), max_bytes=len(WORDS)).size == len(WORDS)


def test_put_from_a_sender_who_goes_away_leaves_nothing(kept: store.Store) -> None:
    kept.put(BytesIO(b"so that the store is there"), max_bytes=ROOMY)

    with pytest.raises(ConnectionResetError):
        kept.put(Failing(WORDS), max_bytes=ROOMY)

    assert not kept.exists(NAME)
    assert list(kept.leftovers()) == []


def test_open_of_bytes_that_are_not_there_says_so(kept: store.Store) -> None:
    kept.put(BytesIO(b"another"), max_bytes=ROOMY)

    assert not kept.exists(NAME)
    with pytest.raises(store.NotStored):
        kept.open(NAME)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", NAME.upper(), NAME + "0", NAME[:-1] + "/"])
def test_a_name_that_is_no_hash_becomes_no_path(kept: store.Store, name: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        kept.open(name)


def test_bytes_altered_in_the_store_are_neither_replaced_nor_taken_for_sound(tmp_path: Path) -> None:
    kept = store.from_url(tmp_path.as_uri())
    kept.put(BytesIO(WORDS), max_bytes=ROOMY)
    path = tmp_path / NAME[:2] / NAME[2:4] / NAME
    path.chmod(0o600)
    path.write_bytes(b"forged")

    with pytest.raises(store.Altered):
        kept.put(BytesIO(WORDS), max_bytes=ROOMY)

    assert path.read_bytes() == b"forged"
    assert list(kept.leftovers()) == []


def test_a_stored_file_cannot_be_written_and_its_folders_are_ours_alone(tmp_path: Path) -> None:
    store.from_url((tmp_path / "kept").as_uri()).put(BytesIO(WORDS), max_bytes=ROOMY)

    path = tmp_path / "kept" / NAME[:2] / NAME[2:4] / NAME
    assert path.stat().st_mode & 0o777 == 0o400
    assert [folder.stat().st_mode & 0o077 for folder in path.parents[:3]] == [0, 0, 0]


def test_a_disk_that_is_full_is_a_store_out_of_reach() -> None:
    full_disk = pytest.raises(store.Unreachable, match="No space left")

    with Path("/dev/full").open("wb", buffering=0) as full, full_disk, store.reaching():
        store.write_whole(full.fileno(), WORDS)


def test_a_write_refused_by_the_system_leaves_no_half_file(tmp_path: Path) -> None:
    kept = store.from_url(tmp_path.as_uri())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (store.CHUNK, hard))
    try:
        with pytest.raises(store.Unreachable):
            kept.put(BytesIO(bytes(3 * store.CHUNK)), max_bytes=ROOMY)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert list(kept.hashes()) == list(kept.leftovers()) == []


def test_a_folder_that_cannot_be_made_is_a_store_out_of_reach(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("in the way")

    with pytest.raises(store.Unreachable):
        store.from_url((tmp_path / "a file" / "evidence").as_uri()).put(BytesIO(WORDS), max_bytes=ROOMY)


def test_a_volume_that_is_not_mounted_is_out_of_reach_and_not_empty(tmp_path: Path) -> None:
    gone = store.from_url((tmp_path / "not mounted").as_uri())

    for ask in (lambda: gone.open(NAME), lambda: gone.exists(NAME), lambda: list(gone.hashes())):
        with pytest.raises(store.Unreachable):
            ask()


def test_an_s3_that_does_not_answer_is_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "for-tests")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "for-tests")

    with pytest.raises(store.Unreachable):
        store.from_url("s3://bucket?endpoint=http://127.0.0.1:9&region=us-east-1").put(BytesIO(WORDS), max_bytes=ROOMY)


def test_an_upload_cut_off_by_a_kill_is_listed_as_left_over_and_as_nothing_else(tmp_path: Path) -> None:
    kept = store.from_url(tmp_path.as_uri())
    kept.put(BytesIO(WORDS), max_bytes=ROOMY)
    (tmp_path / "incoming" / "0123").write_bytes(b"half a f")

    assert [(left.name, left.size) for left in kept.leftovers()] == [("0123", 8)]
    assert list(kept.hashes()) == [NAME]


def test_eight_uploads_of_the_same_bytes_at_once_all_succeed(tmp_path: Path) -> None:
    kept, start, done = store.from_url(tmp_path.as_uri()), Barrier(8), []

    def upload() -> None:
        start.wait()
        done.append(kept.put(BytesIO(WORDS), max_bytes=ROOMY))

    threads = [Thread(target=upload) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert done == [store.Stored(NAME, len(WORDS))] * 8
    assert list(kept.leftovers()) == []


@pytest.mark.parametrize(
    "url", ["", "evidence", "file:evidence", "file://host/x", "http://x/y", "s3://", "s3://bucket?endpiont=http://x"]
)
def test_an_address_that_names_no_store_is_refused(url: str) -> None:
    with pytest.raises(store.BadAddress, match="EVIDENCE_URL"):
        store.from_url(url)


def test_s3_without_its_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cases.custody.s3", None)

    with pytest.raises(store.BadAddress, match="extra `s3`"):
        store.from_url("s3://bucket/prefix")


UPLOADER = """
import io, os, sys
sys.path.insert(0, sys.argv[2])
from cases.custody import store
kept = store.from_url(sys.argv[1])
print("ready", flush=True)
while True:
    kept.put(io.BytesIO(os.urandom(3 * store.CHUNK)), max_bytes=4 * store.CHUNK)
"""


def test_an_uploader_killed_at_any_moment_leaves_whole_files_and_leftovers_only(tmp_path: Path) -> None:
    kept, root = store.from_url(tmp_path.as_uri()), Path(__file__).parent.parent
    command = [sys.executable, "-c", UPLOADER, tmp_path.as_uri(), str(root)]
    for hundredths in range(1, 40, 4):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as uploader:
            assert uploader.stdout.readline() == b"ready\n"
            time.sleep(hundredths / 100)
            uploader.kill()

    names = list(kept.hashes())
    assert names
    assert [name for name in names if sha256(read(kept, name)).hexdigest() != name] == []
    assert len(list(kept.leftovers())) <= 10
