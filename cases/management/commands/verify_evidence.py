"""Reads evidence again: which bytes or custody chains are not what they were, and what the store holds beside."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from django.utils import timezone

from cases.actions.custody import chain_fault
from cases.actions.evidence import verify_evidence
from cases.actions.received import StoreUnreachable, the_store
from cases.custody import store
from cases.models import Blob, Evidence, Person, Role

BATCH = 500


class Command(BaseCommand):
    help = "Reads evidence again: its bytes against their SHA-256, its custody chain link by link. Exit 1 on a fault."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("evidence", nargs="*", metavar="UID", help="only these; otherwise everything")
        parser.add_argument("--case", metavar="REF", help="only the evidence of this case")
        parser.add_argument("--by", metavar="EMAIL", help="who verifies; otherwise the first administrator")

    def handle(self, **options: Any) -> None:
        by = verifier(options["by"])
        chosen = choose(options["evidence"], options["case"])
        try:
            faults = sum(self.examine(evidence, by=by) for evidence in chosen.iterator(chunk_size=BATCH))
            beside = self.say_beside() if not (options["evidence"] or options["case"]) else 0
        except (StoreUnreachable, store.Unreachable) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{chosen.count()} verified, {faults} faulty, {beside} in the store beside them.")
        if faults:
            raise CommandError(f"{faults} of the evidence is not what was taken in.")

    def examine(self, evidence: Evidence, *, by: Person) -> bool:
        """The chain before the bytes: verifying appends to it."""
        fault = chain_fault(evidence)
        is_sound = verify_evidence(evidence=evidence, by=by, at=timezone.now())
        name = f"{evidence.case} {evidence} {evidence.uid}"
        if fault:
            self.stderr.write(f"{name}: custody {fault.kind} at entry {fault.number}: {fault.detail}")
        if not is_sound:
            self.stderr.write(f"{name}: the bytes are not those taken in ({evidence.blob.sha256})")
        return fault is not None or not is_sound

    def say_beside(self) -> int:
        """Reported, never removed: an upload may be under way."""
        found = 0
        for line in beside():
            found += 1
            self.stdout.write(line)
        return found


def verifier(email: str | None) -> Person:
    people = Person.objects.active()
    chosen = people.filter(email__iexact=email) if email else people.filter(role=Role.ADMINISTRATOR)
    found = chosen.order_by("pk").first()
    if found is None:
        raise CommandError("Name who verifies: --by EMAIL of an active person.")
    return found


def choose(uids: list[str], reference: str | None) -> "QuerySet[Evidence]":
    chosen = Evidence.objects.select_related("blob", "case").order_by("pk")
    if reference:
        chosen = chosen.filter(case__reference=reference)
    if uids:
        chosen = chosen.filter(uid__in=uids)
    if (uids or reference) and chosen.count() < max(len(set(uids)), 1):
        raise CommandError("No such evidence, or not all of it.")
    return chosen


def beside() -> Iterator[str]:
    """Bytes that no evidence is made of, and uploads that were never finished."""
    batch: list[str] = []
    bytes_there = the_store()
    for name in bytes_there.hashes():
        batch.append(name)
        if len(batch) == BATCH:
            yield from orphans(batch)
            batch = []
    yield from orphans(batch)
    for leftover in bytes_there.leftovers():
        yield f"unfinished upload: {leftover.name}, {leftover.size} bytes, begun {leftover.began_at:%Y-%m-%d %H:%M}Z"


def orphans(names: list[str]) -> Iterator[str]:
    known = set(Blob.objects.filter(sha256__in=names, evidence__isnull=False).values_list("sha256", flat=True))
    for name in names:
        if name not in known:
            yield f"bytes of no evidence: {name}"
