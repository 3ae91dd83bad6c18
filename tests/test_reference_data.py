"""Parties and authorities that an intake is the first to name."""

import pytest

from cases.actions.reference import AlreadyKnown, UnknownCalendar, add_authority, add_party
from cases.models import Authority, LogEntry, Party, Person
from tests.factories import NOW, a_party

CHENGDU = {"name_en": "Chengdu CAC", "jurisdiction": "CN", "zone": "Asia/Shanghai"}


def test_party_is_added_with_one_log_entry_that_names_nobody(counsel: Person) -> None:
    party = add_party(kind="natural_person", name_en="Li Si", name_zh="李四", by=counsel, at=NOW)

    entry = LogEntry.objects.get()
    assert (entry.verb, entry.object_uid, entry.case) == ("add_party", party.uid, None)
    assert "Li Si" not in str(entry.facts)


def test_party_of_the_same_kind_and_name_is_not_added_twice(counsel: Person) -> None:
    known = a_party()

    with pytest.raises(AlreadyKnown) as refused:
        add_party(kind="brand", name_en=known.name_en, by=counsel, at=NOW)

    assert refused.value.details["uid"] == known.uid
    assert Party.objects.count() == 1


def test_authority_is_added_with_the_calendar_its_days_are_counted_in(counsel: Person) -> None:
    authority = add_authority(**CHENGDU, calendar="CN", name_zh="成都网信办", by=counsel, at=NOW)

    assert LogEntry.objects.get().facts == {"jurisdiction": "CN", "zone": "Asia/Shanghai", "calendar": "CN"}
    assert authority.level == "other"


def test_authority_with_an_unknown_calendar_is_refused(counsel: Person) -> None:
    with pytest.raises(UnknownCalendar):
        add_authority(**CHENGDU, calendar="MARS", by=counsel, at=NOW)

    assert not Authority.objects.exists()


def test_authority_known_by_name_and_jurisdiction_is_not_added_twice(counsel: Person) -> None:
    add_authority(**CHENGDU, calendar="CN", by=counsel, at=NOW)

    with pytest.raises(AlreadyKnown):
        add_authority(**CHENGDU, calendar="CN", by=counsel, at=NOW)
