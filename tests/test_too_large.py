"""What is too long is told beside its field with all else kept; what is too large to be read at all, by a page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.models import Arrangement, Person
from tests.pages import signed_in

pytestmark = pytest.mark.django_db

THREE_MB, NINE_MB = "# x\n" * 750_000, "# x\n" * 2_300_000
LONG = {
    "en": "Longer than any year’s arrangement: 100,000 characters at most.",
    "zh-hans": "超过任何一年的放假安排的长度：最多100,000个字符。",
    "zh-hant": "超過任何一年的放假安排的長度：最多100,000個字元。",
}
LARGE = {
    "en": "What was sent is too large: 8 MB of text at most. Nothing was saved.",
    "zh-hans": "提交的内容过大：文字最多 8 MB。未保存任何内容。",
    "zh-hant": "提交的內容過大：文字最多 8 MB。未儲存任何內容。",
}


def add(language: str) -> str:
    return f"/{language}/rulebook/holidays/import/"


@pytest.mark.parametrize("language", LONG)
def test_a_pasted_text_of_three_megabytes_is_refused_beside_its_field(language: str, counsel: Person) -> None:
    answer = signed_in(counsel).post(add(language), {"text": THREE_MB, "file_name": "cn-2027.toml"})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"text": [LONG[language]]}
    assert LONG[language] in answer.text
    assert 'value="cn-2027.toml"' in answer.text
    assert answer.text.count("# x") == 750_000
    assert not Arrangement.objects.exists()


def test_a_file_of_three_megabytes_is_refused_beside_its_own(counsel: Person) -> None:
    answer = signed_in(counsel).post(add("en"), {"file": SimpleUploadedFile("cn-2027.toml", THREE_MB.encode())})

    assert answer.context["form"].errors == {"file": [LONG["en"]]}


@pytest.mark.parametrize("language", LARGE)
def test_what_is_too_large_to_be_read_is_told_on_a_page(language: str, counsel: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(counsel)
    client.get(add(language))

    answer = client.post(add(language), {"text": NINE_MB})

    assert (answer.status_code, LARGE[language] in answer.text) == (413, True)


def test_the_api_says_it_in_its_own_shape(counsel: Person) -> None:
    answer = signed_in(counsel).post("/api/v1/calendars/", {"text": NINE_MB})

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert answer.json()["message"] == LARGE["en"]


@pytest.mark.parametrize(("path", "kind"), [("/en/", "text/html"), ("/api/v1/cases/", "application/json")])
def test_a_host_that_is_not_ours_is_told_that_the_request_cannot_be_read(path: str, kind: str) -> None:
    answer = Client().get(path, headers={"host": "elsewhere.example"})

    assert (answer.status_code, "This request cannot be read." in answer.text) == (400, True)
    assert answer["Content-Type"].startswith(kind)
