"""`manage.py verify_evidence`: what is sound, what is not, what lies beside; exit 1 on a fault."""

from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from cases.actions.received import the_store
from cases.models import Person
from tests.factories import a_case
from tests.work import some_evidence

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_store(settings: Settings, tmp_path: Path) -> Path:
    settings.EVIDENCE_URL = tmp_path.as_uri()
    return tmp_path


def run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_evidence", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error}"
    return out.getvalue(), err.getvalue()


def test_sound_evidence_is_verified_by_the_administrator(counsel: Person, administrator: Person) -> None:
    evidence = some_evidence(a_case(by=counsel), by=counsel)

    said = run()

    assert said == ("1 verified, 0 faulty, 0 in the store beside them.\n", "")
    assert evidence.custody.get(number=2).person == administrator


def test_a_flipped_byte_is_named_and_the_exit_is_a_fault(
    counsel: Person, administrator: Person, own_store: Path
) -> None:
    case = a_case(by=counsel)
    sound, broken = some_evidence(case, by=counsel, words=b"sound"), some_evidence(case, by=counsel, words=b"broken")
    path = next(own_store.glob(f"*/*/{broken.blob.sha256}"))
    path.chmod(0o600)
    path.write_bytes(b"brokeN")

    _out, err = run()

    assert broken.uid in err
    assert sound.uid not in err
    assert "1 of the evidence is not what was taken in" in err


def test_bytes_of_no_evidence_and_unfinished_uploads_are_reported_and_kept(
    administrator: Person, own_store: Path
) -> None:
    orphan = the_store().put(BytesIO(b"a crash came before the row"), max_bytes=100)
    (own_store / "incoming" / "0123").write_bytes(b"half")

    out, err = run()

    assert f"bytes of no evidence: {orphan.sha256}" in out
    assert "unfinished upload: 0123, 4 bytes" in out
    assert (err, the_store().exists(orphan.sha256)) == ("", True)


def test_one_piece_or_one_case_can_be_chosen(counsel: Person, administrator: Person) -> None:
    first, second = some_evidence(a_case(by=counsel), by=counsel), some_evidence(a_case(by=counsel), by=counsel)

    run(first.uid)
    run("--case", second.case.reference, "--by", counsel.email)

    assert first.custody.count() == 2
    assert second.custody.get(number=2).person == counsel
    assert "No such evidence" in run("nosuchuid2")[1]
    assert "No such evidence" in run("--case", "NO-SUCH")[1]


def test_without_anybody_to_stand_behind_it_nothing_is_verified(counsel: Person) -> None:
    evidence = some_evidence(a_case(by=counsel), by=counsel)

    assert "--by EMAIL" in run()[1]
    assert "--by EMAIL" in run("--by", "nobody@platform.example")[1]
    assert evidence.custody.count() == 1
