"""What the words of an order's period may mean, by whose law it is."""

from datetime import date

import pytest

from cases.actions.deadline import NoSuchReading, choose_profile
from cases.actions.drafts import MeasureDraft
from cases.law.readings import UNITS, profiles, readings
from cases.law.rulebook import book
from cases.models import Deadline, Person
from tests.factories import NOW, a_case, a_notice, an_authority


@pytest.mark.parametrize("law", ["CN", "EU", "UK", "IN", "HK", "SG", "AU", "ID", "US", "DE"])
@pytest.mark.parametrize("unit", UNITS)
def test_every_reading_is_a_profile_that_counts_in_its_unit(unit, law):
    for profile, counted in readings(unit, law):
        assert counted in book().profile(profile).units
        assert profile in profiles(unit)


@pytest.mark.parametrize(
    ("unit", "law", "expected"),
    [
        ("day", "CN", (("CN-WD", "working_day"), ("CN-CD", "day"))),
        ("day", "EU", (("EU-D", "day"),)),
        ("month", "FR", (("EU-M", "month"),)),
        ("working_day", "HK", ()),  # Hong Kong counts days, and leaves short periods' holidays out
        ("day", "XX", ()),
    ],
)
def test_days_are_read_by_the_law_of_the_order(unit, law, expected):
    assert readings(unit, law) == expected


def a_dsa_request(by: Person, **order: object) -> Deadline:
    authority = an_authority(
        name_en="European Commission", jurisdiction="EU", zone="Europe/Brussels", calendar="EU", level="supranational"
    )
    case = a_case(by=by, lead_authority=authority)
    a_notice(
        case=case, by=by, authority=authority, kind="dsa_information_request", served_on=date(2026, 3, 20),
        issued_on=None, zone="Europe/Brussels", measures=(MeasureDraft(kind="other", **order),),
    )  # fmt: skip
    return case.deadlines.select_related("current").get(rule_id="EU-11")


@pytest.mark.django_db
def test_an_order_of_the_commission_is_counted_in_european_days(counsel: Person) -> None:
    deadline = a_dsa_request(counsel, period_amount=14, period_unit="day")

    # 3 April 2026 is Good Friday, the 6th Easter Monday, the Commission is closed on the 2nd too.
    assert (deadline.current.profile, deadline.due_on) == ("EU-D", date(2026, 4, 7))
    assert deadline.caution == ""


@pytest.mark.django_db
def test_a_period_nobody_can_count_waits_for_counsel(counsel: Person) -> None:
    authority = an_authority(name_en="IMDA", jurisdiction="SG", zone="Asia/Singapore", calendar="SG")
    case = a_case(by=counsel, lead_authority=authority)
    a_notice(
        case=case, by=counsel, authority=authority, kind="removal_order", served_on=date(2026, 3, 20), issued_on=None,
        zone="Asia/Singapore", measures=(MeasureDraft(kind="removal_order", period_amount=6, period_unit="hour"),),
    )  # fmt: skip

    assert case.deadlines.get(rule_id="SG-01").current.missing == ["profile"]


@pytest.mark.django_db
def test_counsel_may_not_choose_a_reading_of_another_law(counsel: Person) -> None:
    with pytest.raises(NoSuchReading):
        choose_profile(
            deadline=a_dsa_request(counsel, period_amount=14, period_unit="day"), profile="CN-WD", by=counsel, at=NOW
        )
