"""A move of a track: the authority's as it happened, or one of ours, with what is known of the law's conditions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.law import tracks
from cases.models import Mover, Notice, Track
from cases.working import in_language
from tracker.forms.intake import ANSWERS, SAID
from tracker.forms.requirement import NoticeField
from tracker.forms.typed import DayField, HourField, TypedForm, WordsField, ZoneField, instant

ASKED = "asked_"


class MoveForm(TypedForm):
    mover = forms.ChoiceField(label=_("Whose move"), choices=Mover.choices)
    to_state = forms.ChoiceField(label=_("It came to"))
    occurred_on = DayField(label=_("On"), help_text=_("By the law’s time. Leave empty if the day is not known."))
    occurred_time = HourField(label=_("Hour"))
    zone = ZoneField(label=_("Time zone"))
    document = NoticeField(
        Notice.objects.none(), label=_("By which document"), required=False, to_field_name="uid", empty_label=_("none")
    )
    capacity = forms.CharField(label=_("Acting as"), required=False, max_length=120)
    reason = WordsField(label=_("Reason"), rows=2, max_length=2000)

    def __init__(self, *args: Any, track: Track, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.track = track
        self.fields["to_state"].choices = list(states_from(track))  # type: ignore[attr-defined]
        self.fields["document"].queryset = track.case.notices.filter(voided_at__isnull=True)  # type: ignore[attr-defined]
        self.initial.setdefault("zone", track.case.lead_authority.zone)
        for asked in tracks.conditions(track.kind):
            self.fields[ASKED + asked.code] = forms.ChoiceField(
                label=in_language(asked, "question"), help_text=in_language(asked, "article"), required=False,
                choices=ANSWERS,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("occurred_time") and not typed.get("occurred_on"):
            self.add_error("occurred_on", _("An hour needs its day."))
        return typed

    @property
    def facts_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if not name.startswith(ASKED)]

    @property
    def asked_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith(ASKED)]

    def given(self) -> dict[str, Any]:
        """The action's own keywords."""
        typed = dict(self.cleaned_data)
        told = {name: typed.pop(name) for name in list(typed) if name.startswith(ASKED)}
        hour = typed.pop("occurred_time")
        return {
            **typed,
            "occurred_at": instant(typed["occurred_on"], hour, typed["zone"]),
            "conditions": {name.removeprefix(ASKED): SAID[answer] for name, answer in told.items() if answer},
        }


def states_from(track: Track) -> "list[tuple[str, Any]]":
    """What the law expects next first, then every other state: the authority may come to any. A track that has ended
    goes on only as the law's table says.
    """
    ahead = list(dict.fromkeys(way.to_state for way in tracks.moves_from(track.kind, track.state)))
    others = [each.code for each in tracks.states(track.kind) if each.code not in {*ahead, track.state}]

    def named(codes: list[str]) -> list[tuple[str, str]]:
        return [(code, in_language(tracks.state(track.kind, code), "title")) for code in codes]

    if tracks.is_terminal(track.kind, track.state):
        return [*named(ahead)]
    groups = ((str(_("expected next")), ahead), (str(_("others")), others))
    return [(group, named(codes)) for group, codes in groups if codes]
