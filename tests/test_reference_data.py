"""Parties and authorities that an intake is the first to name."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from cases.actions.accountability import AccountabilityDraft, record_accountability
from cases.actions.border import ApprovalDraft, record_export_approval
from cases.actions.case import grant_access, raise_barrier
from cases.actions.contact import ContactDraft, log_contact
from cases.actions.event import log_event
from cases.actions.filing import file
from cases.actions.reference import AlreadyKnown, UnknownCalendar, add_authority, add_party
from cases.models import Authority, Case, CaseAuthority, LogEntry, Party, Person
from cases.permissions import NAMING, known_authorities, known_names
from tests.factories import NOW, a_case, a_notice, a_party
from tracker.forms.naming import NamedField

DAY = date(2026, 8, 29)
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


# ---- Walls -----------------------------------------------------------------------------------------------------------
def a_court(by: Person | None) -> Authority:
    return Authority.objects.create(name_en="Hidden court", name_zh="某法院", jurisdiction="CN", named_by=by)


def names_it(case: Case, row: Any, by: Person) -> dict[str, Callable[[], object]]:
    """For every field by which a row of a case names another: how such a row is made."""
    talk = ContactDraft(kind="talk", authority=row, subject="The list", held_on=DAY)
    approval = ApprovalDraft(authority=row, organ_zh="主管机关", number="1", approved_on=DAY, scope="The reply")
    said = AccountabilityDraft(party=row, kind="warning", state="proposed")
    act: dict[str, Any] = {"case": case, "by": by, "at": NOW}
    return {
        "Case.lead_authority": lambda: Case.objects.filter(pk=case.pk).update(lead_authority=row),
        "CaseAuthority.authority": lambda: CaseAuthority.objects.create(case=case, authority=row, role="guiding"),
        "Notice.authority": lambda: a_notice(**act, authority=row),
        "Event.authority": lambda: log_event(**act, name="hearing_noticed", authority=row),
        "Contact.authority": lambda: log_contact(**act, contact=talk),
        "Filing.authority": lambda: file(**act, kind="other", authority=row, sent_at=NOW),
        "ExportApproval.authority": lambda: record_export_approval(**act, approval=approval),
        "Case.party": lambda: Case.objects.filter(pk=case.pk).update(party=row),
        "Accountability.party": lambda: record_accountability(**act, draft=said),
    }


def naming(kind: str) -> list[str]:
    return [f"{model.__name__}.{field}" for model, field in NAMING[kind]]


def known_to(row: Any, *people: Person) -> list[bool]:
    return [known_names(type(row).objects.filter(pk=row.pk), each, at=NOW).exists() for each in people]


@pytest.mark.parametrize(("kind", "model"), [("cases.Authority", Authority), ("cases.Party", Party)])
def test_every_field_that_names_one_is_asked_for(kind: str, model: type[Model]) -> None:
    """Histories are shown to nobody; a party belongs to one of the house alone."""
    found = {
        f"{field.model.__name__}.{field.name}"
        for other in apps.get_app_config("cases").get_models()
        for field in other._meta.concrete_fields
        if field.related_model is model and other is not model and not other.__name__.endswith("History")
    }

    assert set(naming(kind)) == found


@pytest.mark.parametrize("field", naming("cases.Authority"))
def test_authority_is_known_with_the_rows_that_name_it(field: str, counsel: Person, outsider: Person) -> None:
    case, court = a_case(by=counsel), a_court(counsel)
    court.jurisdiction = "HK" if field == "ExportApproval.authority" else "CN"
    court.save(update_fields=["jurisdiction"])
    before = known_to(court, counsel, outsider)

    names_it(case, court, counsel)[field]()

    assert (before, known_to(court, counsel, outsider)) == ([True, False], [True, False])
    grant_access(case=case, person=outsider, reason="works on it", by=counsel, at=NOW)
    raise_barrier(case=case, person=counsel, reason="a conflict", by=outsider, at=NOW)
    assert known_to(court, counsel, outsider) == [False, True]


@pytest.mark.parametrize(
    ("field", "kind"),
    [("Case.party", "legal_entity"), ("Case.party", "natural_person"), ("Accountability.party", "natural_person")],
)
def test_party_is_known_with_the_rows_that_name_it(
    field: str, kind: str, counsel: Person, outsider: Person, member: Person
) -> None:
    case = a_case(by=counsel)
    party = Party.objects.create(kind=kind, name_en="Hidden Li", named_by=counsel)
    before = known_to(party, counsel, outsider)

    names_it(case, party, counsel)[field]()

    assert (before, known_to(party, counsel, outsider)) == ([True, False], [True, False])
    grant_access(case=case, person=member, reason="works on it", by=counsel, at=NOW)
    raise_barrier(case=case, person=counsel, reason="a conflict", by=outsider, at=NOW)
    assert known_to(party, counsel, member) == [False, kind == "legal_entity"]


def test_authority_of_a_talk_under_legal_advice_is_known_to_those_admitted(counsel: Person, member: Person) -> None:
    case, court = a_case(by=counsel), a_court(counsel)
    grant_access(case=case, person=member, reason="works on it", by=counsel, at=NOW)

    draft = ContactDraft(kind="talk", authority=court, subject="X", held_on=DAY, protection_mark="legal_advice")
    log_contact(case=case, contact=draft, by=counsel, at=NOW)

    assert known_to(court, counsel, member) == [True, False]


def test_name_that_only_a_hidden_case_has_is_as_good_as_new(counsel: Person, outsider: Person) -> None:
    hidden = add_party(kind="brand", name_en="Zhuque", name_zh="朱雀", traits=["cii_operator"], by=counsel, at=NOW)
    a_case(by=counsel, party=hidden, lead_authority=add_authority(**CHENGDU, calendar="CN", by=counsel, at=NOW))

    party = add_party(kind="brand", name_en="Zhuque", by=outsider, at=NOW)
    authority = add_authority(**CHENGDU | {"zone": "UTC"}, calendar="HK", by=outsider, at=NOW)

    assert (party.pk != hidden.pk, party.name_zh, party.traits) == (True, "", None)
    assert (authority.zone, authority.calendar, authority.named_by) == ("UTC", "HK", outsider)
    assert known_to(hidden, outsider) == [False]


def test_what_the_house_keeps_is_known_to_everybody_once(counsel: Person, administrator: Person) -> None:
    court = a_court(None)

    assert known_to(court, counsel, administrator) == [True, True]
    assert known_to(Party.objects.create(kind="natural_person", name_en="Li"), counsel, administrator) == [False, False]
    with pytest.raises(IntegrityError), transaction.atomic():
        a_court(None)


def test_of_several_of_one_name_the_house_keeps_the_first(counsel: Person) -> None:
    first, second, house = a_court(counsel), a_court(counsel), a_court(None)

    assert list(known_authorities(counsel, at=NOW)) == [house, first, second]
    field = NamedField(apart="jurisdiction", listed="", unknown="unknown")
    field.known = known_authorities(counsel, at=NOW)
    assert field.clean("某法院") == house
    Authority.objects.create(name_en="Hidden court", jurisdiction="HK")
    with pytest.raises(ValidationError, match="Several have this name"):
        field.clean("hidden court")
