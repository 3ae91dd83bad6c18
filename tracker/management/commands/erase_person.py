"""`manage.py erase_person UID --reason … --basis …`: takes a person's names and address out of everything kept here."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions import RuleBroken
from cases.models import Party, Person, Role
from cases.permissions import Forbidden, check_can
from tracker.erasing import Gone, erase_natural_person, erase_person


class Command(BaseCommand):
    help = "Erases a deactivated person, or a natural person who was a party, by uid. It cannot be undone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("uid")
        parser.add_argument("--reason", required=True, help="why: who asked for it and when")
        parser.add_argument("--basis", required=True, help="the provision it rests on: PIPL art. 47, GDPR art. 17")
        parser.add_argument(
            "--by", metavar="EMAIL", default="", help="the administrator who answers for it, if there are several"
        )

    def handle(self, *_args: Any, uid: str, by: str, **options: Any) -> None:
        said = {"reason": options["reason"], "basis": options["basis"], "by": self.keeper(by), "at": timezone.now()}
        try:
            gone = self.erase(uid, said)
        except RuleBroken as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            _("Erased: %(rows)d rows, %(briefings)d briefings, %(letters)d letters.")
            % {"rows": gone.rows, "briefings": gone.briefings, "letters": gone.letters}
        )
        if gone.is_shared:
            self.stdout.write(_("Somebody else bears this name: running text was left as it is. Read it through."))

    def keeper(self, email: str) -> Person:
        if not email:
            return self.only_keeper()
        person = Person.objects.active().filter(email__iexact=email).first()
        if person is None:
            raise CommandError(_("Nobody here has this address."))
        try:
            check_can(person, "keep_people")
        except Forbidden as refusal:
            raise CommandError(str(refusal)) from refusal
        return person

    def only_keeper(self) -> Person:
        found = list(Person.objects.active().filter(role=Role.ADMINISTRATOR).order_by("pk")[:2])
        if len(found) != 1:
            raise CommandError(_("Say with --by which administrator answers for it."))
        return found[0]

    def erase(self, uid: str, said: dict[str, Any]) -> Gone:
        if person := Person.objects.filter(uid=uid).first():
            return erase_person(person=person, **said)
        if party := Party.objects.filter(uid=uid).first():
            return erase_natural_person(party=party, **said)
        raise CommandError(_("There is nobody with this uid."))
