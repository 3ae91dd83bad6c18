"""Updates: what was said of a task or the case, never edited."""

import pytest
from django.db import DatabaseError, connection, transaction

from cases.actions.belonging import OtherCase
from cases.actions.task import NoWords, post_update
from cases.models import LogEntry, Person, Update
from tests.factories import NOW, a_case
from tests.work import a_task

pytestmark = pytest.mark.django_db


def test_an_update_keeps_words_language_and_blocker_and_moves_no_task(counsel: Person) -> None:
    case = a_case(by=counsel)
    task = a_task(case, by=counsel)

    update = post_update(
        case=case, task=task, words="榜单已下线", language="zh-hans", blocker=" vendor ", by=counsel, at=NOW
    )

    assert (update.words, update.language, update.blocker, update.posted_by) == (
        "榜单已下线",
        "zh-hans",
        "vendor",
        counsel,
    )
    task.refresh_from_db()
    assert task.state == "todo"
    assert LogEntry.objects.get(verb="post_update").facts == {"task": task.uid, "has_blocker": True}


def test_an_update_needs_words_and_a_task_of_its_case(counsel: Person) -> None:
    with pytest.raises(NoWords):
        post_update(case=a_case(by=counsel), words=" \n", by=counsel, at=NOW)
    with pytest.raises(OtherCase):
        post_update(case=a_case(by=counsel), task=a_task(a_case(by=counsel), by=counsel), words="x", by=counsel, at=NOW)
    assert not Update.objects.exists()


def test_the_database_refuses_to_edit_an_update(counsel: Person) -> None:
    update = post_update(case=a_case(by=counsel), words="done", by=counsel, at=NOW)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_update SET words = 'not done'")

    update.refresh_from_db()
    assert update.words == "done"
