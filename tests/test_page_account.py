"""Signing in and out, and what people set for themselves."""

from datetime import date

import pytest
from django.urls import reverse
from knox.models import AuthToken

from cases.models import Leave, LogEntry
from tests.rooms import main_of, reading

ACCOUNT = "/en/account/"
SETTINGS = {"language": "zh-hans", "zone": "Europe/Dublin", "quiet_from": "22:00", "quiet_until": "07:30"}


def sign_in(client, email, password="correct horse", **query):
    return client.post("/en/login/", {"username": email, "password": password, **query})


# ---- In and out ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("email", ["counsel@platform.example", "COUNSEL@platform.example"])
def test_sign_in_leads_to_the_desk(client, counsel, email):
    assert sign_in(client, email).url == "/en/"


def test_executive_lands_on_the_portfolio(client, executive):
    assert sign_in(client, executive.email).url == reverse("status_portfolio")


def test_sign_in_returns_to_the_page_that_was_asked_for(client, counsel):
    assert sign_in(client, counsel.email, next="/en/cases/?status=open").url == "/en/cases/?status=open"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_sign_in_leads_nowhere_else(client, counsel, elsewhere):
    assert sign_in(client, counsel.email, next=elsewhere).url == "/en/"


@pytest.mark.parametrize("password", ["wrong", "", "correct horse "])
def test_wrong_password_is_told_and_the_address_kept(client, counsel, password):
    answer = sign_in(client, counsel.email, password)

    assert answer.status_code == 422
    assert "There is a problem" in main_of(answer)
    assert 'value="counsel@platform.example"' in main_of(answer)
    assert "correct horse" not in main_of(answer)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_demonstration_shows_its_addresses_and_where_the_password_is_but_never_it(client, settings, tmp_path, language):
    settings.EMBEDDED, settings.DATA_DIR = True, tmp_path
    lines = [f"{role}: {role.lower()}@casebook.example  password: s3cretW0rd\n" for role in ("Counsel", "Executive")]
    (tmp_path / "demo-accounts.txt").write_text("".join(lines))

    shown = client.get(f"/{language}/login/").text

    assert "<li>counsel@casebook.example</li><li>executive@casebook.example</li>" in shown
    assert "demo-accounts.txt" in shown
    assert "s3cretW0rd" not in shown
    assert str(tmp_path) not in shown


@pytest.mark.parametrize(("embedded", "written"), [(False, True), (True, False)])
def test_only_an_embedded_demonstration_shows_addresses(client, settings, tmp_path, embedded, written):
    settings.EMBEDDED, settings.DATA_DIR = embedded, tmp_path
    if written:
        (tmp_path / "demo-accounts.txt").write_text("Counsel: counsel@casebook.example  password: s3cretW0rd\n")

    shown = client.get("/en/login/").text

    assert "casebook.example" not in shown
    assert "Demonstration accounts" not in shown


def test_person_who_left_cannot_sign_in(client, counsel):
    type(counsel).objects.update(is_active=False)

    assert sign_in(client, counsel.email).status_code == 422


def test_signing_out_takes_a_post_and_ends_the_session(counsel):
    reader = reading(counsel)

    assert reader.get("/en/logout/").status_code == 405
    assert reader.post("/en/logout/").url == "/en/login/"
    assert reader.get("/en/").url == "/en/login/?next=/en/"


# ---- Settings --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"quiet_until": ""}, "Quiet hours need both ends."),
        ({"quiet_from": "25:00"}, "Enter a valid time."),
        ({"zone": "Mars/Olympus"}, "Select a valid choice."),
        ({"language": "tlh"}, "Select a valid choice."),
    ],
)
def test_setting_that_cannot_be_is_said_and_nothing_kept(counsel, fields, words):
    answer = reading(counsel).post(ACCOUNT + "settings/", SETTINGS | fields)

    assert answer.status_code == 422
    assert words in main_of(answer)
    counsel.refresh_from_db()
    assert (counsel.zone, counsel.language) == ("Asia/Shanghai", "en")


def test_settings_are_kept_and_written_down_once(counsel):
    reading(counsel).post(ACCOUNT + "settings/", SETTINGS | {"keys_off": "on"})

    counsel.refresh_from_db()
    assert (counsel.zone, counsel.language, counsel.keys_off) == ("Europe/Dublin", "zh-hans", True)
    assert LogEntry.objects.get().facts == {"fields": ["keys_off", "language", "quiet_from", "quiet_until", "zone"]}


def test_keys_that_are_off_are_off_on_every_page(counsel):
    reader = reading(counsel)

    assert 'data-keys="off"' not in reader.get("/en/cases/").text
    reader.post(ACCOUNT + "settings/", SETTINGS | {"keys_off": "on"})
    assert 'data-keys="off"' in reader.get("/en/cases/").text


def test_role_and_name_are_not_set_by_oneself(member):
    reading(member).post(ACCOUNT + "settings/", SETTINGS | {"role": "counsel", "is_staff": "on", "family_en": "Fang"})

    member.refresh_from_db()
    assert (member.role, member.is_staff, member.family_en) == ("member", False, "Zhou")


# ---- Leave -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "words", "status"),
    [
        ({"leave-until_on": "2088-01-01"}, "The last day comes before the first.", 409),
        ({"leave-from_on": "2001-01-01", "leave-until_on": "2001-01-05"}, "This leave is over already.", 409),
        ({"leave-stand_in": "counsel@platform.example"}, "Nobody stands in for themselves.", 409),
        ({"leave-stand_in": "nobody@platform.example"}, "Nobody here has this address.", 422),
        ({"leave-from_on": ""}, "This field is required.", 422),
    ],
)
def test_leave_that_cannot_be_is_said(counsel, fields, words, status):
    typed = {"leave-from_on": "2088-02-02", "leave-until_on": "2088-02-06", "leave-stand_in": ""}

    answer = reading(counsel).post(ACCOUNT + "leave/", typed | fields)

    assert answer.status_code == status
    assert words in main_of(answer)
    assert not Leave.objects.exists()


def test_leave_is_recorded_with_its_stand_in_and_not_twice(counsel, member):
    typed = {"leave-from_on": "2088-02-02", "leave-until_on": "2088-02-06", "leave-stand_in": member.email}
    reader = reading(counsel)

    shown = main_of(reader.post(ACCOUNT + "leave/", typed, follow=True))
    again = reader.post(ACCOUNT + "leave/", typed | {"leave-from_on": "2088-02-06", "leave-until_on": "2088-02-09"})

    assert "Mon 2 Feb 2088" in shown
    assert (Leave.objects.get().stand_in, Leave.objects.get().until_on) == (member, date(2088, 2, 6))
    assert again.status_code == 409


def test_leave_not_begun_is_taken_off_and_only_by_its_person(counsel, member):
    leave = Leave.objects.create(person=counsel, from_on=date(2088, 2, 2), until_on=date(2088, 2, 6))

    assert reading(member).post(f"{ACCOUNT}leave/{leave.uid}/end/").status_code == 404
    reading(counsel).post(f"{ACCOUNT}leave/{leave.uid}/end/")

    assert not Leave.objects.exists()
    assert LogEntry.objects.get(verb="end_leave").facts == {"from_on": "2088-02-02", "until_on": "2088-02-06"}


def test_leave_that_has_begun_keeps_the_days_that_were_taken(counsel):
    leave = Leave.objects.create(person=counsel, from_on=date(2025, 1, 6), until_on=date(2088, 2, 6))

    reading(counsel).post(f"{ACCOUNT}leave/{leave.uid}/end/")

    leave.refresh_from_db()
    assert date(2025, 1, 6) <= leave.until_on < date(2088, 1, 1)


# ---- Tokens and password ---------------------------------------------------------------------------------------------
def test_token_is_shown_once_and_opens_the_api(counsel, client):
    reader = reading(counsel)

    answer = reader.post(ACCOUNT + "tokens/", {"token-days": "30"})

    token = answer.context["token"]
    assert token in main_of(answer)
    assert answer["Cache-Control"] == "private, no-store"
    assert token not in reader.get(ACCOUNT).text
    assert client.get("/api/v1/cases/", headers={"Authorization": f"Token {token}"}).status_code == 200


def test_revoked_token_opens_nothing(counsel, client):
    reader = reading(counsel)
    token = reader.post(ACCOUNT + "tokens/", {"token-days": "30"}).context["token"]

    reader.post(f"{ACCOUNT}tokens/{AuthToken.objects.get().token_key}/revoke/")

    assert client.get("/api/v1/cases/", headers={"Authorization": f"Token {token}"}).status_code == 401


def test_token_of_another_is_not_revoked(counsel, member):
    reading(counsel).post(ACCOUNT + "tokens/", {"token-days": "30"})

    answer = reading(member).post(f"{ACCOUNT}tokens/{AuthToken.objects.get().token_key}/revoke/")

    assert answer.status_code == 404
    assert AuthToken.objects.filter(user=counsel).exists()


def test_token_that_is_not_there_is_not_said_to_be_revoked(counsel):
    reader = reading(counsel)
    reader.post(ACCOUNT + "tokens/", {"token-days": "30"})
    address = f"{ACCOUNT}tokens/{AuthToken.objects.get().token_key}/revoke/"

    assert [reader.post(address).status_code for _time in range(2)] == [302, 404]
    assert LogEntry.objects.filter(verb="revoke_token").count() == 1


@pytest.mark.parametrize("days", ["", "0", "99999", "x"])
def test_token_is_good_for_the_spans_on_offer_only(counsel, days):
    assert reading(counsel).post(ACCOUNT + "tokens/", {"token-days": days}).status_code == 422
    assert not AuthToken.objects.exists()


def test_eleventh_token_is_refused(counsel):
    reader = reading(counsel)
    for _ in range(10):
        reader.post(ACCOUNT + "tokens/", {"token-days": "30"})

    answer = reader.post(ACCOUNT + "tokens/", {"token-days": "30"})

    assert answer.status_code == 409
    assert AuthToken.objects.count() == 10


def test_password_is_changed_with_the_old_one_and_other_sessions_end(counsel):
    here, elsewhere = reading(counsel), reading(counsel)
    typed = {"old_password": "correct horse", "new_password1": "battery staple 9", "new_password2": "battery staple 9"}

    refused = here.post(ACCOUNT + "password/", typed | {"old_password": "wrong"})
    here.post(ACCOUNT + "password/", typed)

    assert refused.status_code == 422
    counsel.refresh_from_db()
    assert counsel.check_password("battery staple 9")
    assert here.get("/en/").status_code == 200
    assert elsewhere.get("/en/").status_code == 302
    assert LogEntry.objects.get().verb == "change_password"


def test_every_role_may_set_its_account(counsel, member, executive, auditor, administrator):
    for person in (counsel, member, executive, auditor, administrator):
        assert person.email in main_of(reading(person).get(ACCOUNT))


def test_anonymous_has_no_account(client):
    assert client.get(ACCOUNT).url == "/en/login/?next=/en/account/"
    assert client.post(ACCOUNT + "tokens/").url == "/en/login/?next=/en/account/tokens/"
