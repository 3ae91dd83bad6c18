"""Translations of original words: beside each other, stale when the original is corrected, read by a second person."""

import pytest

from cases.actions.requirement import change_requirement
from cases.actions.translation import (
    AlreadyReviewed,
    NothingToTranslate,
    SameLanguage,
    SecondReader,
    Stale,
    add_translation,
    is_stale,
    review_translation,
)
from cases.models import Case, Person, Requirement, Translation
from tests.factories import NOW, a_case, a_notice
from tests.work import a_requirement

pytestmark = pytest.mark.django_db


@pytest.fixture
def requirement(counsel: Person) -> Requirement:
    return a_requirement(a_case(by=counsel), by=counsel, clause="加强榜单审核")


def translate(requirement: Requirement, by: Person, made_by: str = "human") -> Translation:
    return add_translation(
        record=requirement, field="clause", language="en", words="Review the list", made_by=made_by, by=by, at=NOW
    )


def test_a_translation_is_kept_beside_the_one_before(requirement: Requirement, counsel: Person) -> None:
    machine, human = translate(requirement, counsel, "machine"), translate(requirement, counsel)

    assert list(Translation.objects.filter(object_uid=requirement.uid).order_by("pk")) == [machine, human]
    assert (human.case, human.object_kind, human.field) == (requirement.case, "requirement", "clause")
    assert not is_stale(human, requirement)


def test_a_corrected_original_makes_it_stale_and_unfit_for_review(
    requirement: Requirement, counsel: Person, outsider: Person
) -> None:
    translation = translate(requirement, counsel)

    corrected = change_requirement(requirement=requirement, fields={"clause": "改"}, by=counsel, at=NOW)

    assert is_stale(translation, corrected)
    with pytest.raises(Stale):
        review_translation(translation=translation, by=outsider, at=NOW)


def test_a_page_opened_before_the_correction_translates_what_stands(requirement: Requirement, counsel: Person) -> None:
    corrected = change_requirement(requirement=requirement, fields={"clause": "改"}, by=counsel, at=NOW)

    assert not is_stale(translate(requirement, counsel), corrected)


def test_a_second_person_reviews_once_and_a_machine_may_be_read_by_who_asked_it(
    requirement: Requirement, counsel: Person, outsider: Person
) -> None:
    human, machine = translate(requirement, counsel), translate(requirement, counsel, "machine")

    with pytest.raises(SecondReader):
        review_translation(translation=human, by=counsel, at=NOW)
    assert review_translation(translation=human, by=outsider, at=NOW).reviewed_by == outsider
    assert review_translation(translation=machine, by=counsel, at=NOW).reviewed_by == counsel
    with pytest.raises(AlreadyReviewed):
        review_translation(translation=human, by=outsider, at=NOW)


def test_nothing_the_same_language_and_what_is_no_original_are_refused(
    requirement: Requirement, counsel: Person
) -> None:
    case: Case = requirement.case
    given = {"made_by": "human", "by": counsel, "at": NOW}

    with pytest.raises(NothingToTranslate):
        add_translation(record=case, field="allegation", language="en", words="x", **given)
    with pytest.raises(NothingToTranslate):
        add_translation(record=requirement, field="clause", language="en", words=" ", **given)
    with pytest.raises(SameLanguage):
        add_translation(record=requirement, field="clause", language="zh-hans", words="x", **given)
    with pytest.raises(ValueError, match="original words"):
        add_translation(record=requirement, field="title_en", language="zh-hans", words="x", **given)


def test_the_words_of_a_measure_are_in_the_language_of_its_notice(counsel: Person) -> None:
    notice = a_notice(case=a_case(by=counsel), by=counsel, original_language="en")
    measure = notice.measures.get()
    measure.words = "Warning"
    measure.save(update_fields=["words"])
    given = {"record": measure, "field": "words", "words": "警告", "made_by": "sworn", "by": counsel, "at": NOW}

    with pytest.raises(SameLanguage):
        add_translation(language="en", **given)
    assert add_translation(language="zh-hans", **given).object_kind == "measure"
