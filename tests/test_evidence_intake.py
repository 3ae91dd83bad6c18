"""Taking evidence in: hash first, the same bytes once a case, names made safe, types told by content."""

from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from pytest_django import Settings

from cases.actions.belonging import OtherCase
from cases.actions.evidence import EvidenceDraft, SameBytes, take_in
from cases.actions.received import EmptyFile, StoreUnreachable, TooLarge, the_store
from cases.custody.intake import media_type, safe_name
from cases.models import Blob, CustodyEntry, Evidence, EvidenceLink, LogEntry, Person
from tests.factories import NOW, a_case
from tests.work import a_requirement, a_task, at_once, some_evidence

pytestmark = pytest.mark.django_db
WORDS = b"rank,title"


def test_take_in_records_the_hash_the_custody_and_what_it_proves(counsel: Person) -> None:
    case = a_case(by=counsel)
    task, requirement = a_task(case, by=counsel), a_requirement(case, by=counsel)
    captured = datetime(2026, 9, 20, 4, 0, tzinfo=UTC)

    evidence = some_evidence(
        case, by=counsel, draft=EvidenceDraft(captured_at=captured, tool="wget 1.21"), proves=[task, requirement]
    )

    assert (evidence.blob.sha256, evidence.blob.size, str(evidence)) == (sha256(WORDS).hexdigest(), 10, "EV-001")
    assert {(link.task, link.requirement) for link in evidence.links.all()} == {(task, None), (None, requirement)}
    entry = evidence.custody.get()
    assert (entry.action, entry.number, entry.person) == ("intake", 1, counsel)
    assert entry.values["captured_at"] == "2026-09-20T04:00:00.000000Z"
    with the_store().open(evidence.blob.sha256) as stream:
        assert stream.read() == WORDS


def test_an_empty_file_is_refused(counsel: Person) -> None:
    with pytest.raises(EmptyFile):
        some_evidence(a_case(by=counsel), by=counsel, words=b"")

    assert not Evidence.objects.exists()
    assert not Blob.objects.exists()


def test_a_file_over_the_limit_is_refused_and_one_at_it_is_taken(counsel: Person, settings: Settings) -> None:
    settings.EVIDENCE_MAX_BYTES = len(WORDS)
    case = a_case(by=counsel)

    with pytest.raises(TooLarge) as refused:
        some_evidence(case, by=counsel, words=WORDS + b"!")

    assert refused.value.details == {"limit": 10}
    assert some_evidence(case, by=counsel).number == 1


def test_the_same_bytes_twice_in_a_case_lead_to_the_first(counsel: Person) -> None:
    case = a_case(by=counsel)
    first = some_evidence(case, by=counsel)
    before = LogEntry.objects.count()

    with pytest.raises(SameBytes) as refused:
        some_evidence(case, by=counsel, filename="another name.txt")

    assert refused.value.details == {"evidence_uid": first.uid}
    assert (LogEntry.objects.count(), CustodyEntry.objects.count()) == (before, 1)


def test_the_same_bytes_in_another_case_share_the_blob_and_nothing_else(counsel: Person) -> None:
    first = some_evidence(a_case(by=counsel), by=counsel)

    second = some_evidence(a_case(by=counsel), by=counsel)

    assert second.blob == first.blob
    assert second.number == 1
    told = str(second.custody.get().values) + str(LogEntry.objects.filter(object_uid=second.uid).get().facts)
    assert first.uid not in told
    assert first.case.reference not in told


def test_a_store_out_of_reach_records_nothing(counsel: Person, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("in the way")
    case = a_case(by=counsel)
    settings.EVIDENCE_URL = (tmp_path / "a file" / "evidence").as_uri()
    before = LogEntry.objects.count()

    with pytest.raises(StoreUnreachable):
        some_evidence(case, by=counsel)

    assert not Evidence.objects.exists()
    assert LogEntry.objects.count() == before


def test_evidence_cannot_prove_a_thing_of_another_case(counsel: Person) -> None:
    elsewhere = a_task(a_case(by=counsel), by=counsel)

    with pytest.raises(OtherCase):
        some_evidence(a_case(by=counsel), by=counsel, words=b"seen nowhere else", proves=[elsewhere])

    assert not EvidenceLink.objects.exists()
    assert not the_store().exists(sha256(b"seen nowhere else").hexdigest())


@pytest.mark.django_db(transaction=True)
def test_two_uploads_of_the_same_bytes_at_once_make_one_evidence(counsel: Person) -> None:
    case = a_case(by=counsel)

    given = at_once(*[lambda: some_evidence(case, by=counsel)] * 6)

    made = Evidence.objects.get()
    refused = [outcome for outcome in given if isinstance(outcome, SameBytes)]
    assert [outcome.details["evidence_uid"] for outcome in refused] == [made.uid] * 5


@pytest.mark.django_db(transaction=True)
def test_uploads_of_different_bytes_and_of_shared_ones_at_once_are_all_numbered(counsel: Person) -> None:
    case, other = a_case(by=counsel), a_case(by=counsel)
    calls = [lambda n=n: some_evidence(case, by=counsel, words=b"%d" % n) for n in range(4)]
    calls += [lambda n=n: some_evidence(other, by=counsel, words=b"%d" % n) for n in range(4)]

    given = at_once(*calls)

    assert all(isinstance(outcome, Evidence) for outcome in given), given
    assert sorted(case.evidence.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert sorted(other.evidence.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert Blob.objects.count() == 4


NAMES = [
    ("list.csv", "list.csv"),
    ("../../etc/passwd", "passwd"),
    (r"C:\Users\zhou\榜单.xlsx", "榜单.xlsx"),
    ("nul\x00byte.pdf", "nul_byte.pdf"),
    ("line\r\nbreak.txt", "line__break.txt"),
    ("invoice\u202egpj.exe", "invoice_gpj.exe"),
    ("\u2066mark\u200b.txt", "_mark_.txt"),
    ("cafe\u0301.txt", "caf\u00e9.txt"),
    ("half\udc80.txt", "half?.txt"),
    ("..", "unnamed"),
    ("", "unnamed"),
    ("folder/", "unnamed"),
    ("\x00\x01", "unnamed"),
    ("证" * 300 + ".pdf", "证" * 251 + ".pdf"),
    ("a" * 300, "a" * 255),
    ("a." + "b" * 300, "a." + "b" * 253),
]


@pytest.mark.parametrize(("given", "shown"), NAMES)
def test_a_file_name_is_made_safe_to_show(given: str, shown: str) -> None:
    assert safe_name(given) == shown


def test_a_strange_name_is_stored_safe_and_the_name_as_sent_is_kept_spelt_out(counsel: Person) -> None:
    evidence = some_evidence(a_case(by=counsel), by=counsel, filename="../in\x00voice\u202egpj.exe")

    evidence.refresh_from_db()
    assert evidence.filename == "in_voice_gpj.exe"
    assert evidence.custody.get().values["name_as_sent"] == r"../in\x00voice\u202egpj.exe"


TYPES = [
    (b"%PDF-1.7", "x.pdf", "application/pdf"),
    (b"%PDF-1.7", "x.png", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n....", "x", "image/png"),
    (b"\xff\xd8\xff\xe0", "x", "image/jpeg"),
    (b"RIFF....WEBPVP8 ", "x", "image/webp"),
    (b"PK\x03\x04....", "x.zip", "application/zip"),
    (b"PK\x03\x04....", "x.XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"\x1f\x8b\x08", "x.csv.gz", "application/gzip"),
    (b"<html><script>alert(1)</script>", "x.html", "text/plain"),
    (b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "x.svg", "text/plain"),
    ("榜单,热度".encode(), "x.csv", "text/csv"),
    ("榜".encode() * 3000, "x.txt", "text/plain"),
    ("榜单".encode("gb18030"), "x.txt", "application/octet-stream"),
    (b"MZ\x90\x00\x03", "x.txt", "application/octet-stream"),
]


@pytest.mark.parametrize(("content", "filename", "told"), TYPES)
def test_the_type_is_told_by_the_first_bytes_and_never_one_a_browser_would_run(
    content: bytes, filename: str, told: str
) -> None:
    assert media_type(content[:8192], filename=filename) == told


def test_the_type_the_sender_says_is_kept_in_custody_and_not_believed(counsel: Person) -> None:
    evidence = take_in(
        case=a_case(by=counsel),
        file=BytesIO(b"<script>alert(1)</script>"),
        filename="page.html",
        draft=EvidenceDraft(media_type="text/html"),
        by=counsel,
        at=NOW,
    )

    assert evidence.media_type == "text/plain"
    assert evidence.custody.get().values["type_as_sent"] == "text/html"
