"""The fictional twin: an invented incident dated around today, so that every kind of clock runs, every page is full."""

import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction

from cases.actions import (
    contact,
    event,
    evidence,
    filing,
    flagged,
    hold,
    hot_list,
    notice,
    requirement,
    task,
    taskforce,
)
from cases.actions import deadline as deadlines
from cases.actions import track as tracks
from cases.actions.drafts import CaseDraft, EvidenceDraft, MeasureDraft, NoticeDraft, RequirementDraft
from cases.legislation import in_force
from cases.models import Authority, Case, Evidence, FlaggedContent, Notice, Person, Requirement, Task
from tracker.demo import abroad, board
from tracker.demo.people import CAC, SHANGHAI, Cast, authority, brand
from tracker.demo.plan import MINUTES, PLAN, RECTIFICATION_WORDS, TITLES, UPDATES, Planned, Step

ZONE = ZoneInfo("Asia/Shanghai")
REFERENCE = "DEMO-FICTIONAL-TWIN"


@dataclass(frozen=True)
class Days:
    """Literal days would grow stale; these are counted back from today, on working days where people work."""

    now: datetime

    def day(self, ago: int) -> date:
        return self.now.astimezone(ZONE).date() - timedelta(days=ago)

    def working(self, ago: int) -> date:
        """The working day on or before so many days ago."""
        return in_force().calendar("CN").last_working_on_or_before(self.day(ago))

    def at(self, ago: int, hour: int = 10) -> datetime:
        """An instant of that working day, never later than now."""
        return min(datetime.combine(self.working(ago), time(hour), ZONE), self.now)

    def later(self, days: int) -> date:
        return in_force().calendar("CN").next_working_on_or_after(self.day(-days))


@transaction.atomic
def log_twin(*, cast: Cast, now: datetime) -> Case | None:
    """None where it is there already: people may have changed it since."""
    if Case.objects.filter(reference=REFERENCE).exists():
        return None
    days = Days(now)
    case = log_intake(cast, days)
    form(case, cast, days)
    work(case, cast, days)
    watch_the_list(case, cast, days)
    run_the_other_clocks(case, cast, days)
    abroad.log_order(case, served_at=days.at(3, hour=11), by=cast.counsel)
    file_reports(case, cast, days)
    return case


# ---- What was served -------------------------------------------------------------------------------------------------
def log_intake(cast: Cast, days: Days) -> Case:
    acting, national = authority(SHANGHAI), authority(CAC)
    title_en, title_zh, title_zh_hant = TITLES
    draft = CaseDraft(
        reference=REFERENCE,
        party=brand("Example Platform (fictional)", "示例平台（虚构）", "示例平台（虛構）", seat="Shanghai", traits=[]),
        lead_authority=acting,
        title_en=title_en,
        title_zh=title_zh,
        title_zh_hant=title_zh_hant,
        allegation=RECTIFICATION_WORDS,
        allegation_language="zh-hans",
        announced_on=days.working(19),
        lead_counsel=cast.counsel,
        is_open_to_staff=True,
        is_fictional=True,
        further_authorities=((national, "guiding"),),
    )
    summons = notice_of("summons", acting, days.working(24), number="沪网信约〔示例〕7号")
    first = notice.log_notice(notice=summons, case=draft, by=cast.counsel, at=days.at(23))
    case = first.case
    log_talk(case, first, cast, days)
    log_prior_notice(case, acting, cast, days)
    log_decision(case, acting, cast, days)
    log_order(case, acting, cast, days)
    hold.issue_hold(
        case=case,
        scope="榜单配置、审核记录、词条日志 / list configuration, review records, entry logs",
        reason="Rectification order received",
        by=cast.counsel,
        at=days.at(10, hour=12),
    )
    return case


def notice_of(kind: str, acting: Authority, served_on: date, *, number: str, words: str = "") -> NoticeDraft:
    return NoticeDraft(
        kind=kind,
        authority=acting,
        number=number,
        issued_on=served_on,
        served_on=served_on,
        service_mode="direct",
        original_words=words,
        cited_provisions=("网络信息内容生态治理规定", "网络安全法") if words else (),
    )


def log_talk(case: Case, summons: Notice, cast: Cast, days: Days) -> None:
    attendees = (
        contact.AttendeeDraft(side="authority", name="示例执法人员甲", capacity="执法人员", card_number="示例0001"),
        contact.AttendeeDraft(side="authority", name="示例执法人员乙", capacity="执法人员", card_number="示例0002"),
        contact.AttendeeDraft(side="party", person=cast.counsel, capacity="法务"),
        contact.AttendeeDraft(side="party", person=cast.second_counsel, capacity="总法律顾问"),
    )
    held = contact.ContactDraft(
        kind="talk",
        authority=case.lead_authority,
        subject="约谈：热搜榜单管理",
        notice=summons,
        held_at=days.at(22, hour=9),
        place="示例会议室",
        minutes=MINUTES,
        attendees=attendees,
    )
    promise = RequirementDraft(
        title_en="Report to the authority every week while the work lasts",
        title_zh="整改期间每周书面报告进展",
        origin="committed",
        owner=cast.counsel,
    )
    contact.log_contact(case=case, contact=held, promises=[promise], by=cast.counsel, at=days.at(22, hour=15))
    official = case.tracks.get(kind="official")
    facts = tracks.MoveFacts(occurred_at=days.at(22, hour=9), document=summons)
    tracks.move_track(
        track=official, to_state="talk_held", mover="authority", by=cast.counsel, at=days.at(22, hour=15), **facts
    )


def log_prior_notice(case: Case, acting: Authority, cast: Cast, days: Days) -> None:
    prior = notice_of("prior_notice", acting, days.working(20), number="沪网信罚告〔示例〕3号")
    fine = MeasureDraft(kind="fine", amount=Decimal(200_000), currency="CNY", procedure="ordinary")
    notice.log_notice(notice=prior, case=case, measures=[fine], by=cast.counsel, at=days.at(20, hour=16))
    deadlines.waive_deadline(
        deadline=case.deadlines.get(rule_id="CN-05"),
        reason="Management decided not to ask for a hearing.",
        by=cast.counsel,
        at=days.at(17),
    )


def log_decision(case: Case, acting: Authority, cast: Cast, days: Days) -> None:
    decision = notice_of("penalty_decision", acting, days.working(12), number="沪网信罚〔示例〕5号")
    measures = [
        MeasureDraft(kind="warning", procedure="ordinary"),
        MeasureDraft(kind="fine", amount=Decimal(200_000), currency="CNY", procedure="ordinary"),
    ]
    known = {"defence_heard_or_waived": True, "legal_review_done_or_not_due": True}
    notice.log_notice(
        notice=decision, case=case, measures=measures, facts=known, by=cast.counsel, at=days.at(12, hour=17)
    )


def log_order(case: Case, acting: Authority, cast: Cast, days: Days) -> None:
    words = RECTIFICATION_WORDS
    order = notice_of("rectification_order", acting, days.working(10), number="沪网信改〔示例〕9号", words=words)
    measure = MeasureDraft(
        kind="order_to_correct", words="自收到本通知之日起二十日内改正", period_amount=20, period_unit="day"
    )
    demands = [
        RequirementDraft(
            title_en=planned.title_en,
            title_zh=planned.title_zh,
            clause=planned.clause,
            acceptance_test=planned.test,
            owner=getattr(cast, planned.owner),
            measure_index=0,
        )
        for planned in PLAN
    ]
    notice.log_notice(
        notice=order, case=case, measures=[measure], requirements=demands, by=cast.counsel, at=days.at(10, hour=11)
    )


# ---- Who does the work -----------------------------------------------------------------------------------------------
def form(case: Case, cast: Cast, days: Days) -> None:
    formed = taskforce.form_task_force(
        case=case,
        name_en="Rectification task force",
        name_zh="整改专项工作小组",
        formed_on=days.working(10),
        lead=cast.second_counsel,
        by=cast.counsel,
        at=days.at(10, hour=14),
    )
    roles = {
        "counsel": "counsel",
        "ranking": "product",
        "operations": "operations",
        "review": "review",
        "member": "deputy",
    }
    for part, role in roles.items():
        person: Person = getattr(cast, part)
        from_on, at = days.working(10), days.at(10, hour=14)
        taskforce.add_member(task_force=formed, person=person, role=role, from_on=from_on, by=cast.counsel, at=at)
    tonight = days.now.replace(minute=0, second=0, microsecond=0)
    for turn, person in enumerate((cast.review, cast.operations, cast.member)):
        starts = tonight + timedelta(hours=12 * turn)
        ends = starts + timedelta(hours=12)
        taskforce.add_shift(
            task_force=formed, person=person, starts_at=starts, ends_at=ends, by=cast.counsel, at=days.now
        )


def work(case: Case, cast: Cast, days: Days) -> None:
    for planned in PLAN:
        demand = case.requirements.get(title_en=planned.title_en)
        for step in planned.tasks:
            person: Person = getattr(cast, step.who)
            draft = task.TaskDraft(
                title_en=step.title_en,
                title_zh=step.title_zh,
                requirement=demand,
                workstream_en=planned.workstream_en,
                workstream_zh=planned.workstream_zh,
                assignee=person,
                due_on=days.later(step.due_in) if step.due_in >= 0 else days.working(-step.due_in),
            )
            added = task.add_task(case=case, draft=draft, by=cast.second_counsel, at=days.at(9, hour=9))
            bring_to(added, step, cast, days)
        finish(demand, planned, cast, days)
    at = days.at(1, hour=9)
    for part, number, words, blocker in UPDATES:
        said = case.tasks.get(number=number) if number else None
        by: Person = getattr(cast, part)
        task.post_update(case=case, task=said, words=words, blocker=blocker, by=by, at=at)


def bring_to(of: Task, step: Step, cast: Cast, days: Days) -> None:
    """Moves the task as far as the plan has it, by its own person on its own day."""
    if step.state == "todo":
        return
    person: Person = getattr(cast, step.who)
    at = days.at(step.ago, hour=11)
    task.start_task(task=of, by=person, at=at)
    if step.state == "blocked":
        task.block_task(task=of, reason=step.blocked, by=person, at=at)
    if step.state == "in_review":
        task.submit_task(task=of, by=person, at=at)
    if step.state == "closed":
        proof = prove(of, person, at)
        evidence.accept_evidence(evidence=proof, by=cast.counsel, at=at)
        task.complete_task(task=of, by=person, at=at)


def prove(of: Task, person: Person, at: datetime) -> Evidence:
    text = f"虚构样例 / invented sample\n{of.title_zh}\n{of.title_en}\n{at.isoformat()}\n"
    draft = EvidenceDraft(
        title_en=f"Proof: {of.title_en}",
        title_zh=f"佐证：{of.title_zh}",
        source="Internal ticket (fictional)",
        captured_at=at,
        captured_zone="Asia/Shanghai",
        captured_by=person,
        method="Export from the operations console",
    )
    return evidence.take_in(
        case=of.case,
        file=io.BytesIO(text.encode()),
        filename=f"proof-{of.number:02d}.txt",
        draft=draft,
        proves=[of],
        by=person,
        at=at,
    )


def finish(demand: Requirement, planned: Planned, cast: Cast, days: Days) -> None:
    if planned.state == "open":
        return
    owner: Person = getattr(cast, planned.owner)
    requirement.mark_requirement_done(requirement=demand, by=owner, at=days.at(2, hour=16))
    if planned.state == "met":
        requirement.sign_off(requirement=demand, by=cast.counsel, at=days.at(1, hour=10))


# ---- The content it is about -----------------------------------------------------------------------------------------
def watch_the_list(case: Case, cast: Cast, days: Days) -> None:
    flagged.add_default_rules(case=case, by=cast.counsel, at=days.at(9, hour=12))
    captured = board.capture_file(days.day(board.DAYS), ZONE)
    hot_list.import_hot_list(
        case=case,
        surface=board.SURFACE,
        file=io.BytesIO(captured),
        filename="hot-list-fictional.csv",
        by=cast.operations,
        at=days.now - timedelta(hours=3),
    )
    seen = FlaggedContent.objects.filter(case=case).order_by("-hours", "pk")[:8]
    at = days.now - timedelta(hours=2)
    for found in seen[:5]:
        flagged.confirm_flagged(flagged=found, reason="", by=cast.counsel, at=at)
    for found in seen[:3]:
        flagged.set_disposition(flagged=found, disposition="taken_down", disposed_at=at, by=cast.operations, at=at)
    flagged.dismiss_flagged(flagged=seen[5], reason="A public-interest report, not gossip.", by=cast.counsel, at=at)


# ---- The other kinds of clock ----------------------------------------------------------------------------------------
def run_the_other_clocks(case: Case, cast: Cast, days: Days) -> None:
    """The authority's own limit, a duty without a number, and hours."""
    remedy = case.tracks.filter(kind="remedy", measure__kind="fine").get()
    for state, mover, ago in (("reconsideration_filed", "party", 8), ("accepted", "authority", 5)):
        tracks.move_track(
            track=remedy,
            to_state=state,
            mover=mover,
            occurred_on=days.working(ago),
            conditions={"summary_reconsideration": False},
            by=cast.counsel,
            at=days.at(ago),
        )
    found_on = days.working(4)
    event.log_event(
        case=case,
        name="illegal_information_found",
        occurred_on=found_on,
        note="虚构：巡查发现一条违法信息",
        by=cast.counsel,
        at=days.at(4),
    )
    learnt = days.now - timedelta(minutes=40)
    event.log_event(
        case=case,
        name="incident_learnt",
        occurred_at=learnt,
        note="虚构：榜单后台异常登录",
        by=cast.counsel,
        at=days.now - timedelta(minutes=30),
    )


# ---- What we sent ----------------------------------------------------------------------------------------------------
def file_reports(case: Case, cast: Cast, days: Days) -> None:
    """A plan filed with its receipt, and a warning left with both its remedies open."""
    at = days.at(6, hour=17)
    sent = ("Rectification plan (fictional)", "整改方案（虚构）")
    plan = text_evidence(case, sent, "plan.txt", by=cast.counsel, at=at)
    receipt = text_evidence(case, ("Receipt (fictional)", "签收回执（虚构）"), "receipt.txt", by=cast.counsel, at=at)
    due = deadlines.set_internal_deadline(
        case=case,
        title_en="File the rectification plan",
        title_zh="提交整改方案",
        due_on=days.working(5),
        owner=cast.counsel,
        by=cast.counsel,
        at=days.at(9),
    )
    filing.file(
        case=case,
        kind="interim_report",
        authority=case.lead_authority,
        sent_at=at,
        deadline=due,
        title_en="Rectification plan",
        title_zh="整改方案",
        way="Counter, signed receipt",
        document=plan,
        receipt=receipt,
        receipt_number="示例回执0006",
        by=cast.counsel,
        at=at,
    )


def text_evidence(case: Case, titles: tuple[str, str], name: str, *, by: Person, at: datetime) -> Evidence:
    title_en, title_zh = titles
    draft = EvidenceDraft(title_en=title_en, title_zh=title_zh, source="fictional")
    words = f"虚构样例 / invented sample\n{title_zh}\n{title_en}\n{at.isoformat()}\n"
    return evidence.take_in(case=case, file=io.BytesIO(words.encode()), filename=name, draft=draft, by=by, at=at)
