"""For processes that only sweep: the tests' settings, with the one page a reminder leads to."""

from tests.settings import *  # noqa: F403

ROOT_URLCONF = "tests.watch_urls"
