"""The sections of a case: who may open and do what, awkward input first, as many queries for many rows as for one."""

from datetime import date

import pytest

from cases.actions.case import raise_barrier
from cases.actions.contact import ContactDraft, log_contact
from cases.actions.requirement import mark_requirement_done
from cases.actions.translation import add_translation
from cases.models import Barrier, CaseAccess, Contact, LogEntry, Requirement, RequirementState, Translation
from tests.rooms import EARLIER, an_old_case, an_old_notice, main_of, reading
from tests.work import a_requirement, some_evidence

SECTIONS = ("notices", "contacts", "requirements", "timeline", "people", "contacts/new", "requirements/new")
FORMS = {"contacts/new": {"counsel", "member"}, "requirements/new": {"counsel"}}
ROLES = ("counsel", "member", "executive", "auditor")


def at(case, *parts):
    return "/".join(("/en/cases", case.reference, *parts)) + "/"


def a_contact(case, by, **fields):
    draft = {"kind": "talk", "authority": case.lead_authority, "subject": "热搜榜整改约谈", "held_on": date(2025, 1, 3)}
    return log_contact(case=case, contact=ContactDraft(**(draft | fields)), by=by, at=EARLIER)


# ---- Who may open what -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("role", ROLES)
def test_section_is_open_to_the_roles_that_may(section, role, counsel, request):
    person = request.getfixturevalue(role)
    case = an_old_case(counsel, *({person} - {counsel}))

    answer = reading(person).get(at(case, section))

    assert answer.status_code == (200 if role in FORMS.get(section, ROLES) else 403)
    assert "Hot-search list rectification" in answer.text or answer.status_code == 403


@pytest.mark.parametrize("section", SECTIONS)
def test_section_is_hidden_from_an_outsider_and_asks_a_stranger_to_sign_in(section, counsel, outsider, client):
    case = an_old_case(counsel)

    assert reading(outsider).get(at(case, section)).status_code == 404
    assert client.get(at(case, section)).url == f"/en/login/?next={at(case, section)}"


POSTS = {
    "requirements/{requirement}/done": {"counsel", "member"},
    "requirements/{requirement}/sign-off": {"counsel"},
    "requirements/{requirement}/reopen": {"counsel"},
    "requirements/{requirement}/withdraw": {"counsel"},
    "requirements/{requirement}/translate": {"counsel", "member"},
    "people/grant": {"counsel"},
    "people/{access}/end": {"counsel"},
    "people/barriers": {"counsel"},
}


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("role", ROLES)
def test_step_is_refused_to_the_roles_that_may_not(path, role, counsel, outsider, request):
    person = request.getfixturevalue(role)
    case = an_old_case(counsel, *({person} - {counsel}))
    names = {"requirement": a_requirement(case, by=counsel, at=EARLIER).uid, "access": case.accesses.first().uid}
    url = at(case, path.format(**names))

    answer = reading(person).post(url, {})

    assert (answer.status_code == 403) == (role not in POSTS[path])
    assert reading(outsider).post(url, {}).status_code == 404
    assert reading(person).get(url).status_code == 405


def test_object_of_another_case_is_not_found_under_this_one(counsel, outsider):
    case, other = an_old_case(counsel), an_old_case(outsider)
    requirement, contact = a_requirement(other, by=outsider, at=EARLIER), a_contact(other, outsider)
    reader = reading(counsel)

    assert reader.get(at(case, "requirements", requirement.uid)).status_code == 404
    assert reader.get(at(case, "contacts", contact.uid)).status_code == 404
    assert reader.post(at(case, "requirements", requirement.uid, "done")).status_code == 404
    assert reader.post(at(case, "people", other.accesses.get().uid, "end")).status_code == 404


# ---- Lists -----------------------------------------------------------------------------------------------------------
MAKE = {
    "notices": lambda case, by, n: an_old_notice(case, by, number=f"No. {n}"),
    "contacts": lambda case, by, n: a_contact(case, by, subject=f"Talk {n}"),
    "requirements": lambda case, by, n: a_requirement(case, by=by, at=EARLIER, title_en=f"Demand {n}"),
    "timeline": lambda case, by, n: a_requirement(case, by=by, at=EARLIER, title_en=f"Demand {n}"),
}
QUERIES = {"notices": 10, "contacts": 7, "requirements": 9, "timeline": 8}


@pytest.mark.parametrize("number", [1, 3, 300])
@pytest.mark.parametrize("section", MAKE)
def test_list_asks_the_same_number_of_queries(section, number, counsel, django_assert_num_queries):
    case = an_old_case(counsel)
    for n in range(number):
        MAKE[section](case, counsel, n)
    reader = reading(counsel)
    reader.get("/en/account/")

    with django_assert_num_queries(QUERIES[section]):
        answer = reader.get(at(case, section))

    assert bool(answer.context["next_url"]) == (number == 300)


@pytest.mark.parametrize("section", MAKE)
def test_cursor_of_another_list_is_not_found(section, counsel):
    assert reading(counsel).get(at(an_old_case(counsel), section), {"cursor": "WyI-Il0"}).status_code == 404


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("notices", "No notice is recorded in this case."),
        ("contacts", "No talk, call, letter or visit is recorded yet."),
        ("requirements", "Nothing is demanded or promised yet."),
    ],
)
def test_empty_list_says_so(section, words, counsel):
    assert words in main_of(reading(counsel).get(at(an_old_case(counsel), section)))


def test_notice_without_service_asks_counsel_for_it_and_tells_the_auditor(counsel, auditor):
    case = an_old_case(counsel, auditor)
    an_old_notice(case, counsel)

    assert "Add the service date" in main_of(reading(counsel).get(at(case, "notices")))
    told = main_of(reading(auditor).get(at(case, "notices")))
    assert "Add the service date" not in told
    assert "not known" in told


def test_timeline_is_narrowed_by_kind_and_ignores_a_kind_it_does_not_know(counsel):
    case = an_old_case(counsel)
    a_requirement(case, by=counsel, at=EARLIER)
    reader, url = reading(counsel), at(case, "timeline")

    assert [row.verb for row in reader.get(url, {"kind": "case"}).context["rows"]] == ["open_case"]
    assert len(reader.get(url, {"kind": "' OR 1=1"}).context["rows"]) == 2


def test_timeline_tells_the_law_s_time_apart_from_ours(counsel):
    case = an_old_case(counsel)
    an_old_notice(case, counsel, served_on=date(2025, 1, 4))

    shown = main_of(reading(counsel).get(at(case, "timeline")))

    assert 'Happened <time datetime="2025-01-04">Sat 4 Jan 2025</time>' in shown
    assert 'Recorded <time datetime="2025-01-06T09:30+08:00">Mon 6 Jan 2025 09:30</time>' in shown


# ---- Contacts --------------------------------------------------------------------------------------------------------
TALK = {
    "kind": "talk", "subject": "热搜榜整改约谈", "held_on": "2025-01-03", "held_time": "14:30", "zone": "",
    "minutes": "当场提出要求。", "contains_state_secret": "no", "minutes_language": "zh-hans", "place": "上海",
    "officers-count": "2", "officers-0-name": "李某", "officers-0-capacity": "处长", "officers-0-card_number": "沪-12",
    "ours-count": "2", "ours-0-name": "外聘律师", "promises-count": "2",
    "promises-0-title_zh": "七日内提交报告", "promises-0-due_on": "2025-01-10",
}  # fmt: skip


def typed(case, **fields):
    return TALK | {"authority": case.lead_authority.uid} | fields


@pytest.mark.parametrize(
    ("fields", "words", "status"),
    [
        ({"subject": "  "}, "This field is required.", 422),
        ({"held_on": ""}, "An hour needs its day.", 422),
        ({"held_on": "2025-02-30"}, "Enter a valid date.", 422),
        ({"held_on": "2088-01-01"}, "This is still to come. Log it when it was held.", 409),
        ({"authority": "nobody"}, "Select a valid choice.", 422),
        ({"officers-0-name": ""}, "Name the officer.", 422),
        ({"ours-0-name": "", "ours-0-capacity": "counsel"}, "Choose one of ours or give a name, not both.", 422),
        ({"promises-0-title_zh": ""}, "Say what was promised, in English or in Chinese.", 422),
        ({"minutes": "x\x00y"}, "Null characters are not allowed.", 422),
    ],
)
def test_contact_that_cannot_be_so_is_said_and_what_was_typed_is_kept(fields, words, status, counsel):
    case = an_old_case(counsel)

    answer = reading(counsel).post(at(case, "contacts/new"), typed(case, **fields))

    assert answer.status_code == status
    assert words in main_of(answer)
    assert 'value="上海"' in main_of(answer)
    assert not Contact.objects.exists()


def test_mistake_in_a_row_is_told_above_with_a_link_to_its_field(counsel):
    case = an_old_case(counsel)

    shown = main_of(reading(counsel).post(at(case, "contacts/new"), typed(case, **{"officers-0-name": ""})))

    assert '<a href="#id_officers-0-name">Name: Name the officer.</a>' in shown


@pytest.mark.parametrize("count", ["-1", "9999999999", "x", "٣", ""])
def test_number_of_rows_that_is_none_is_the_first_number(count, counsel):
    case = an_old_case(counsel)

    answer = reading(counsel).post(at(case, "contacts/new"), typed(case, **{"officers-count": count, "subject": ""}))

    assert answer.status_code == 422
    assert answer.context["officers"].count == 2


def test_more_rows_keep_what_was_typed_and_judge_nothing(counsel):
    case = an_old_case(counsel)

    answer = reading(counsel).post(at(case, "contacts/new"), typed(case, more="officers", subject=""))

    shown = main_of(answer)
    assert answer.status_code == 200
    assert 'name="officers-3-name"' in shown
    assert 'value="李某"' in shown
    assert 'value="七日内提交报告"' in shown
    assert "There is a problem" not in shown


def test_contact_is_logged_with_both_sides_and_its_promise_becomes_a_requirement(counsel):
    case = an_old_case(counsel)

    answer = reading(counsel).post(at(case, "contacts/new"), typed(case), follow=True)

    contact = case.contacts.get()
    assert "The contact is logged." in main_of(answer)
    assert contact.held_at.isoformat() == "2025-01-03T06:30:00+00:00"
    assert [(seat.side, seat.name) for seat in contact.attendees.all()] == [
        ("authority", "李某"),
        ("party", "外聘律师"),
    ]
    assert case.requirements.get().origin == "committed"
    shown = main_of(reading(counsel).get(at(case, "contacts", contact.uid)))
    assert "沪-12" in shown
    assert "七日内提交报告" in shown


def test_only_those_named_in_the_case_are_offered_as_ours(counsel, member, outsider):
    case = an_old_case(counsel, member)
    raise_barrier(case=case, person=member, reason="conflict", by=counsel, at=EARLIER)

    shown = main_of(reading(counsel).get(at(case, "contacts/new")))

    assert counsel.uid in shown
    assert member.uid not in shown
    assert outsider.uid not in shown


# ---- Requirements ----------------------------------------------------------------------------------------------------
def test_requirement_without_a_title_is_not_added(counsel):
    case = an_old_case(counsel)

    answer = reading(counsel).post(at(case, "requirements/new"), {"clause": "加强审核", "origin": "ordered"})

    assert answer.status_code == 422
    assert "Give a title, in English or in Chinese." in main_of(answer)
    assert "加强审核" in main_of(answer)
    assert not Requirement.objects.exists()


def test_requirement_is_added_with_its_owner_and_date(counsel):
    case = an_old_case(counsel)
    typed = {"title_zh": "加强审核", "clause_language": "zh-hans", "origin": "ordered", "owner": counsel.uid,
             "due_on": "2088-01-05"}  # fmt: skip

    reading(counsel).post(at(case, "requirements/new"), typed)

    added = case.requirements.get()
    assert (added.title_zh, added.owner, added.deadline.due_on) == ("加强审核", counsel, date(2088, 1, 5))


def test_requirement_changed_by_another_meanwhile_is_not_overwritten(counsel):
    case = an_old_case(counsel)
    requirement = a_requirement(case, by=counsel, at=EARLIER)
    typed = {"title_en": "Mine", "clause_language": "zh-hans", "revision": requirement.revision - 1}

    answer = reading(counsel).post(at(case, "requirements", requirement.uid, "change"), typed)

    assert answer.status_code == 409
    assert "Somebody else has changed this since you opened it." in main_of(answer)
    assert 'value="Mine"' in main_of(answer)
    requirement.refresh_from_db()
    assert requirement.title_en == "Review the list by the hour"


def test_requirement_without_proof_cannot_be_marked_done(counsel):
    case = an_old_case(counsel)
    requirement = a_requirement(case, by=counsel, at=EARLIER)

    answer = reading(counsel).post(at(case, "requirements", requirement.uid, "done"))

    assert answer.status_code == 409
    assert "Nothing proves this yet." in main_of(answer)
    assert "Nothing was changed." in main_of(answer)


def done_by(person, case):
    requirement = a_requirement(case, by=person, at=EARLIER)
    some_evidence(case, by=person, at=EARLIER, proves=[requirement])
    return mark_requirement_done(requirement=requirement, by=person, at=EARLIER)


def test_who_marked_it_done_gets_no_button_to_sign_off_and_is_refused(counsel):
    case = an_old_case(counsel)
    requirement = done_by(counsel, case)
    reader = reading(counsel)

    shown = main_of(reader.get(at(case, "requirements", requirement.uid)))

    assert "You marked this done. Somebody else signs it off." in shown
    assert "/sign-off/" not in shown
    assert reader.post(at(case, "requirements", requirement.uid, "sign-off")).status_code == 409


def test_second_person_signs_off_and_the_page_says_who(counsel, member):
    case = an_old_case(counsel, member)
    requirement = done_by(member, case)
    reader = reading(counsel)

    assert "/sign-off/" in main_of(reader.get(at(case, "requirements", requirement.uid)))
    shown = main_of(reader.post(at(case, "requirements", requirement.uid, "sign-off"), follow=True))

    requirement.refresh_from_db()
    assert requirement.state == RequirementState.MET
    assert 'Fang Lei<span class="alt">' in shown


def test_withdrawing_takes_a_reason(counsel):
    case = an_old_case(counsel)
    requirement = a_requirement(case, by=counsel, at=EARLIER)
    url = at(case, "requirements", requirement.uid, "withdraw")

    refused = reading(counsel).post(url, {"withdraw-reason": "   "})
    reading(counsel).post(url, {"withdraw-reason": "Recorded twice."})

    assert refused.status_code == 422
    requirement.refresh_from_db()
    assert requirement.state == RequirementState.WITHDRAWN
    assert LogEntry.objects.get(verb="withdraw_requirement").reason == "Recorded twice."


def test_translation_of_a_corrected_clause_is_shown_stale(counsel):
    case = an_old_case(counsel)
    requirement = a_requirement(case, by=counsel, at=EARLIER)
    add_translation(
        record=requirement, field="clause", language="en", words="Strengthen review", made_by="human", by=counsel,
        at=EARLIER,
    )  # fmt: skip
    Requirement.objects.update(clause="切实加强榜单审核")

    shown = main_of(reading(counsel).get(at(case, "requirements", requirement.uid)))

    assert "Strengthen review" in shown
    assert "The original was corrected since" in shown
    assert "I have read it against the original" not in shown


def test_translation_into_the_language_of_the_original_is_refused(counsel):
    case = an_old_case(counsel)
    requirement = a_requirement(case, by=counsel, at=EARLIER)
    typed = {"translation-language": "zh-hans", "translation-words": "加强", "translation-made_by": "human"}

    answer = reading(counsel).post(at(case, "requirements", requirement.uid, "translate"), typed)

    assert answer.status_code == 409
    assert "The original is in this language." in main_of(answer)
    assert not Translation.objects.exists()


# ---- People ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "words", "status"),
    [
        ({"grant-person": "nobody@platform.example", "grant-reason": "x"}, "Nobody here has this address.", 422),
        ({"grant-person": "not an address", "grant-reason": "x"}, "Enter a valid email address.", 422),
        ({"grant-person": "MEMBER@platform.example", "grant-reason": " "}, "This field is required.", 422),
        ({"grant-person": "counsel@platform.example", "grant-reason": "x"}, "may know of the case already", 409),
    ],
)
def test_access_that_cannot_be_given_is_said_and_the_address_kept(typed, words, status, counsel, member):
    case = an_old_case(counsel)

    answer = reading(counsel).post(at(case, "people/grant"), typed)

    assert answer.status_code == status
    assert words in main_of(answer)
    assert f'value="{typed["grant-person"]}"' in main_of(answer)
    assert not CaseAccess.objects.filter(person=member).exists()


def test_access_is_given_through_the_last_day_where_the_authority_sits(counsel, member):
    case = an_old_case(counsel)
    typed = {"grant-person": "Member@Platform.example", "grant-reason": "ranking", "grant-until_on": "2088-12-31"}

    reading(counsel).post(at(case, "people/grant"), typed)

    assert case.accesses.get(person=member).until_at.isoformat() == "2088-12-31T16:00:00+00:00"
    assert reading(member).get(at(case)).status_code == 200


def test_access_that_ended_hides_the_case_at_once(counsel, member):
    case = an_old_case(counsel, member)
    access = case.accesses.get(person=member)

    reading(counsel).post(at(case, "people", access.uid, "end"))

    assert reading(member).get(at(case)).status_code == 404
    assert "ended" in main_of(reading(counsel).get(at(case, "people")))


def test_barrier_stands_until_it_is_lifted_and_only_counsel_hear_of_it(counsel, member, auditor):
    case = an_old_case(counsel, member, auditor)
    typed = {"barrier-person": member.email, "barrier-reason": "A relative of the officer"}

    reading(counsel).post(at(case, "people/barriers"), typed)

    assert "A relative of the officer" in main_of(reading(counsel).get(at(case, "people")))
    assert "A relative of the officer" not in main_of(reading(auditor).get(at(case, "people")))
    assert reading(member).get(at(case)).status_code == 404
    reading(counsel).post(at(case, "people/barriers", Barrier.objects.get().uid, "lift"))
    assert reading(member).get(at(case)).status_code == 200
