"""`import_arrangement FILE`: lays a year's arrangement over its calendar and lists the dates it moves. A door."""

import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions import RuleBroken
from cases.actions.arrangement import Imported, import_arrangement, text_of
from cases.models import Arrangement, Person, Role, VersionStatus
from cases.permissions import can

NO_DATE: Final = "–"


class Command(BaseCommand):
    help = "Import a year's holiday arrangement (TOML); the open dates it moves are proposed, for counsel to confirm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--by", metavar="EMAIL", help="who imports; default: the first administrator")

    def handle(self, *_args: Any, **options: Any) -> None:
        began, by = time.monotonic(), self._person(options["by"])
        done = self._imported(options["file"], by)
        for line in told(done, seconds=time.monotonic() - began):
            self.stdout.write(line)

    def _person(self, email: str | None) -> Person:
        active = Person.objects.active()
        named = active.filter(email__iexact=email) if email else active.filter(role=Role.ADMINISTRATOR).order_by("pk")
        person = named.first()
        if person is None and email is None:
            raise CommandError(_("There is no administrator here: say who imports with --by."))
        if person is None or not can(person, "import_arrangement"):
            raise CommandError(_("%(email)s may not import an arrangement.") % {"email": email})
        return person

    def _imported(self, path: Path, by: Person) -> Imported:
        try:
            text = text_of(path.read_bytes(), file_name=path.name)
            return import_arrangement(text=text, file_name=path.name, by=by, at=timezone.now())
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be read: %(why)s.") % {"file": path.name, "why": error.strerror}
            ) from error
        except RuleBroken as error:
            raise CommandError(str(error)) from error


def told(done: Imported, *, seconds: float) -> Iterator[str]:
    facts = {"version": done.arrangement.version, "source": done.arrangement.source}
    if done.arrangement.is_fictional:
        yield _("%(version)s is imported: an INVENTED arrangement (%(source)s).") % facts
    else:
        yield _("%(version)s is imported: %(source)s.") % facts
    counts = {"moved": done.tally.moved, "settled": done.tally.settled}
    yield _("Proposed new dates: %(moved)d. Dates that stay and are worked out anew: %(settled)d.") % counts
    yield from moved(done.arrangement)
    yield _("%(seconds).1f seconds.") % {"seconds": seconds}


def moved(arrangement: Arrangement) -> Iterator[str]:
    """One line a deadline, old → new; by reference and rule, without titles."""
    proposed = arrangement.versions.filter(status=VersionStatus.PROPOSED).order_by("pk")
    rows = proposed.values_list(
        "deadline__case__reference", "deadline__rule_id", "deadline__uid", "instead_of__due_on", "due_on"
    )
    for reference, rule, uid, old, new in rows.iterator(chunk_size=2000):
        yield f"{reference}  {rule}  {uid}  {old or NO_DATE} → {new or NO_DATE}"
