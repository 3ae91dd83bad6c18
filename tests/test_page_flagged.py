"""Flagged content by page: exposure with its gaps, review one by one and many at once, rules, what was done."""

import pytest

from cases.actions.flagged import confirm_flagged
from cases.models import FlaggedContent, FlaggingRule, Import
from tests.factories import NOW, a_case
from tests.hot_lists import import_rows
from tests.pages import let_in, signed_in, text_of

pytestmark = pytest.mark.django_db

QUERIES = 14


@pytest.fixture
def case(counsel, member):
    case = a_case(by=counsel)
    let_in(case, member, by=counsel)
    return case


@pytest.fixture
def listed(case, counsel):
    """Two days with a gap of a day between them; 明星 is a category the default rules know."""
    import_rows(
        ("08-01 09", 1, "某明星分手"), ("08-01 09", 2, "天气预报", "天气"), ("08-01 09", 3, "未分类", ""),
        ("08-03 09", 1, "某明星分手"), ("08-03 09", 2, "某明星结婚"),
        case=case, by=counsel,
    )  # fmt: skip
    return case


def url_of(case, step=""):
    return f"/en/cases/{case.reference}/flagged/{step}"


def named(title):
    return FlaggedContent.objects.get(title=title)


# ---- Exposure --------------------------------------------------------------------------------------------------------
def test_page_without_a_list_shows_no_figure(case, counsel):
    shown = text_of(signed_in(counsel).get(url_of(case)))

    assert "Nothing is flagged yet." in shown
    assert '<svg class="ch"' not in shown


def test_figures_are_told_and_the_gap_is_a_gap(listed, counsel):
    shown = text_of(signed_in(counsel).get(url_of(listed)))

    assert "Rows: 5. Hours captured: 2; hours not captured: 47." in shown
    assert "Top 50: 3 matched of 5 rows present; left unclassified by the list, hence unknown: 1." in shown
    assert "not captured" in shown


def test_one_depth_is_drawn_alone(listed, counsel):
    client = signed_in(counsel)

    assert "2 of 2 rows" in text_of(client.get(url_of(listed), {"n": "10"}))
    assert 'class="ln d20"' not in text_of(client.get(url_of(listed), {"n": "10"}))


def test_hours_of_one_day(listed, counsel):
    shown = text_of(signed_in(counsel).get(url_of(listed), {"day": "2025-08-03"}))

    assert "Matched rows of the rows present, per hour" in shown
    assert "Rows: 2. Hours captured: 1;" in shown


@pytest.mark.parametrize(
    "query", [{"day": "2025-13-45"}, {"day": "soon"}, {"n": "11"}, {"n": "x"}, {"surface": "no such"}, {"state": "zz"}]
)
def test_nonsense_in_the_address_shows_the_whole(listed, counsel, query):
    answer = signed_in(counsel).get(url_of(listed), query)

    assert answer.status_code == 200
    assert "Rows: 5. Hours captured: 2" in text_of(answer)


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_list_asks_the_same_for_any_number_of_rows(case, counsel, rows, django_assert_num_queries):
    import_rows(*(("08-01 09", n + 1, f"某明星{n}") for n in range(rows)), case=case, by=counsel)
    client = signed_in(counsel)
    client.get(url_of(case))

    with django_assert_num_queries(QUERIES):
        client.get(url_of(case))


# ---- Review ----------------------------------------------------------------------------------------------------------
def test_candidate_is_marked_as_own_working_material(listed, counsel):
    assert "own working material" in text_of(signed_in(counsel).get(url_of(listed)))


def test_many_are_confirmed_at_once(listed, counsel):
    uids = [named("某明星分手").uid, named("某明星结婚").uid]

    answer = signed_in(counsel).post(url_of(listed, "review/"), {"flagged": uids, "verdict": "confirm"}, follow=True)

    assert "2 titles are reviewed." in text_of(answer)
    assert set(FlaggedContent.objects.values_list("state", flat=True)) == {"confirmed"}


def test_what_failed_stays_ticked_with_the_reason(listed, counsel):
    done, new = named("某明星分手"), named("某明星结婚")
    confirm_flagged(flagged=done, by=counsel, at=NOW)

    answer = signed_in(counsel).post(url_of(listed, "review/"), {"flagged": [done.uid, new.uid], "verdict": "confirm"})

    shown = text_of(answer)
    assert answer.status_code == 422
    assert "This content is marked so already: Confirmed." in shown
    assert f'value="{done.uid}" checked' in shown
    assert f'value="{new.uid}" checked' not in shown
    assert named("某明星结婚").state == "confirmed"


def test_dismissing_asks_for_a_reason_and_keeps_the_tick(listed, counsel):
    content = named("某明星分手")

    answer = signed_in(counsel).post(url_of(listed, "review/"), {"flagged": content.uid, "verdict": "dismiss"})

    assert answer.status_code == 422
    assert f'value="{content.uid}" checked' in text_of(answer)
    assert named("某明星分手").state == "candidate"


def test_dismissed_title_leaves_the_exposure(listed, counsel):
    sent = {"flagged": named("某明星分手").uid, "verdict": "dismiss", "reason": "Not about a celebrity"}

    answer = signed_in(counsel).post(url_of(listed, "review/"), sent, follow=True)

    assert "Top 50: 1 matched of 5 rows present" in text_of(answer)


@pytest.mark.parametrize("sent", [{"verdict": "confirm"}, {"verdict": "delete"}, {}])
def test_review_of_nothing_or_by_no_verdict_is_refused(listed, counsel, sent):
    assert signed_in(counsel).post(url_of(listed, "review/"), sent).status_code == 422
    assert not FlaggedContent.objects.exclude(state="candidate").exists()


def test_title_of_another_case_is_not_reviewed_here(listed, counsel):
    sent = {"flagged": named("某明星分手").uid, "verdict": "confirm"}

    assert signed_in(counsel).post(url_of(a_case(by=counsel), "review/"), sent).status_code == 422
    assert named("某明星分手").state == "candidate"


# ---- One title, what was done, naming one ----------------------------------------------------------------------------
def test_title_is_shown_with_its_sightings(listed, counsel):
    shown = text_of(signed_in(counsel).get(url_of(listed, f"{named('某明星分手').uid}/")))

    assert shown.index("2025-08-03T09:00+08:00") < shown.index("2025-08-01T09:00+08:00")


def test_what_is_still_to_come_is_not_recorded_as_done(listed, member):
    content = named("某明星分手")
    sent = {"settle-disposition": "taken_down", "settle-disposed_on": "2080-01-01", "settle-disposed_hour": "09:00"}

    answer = signed_in(member).post(
        url_of(listed, f"{content.uid}/disposition/"), sent | {"settle-zone": "Asia/Shanghai"}
    )

    assert answer.status_code == 409
    assert "this time is still to come" in text_of(answer)


def test_what_was_done_is_recorded_in_the_law_s_time(listed, member):
    content = named("某明星分手")
    sent = {"settle-disposition": "taken_down", "settle-disposed_on": "2025-09-11", "settle-disposed_hour": "09:00"}

    signed_in(member).post(url_of(listed, f"{content.uid}/disposition/"), sent | {"settle-zone": "Asia/Shanghai"})

    assert named("某明星分手").disposed_at.isoformat() == "2025-09-11T01:00:00+00:00"


def test_title_is_flagged_by_hand(case, member):
    sent = {"title": "某词条", "surface": "热搜榜", "basis": "own_review"}

    answer = signed_in(member).post(url_of(case, "new/"), sent, follow=True)

    assert "The title is flagged." in text_of(answer)
    assert FlaggedContent.objects.get().basis == "own_review"


def test_title_cannot_claim_a_rule_as_its_basis(case, member):
    sent = {"title": "某词条", "surface": "热搜榜", "basis": "rule"}

    assert signed_in(member).post(url_of(case, "new/"), sent).status_code == 422
    assert not FlaggedContent.objects.exists()


# ---- Rules -----------------------------------------------------------------------------------------------------------
def test_rule_that_looks_for_nothing_is_refused(case, member):
    choices = text_of(signed_in(member).get(url_of(case, "rules/")))
    provision = choices.split('<select name="provision"')[1].split('value="')[1].split('"')[0]

    answer = signed_in(member).post(url_of(case, "rules/"), {"provision": provision, "words": " ， ,\n"})

    assert answer.status_code == 409
    assert "A rule looks for a category or for words." in text_of(answer)


def test_rule_is_added_parted_by_any_comma_and_retired(case, member):
    client = signed_in(member)
    page = text_of(client.get(url_of(case, "rules/")))
    provision = page.split('<select name="provision"')[1].split('value="')[1].split('"')[0]

    client.post(
        url_of(case, "rules/"), {"provision": provision, "words": "分手，恋情, 结婚\n离婚", "label_zh": "明星动态"}
    )
    rule = FlaggingRule.objects.get()
    client.post(url_of(case, f"rules/{rule.uid}/retire/"))

    rule.refresh_from_db()
    assert rule.words == ["分手", "恋情", "结婚", "离婚"]
    assert rule.retired_at is not None
    assert "明星动态" in text_of(client.get(url_of(case, "rules/")))


def test_default_rules_are_added_once(case, member):
    client = signed_in(member)
    client.post(url_of(case, "rules/defaults/"))
    count = FlaggingRule.objects.count()

    client.post(url_of(case, "rules/defaults/"))

    assert FlaggingRule.objects.count() == count > 0


def test_reflag_waits_for_a_worker_as_a_row(listed, member):
    answer = signed_in(member).post(url_of(listed, "reflag/"), {"surface": "榜"})

    waiting = Import.objects.get(is_reflag=True)
    assert answer.url == f"/en/cases/{listed.reference}/imports/{waiting.uid}/"
    assert waiting.state == "waiting"


# ---- Who may ---------------------------------------------------------------------------------------------------------
PLACES = ["review/", "new/", "import/", "reflag/", "rules/", "rules/defaults/"]


@pytest.mark.parametrize("place", ["", *PLACES])
def test_outsider_finds_no_such_case(listed, outsider, place):
    client = signed_in(outsider)

    assert (client.post if place else client.get)(url_of(listed, place)).status_code == 404


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", ["executive", "auditor"])
def test_reader_of_the_case_changes_nothing(listed, counsel, role, place, request):
    person = request.getfixturevalue(role)
    let_in(listed, person, by=counsel)

    assert signed_in(person).post(url_of(listed, place)).status_code == 403
    assert "Confirm what is ticked" not in text_of(signed_in(person).get(url_of(listed)))


def test_member_does_not_review(listed, member):
    sent = {"flagged": named("某明星分手").uid, "verdict": "confirm"}

    assert signed_in(member).post(url_of(listed, "review/"), sent).status_code == 403
