"""`import_arrangement FILE` prints what it moves, old → new; a wrong file is refused with its line."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cases.models import Arrangement, Deadline, LogEntry, Person
from tests.arrangements import FILE, INVENTED, LATE, VERSION, an_order
from tests.factories import a_case

pytestmark = pytest.mark.django_db


def run(file: Path, **options: str) -> str:
    out = StringIO()
    call_command("import_arrangement", str(file), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def order(counsel: Person) -> Deadline:
    return an_order(a_case(by=counsel, lead_counsel=counsel), counsel, LATE)


def test_the_moved_dates_are_printed_old_and_new(order: Deadline, counsel: Person) -> None:
    told = run(FILE, by=counsel.email)

    assert f"{order.case.reference}  CN-22  {order.uid}  2027-02-11 → 2027-02-16" in told
    assert f"{VERSION} is imported: an INVENTED arrangement" in told
    assert "Proposed new dates: 1." in told
    assert LogEntry.objects.get(verb="import_arrangement").person == counsel


def test_without_a_name_the_administrator_imports(order: Deadline, administrator: Person) -> None:
    run(FILE)

    assert Arrangement.objects.get().recorded_by == administrator


def test_who_may_not_import_is_refused(member: Person) -> None:
    with pytest.raises(CommandError, match=r"member@platform\.example may not import"):
        run(FILE, by=member.email)
    with pytest.raises(CommandError, match="no administrator here"):
        run(FILE)


def test_a_wrong_file_names_its_line_and_a_missing_one_itself(administrator: Person, tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(INVENTED.replace("to = 2027-01-03", "to = 2028-01-03"), "utf-8")

    with pytest.raises(CommandError, match=r"wrong\.toml, line 12: .*not a stretch of days of 2027"):
        run(file)
    with pytest.raises(CommandError, match=r"none\.toml cannot be read"):
        run(tmp_path / "none.toml")
    assert not Arrangement.objects.exists()
