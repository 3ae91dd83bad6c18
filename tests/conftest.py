"""What every test may ask for: a frozen clock, and the servers the environment does not name."""

import gc
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.utils import timezone, translation
from hypothesis import settings as examples

from cases import legislation
from cases.models import Person, Role
from tests import servers
from tests.factories import a_person

pytest_plugins = ["tests.browsing", "tests.dealing"]
STARTED = pytest.StashKey[ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    # Nothing that is loaded or collected is ever garbage; it is looked for again once all of it is there.
    gc.disable()
    # An example that a busy machine answered late is no wrong answer.
    examples.register_profile("no deadline", deadline=None)
    examples.load_profile("no deadline")
    config.stash[STARTED] = ExitStack()
    servers.start(config.stash[STARTED])
    if not hasattr(config, "workerinput"):
        servers.forget_migrated()
        config.stash[STARTED].callback(servers.forget_migrated)


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[STARTED].close()
    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


def pytest_report_header() -> list[str]:
    return servers.versions()


def pytest_collection_finish() -> None:
    """A tenth of the run went into going through the same half million lasting objects, over and over."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Emptied tables keep their triggers, so nothing need lay them anew after each test that empties them."""
    settings.PGTRIGGER_INSTALL_ON_MIGRATE = False


@pytest.fixture(autouse=True)
def _english_in_utc() -> Iterator[None]:
    """A request leaves its reader's language and zone active on the thread; the next test must not inherit them."""
    with translation.override("en"), timezone.override(UTC):
        yield


@pytest.fixture(autouse=True)
def _law_unread() -> None:
    """As a request or a job begins: no test inherits the law another one read."""
    legislation.forget()


@pytest.fixture
def now() -> datetime:
    """Thursday 24 September 2026, 09:30 in Shanghai: no test reads the real clock."""
    return datetime(2026, 9, 24, 1, 30, tzinfo=UTC)


# ---- The cast --------------------------------------------------------------------------------------------------------
@pytest.fixture
def counsel(db: None) -> Person:
    """Fang Lei, who logs the notices."""
    return a_person(
        Role.COUNSEL, email="counsel@platform.example", family_en="Fang", given_en="Lei", family_zh="方", given_zh="蕾"
    )


@pytest.fixture
def member(db: None) -> Person:
    return a_person(Role.MEMBER, email="member@platform.example")


@pytest.fixture
def executive(db: None) -> Person:
    return a_person(Role.EXECUTIVE, email="executive@platform.example", family_en="Chen", given_en="Siyuan")


@pytest.fixture
def auditor(db: None) -> Person:
    return a_person(Role.AUDITOR, email="auditor@platform.example")


@pytest.fixture
def administrator(db: None) -> Person:
    return a_person(Role.ADMINISTRATOR, email="administrator@platform.example", is_staff=True)


@pytest.fixture
def outsider(db: None) -> Person:
    """Counsel of another matter: the same role, no access."""
    return a_person(Role.COUNSEL, email="outsider@platform.example")
