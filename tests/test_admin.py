"""The stock administration holds people and reference data, and nothing of the record."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import get_resolver

from cases.actions.case import grant_access
from cases.models import Authority, Leave, LogEntry, Party, Person, Role
from tests.factories import NOW, a_case, an_authority
from tests.work import a_task

pytestmark = pytest.mark.django_db
PAGES = "/en/admin/cases"


@pytest.fixture
def keeper(db: None) -> Client:
    person = Person.objects.create_superuser("keeper@platform.example", "correct horse", given_en="Keeper")
    client = Client()
    client.force_login(person)
    return client


def test_nothing_else_is_in_it() -> None:
    assert get_resolver().url_patterns  # config.urls names what the administration shows

    assert set(admin.site._registry) == {Person, Authority, Party, Leave}


def test_a_person_is_added_with_a_password_and_a_role(keeper: Client) -> None:
    sent = {
        "email": "new@platform.example", "family_zh": "周", "given_zh": "航", "role": "counsel", "language": "zh-hans",
        "zone": "Asia/Shanghai", "password1": "a long walk home", "password2": "a long walk home",
    }  # fmt: skip

    answer = keeper.post(f"{PAGES}/person/add/", sent)

    assert answer.status_code == 302, answer.text
    person = Person.objects.get(email="new@platform.example")
    assert (person.role, person.is_staff) == (Role.COUNSEL, False)
    assert person.check_password("a long walk home")


def test_a_person_is_changed_without_touching_the_password(keeper: Client, member: Person) -> None:
    sent = {"email": member.email, "family_en": "Zhou", "given_en": "Hang", "role": "executive", "language": "en",
            "zone": "UTC", "is_active": "on"}  # fmt: skip

    answer = keeper.post(f"{PAGES}/person/{member.pk}/change/", sent)

    assert answer.status_code == 302, answer.text
    member.refresh_from_db()
    assert (member.role, member.check_password("correct horse")) == (Role.EXECUTIVE, True)


def test_an_active_person_without_a_name_is_refused_in_words(keeper: Client, member: Person) -> None:
    sent = {"email": member.email, "role": "member", "language": "en", "zone": "UTC", "is_active": "on"}

    answer = keeper.post(f"{PAGES}/person/{member.pk}/change/", sent)

    assert (answer.status_code, "errorlist" in answer.text) == (200, True)


@pytest.mark.parametrize("noun", ["person", "authority", "party", "leave"])
def test_every_list_and_form_opens(noun: str, keeper: Client) -> None:
    an_authority()

    assert keeper.get(f"{PAGES}/{noun}/?q=a" if noun != "leave" else f"{PAGES}/{noun}/").status_code == 200
    assert keeper.get(f"{PAGES}/{noun}/add/").status_code == 200


def test_nobody_is_deleted(keeper: Client, member: Person) -> None:
    assert keeper.post(f"{PAGES}/person/{member.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Person.objects.filter(pk=member.pk).exists()


def test_who_is_not_staff_is_asked_to_sign_in(counsel: Person) -> None:
    client = Client()
    client.force_login(counsel)

    assert client.get(f"{PAGES}/person/").status_code == 302


def test_unticking_active_hands_over_what_they_own(keeper: Client, counsel: Person, member: Person) -> None:
    case = a_case(by=counsel)
    grant_access(case=case, person=member, reason="works on it", by=counsel, at=NOW)
    task = a_task(case, by=counsel, assignee=member)
    sent = {"email": member.email, "family_en": "Zhou", "role": "member", "language": "en", "zone": "UTC"}

    answer = keeper.post(f"{PAGES}/person/{member.pk}/change/", sent)

    assert answer.status_code == 302, answer.text
    task.refresh_from_db()
    member.refresh_from_db()
    assert (member.is_active, task.assignee) == (False, counsel)
    assert LogEntry.objects.get(verb="deactivate").reason == "In the administration."


def test_nobody_unticks_themselves(keeper: Client) -> None:
    me = Person.objects.get(email="keeper@platform.example")
    sent = {"email": me.email, "given_en": "Keeper", "role": "administrator", "language": "en", "zone": "UTC",
            "is_staff": "on", "is_superuser": "on"}  # fmt: skip

    answer = keeper.post(f"{PAGES}/person/{me.pk}/change/", sent, follow=True)

    me.refresh_from_db()
    assert me.is_active
    assert "Nobody deactivates themselves" in answer.text


@pytest.mark.parametrize("noun", ["authority", "party"])
def test_what_a_case_named_first_is_not_in_it(noun: str, keeper: Client, counsel: Person) -> None:
    kind = {"jurisdiction": "CN"} if noun == "authority" else {"kind": "legal_entity"}
    model = Authority if noun == "authority" else Party
    house = model.objects.create(name_en="Kept by the house", **kind)
    hidden = model.objects.create(name_en="Named by a case", named_by=counsel, **kind)

    shown = keeper.get(f"{PAGES}/{noun}/?q=by").content.decode()

    assert ("Kept by the house" in shown, "Named by a case" in shown) == (True, False)
    assert keeper.get(f"{PAGES}/{noun}/{house.pk}/change/").status_code == 200
    assert keeper.get(f"{PAGES}/{noun}/{hidden.pk}/change/").status_code == 302


def test_a_party_belongs_to_none_that_a_case_named_first(keeper: Client, counsel: Person) -> None:
    hidden = Party.objects.create(kind="legal_entity", name_en="Named by a case", named_by=counsel)

    answer = keeper.post(f"{PAGES}/party/add/", {"kind": "brand", "name_en": "Ours", "belongs_to": hidden.pk})

    assert answer.status_code == 200
    assert "Named by a case" not in answer.content.decode()
    assert not Party.objects.filter(name_en="Ours").exists()


def test_a_name_that_only_a_case_has_is_entered_for_the_house(keeper: Client, counsel: Person) -> None:
    Party.objects.create(kind="brand", name_en="Named by a case", named_by=counsel)

    answer = keeper.post(f"{PAGES}/party/add/", {"kind": "brand", "name_en": "Named by a case"})

    assert answer.status_code == 302
    assert Party.objects.filter(named_by__isnull=True).get().name_en == "Named by a case"
