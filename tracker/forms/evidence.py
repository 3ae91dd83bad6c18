"""Evidence as it is brought: files with where they come from, what they prove, and what is said in review."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.actions.drafts import EvidenceDraft
from cases.actions.proof import Provable
from cases.models import Case, Evidence, EvidenceState, Person, RequirementState, TaskState
from cases.permissions import Shown
from tracker.forms.marking import MarkField
from tracker.forms.secret import AsksSecret
from tracker.forms.typed import DayField, HourField, TypedForm, WordsField, ZoneField, instant

MOST_FILES: Final = 50
MOST_OFFERED: Final = 100
MARK: Final = "EV-"


class Files(forms.FileInput):
    """The browser's own input for many files: dropping onto it needs no script."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:  # noqa: ARG002  Django's shape
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name, [])


class FilesField(forms.FileField):
    """A list of files; an empty one is the action's to refuse, so that the others are kept."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", Files(attrs={"multiple": True}))
        super().__init__(allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        given = data if isinstance(data, (list, tuple)) else [data]
        found = [super(FilesField, self).clean(each, initial) for each in given or [None]]
        if len(found) > MOST_FILES:
            raise ValidationError(_("No more than %(n)s files at once.") % {"n": MOST_FILES}, code="too_many")
        return [each for each in found if each]


class EvidenceField(forms.CharField):
    """Evidence of the case by its number, `EV-012` or `12`: no list of all of it is sent to a page."""

    known: "QuerySet[Evidence] | None" = None

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).strip().upper().removeprefix(MARK)
        if not typed:
            return None
        found = None
        if self.known is not None and typed.isascii() and typed.isdigit() and len(typed) < 9:
            found = self.known.filter(number=int(typed)).first()
        if found is None:
            raise ValidationError(_("No evidence of this case has this number."), code="unknown_evidence")
        return found


class ProvesField(forms.ChoiceField):
    """One thing of the case that is proved: `task:uid`. The first of each kind are offered; others come by link."""

    known: "Mapping[str, QuerySet[Any]]" = {}

    def offer(self, case: Case, shown: Shown, *, also: str = "") -> None:
        self.known = {
            "requirement": case.requirements.all(),
            "task": shown(case.tasks.all()),
            "notice": case.notices.all(),
            "flagged_content": case.flagged_content.all(),
        }
        open_requirements = case.requirements.exclude(state=RequirementState.WITHDRAWN).order_by("number", "pk")
        open_tasks = self.known["task"].exclude(state=TaskState.CLOSED).order_by("number", "pk")
        groups = [
            (gettext("Requirements"), choices("requirement", open_requirements[:MOST_OFFERED])),
            (gettext("Tasks"), choices("task", open_tasks[:MOST_OFFERED])),
            (gettext("Notices"), notices(case)),
        ]
        self.choices = [("", gettext("nothing yet")), *((name, rows) for name, rows in groups if rows)]
        named = self.named(also)
        if named is not None and not self.valid_value(also):
            self.choices = [*self.choices, (also, str(named))]

    def named(self, value: str) -> Provable | None:
        kind, _colon, uid = value.partition(":")
        found: Provable | None = self.known[kind].filter(uid=uid).first() if kind in self.known else None
        return found

    def clean(self, value: Any) -> Any:
        typed = str(value or "")
        if not typed:
            return super().clean(typed) or None
        found = self.named(typed)
        if found is None:
            raise ValidationError(_("There is no such thing in this case."), code="unknown_proved")
        return found


def pieces(case: Case, shown: Shown) -> "QuerySet[Evidence]":
    return shown(case.evidence.select_related("case", "blob"))


def choices(kind: str, rows: Iterable[Any]) -> list[tuple[str, str]]:
    return [(f"{kind}:{row.uid}", f"{row.number}. {row.title_zh or row.title_en}") for row in rows]


def notices(case: Case) -> list[tuple[str, str]]:
    standing = case.notices.filter(voided_at__isnull=True).order_by("-recorded_at", "-pk")[:MOST_OFFERED]
    return [(f"notice:{row.uid}", f"{row.get_kind_display()} {row.number}".strip()) for row in standing]


class NewEvidenceForm(AsksSecret):
    file = FilesField(label=_("Files"))
    proves = ProvesField(label=_("What it proves"), required=False)
    title_zh = forms.CharField(label=_("Title in Chinese"), required=False, max_length=300)
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=300)
    source = forms.CharField(
        label=_("Where it comes from"), required=False, max_length=300,
        help_text=_("The system, the page or the person it was taken from."),
    )  # fmt: skip
    source_url = forms.URLField(label=_("Address of the page"), required=False, max_length=2000, assume_scheme="https")
    captured_on = DayField(label=_("Captured on"), help_text=_("Leave empty if the day is not known."))
    captured_hour = HourField(label=_("Hour"))
    captured_zone = ZoneField(label=_("Time zone"))
    method = forms.CharField(label=_("How it was captured"), required=False, max_length=200)
    tool = forms.CharField(label=_("Tool and version"), required=False, max_length=200)
    protection_mark = MarkField()

    def __init__(self, *args: Any, case: Case, shown: Shown, sees_advice: bool, also: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proves"].offer(case, shown, also=also)  # type: ignore[attr-defined]
        self.fields["protection_mark"].offer(sees_advice=sees_advice)  # type: ignore[attr-defined]
        self.initial.setdefault("proves", also)
        self.initial.setdefault("captured_zone", case.lead_authority.zone)
        self.fields["captured_zone"].offer(case.lead_authority.zone)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if bool(typed.get("captured_on")) != bool(typed.get("captured_hour")):
            name = "captured_hour" if typed.get("captured_on") else "captured_on"
            if name not in self.errors:
                self.add_error(name, _("A moment of capture has its day and its hour. Leave both empty if unknown."))
        return typed

    def draft(self, file: "UploadedFile[Any]", *, by: Person) -> EvidenceDraft:
        typed = self.said()
        zone = typed["captured_zone"]
        captured_at = instant(typed.pop("captured_on"), typed.pop("captured_hour"), zone)
        for name in ("file", "proves"):
            typed.pop(name)
        typed["captured_zone"] = zone if captured_at else ""
        captured_by = by if captured_at else None
        declared = file.content_type or ""
        return EvidenceDraft(**typed, media_type=declared, captured_at=captured_at, captured_by=captured_by)

    @property
    def proves_what(self) -> Sequence[Provable]:
        proved = self.cleaned_data["proves"]
        return (proved,) if proved else ()


class ProofForm(AsksSecret):
    """Proof of one task: files from this device, or evidence that is in the case already."""

    file = FilesField(label=_("Files"), required=False)
    evidence = EvidenceField(label=_("or the number of evidence in this case"), required=False, max_length=12)

    def __init__(self, *args: Any, case: Case, shown: Shown, has_proof: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_proof = has_proof
        self.fields["evidence"].known = pieces(case, shown)  # type: ignore[attr-defined]
        self.fields["evidence"].widget.attrs |= {"placeholder": f"{MARK}001", "autocomplete": "off"}

    def is_brought(self, typed: Mapping[str, Any]) -> bool:
        """Evidence that is in the case already was asked about when it came."""
        return bool(typed.get("file"))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not (typed.get("file") or typed.get("evidence") or self.has_proof or self.errors):
            self.add_error("file", _("Choose a file or name evidence of this case."))
        return typed


class LinkForm(TypedForm):
    proves = ProvesField(label=_("What it proves"))

    def __init__(self, *args: Any, case: Case, shown: Shown, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proves"].offer(case, shown)  # type: ignore[attr-defined]


class SupersedeForm(TypedForm):
    by_evidence = EvidenceField(label=_("Number of the better copy"), max_length=12)
    reason = WordsField(label=_("Why"), rows=2, required=True, max_length=2000)

    def __init__(self, *args: Any, case: Case, shown: Shown, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by_evidence"].known = pieces(case, shown)  # type: ignore[attr-defined]


class HoldForm(TypedForm):
    scope = WordsField(label=_("What must not be destroyed"), rows=2, required=True, max_length=2000)
    reason = WordsField(label=_("Why"), rows=2, required=True, max_length=2000)


class EvidenceFilterForm(TypedForm):
    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *EvidenceState.choices], required=False)

    def filters(self) -> dict[str, str]:
        """What is not on offer narrows nothing."""
        self.is_valid()
        return {"state": self.cleaned_data.get("state", "")}
