"""Flagged content by people: the rules that look for it, content somebody names, its review and its disposition.

Content a rule found is our own working material until a person confirms it. What is read from lists is `hot_list`'s.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases import boards
from cases.actions import RuleBroken
from cases.actions.belonging import check_in_case, check_open, check_reason, locked_case
from cases.actions.log import save, write_log
from cases.law.taxonomy import taxonomy
from cases.models import Basis, Case, Disposition, FlaggedContent, FlaggingRule, FlagState, Notice, Person

# As wide as the columns.
SURFACE_LENGTH: Final = 80
TITLE_LENGTH: Final = 500


class EmptyRule(RuleBroken):
    code = "empty_rule"


class UnknownProvision(RuleBroken):
    code = "unknown_provision"


class AlreadyRetired(RuleBroken):
    code = "already_retired"


class AlreadyReviewed(RuleBroken):
    code = "already_reviewed"


class AlreadyFlagged(RuleBroken):
    code = "already_flagged"


class NotFlaggable(RuleBroken):
    code = "not_flaggable"


class NoDisposition(RuleBroken):
    code = "no_disposition"


# ---- Rules -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_flagging_rule(
    *,
    case: Case,
    provision: str,
    categories: Sequence[str] = (),
    words: Sequence[str] = (),
    label_en: str = "",
    label_zh: str = "",
    by: Person,
    at: datetime,
) -> FlaggingRule:
    """A row must be in one of the categories and hold one of the words; left empty, either is no condition."""
    check_open(locked_case(case))
    rule = FlaggingRule(
        case=case,
        provision=_known(provision),
        categories=_told(categories, boards.fold_category),
        words=_told(words, boards.title_key),
        label_en=label_en,
        label_zh=label_zh,
        recorded_at=at,
        recorded_by=by,
    )
    if not (rule.categories or rule.words):
        raise EmptyRule(_("A rule looks for a category or for words. Give one of them."))
    rule.save(force_insert=True)
    write_log("add_flagging_rule", rule, case=case, by=by, at=at, facts={"provision": provision})
    return rule


@transaction.atomic
def add_default_rules(*, case: Case, by: Person, at: datetime) -> tuple[FlaggingRule, ...]:
    """The rules of the taxonomy, in its order; those the case has or once had are not added again."""
    held = locked_case(case)
    check_open(held)
    known = {(rule.provision, tuple(rule.categories), tuple(rule.words)) for rule in held.flagging_rules.order_by("pk")}
    rules = [
        FlaggingRule(
            case=held,
            provision=default.provision,
            categories=_told(default.categories, boards.fold_category),
            words=_told(default.words, boards.title_key),
            label_en=default.title_en,
            label_zh=default.title_zh,
            recorded_at=at,
            recorded_by=by,
        )
        for default in taxonomy().defaults
    ]
    new = [rule for rule in rules if (rule.provision, tuple(rule.categories), tuple(rule.words)) not in known]
    added = tuple(FlaggingRule.objects.bulk_create(new))
    write_log("add_default_rules", held, case=held, by=by, at=at, facts={"rules": [rule.uid for rule in added]})
    return added


@transaction.atomic
def retire_flagging_rule(*, rule: FlaggingRule, by: Person, at: datetime) -> FlaggingRule:
    """It looks for nothing any more; what it found stays as it is until the files are read anew."""
    held = FlaggingRule.objects.select_for_update(of=("self",)).select_related("case").get(pk=rule.pk)
    check_open(held.case)
    if held.retired_at is not None:
        raise AlreadyRetired(_("This rule is retired already."))
    held.retired_at = at
    save(held, "retired_at")
    write_log("retire_flagging_rule", held, case=held.case, by=by, at=at, facts={"provision": held.provision})
    return held


def _known(provision: str) -> str:
    if provision not in {each.code for each in taxonomy().provisions}:
        raise UnknownProvision(_("There is no such provision in the taxonomy: %(code)s.") % {"code": provision})
    return provision


def _told(values: Sequence[str], fold: Callable[[str], str | None]) -> list[str]:
    """Each once, in order, folded as the rows of a list are; one that says nothing is refused, not dropped."""
    folded = [fold(value) for value in values]
    if not all(folded):
        raise EmptyRule(_("A category or word of the rule says nothing."))
    return list(dict.fromkeys(value for value in folded if value))


# ---- Content ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_flagged(
    *,
    case: Case,
    surface: str,
    title: str,
    basis: str,
    provision: str = "",
    notice: Notice | None = None,
    by: Person,
    at: datetime,
) -> FlaggedContent:
    """Content a person names. It is seen on lists by its title, whatever the rules say, from the next reading on.

    A candidate that a rule had found already takes the basis named here and keeps its sightings.
    """
    check_in_case(case, notice)
    surface, title, key = _named(surface, title)
    chosen = _basis(basis)
    code = _known(provision) if provision else ""
    held = locked_case(case)
    check_open(held)
    found = FlaggedContent.objects.filter(case=held, surface=surface, title_key=key).first()
    if found is None:
        content = FlaggedContent(case=held, surface=surface, title=title, title_key=key, recorded_at=at, recorded_by=by)
        content.basis, content.provision, content.notice = chosen, code, notice
        content.save(force_insert=True)
    else:
        content = _rebased(found, chosen, provision=code, notice=notice)
    facts = {"basis": chosen.value, "notice": notice.uid if notice else None}
    write_log("add_flagged", content, case=held, by=by, at=at, facts=facts)
    return content


@transaction.atomic
def confirm_flagged(*, flagged: FlaggedContent, reason: str = "", by: Person, at: datetime) -> FlaggedContent:
    return _review(flagged, FlagState.CONFIRMED, reason=reason, verb="confirm_flagged", by=by, at=at)


@transaction.atomic
def dismiss_flagged(*, flagged: FlaggedContent, reason: str, by: Person, at: datetime) -> FlaggedContent:
    """It leaves the figures of exposure and stays in the record, with the reason."""
    check_reason(reason)
    return _review(flagged, FlagState.DISMISSED, reason=reason, verb="dismiss_flagged", by=by, at=at)


@transaction.atomic
def set_disposition(
    *, flagged: FlaggedContent, disposition: str, disposed_at: datetime, by: Person, at: datetime
) -> FlaggedContent:
    """What was done about it on the platform, and when that was."""
    if disposition not in Disposition.values or disposition == Disposition.NONE:
        raise NoDisposition(_("Say what was done: taken down, downranked or kept."))
    if disposed_at > at:
        raise NoDisposition(_("A disposition is recorded once it is done: this time is still to come."))
    held = _locked(flagged)
    held.disposition, held.disposed_at, held.disposed_by = Disposition(disposition), disposed_at, by
    save(held, "disposition", "disposed_at", "disposed_by")
    facts = {"disposition": disposition}
    write_log("set_disposition", held, case=held.case, by=by, at=at, occurred_at=disposed_at, facts=facts)
    return held


def _named(surface: str, title: str) -> tuple[str, str, str]:
    surface, title = " ".join(surface.split()), title.strip()
    key = boards.title_key(title)[:TITLE_LENGTH]
    if not (surface and key) or len(surface) > SURFACE_LENGTH or len(title) > TITLE_LENGTH:
        raise NotFlaggable(_("Give the list and the title as it was shown, in 80 and 500 characters or fewer."))
    return surface, title, key


def _basis(basis: str) -> Basis:
    if basis not in Basis.values or basis == Basis.RULE:
        raise NotFlaggable(_("Say on what basis it is flagged: named by the authority, reported or own review."))
    return Basis(basis)


def _rebased(found: FlaggedContent, basis: Basis, *, provision: str, notice: Notice | None) -> FlaggedContent:
    if found.basis != Basis.RULE:
        raise AlreadyFlagged(_("This title is flagged already."), flagged_uid=found.uid)
    held = _locked(found)
    held.basis, held.notice, held.is_matched = basis, notice, True
    held.provision = provision or held.provision
    save(held, "basis", "notice", "is_matched", "provision")
    return held


def _locked(flagged: FlaggedContent) -> FlaggedContent:
    held = FlaggedContent.objects.select_for_update(of=("self",)).select_related("case").get(pk=flagged.pk)
    check_open(held.case)
    return held


def _review(
    flagged: FlaggedContent, state: FlagState, *, reason: str, verb: str, by: Person, at: datetime
) -> FlaggedContent:
    """A review may be changed by a later one; the history keeps both."""
    held = _locked(flagged)
    if held.state == state:
        raise AlreadyReviewed(_("This content is marked so already: %(state)s.") % {"state": state.label})
    held.state, held.review_reason, held.reviewed_at, held.reviewed_by = state, reason, at, by
    save(held, "state", "review_reason", "reviewed_at", "reviewed_by")
    write_log(verb, held, case=held.case, by=by, at=at, reason=reason)
    return held
