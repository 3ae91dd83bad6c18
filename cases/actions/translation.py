"""Translations of original words: who made them, who reviewed them, and whether the original has changed since."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.actions.log import kind_of, save, write_log
from cases.actions.secrecy import LABELS, check_no_mark
from cases.models import Case, Contact, Language, Measure, Notice, Person, Requirement, Translation, TranslationBy

Translatable = Case | Notice | Measure | Contact | Requirement
# What is kept in its original words, and the field that names their language (a measure's is its notice's).
ORIGINALS: Final[Mapping[type[Translatable], Mapping[str, str]]] = {
    Case: {"allegation": "allegation_language"},
    Notice: {"original_words": "original_language"},
    Measure: {"words": ""},
    Contact: {"minutes": "minutes_language"},
    Requirement: {"clause": "clause_language"},
}


class NothingToTranslate(RuleBroken):
    code = "nothing_to_translate"


class SameLanguage(RuleBroken):
    code = "same_language"


class Stale(RuleBroken):
    code = "stale"


class AlreadyReviewed(RuleBroken):
    code = "already_reviewed"


class SecondReader(RuleBroken):
    code = "second_reader"


@transaction.atomic
def add_translation(
    *,
    record: Translatable,
    field: str,
    language: str,
    words: str,
    made_by: str,
    by: Person,
    at: datetime,
    translator: str = "",
) -> Translation:
    """Beside those before it: a better translation does not unmake an older one."""
    check_no_mark({LABELS["words"]: words})
    original = original_of(record, field)
    if not (original.strip() and words.strip()):
        raise NothingToTranslate(_("There are no words to translate, or no translation."))
    if language == language_of(record, field):
        raise SameLanguage(_("The original is in this language."))
    case = record if isinstance(record, Case) else record.case
    translation = Translation.objects.create(
        case=case,
        object_kind=kind_of(record),
        object_uid=record.uid,
        field=field,
        language=Language(language),
        words=words,
        made_by=TranslationBy(made_by),
        translator=translator,
        original_sha256=fingerprint(original),
        recorded_at=at,
        recorded_by=by,
    )
    facts = {"of": record.uid, "field": field, "language": language, "made_by": made_by}
    write_log("add_translation", translation, case=case, by=by, at=at, facts=facts)
    return translation


def original_of(record: Translatable, field: str) -> str:
    """Read afresh: the fingerprint must be of what stands, not of what a page was shown."""
    if field not in ORIGINALS[type(record)]:
        raise ValueError(f"{kind_of(record)}.{field} is not kept in original words")
    return str(type(record)._default_manager.values_list(field, flat=True).get(pk=record.pk))  # noqa: SLF001


def language_of(record: Translatable, field: str) -> str:
    name = ORIGINALS[type(record)][field]
    if isinstance(record, Measure):
        return record.notice.original_language
    return str(getattr(record, name))


def fingerprint(words: str) -> str:
    return sha256(words.encode()).hexdigest()


def is_stale(translation: Translation, record: Translatable) -> bool:
    """The original was corrected after this was made; `record` is the object it is of."""
    if (translation.object_kind, translation.object_uid) != (kind_of(record), record.uid):
        raise ValueError("The translation is of another object.")
    return translation.original_sha256 != fingerprint(str(getattr(record, translation.field)))


@transaction.atomic
def review_translation(*, translation: Translation, by: Person, at: datetime) -> Translation:
    """A second pair of eyes; a machine's work may be read by who asked the machine."""
    translation = Translation.objects.select_for_update(of=("self",)).select_related("case").get(pk=translation.pk)
    if translation.reviewed_by_id is not None:
        raise AlreadyReviewed(_("This translation was reviewed already."))
    if is_stale(translation, record_of(translation)):
        raise Stale(_("The original was corrected since. Translate it again."))
    if translation.made_by != TranslationBy.MACHINE and translation.recorded_by_id == by.pk:
        raise SecondReader(_("You recorded this translation. Somebody else reviews it."))
    translation.reviewed_by = by
    save(translation, "reviewed_by")
    facts = {"of": translation.object_uid, "field": translation.field, "language": translation.language}
    write_log("review_translation", translation, case=translation.case, by=by, at=at, facts=facts)
    return translation


def record_of(translation: Translation) -> Translatable:
    model = next(model for model in ORIGINALS if model.__name__.lower() == translation.object_kind.replace("_", ""))
    found: Translatable = model._default_manager.get(uid=translation.object_uid)  # noqa: SLF001
    return found
