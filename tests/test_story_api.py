"""The main job by the API alone: docs/story.py, as a newcomer runs it, against a live server."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cases.models import Case, CaseState, Deadline, LogEntry, Outcome, Person
from tests.factories import a_party, an_authority

STORY = Path(__file__).parent.parent / "docs" / "story.py"


def tell(server, **environment) -> subprocess.CompletedProcess[str]:
    known = {"BASE": server.url, "EMAIL": "counsel@platform.example", "PASSWORD": "correct horse"}
    clean = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, STORY],
        env=clean | known | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.django_db(transaction=True)
def test_the_story_is_told_by_the_api_alone(live_server, counsel: Person) -> None:
    an_authority()
    a_party()

    told = tell(live_server)

    assert (told.returncode, told.stderr) == (0, "")
    case = Case.objects.get()
    assert (case.state, case.is_fictional) == (CaseState.CLOSED, True)
    assert Deadline.objects.get(case=case, kind="ordered").outcome == Outcome.MET
    verbs = list(LogEntry.objects.filter(case=case).order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "log_notice", "record_service", "form_task_force", "add_task", "start_task", "take_in", "complete_task",
        "mark_requirement_done", "take_in", "file", "waive_deadline", "waive_deadline", "move_track", "move_track",
        "move_track", "close_case",
    ]  # fmt: skip
    assert "Cannot be worked out" in told.stdout


@pytest.mark.django_db(transaction=True)
def test_the_story_stops_at_the_first_wrong_answer(live_server, counsel: Person) -> None:
    told = tell(live_server, PASSWORD="wrong")

    assert told.returncode == 1
    assert "answered 401" in told.stderr
