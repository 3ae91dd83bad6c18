"""An extension that was asked for and is now decided on: what must hold of it."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.models import Extension, ExtensionState

TOO_EARLY = _("It cannot be decided before the day it was asked for. Check both days.")


class AlreadyDecided(RuleBroken):
    code = "already_decided"


class DecidedBeforeAsked(RuleBroken):
    code = "decided_before_asked"


def asked(extension: Extension, *, decided_on: date) -> Extension:
    """The row, held: asked for, not decided, and on no later day than it is decided."""
    found = Extension.objects.select_for_update().get(pk=extension.pk)
    if found.state != ExtensionState.ASKED:
        raise AlreadyDecided(_("This extension was decided already."))
    if is_too_early(decided_on, found):
        raise DecidedBeforeAsked(TOO_EARLY)
    return found


def is_too_early(decided_on: date, extension: Extension) -> bool:
    return extension.asked_on is not None and decided_on < extension.asked_on
