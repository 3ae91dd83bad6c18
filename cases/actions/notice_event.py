"""By which events a notice reaches us: its own, and those of the measures it imposes."""

from collections.abc import Collection, Mapping, Sequence

from cases.law.rulebook import book
from cases.models import LegalNature, Measure, MeasureKind, Notice, NoticeKind, Procedure

# What a notice of this kind is, as an event of its own beside those of its measures.
NOTICE_EVENT: Mapping[str, str] = {
    NoticeKind.SUMMONS: "talk_noticed",
    NoticeKind.PRIOR_NOTICE: "prior_notice_served",
    NoticeKind.HEARING_NOTICE: "hearing_noticed",
    NoticeKind.INFORMATION_REQUEST: "information_request_served",
    NoticeKind.PRESERVATION: "evidence_preserved",
    NoticeKind.FILING_NOTICE: "case_filed",
    NoticeKind.RECONSIDERATION_ACCEPTANCE: "reconsideration_accepted",
    NoticeKind.RECONSIDERATION_DECISION: "reconsideration_decision_received",
    NoticeKind.JUDGMENT: "judgment_served",
    NoticeKind.RULING: "ruling_served",
    NoticeKind.ANNOUNCEMENT: "regulator_announced",
    NoticeKind.DSA_INFORMATION_REQUEST: "dsa_information_request_served",
    NoticeKind.DSA_PRELIMINARY_FINDINGS: "preliminary_findings_received",
    NoticeKind.DSA_NON_COMPLIANCE_DECISION: "non_compliance_decision_served",
    NoticeKind.OSA_INFORMATION_NOTICE: "osa_information_notice_served",
    NoticeKind.OSA_PROVISIONAL_NOTICE: "osa_provisional_notice_served",
    NoticeKind.OSA_CONFIRMATION_DECISION: "osa_confirmation_decision_served",
}
# What dates itself by the day a paper reaches us; other events of a notice have days of their own.
BY_SERVICE = frozenset(NOTICE_EVENT.values()) - {"regulator_announced"} | {
    "hearing_right_told", "removal_order_received", "order_served", "on_the_spot_decision_served", "decision_served",
}  # fmt: skip
# Proceedings without tracks: what such a notice imposes sets the time limit of the one event the notice is.
RECORDED_AS_EVENTS = frozenset(kind for kind in NOTICE_EVENT if kind.startswith(("dsa_", "osa_")))


def named_events(notice: Notice, measures: Sequence[Measure]) -> list[tuple[str, Measure | None]]:
    """The name of each event with the measure it is about; None for the notice's own."""
    named = [(name, measure) for measure in measures if (name := measure_event(measure, notice))]
    own = own_event(notice, {name for name, _measure in named})
    return [*named, *([(own, None)] if own else [])]


def own_event(notice: Notice, named: Collection[str]) -> str | None:
    """What the measures have named already is not said again."""
    if notice.kind == NoticeKind.REMOVAL_ORDER:
        own = "removal_order_received"
        return None if own in named else own
    if notice.kind in RECORDED_AS_EVENTS and named:
        return None
    return NOTICE_EVENT.get(notice.kind)


def measure_event(measure: Measure, notice: Notice) -> str | None:
    """The event by which this measure reaches us; None where it is no act against which a clock runs."""
    if notice.kind in RECORDED_AS_EVENTS:
        return NOTICE_EVENT[notice.kind]
    if notice.kind == NoticeKind.PRIOR_NOTICE:
        told = book().started_by("hearing_right_told", notice.served_on, measure.kind, or_later=True)
        return "hearing_right_told" if told else None
    if is_removal(measure):
        return "removal_order_received"
    if measure.legal_nature == LegalNature.ORDER:
        return "order_served"
    if measure.legal_nature == LegalNature.TALK or measure.kind == MeasureKind.RESPONSIBLE_PERSONS:
        return None
    return "on_the_spot_decision_served" if measure.procedure == Procedure.SUMMARY else "decision_served"


def is_removal(measure: Measure) -> bool:
    return measure.kind == MeasureKind.REMOVAL_ORDER
