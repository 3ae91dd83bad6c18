"""What is no arrangement is refused with the file and the line, and changes nothing."""

from typing import Any

import pytest

from cases import legislation
from cases.actions.arrangement import LONGEST, BadArrangement, import_arrangement
from cases.law.rulebook import book
from cases.models import Arrangement, Person
from tests.arrangements import INVENTED, LATER, VERSION, imported

pytestmark = pytest.mark.django_db
WRONG: dict[str, tuple[str, str, int, str]] = {
    "another calendar": ('id = "CN"', 'id = "XX"', 4, "unknown calendar 'XX'"),
    "no base": ('base = "CN"', "", 1, 'base = "CN" is wanted'),
    "another base": ('base = "CN"', 'base = "HK"', 5, 'base = "CN" is wanted'),
    "a weekend": ("fictional = true", 'weekend = ["friday"]', 7, "'weekend' has no place"),
    "a typing error": ("[years.2027]", "[year.2027]", 10, "'year' has no place"),
    "no year": (INVENTED[INVENTED.index("[years.2027]") :], "", 1, "a table [years.N] is missing"),
    "no notice": ("source =", "# source =", 10, "source, the notice and its number, is missing"),
    "not TOML": ('version = "2027-invented"', "version = 2027-invented", 6, "not TOML"),
    "a work day that is off": ("2027-01-30, ", "2027-02-05, ", 21, "2027-02-05 in work must be a date of 2027"),
    "an unknown holiday": ('name = "qingming"', 'name = "ching_ming"', 12, "unknown name 'ching_ming'"),
    "the shipped version": ('"2027-invented"', '"2025-11-04"', 6, "is the one already in force"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_with_its_line(case: str, counsel: Person) -> None:
    old, new, line, what = WRONG[case]
    assert old in INVENTED

    with pytest.raises(BadArrangement) as refused:
        import_arrangement(text=INVENTED.replace(old, new), file_name="cn.toml", by=counsel, at=LATER)

    assert (refused.value.details["file"], refused.value.details["line"]) == ("cn.toml", line)
    assert what in str(refused.value)
    assert not Arrangement.objects.exists()
    assert legislation.in_force() is book()


@pytest.mark.parametrize("text", ["", "a = " + "[" * 5000, "x" * (LONGEST + 1), "[[years]]\n"])
def test_anything_else_is_refused_too(text: str, counsel: Person) -> None:
    with pytest.raises(BadArrangement):
        import_arrangement(text=text, file_name="any.toml", by=counsel, at=LATER)


def test_the_same_days_under_another_version_are_refused(counsel: Person) -> None:
    imported(counsel)

    with pytest.raises(BadArrangement, match="published with the same days already"):
        imported(counsel, text=INVENTED.replace("2027-invented", "2027-again"))


def test_it_is_kept_as_it_was_brought(counsel: Person) -> None:
    found: Any = imported(counsel).arrangement

    assert (found.text, found.version, found.years, found.calendar) == (INVENTED, VERSION, [2027], "CN")
    assert (found.is_fictional, len(found.sha256)) == (True, 64)
    assert found.source.startswith("虚构通知")
