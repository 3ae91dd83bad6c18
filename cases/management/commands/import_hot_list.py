"""`import_hot_list FILE --case REF`: reads a captured hot list into a case and says what came of it. A door."""

import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions import RuleBroken
from cases.actions.hot_list import WHY_REJECTED, Imported, figures, import_hot_list
from cases.models import Case, Import, Person
from cases.permissions import can, cases_visible_to

# What the boards call such a list; --surface tells several lists of one case apart.
SURFACE: Final = "热搜榜"


class Command(BaseCommand):
    help = "Read a captured hot list (CSV, gzipped CSV or JSON lines) into a case: evidence, captures, candidates."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--case", metavar="REF", required=True, help="the reference of the case, or its uid")
        parser.add_argument("--surface", metavar="NAME", default=SURFACE, help="the list it is; default: %(default)s")
        by = "who imports; without it the lead counsel signs, and output and log say so"
        parser.add_argument("--by", metavar="EMAIL", help=by)

    def handle(self, *_args: Any, **options: Any) -> None:
        began, at = time.monotonic(), timezone.now()
        case = self._case(options["case"])
        by, why = (self._person(options["by"], case), "") if options["by"] else self._signed_for(case)
        asked = {"case": case, "surface": options["surface"], "by": by, "at": at, "reason": why}
        imported = self._imported(options["file"], clock=timezone.now, **asked)
        for line in told(imported, seconds=time.monotonic() - began):
            self.stdout.write(line)
        if why and not imported.is_repeat:
            self.stdout.write(_("Signed as %(person)s. %(why)s") % {"person": by, "why": why})

    def _case(self, reference: str) -> Case:
        found = Case.objects.filter(reference=reference).first() or Case.objects.filter(uid=reference).first()
        if found is None:
            raise CommandError(_("There is no case %(reference)s.") % {"reference": reference})
        return found

    def _signed_for(self, case: Case) -> tuple[Person, str]:
        """A name that nobody gave must be one the case itself names; and that nobody gave it is said."""
        if case.lead_counsel and can(case.lead_counsel, "import_hot_list"):
            return case.lead_counsel, _("Nobody was named with --by: signed on behalf of the case’s lead counsel.")
        if can(case.recorded_by, "import_hot_list"):
            return case.recorded_by, _("Nobody was named with --by: signed on behalf of the one who opened the case.")
        raise CommandError(_("The case names nobody to sign for. Say who imports: --by EMAIL."))

    def _person(self, email: str, case: Case) -> Person:
        person = Person.objects.filter(email__iexact=email).first()
        known = cases_visible_to(person, at=timezone.now()).filter(pk=case.pk) if person else None
        if person is None or known is None or not known.exists() or not can(person, "import_hot_list"):
            raise CommandError(_("%(email)s may not import into this case.") % {"email": email})
        return person

    def _imported(self, path: Path, **asked: Any) -> Imported:
        try:
            with path.open("rb") as file:
                return import_hot_list(file=file, filename=path.name, **asked)
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be read: %(why)s.") % {"file": path.name, "why": error.strerror}
            ) from error
        except RuleBroken as error:
            detail = error.details.get("detail")
            raise CommandError(f"{error} ({detail})" if detail else str(error)) from error


def told(imported: Imported, *, seconds: float) -> Iterator[str]:
    record = imported.record
    if imported.is_repeat:
        yield _(
            "Nothing added: this file is in the case already, as %(evidence)s, read by import %(import)s on %(day)s."
        ) % {"evidence": record.evidence, "import": record.uid, "day": f"{record.recorded_at:%Y-%m-%d}"}
        return
    yield from counts(record)
    yield from rejected(record)
    yield from conflicts(record)
    yield _("%(seconds).1f seconds.") % {"seconds": seconds}


def counts(record: Import) -> Iterator[str]:
    yield _("Import %(import)s of %(evidence)s:") % {"import": record.uid, "evidence": record.evidence}
    yield _(
        "%(rows_read)d rows read = %(rows_matched)d matched + %(rows_unmatched)d unmatched"
        " + %(rows_rejected)d rejected."
    ) % figures(record)
    yield _("%(captures_added)d captures and %(candidates_added)d candidates added.") % figures(record)


def rejected(record: Import) -> Iterator[str]:
    for row in record.rejected:
        why = WHY_REJECTED.get(row["reason"], row["reason"])
        yield _("Rejected, line %(line)d: %(why)s %(detail)s") % {**row, "why": why}
    if record.rows_rejected > len(record.rejected):
        yield _("… and %(more)d more rejected rows.") % {"more": record.rows_rejected - len(record.rejected)}


def conflicts(record: Import) -> Iterator[str]:
    for hour in record.conflicts:
        yield _("Conflict: the hour %(captured_at)s stands from import %(import)s.") % hour
