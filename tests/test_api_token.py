"""The token: signing in for one, using it, ending it; guessing is slow and tells nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from knox.models import AuthToken
from rest_framework.test import APIClient

from cases.models import Person
from tests.api_world import url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unthrottled() -> Any:
    """What other tests tried counts for nobody here."""
    cache.clear()
    yield
    cache.clear()


def signed_in(**fields: Any) -> Any:
    sent = {"email": "counsel@platform.example", "password": "correct horse"}
    return APIClient(headers={"accept-language": "en"}).post(url("token/"), sent | fields)


def with_token(token: str) -> APIClient:
    return APIClient(headers={"authorization": f"Token {token}"})


def test_email_and_password_give_a_token_that_opens_the_api(counsel: Person) -> None:
    answer = signed_in()

    assert (answer.status_code, answer.data["person"]["uid"]) == (201, counsel.uid)
    assert with_token(answer.data["token"]).get(url("cases/")).status_code == 200


def test_a_token_ends_by_itself(counsel: Person) -> None:
    token = signed_in(days=1).data["token"]
    AuthToken.objects.update(expiry=AuthToken.objects.get().expiry - timedelta(days=1, seconds=1))

    assert with_token(token).get(url("cases/")).status_code == 401


def test_a_token_is_not_kept_in_words(counsel: Person) -> None:
    token = signed_in().data["token"]

    kept = AuthToken.objects.values().get()
    assert token not in map(str, kept.values())


def test_a_token_is_ended_by_who_holds_it(counsel: Person) -> None:
    token, other = signed_in().data["token"], signed_in().data["token"]

    assert with_token(token).delete(url("token/")).status_code == 204

    assert with_token(token).get(url("cases/")).status_code == 401
    assert with_token(other).get(url("cases/")).status_code == 200


def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(counsel: Person) -> None:
    wrong, unknown = signed_in(password="wrong"), signed_in(email="nobody@platform.example")

    assert (wrong.status_code, wrong.data) == (unknown.status_code, unknown.data)
    assert wrong.data["message"] == "Email and password do not match."


def test_who_has_left_gets_no_token_and_an_old_one_opens_nothing(counsel: Person) -> None:
    token = signed_in().data["token"]
    Person.objects.update(is_active=False)

    assert signed_in().status_code == 401
    assert with_token(token).get(url("cases/")).status_code == 401


def test_guessing_is_slowed_down(counsel: Person) -> None:
    answers = [signed_in(password=f"guess {number}").status_code for number in range(11)]

    assert answers == [401] * 10 + [429]


def test_a_session_without_the_token_of_the_form_changes_nothing(counsel: Person) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.login(username=counsel.email, password="correct horse")

    assert client.get(url("cases/")).status_code == 200
    assert client.post(url("cases/"), {}).status_code == 403
