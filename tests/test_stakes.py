"""What a breach may cost, in words, and on the status page: by the law at the time of the conduct."""

from datetime import date

import pytest
from django.utils import translation

from cases.actions.drafts import MeasureDraft
from cases.law.liability import Exposure, liabilities
from cases.models import Case, Person
from tests.factories import a_case, a_notice
from tracker.briefings import figures_of
from tracker.stakes import tier_text, why_text
from tracker.status.executive import case_status
from tracker.status.frozen import thawed

OLD, NEW = liabilities().by_id["CSL-content"]


def test_tier_says_when_and_how_much():
    assert tier_text(OLD.tiers[1], OLD) == (
        "refusal to correct, or serious circumstances: CNY 100,000 to 500,000; persons CNY 10,000 to 100,000; "
        "Suspension of business, Closing of site or app, Revocation of licence"
    )


def test_tier_without_a_figure_says_only_when():
    assert tier_text(OLD.tiers[0], OLD) == "order to correct, warning, confiscation"


def test_tier_in_chinese_is_punctuated_in_full_width():
    with translation.override("zh-hans"):
        assert tier_text(NEW.tiers[0], NEW) == "责令改正、警告、予以通报：CNY 50,000至500,000"


@pytest.mark.parametrize("why", ["conduct", "later_lighter", "conduct_unknown", "spans_change", "undetermined"])
def test_reason_is_said_in_every_language(why):
    said = set()
    for language in ("en", "zh-hans", "zh-hant"):
        with translation.override(language):
            said.add(why_text(Exposure(NEW, why)))

    assert len(said) == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("conduct", "applied"),
    [(date(2025, 9, 1), (OLD, "conduct")), (date(2026, 2, 1), (NEW, "conduct")), (None, (NEW, "conduct_unknown"))],
)
def test_status_takes_the_law_of_the_conduct(client, counsel: Person, now, conduct, applied) -> None:
    case = an_ordered_case(counsel, now, conduct)

    found = {each.leading.id: each for each in case_status(case, counsel, now=now).exposures}
    assert (found["CSL-content"].leading, found["CSL-content"].why) == applied
    client.force_login(counsel)
    assert applied[0].citation_en in client.get(f"/en/cases/{case.reference}/status/").content.decode()


@pytest.mark.django_db
def test_page_frozen_before_there_were_exposures_still_opens(counsel: Person, now) -> None:
    figures = figures_of(an_ordered_case(counsel, now, None), counsel, at=now)
    assert thawed(figures).exposures[0].leading in liabilities().by_id["CSL-content"]

    del figures["status"]["exposures"]
    assert thawed(figures).exposures == ()


def an_ordered_case(counsel: Person, now, conduct: date | None) -> Case:
    case = a_case(by=counsel, at=now, lead_counsel=counsel, conduct_from=conduct)
    order = MeasureDraft(kind="order_to_correct", ordered_on=date(2026, 10, 9))
    a_notice(case=case, by=counsel, at=now, kind="rectification_order", served_on=date(2026, 9, 11), measures=(order,))
    return case
