"""The custody chain on the real database: never forked, never changed, every reading in it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from cases.actions.custody import add_custody, chain_fault, links_of
from cases.actions.evidence import BytesMissing, open_evidence, verify_evidence
from cases.actions.received import the_store
from cases.custody import chain
from cases.models import CustodyAction, CustodyEntry, LogEntry, Person
from tests.factories import NOW, a_case
from tests.work import at_once, some_evidence

pytestmark = pytest.mark.django_db


def test_the_first_entry_starts_from_the_genesis_and_the_next_from_it(counsel: Person) -> None:
    evidence = some_evidence(a_case(by=counsel), by=counsel)

    second = add_custody(evidence, CustodyAction.EXPORT, by=counsel, at=NOW, values={"to": "the court"})

    first = evidence.custody.get(number=1)
    assert (first.previous, second.previous, second.number) == (chain.GENESIS, first.hash, 2)
    assert second.values["to"] == "the court"
    assert chain_fault(evidence) is None


def test_the_same_values_twice_are_salted_apart(counsel: Person) -> None:
    evidence = some_evidence(a_case(by=counsel), by=counsel)

    one = add_custody(evidence, CustodyAction.READ, by=counsel, at=NOW)
    other = add_custody(evidence, CustodyAction.READ, by=counsel, at=NOW)

    assert one.values == other.values
    assert not set(one.salted.values()) & set(other.salted.values())


def test_an_entry_nobody_stood_behind_is_kept_as_such(counsel: Person) -> None:
    evidence = some_evidence(a_case(by=counsel), by=counsel)

    entry = add_custody(evidence, CustodyAction.VERIFICATION, by=None, at=NOW)

    assert (entry.person, entry.values["person"]) == (None, None)
    assert chain_fault(evidence) is None


@pytest.mark.django_db(transaction=True)
def test_sixteen_writers_at_once_lose_no_entry_and_never_fork_the_chain(counsel: Person) -> None:
    evidence = some_evidence(a_case(by=counsel), by=counsel)

    given = at_once(
        *[
            lambda n=n: add_custody(evidence, CustodyAction.READ, by=counsel, at=NOW, values={"reader": n})
            for n in range(16)
        ]
    )

    assert all(isinstance(outcome, CustodyEntry) for outcome in given), given
    assert [link.number for link in links_of(evidence)] == list(range(1, 18))
    assert {link.opened["reader"][0] for link in links_of(evidence)[1:]} == set(range(16))
    assert chain_fault(evidence) is None


@pytest.mark.parametrize(
    "statement",
    ["UPDATE cases_custodyentry SET action = 'read'", "DELETE FROM cases_custodyentry", "TRUNCATE cases_custodyentry"],
)
def test_the_database_refuses_to_change_custody(statement: str, counsel: Person) -> None:
    evidence = some_evidence(a_case(by=counsel), by=counsel)

    connection.check_constraints()  # what waits for the end of the transaction would refuse a TRUNCATE first

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert evidence.custody.count() == 1


def tamper(statement: str, *values: object) -> None:
    """What only the owner of the tables can do: set the trigger aside."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_custodyentry DISABLE TRIGGER append_only")
        cursor.execute(statement, values)
        cursor.execute("ALTER TABLE cases_custodyentry ENABLE TRIGGER append_only")


@pytest.mark.parametrize(
    ("statement", "kind", "number"),
    [
        ("UPDATE cases_custodyentry SET values = jsonb_set(values, '{to}', '\"me\"') WHERE number = 2", "altered", 2),
        ("UPDATE cases_custodyentry SET action = 'seal' WHERE number = 2", "altered", 2),
        ("UPDATE cases_custodyentry SET at = at + interval '1 day' WHERE number = 2", "altered", 2),
        ("UPDATE cases_custodyentry SET person_id = NULL WHERE number = 3", "altered", 3),
        ("DELETE FROM cases_custodyentry WHERE number = 2", "removed", 2),
        ("DELETE FROM cases_custodyentry", "removed", 1),
    ],
)
def test_what_an_owner_of_the_tables_changed_is_named(statement: str, kind: str, number: int, counsel: Person) -> None:
    evidence = some_evidence(a_case(by=counsel), by=counsel)
    add_custody(evidence, CustodyAction.EXPORT, by=counsel, at=NOW, values={"to": "the court"})
    add_custody(evidence, CustodyAction.READ, by=counsel, at=NOW)

    tamper(statement)

    fault = chain_fault(evidence)
    assert fault is not None
    assert (fault.kind, fault.number) == (kind, number)


def test_a_value_erased_with_its_salt_leaves_the_chain_whole(counsel: Person) -> None:
    evidence = some_evidence(a_case(by=counsel), by=counsel, filename="zhou hang.pdf")

    tamper("UPDATE cases_custodyentry SET values = values - 'filename', salts = salts - 'filename'")

    assert chain_fault(evidence) is None
    assert "filename" not in evidence.custody.get().values


def test_opening_leaves_a_download_in_custody_and_a_sentence_in_the_log(counsel: Person, member: Person) -> None:
    evidence = some_evidence(a_case(by=counsel), by=counsel)

    with open_evidence(evidence=evidence, by=member, at=NOW) as stream:
        assert stream.read() == b"rank,title"

    entry = evidence.custody.get(number=2)
    assert (entry.action, entry.person, entry.at) == ("download", member, NOW)
    assert LogEntry.objects.filter(verb="open_evidence", object_uid=evidence.uid, person=member).count() == 1


def path_of(sha256: str):
    return the_store().root / sha256[:2] / sha256[2:4] / sha256


def test_bytes_that_are_gone_are_no_download(counsel: Person) -> None:
    evidence = some_evidence(a_case(by=counsel), by=counsel, words=b"to be lost")
    path_of(evidence.blob.sha256).unlink()

    with pytest.raises(BytesMissing):
        open_evidence(evidence=evidence, by=counsel, at=NOW)

    assert evidence.custody.count() == 1


def test_verifying_sound_bytes_says_when(counsel: Person) -> None:
    evidence = some_evidence(a_case(by=counsel), by=counsel)

    assert verify_evidence(evidence=evidence, by=counsel, at=NOW)

    evidence.refresh_from_db()
    assert (evidence.verified_at, evidence.mismatch_at) == (NOW, None)
    assert evidence.custody.get(number=2).action == "verification"


def test_verifying_says_nothing_to_another_case_of_the_same_bytes(counsel: Person) -> None:
    ours, theirs = (some_evidence(a_case(by=counsel), by=counsel, words=b"in both") for _case in range(2))

    verify_evidence(evidence=theirs, by=counsel, at=NOW + timedelta(days=1))

    ours.refresh_from_db()
    assert (ours.blob, ours.verified_at, ours.custody.count()) == (theirs.blob, NOW, 1)


@pytest.mark.parametrize("fate", ["flipped", "gone"])
def test_altered_or_missing_bytes_are_found_and_marked_and_restored_ones_cleared(counsel: Person, fate: str) -> None:
    words = b"sound once, then " + fate.encode()
    evidence = some_evidence(a_case(by=counsel), by=counsel, words=words)
    path = path_of(evidence.blob.sha256)
    path.chmod(0o600)
    path.write_bytes(words[:-1] + b"!") if fate == "flipped" else path.unlink()

    assert not verify_evidence(evidence=evidence, by=counsel, at=NOW)

    evidence.refresh_from_db()
    assert evidence.mismatch_at == NOW
    assert evidence.custody.get(number=2).action == "mismatch"
    path.write_bytes(words)
    assert verify_evidence(evidence=evidence, by=counsel, at=NOW)
    evidence.refresh_from_db()
    assert evidence.mismatch_at is None
