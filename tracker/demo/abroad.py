"""An order from abroad in the fictional twin: received in Dublin, carried out in its hour, confirmed, the user told."""

from datetime import datetime, timedelta

from cases.actions import border, filing, notice
from cases.actions.drafts import MeasureDraft, NoticeDraft
from cases.actions.track import MoveFacts, move_track
from cases.models import Authority, Case, FilingKind, Level, Person

DUBLIN = "Europe/Dublin"
NAMES = {"name_en": "Example Irish authority (fictional)", "jurisdiction": "IE"}
REST = {"name_zh": "示例爱尔兰主管机关（虚构）", "name_zh_hant": "示例愛爾蘭主管機關（虛構）", "level": Level.NATIONAL}
# Minutes after receipt → the step taken then.
STEPS = (
    (6, "authenticated"),
    (11, "in_scope"),
    (34, "actioned"),
    (41, "confirmed_to_authority"),
    (95, "user_notified"),
)


def log_order(case: Case, *, served_at: datetime, by: Person) -> None:
    """The hour runs from receipt, whenever the order is found to be genuine."""
    acting = Authority.objects.get_or_create(
        **NAMES, named_by=None, defaults={**REST, "zone": DUBLIN, "calendar": "IE"}
    )[0]
    paper = NoticeDraft(
        kind="removal_order", authority=acting, number="EX-TCO-2", served_at=served_at, service_mode="electronic"
    )
    order = MeasureDraft(kind="removal_order", words="Remove the content at the address given, within one hour.")
    notice.log_notice(notice=paper, case=case, measures=[order], by=by, at=served_at + timedelta(minutes=3))
    track = case.tracks.get(kind="order_and_act")
    for minutes, state in STEPS:
        told = served_at + timedelta(minutes=minutes)
        facts = MoveFacts(occurred_at=told, conditions={"order_authentic": True, "disclosure_forbidden": False})
        move_track(track=track, to_state=state, mover="party", by=by, at=told, **facts)
    approve(case, acting, at=served_at + timedelta(minutes=35), by=by)
    confirm(case, acting, sent_at=served_at + timedelta(minutes=41), by=by)


def approve(case: Case, acting: Authority, *, at: datetime, by: Person) -> None:
    """A standing approval, given long before: what is kept in mainland China goes to Dublin by it."""
    draft = border.ApprovalDraft(
        authority=acting,
        organ_en="Example competent authority (fictional)",
        organ_zh="示例主管机关（虚构）",
        number="示例出境批〔虚构〕2号",
        approved_on=(at - timedelta(days=60)).date(),
        scope="Confirmations of removal, without personal data / 删除确认，不含个人信息",
    )
    border.record_export_approval(case=case, approval=draft, by=by, at=at)


def confirm(case: Case, acting: Authority, *, sent_at: datetime, by: Person) -> None:
    filing.file(
        case=case,
        kind=FilingKind.OTHER,
        authority=acting,
        sent_at=sent_at,
        zone=DUBLIN,
        deadline=case.deadlines.get(rule_id="EU-16"),
        title_en="Confirmation of the removal",
        title_zh="删除确认",
        receipt_number="EX-TCO-2/R",
        by=by,
        at=sent_at,
    )
