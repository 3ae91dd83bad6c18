"""A captured list by page: brought, waiting, read, found again; what was rejected, what stood already."""

from io import BytesIO

import pytest

from cases.actions.hot_list import UnreadableHotList, run_import
from cases.models import Evidence, Import
from tests.factories import NOW, a_case
from tests.hot_lists import a_list, import_bytes, import_rows
from tests.pages import let_in, signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(counsel, member):
    case = a_case(by=counsel)
    let_in(case, member, by=counsel)
    return case


def bring(client, case, raw, name="list.csv", surface="热搜榜", **extra):
    file = BytesIO(raw)
    file.name = name
    return client.post(
        f"/en/cases/{case.reference}/flagged/import/",
        {"file": file, "surface": surface, "contains_state_secret": "no"} | extra,
    )


ROWS = a_list(("08-01 09", 1, "某明星分手"), ("08-01 09", "x", "坏行"))


def test_nothing_brought_is_asked_for(case, member):
    answer = signed_in(member).post(f"/en/cases/{case.reference}/flagged/import/", {"surface": "热搜榜"})

    assert answer.status_code == 422
    assert 'value="热搜榜"' in text_of(answer)


def test_empty_file_is_refused_with_the_rule(case, member):
    answer = bring(signed_in(member), case, b"")

    assert answer.status_code == 409
    assert "The file is empty." in text_of(answer)
    assert not Import.objects.exists()


def test_file_waits_for_a_worker_and_its_page_looks_again(case, member):
    client = signed_in(member)

    answer = client.get(bring(client, case, ROWS).url)

    assert "The file waits to be read." in text_of(answer)
    assert '<meta http-equiv="refresh" content="3">' in answer.content.decode()
    assert Evidence.objects.get().filename == "list.csv"


def test_result_reconciles_and_lists_the_bad_row(case, member):
    client = signed_in(member)
    url = bring(client, case, ROWS).url
    run_import(importing=Import.objects.get(), at=NOW)

    answer = client.get(url)

    shown = text_of(answer)
    assert "2 rows read = 1 matched + 0 unmatched + 1 rejected." in shown
    assert '<th scope="row" class="num">3</th><td>The rank is no whole number from 1.' in shown
    assert 'http-equiv="refresh"' not in answer.content.decode()


def test_same_file_again_goes_to_its_first_reading(case, member, counsel):
    first = import_bytes(ROWS, case=case, by=counsel, surface="热搜榜").record
    client = signed_in(member)

    answer = bring(client, case, ROWS, name="again.csv", follow=True)

    assert answer.url == f"/en/cases/{case.reference}/imports/{first.uid}/"
    assert "Nothing was added; this is its first reading." in text_of(client.get(answer.url))
    assert Import.objects.count() == 1


def test_hour_that_stands_is_listed_with_the_reading_it_stands_from(case, counsel):
    first = import_rows(("08-01 09", 1, "某明星分手"), case=case, by=counsel).record
    second = import_rows(("08-01 09", 1, "某明星结婚"), case=case, by=counsel).record

    shown = text_of(signed_in(counsel).get(f"/en/cases/{case.reference}/imports/{second.uid}/"))

    assert "hours that stood already: 1" in shown
    assert f'href="/en/cases/{case.reference}/imports/{first.uid}/"' in shown


def test_unreadable_file_says_why_and_is_kept(case, member):
    client = signed_in(member)
    url = bring(client, case, b"no,columns\n1,2\n").url
    with pytest.raises(UnreadableHotList):
        run_import(importing=Import.objects.get(), at=NOW)

    shown = text_of(client.get(url))

    assert "The file could not be read." in shown
    assert "The first line does not name the columns" in shown


def test_reading_of_another_case_is_not_found_here(case, counsel):
    record = import_rows(("08-01 09", 1, "某明星分手"), case=case, by=counsel).record
    other = a_case(by=counsel)

    assert signed_in(counsel).get(f"/en/cases/{other.reference}/imports/{record.uid}/").status_code == 404


@pytest.mark.parametrize(("role", "status"), [("outsider", 404), ("executive", 403), ("auditor", 403), ("member", 200)])
def test_only_those_who_work_bring_lists(case, counsel, role, status, request):
    person = request.getfixturevalue(role)
    if role != "outsider":
        let_in(case, person, by=counsel)

    assert signed_in(person).get(f"/en/cases/{case.reference}/flagged/import/").status_code == status
