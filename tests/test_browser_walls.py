"""What is kept apart within a case is shown and changed on a phone too, in every language and all unfolded."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from tests.browsing import PHONE, Visit, sideways
from tests.test_browser_pages import UNFOLD
from tests.test_item_walls_pages import ADVICE, put_apart, the_world

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_the_pages_of_what_is_apart_fit_a_phone(language: str, visit: Visit, counsel: Any, member: Any) -> None:
    world = the_world(counsel, member)
    put_apart(world.case, counsel)
    page, too_wide = visit(counsel, viewport=PHONE), []
    apart = world.case.evidence.get(protection_mark=ADVICE)

    for name, args in (("case_people", []), ("case_accountability", []), ("evidence", [apart.uid])):
        with translation.override(language):
            page.goto(reverse(name, args=[world.case.reference, *args]))
        page.evaluate(UNFOLD)
        too_wide += [(name, sideways(page))] if sideways(page) else []

    assert too_wide == []
