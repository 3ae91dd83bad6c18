"""Every date the API takes is one the calendars reach; any other is told so where it stands, and nothing breaks."""

from typing import Any

import pytest
from django.urls import get_resolver
from rest_framework import serializers

from cases.api.shapes import Asked, Day, Instant
from cases.models import Person
from tests.api_world import a_world, as_, url

pytestmark = pytest.mark.django_db
BEYOND = ("0001-01-01", "1969-12-31", "2090-01-01", "9999-12-31")


def asked(found: type[Asked] = Asked) -> list[type[Asked]]:
    return [found, *(each for child in found.__subclasses__() for each in asked(child))]


def test_every_date_that_is_asked_for_is_held_to_the_calendars() -> None:
    assert get_resolver().url_patterns  # read, so that every door has said what it asks for
    fields = [field for shape in asked() for field in shape._declared_fields.values()]
    dates = [each for each in fields if isinstance(each, (serializers.DateField, serializers.DateTimeField))]

    assert len(dates) > 30
    assert [each for each in dates if not isinstance(each, (Day, Instant))] == []


@pytest.mark.parametrize("day", BEYOND)
@pytest.mark.parametrize(
    ("door", "field", "more"),
    [
        ("deadlines/", "due_on", {"title_en": "Ours", "title_zh": ""}),
        ("deadlines/{deadlines}/override/", "due_on", {"reason": "x"}),
        ("deadlines/{deadlines}/suspend/", "from_on", {"reason": "x"}),
        ("events/", "occurred_on", {"name": "case_filed"}),
        ("notices/", "served_on", {"kind": "other"}),
    ],
)
def test_a_day_beyond_them_is_refused_where_it_stands(
    day: str, door: str, field: str, more: dict[str, Any], counsel: Person
) -> None:
    world = a_world(counsel)
    sent = {"case": world.case.reference, field: day, **more}

    answer = as_(counsel).post(url(door.format(**world.names)), sent)

    assert answer.status_code == 400
    assert answer.data["details"]["fields"][field] == ["Check the year: no calendar here reaches this day."]


def test_an_instant_beyond_them_is_refused_in_the_readers_language(counsel: Person) -> None:
    world = a_world(counsel)
    sent = {"kind": "other", "authority": world.names["authorities"], "sent_at": "9999-12-31T23:00+00:00"}

    answer = as_(counsel, "zh-hans").post(url("filings/"), {"case": world.case.reference, **sent})

    assert (answer.status_code, answer.data["details"]["fields"]["sent_at"]) == (
        400,
        ["请核对年份：没有日历覆盖该日期。"],
    )
