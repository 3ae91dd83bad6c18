"""The pages of imported arrangements: read before they count, decided by counsel, taken back; to each their cases."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from cases.actions.arrangement import confirm_proposals, withdraw_arrangement
from cases.models import Arrangement, Case, Deadline, Person
from tests.arrangements import FILE, INVENTED, LATE, LATER, an_order, imported
from tests.factories import NOW, a_case
from tests.pages import let_in, signed_in, text_of
from tracker.status.board import board

pytestmark = pytest.mark.django_db
ADD = "/en/rulebook/holidays/import/"


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel, lead_counsel=counsel)


@pytest.fixture
def order(case: Case, counsel: Person) -> Deadline:
    return an_order(case, counsel, LATE)


def upload(name: str = FILE.name, text: str = INVENTED) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, text.encode())}


def test_a_file_is_shown_with_what_it_changes_and_nothing_is_written(order: Deadline, counsel: Person) -> None:
    answer = signed_in(counsel).post(ADD, upload())

    text = text_of(answer)
    assert answer.status_code == 200
    assert not Arrangement.objects.exists()
    assert all(told in text for told in ("CN@2027-invented", "invented", "虚构通知", "Spring Festival", order.uid))
    assert "make-up working day" in text
    assert 'name="import"' in text


def test_the_text_read_is_imported_with_the_second_button(order: Deadline, counsel: Person) -> None:
    client = signed_in(counsel)
    answer = client.post(ADD, {"text": INVENTED, "file_name": FILE.name, "import": "1"})

    found = Arrangement.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("arrangement", args=[found.uid]))
    text = text_of(client.get(answer.url))
    assert (found.file_name, found.recorded_by) == (FILE.name, counsel)
    told = (order.case.reference, 'datetime="2027-02-11"', 'datetime="2027-02-16"', "Confirm 1 date")
    assert [each for each in told if each not in text] == []


def test_a_wrong_file_is_refused_with_its_line(counsel: Person) -> None:
    answer = signed_in(counsel).post(ADD, upload("wrong.toml", INVENTED.replace('"spring_festival" }', '"spring" }')))

    assert answer.status_code == 409
    assert "wrong.toml, line 12: unknown name" in text_of(answer)
    assert "&#x27;spring&#x27;" in text_of(answer)


def test_neither_file_nor_text_and_bytes_that_are_no_text_are_refused(counsel: Person) -> None:
    client = signed_in(counsel)

    assert client.post(ADD, {"text": " "}).status_code == 422
    binary = client.post(ADD, {"file": SimpleUploadedFile("photo.toml", b"id = 1\n\xff\xfe")})
    assert binary.status_code == 409
    assert "photo.toml, line 2: not UTF-8 text" in text_of(binary)


@pytest.mark.parametrize("path", [ADD, "withdraw/", "confirm/", "reject/"])
@pytest.mark.parametrize("role", ["counsel", "administrator", "member", "executive", "auditor"])
def test_who_may(path: str, role: str, order: Deadline, counsel: Person, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(role)
    done = imported(counsel, at=LATER)
    address = path if path == ADD else reverse("arrangement", args=[done.arrangement.uid]) + path

    answer = signed_in(person).post(address, {"withdraw-reason": "draft", "reject-reason": "wrong"})

    may = {"counsel"} if path in {"confirm/", "reject/"} else {"counsel", "administrator"}
    assert (answer.status_code != 403) == (role in may)


def test_each_sees_the_dates_of_their_own_cases_alone(
    order: Deadline, counsel: Person, outsider: Person, administrator: Person, member: Person
) -> None:
    let_in(order.case, member, by=counsel)
    theirs = an_order(a_case(by=outsider, lead_counsel=outsider), outsider, LATE)
    address = reverse("arrangement", args=[imported(counsel, at=LATER).arrangement.uid])

    shown = {person: text_of(signed_in(person).get(address)) for person in (counsel, outsider, administrator, member)}

    assert [order.uid in shown[each] for each in (counsel, outsider, administrator, member)] == [
        True, False, False, True,
    ]  # fmt: skip
    assert theirs.uid in shown[outsider]
    assert "waits for counsel" not in shown[administrator]
    assert "<button" not in shown[member].split("<aside")[0]


def test_counsel_confirms_one_and_then_the_rest(order: Deadline, counsel: Person, outsider: Person) -> None:
    an_order(order.case, counsel, LATE + 1)
    an_order(order.case, counsel, LATE + 2)
    done = imported(counsel, at=LATER)
    address = reverse("arrangement", args=[done.arrangement.uid])
    client = signed_in(counsel)

    assert "Confirm all 3 dates" in text_of(client.get(address))

    one = client.post(f"{address}confirm/{order.uid}/")
    rest = client.post(f"{address}confirm/")

    assert (one.status_code, rest.status_code) == (302, 302)
    assert Deadline.objects.get(pk=order.pk).due_on == date(2027, 2, 16)
    assert "Confirm all" not in text_of(client.get(address))
    assert not order.versions.filter(status="proposed").exists()
    assert signed_in(outsider).post(f"{address}confirm/{order.uid}/").status_code == 404


def test_a_date_one_may_not_know_of_is_not_there_whatever_ones_role(
    order: Deadline, counsel: Person, executive: Person, auditor: Person
) -> None:
    let_in(order.case, auditor, by=counsel)
    address = reverse("arrangement", args=[imported(counsel, at=LATER).arrangement.uid])

    answers = [signed_in(each).post(f"{address}confirm/{order.uid}/").status_code for each in (executive, auditor)]

    assert answers == [404, 403]


def test_it_is_withdrawn_with_a_reason(order: Deadline, counsel: Person, administrator: Person) -> None:
    done = imported(counsel, at=LATER)
    address = reverse("arrangement", args=[done.arrangement.uid])
    client = signed_in(administrator)

    assert client.post(f"{address}withdraw/", {"withdraw-reason": ""}).status_code == 422
    assert client.post(f"{address}withdraw/", {"withdraw-reason": "It was a draft."}).status_code == 302

    text = text_of(client.get(address))
    assert "It was a draft." in text
    assert "Withdraw it" not in text
    assert client.post(f"{address}withdraw/", {"withdraw-reason": "again"}).status_code == 409


def test_what_only_settled_is_not_listed_as_moved(case: Case, counsel: Person) -> None:
    settled = an_order(case, counsel, 75)
    done = imported(counsel, at=LATER)

    assert settled.uid not in text_of(signed_in(counsel).get(reverse("arrangement", args=[done.arrangement.uid])))


def test_the_way_back_is_listed_too(order: Deadline, counsel: Person) -> None:
    done = imported(counsel, at=LATER)
    confirm_proposals(arrangement=done.arrangement, among=Deadline.objects.all(), by=counsel, at=LATER)
    withdraw_arrangement(arrangement=done.arrangement, reason="draft", by=counsel, at=LATER)

    text = text_of(signed_in(counsel).get(reverse("arrangement", args=[done.arrangement.uid])))

    assert "Confirm 1 date" in text
    assert "invented" in text


def test_the_deadline_names_the_arrangement_behind_its_proposal(order: Deadline, counsel: Person) -> None:
    done = imported(counsel, at=LATER)

    answer = signed_in(counsel).get(reverse("deadline", args=[order.case.reference, order.uid]))

    assert reverse("arrangement", args=[done.arrangement.uid]) in text_of(answer)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    count: int, case: Case, counsel: Person, django_assert_num_queries
) -> None:
    for days in range(LATE, LATE + count):
        an_order(case, counsel, days)
    address = reverse("arrangement", args=[imported(counsel, at=LATER).arrangement.uid])
    client = signed_in(counsel)

    with django_assert_num_queries(7):
        client.get(address)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_the_pages_speak_the_readers_language(language: str, order: Deadline, counsel: Person) -> None:
    client = signed_in(counsel)
    with override(language):
        preview = text_of(client.post(reverse("arrangement_add"), upload()))
        page = text_of(client.get(reverse("arrangement", args=[imported(counsel, at=LATER).arrangement.uid])))

    assert [word for word in ("Import", "Becomes", "Withdraw", "Confirm") if word in preview + page] == []


def test_the_desk_says_how_many_dates_wait_for_next_years_arrangement(order: Deadline, counsel: Person) -> None:
    waiting = board(counsel, now=NOW).unpublished
    text = text_of(signed_in(counsel).get("/en/"))

    assert [(year.calendar, year.year) for year in waiting] == [("CN", 2027)]
    assert f"The 2027 arrangement for China is not imported: {waiting[0].provisional} deadline" in text
    assert ADD in text

    imported(counsel, at=LATER)
    assert board(counsel, now=NOW).unpublished == ()
