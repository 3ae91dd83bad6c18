"""Which clocks start depends on whose law the authority acts under; a jurisdiction without rules says so."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import cases.law
from cases.actions.event import log_event
from cases.actions.rehearsal import clocks_of
from cases.law.rulebook import BadRulebook, Rulebook, book, read_rulebook
from cases.models import Authority, Case, Person
from tests.api_world import as_, url
from tests.factories import NOW, a_case, a_notice, an_authority, new_notice

BREACH = datetime(2026, 9, 23, 14, 5, tzinfo=UTC)


def of(jurisdiction: str, **more: Any) -> Authority:
    places = {"zone": "Europe/Dublin", "calendar": "IE"} | more
    return an_authority(name_en=f"Authority of {jurisdiction}", jurisdiction=jurisdiction, **places)


def read_with(folder: Path, name: str, old: str, new: str) -> Rulebook:
    """The law's data with one change."""
    copied = shutil.copytree(Path(cases.law.__file__).parent, folder / "law", ignore=shutil.ignore_patterns("*.py*"))
    content = (copied / name).read_text("utf-8")
    assert old in content
    (copied / name).write_text(content.replace(old, new, 1), "utf-8")
    return read_rulebook(copied)


def rules(case: Case) -> list[str]:
    return sorted(case.deadlines.values_list("rule_id", flat=True))


# ---- The rulebook ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("authority", "law", "is_under"),
    [
        ("EU", "EU", True), ("IE", "EU", True), ("FR", "EU", True), ("ie", "EU", True), ("CN", "CN", True),
        ("HK", "CN", False), ("CN", "HK", False), ("UK", "EU", False), ("GB", "UK", True), ("IN", "EU", False),
        ("EU", "FR", False), ("FR", "FR", True), ("DE", "FR", False), ("", "CN", False),
    ],
)  # fmt: skip
def test_authority_acts_under_its_own_law_and_the_unions(authority: str, law: str, is_under: bool) -> None:
    assert book().is_under(authority, law) is is_under


def test_rule_of_every_file_says_whose_law_it_is() -> None:
    laws = {rule.id.partition("-")[0]: rule.jurisdiction for rule in book().rules}

    assert {"CN", "EU"} <= laws.keys()
    assert all(law in book().jurisdictions or law.isupper() for law in laws.values())


@pytest.mark.parametrize(("jurisdiction", "started"), [("IE", ["EU-16"]), ("IN", []), ("CN", []), ("HK", [])])
def test_removal_order_starts_the_hour_of_the_union_alone(jurisdiction: str, started: list[str]) -> None:
    found = book().started_by("removal_order_received", date(2026, 3, 2), jurisdictions=[jurisdiction])

    assert [rule.id for rule in found if rule.jurisdiction == "EU"] == started


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        ("rules/eu.toml", 'jurisdiction = "EU"', 'jurisdiction = "EV"', "unknown jurisdiction 'EV'"),
        ("rules/eu.toml", 'jurisdiction = "EU"\n', "\n", "jurisdiction is missing"),
        ("rules/eu.toml", 'id = "EU-16"', 'id = "EU-16"\njurisdiction = "XX"', "unknown jurisdiction 'XX'"),
        ("jurisdictions.toml", 'covers = ["GB"]', 'covers = ["IE"]', "covers what another covers"),
        ("events.toml", 'theme = "publicity"', 'theme = "public"', "unknown theme 'public'"),
    ],
)
def test_mistake_in_whose_law_it_is_is_refused(tmp_path: Path, name: str, old: str, new: str, what: str) -> None:
    with pytest.raises(BadRulebook, match=what):
        read_with(tmp_path, name, old, new)


def test_rule_may_be_the_law_of_one_member_state(tmp_path: Path) -> None:
    read = read_with(tmp_path, "rules/eu.toml", 'id = "EU-22"', 'id = "EU-22"\njurisdiction = "FR"')

    def started(jurisdiction: str) -> list[str]:
        return [rule.id for rule in read.started_by("personal_data_breach_aware", None, jurisdictions=[jurisdiction])]

    assert (started("FR"), started("IE")) == (["EU-22", "EU-22c"], ["EU-22c"])


# ---- The record ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("jurisdiction", "started"), [("CN", ["CN-12", "CN-18"]), ("HK", []), ("IE", [])])
def test_penalty_starts_the_remedies_of_chinese_law_by_chinese_authorities_alone(
    counsel: Person, jurisdiction: str, started: list[str]
) -> None:
    case = a_case(by=counsel)

    a_notice(case=case, by=counsel, authority=of(jurisdiction), served_on=date(2026, 8, 31))

    assert rules(case) == started


def test_rehearsal_of_an_order_from_india_starts_no_hour(counsel: Person) -> None:
    case = a_case(by=counsel, lead_authority=of("IE"))
    order = new_notice(kind="removal_order", issued_on=None, served_at=BREACH, authority=of("IN", calendar="IN"))

    found = clocks_of(order, case, [], by=counsel, at=NOW)

    assert "EU-16" not in {version.deadline.rule_id for version in found}


def test_event_without_a_notice_goes_by_the_cases_leading_authority(counsel: Person) -> None:
    abroad, here = a_case(by=counsel, lead_authority=of("IE")), a_case(by=counsel)

    for case in (abroad, here):
        log_event(case=case, name="personal_data_breach_aware", occurred_at=BREACH, by=counsel, at=NOW)

    assert (rules(abroad), rules(here)) == (["EU-22", "EU-22c"], [])


def test_event_goes_by_a_further_authority_of_the_case_too(counsel: Person) -> None:
    case = a_case(by=counsel, further_authorities=((of("IE"), "guiding"),))

    log_event(case=case, name="personal_data_breach_aware", occurred_at=BREACH, by=counsel, at=NOW)

    assert (rules(case), case.deadlines.get(rule_id="EU-22").calendar) == (["EU-22", "EU-22c"], "IE")


def test_event_goes_by_the_authority_it_names_and_by_no_other(counsel: Person) -> None:
    case = a_case(by=counsel)
    told = {"case": case, "occurred_on": date(2026, 9, 21), "occurred_at": BREACH, "by": counsel, "at": NOW}

    log_event(name="personal_data_breach_aware", authority=of("IE"), **told)
    log_event(name="incident_learnt", authority=of("IE"), **told)

    assert rules(case) == ["EU-22", "EU-22c"]


def test_correcting_its_day_starts_nothing_of_another_law(counsel: Person) -> None:
    case = a_case(by=counsel)
    notice = a_notice(case=case, by=counsel, authority=of("IN", calendar="IN"), kind="removal_order", measures=())
    sent = {"occurred_on": "2026-09-01", "reason": "The receipt says so."}

    as_(counsel).post(url(f"events/{notice.events.get().uid}/correct/"), sent)

    assert "EU-16" not in rules(case)


# ---- What is said of it ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("jurisdiction", "said"), [("BR", "BR"), ("CN", ""), ("IE", "")])
def test_notice_of_a_jurisdiction_without_rules_says_so(counsel: Person, jurisdiction: str, said: str) -> None:
    notice = a_notice(case=a_case(by=counsel), by=counsel, authority=of(jurisdiction))

    assert as_(counsel).get(url(f"notices/{notice.uid}/")).data["no_law_for"] == said
