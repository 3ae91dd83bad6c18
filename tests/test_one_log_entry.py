"""Every action on the work and its proof writes exactly one LogEntry, by whom and when it was told, naming nobody."""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest

from cases.actions import border, contact, evidence, filing, hold, requirement, secrecy, task, taskforce, translation
from cases.actions.deadline import set_internal_deadline
from cases.actions.drafts import RequirementDraft
from cases.actions.evidence import EvidenceDraft
from cases.models import Case, Derivation, LogEntry, Person
from tests.factories import NOW, a_case, an_authority
from tests.work import a_requirement, a_task, a_task_force, some_evidence

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)
MODULES = (border, contact, evidence, filing, hold, requirement, secrecy, task, taskforce, translation)


@dataclass(frozen=True)
class World:
    case: Case
    counsel: Person
    member: Person

    @property
    def told(self) -> dict[str, Person | datetime]:
        return {"by": self.counsel, "at": LATER}


Prepared = Callable[[World], Callable[[], object]]
PREPARED: dict[str, Prepared] = {}


def prepares(function: Prepared) -> Prepared:
    """The function sets the stage and returns the action alone, ready to be called."""
    PREPARED[function.__name__] = function
    return function


@prepares
def form_task_force(w: World):
    return lambda: taskforce.form_task_force(
        case=w.case, name_en="TF", formed_on=date(2026, 9, 21), lead=w.member, **w.told
    )


@prepares
def add_member(w: World):
    force = a_task_force(w.case, lead=w.counsel, by=w.counsel)
    return lambda: taskforce.add_member(
        task_force=force, person=w.member, role="review", from_on=date(2026, 9, 24), **w.told
    )


@prepares
def end_membership(w: World):
    seat = a_task_force(w.case, lead=w.counsel, by=w.counsel).members.get()
    return lambda: taskforce.end_membership(member=seat, until_on=date(2026, 9, 24), **w.told)


@prepares
def add_shift(w: World):
    force = a_task_force(w.case, lead=w.counsel, by=w.counsel)
    return lambda: taskforce.add_shift(
        task_force=force, person=w.counsel, starts_at=NOW, ends_at=NOW + timedelta(hours=8), **w.told
    )


def a_shift(w: World):
    force = a_task_force(w.case, lead=w.counsel, by=w.counsel)
    turn = {"starts_at": LATER + timedelta(hours=1), "ends_at": LATER + timedelta(hours=9)}
    return taskforce.add_shift(task_force=force, person=w.counsel, **turn, by=w.counsel, at=NOW)


@prepares
def end_shift(w: World):
    shift = a_shift(w)
    return lambda: taskforce.end_shift(shift=shift, ends_at=LATER + timedelta(hours=5), **w.told)


@prepares
def withdraw_shift(w: World):
    shift = a_shift(w)
    return lambda: taskforce.withdraw_shift(shift=shift, **w.told)


@prepares
def log_contact(w: World):
    draft = contact.ContactDraft(kind="talk", authority=an_authority(), subject="约谈")
    promises = [RequirementDraft(title_en="Daily review", due_on=date(2026, 10, 9)), RequirementDraft(title_en="B")]
    return lambda: contact.log_contact(case=w.case, contact=draft, promises=promises, **w.told)


@prepares
def add_requirement(w: World):
    draft = RequirementDraft(title_en="Review", due_on=date(2026, 10, 9), owner=w.counsel)
    return lambda: requirement.add_requirement(case=w.case, draft=draft, **w.told)


@prepares
def change_requirement(w: World):
    row = a_requirement(w.case, by=w.counsel)
    fields = {"clause": "改", "owner": w.counsel, "due_on": date(2026, 10, 9)}
    return lambda: requirement.change_requirement(requirement=row, fields=fields, **w.told)


def proved_requirement(w: World, *, is_done: bool = False):
    row = a_requirement(w.case, by=w.counsel, due_on=date(2026, 9, 30))
    some_evidence(w.case, by=w.counsel, proves=[row])
    return requirement.mark_requirement_done(requirement=row, by=w.member, at=NOW) if is_done else row


@prepares
def mark_requirement_done(w: World):
    row = proved_requirement(w)
    return lambda: requirement.mark_requirement_done(requirement=row, **w.told)


@prepares
def sign_off(w: World):
    row = proved_requirement(w, is_done=True)
    return lambda: requirement.sign_off(requirement=row, **w.told)


@prepares
def reopen_requirement(w: World):
    row = proved_requirement(w, is_done=True)
    return lambda: requirement.reopen_requirement(requirement=row, reason="not yet", **w.told)


@prepares
def withdraw_requirement(w: World):
    row = proved_requirement(w)
    return lambda: requirement.withdraw_requirement(requirement=row, reason="dropped", **w.told)


@prepares
def add_task(w: World):
    draft = task.TaskDraft(title_en="Take down", due_on=date(2026, 9, 30), assignee=w.counsel)
    return lambda: task.add_task(case=w.case, draft=draft, **w.told)


def proved_task(w: World):
    row = a_task(w.case, by=w.counsel, due_on=date(2026, 9, 30), assignee=w.counsel)
    some_evidence(w.case, by=w.counsel, proves=[row])
    return row


@prepares
def assign_task(w: World):
    row = proved_task(w)
    return lambda: task.assign_task(task=row, assignee=None, **w.told)


@prepares
def start_task(w: World):
    row = proved_task(w)
    return lambda: task.start_task(task=row, **w.told)


@prepares
def block_task(w: World):
    row = proved_task(w)
    return lambda: task.block_task(task=row, reason="waiting", **w.told)


@prepares
def submit_task(w: World):
    row = proved_task(w)
    return lambda: task.submit_task(task=row, **w.told)


@prepares
def complete_task(w: World):
    row = proved_task(w)
    return lambda: task.complete_task(task=row, **w.told)


@prepares
def reopen_task(w: World):
    row = task.complete_task(task=proved_task(w), by=w.counsel, at=NOW)
    return lambda: task.reopen_task(task=row, reason="came back", **w.told)


@prepares
def post_update(w: World):
    return lambda: task.post_update(case=w.case, words="done", **w.told)


@prepares
def take_in(w: World):
    row, draft = a_task(w.case, by=w.counsel), EvidenceDraft(captured_by=w.member)
    file = BytesIO(b"bytes")
    return lambda: evidence.take_in(case=w.case, file=file, filename="x", draft=draft, proves=[row], **w.told)


@prepares
def derive(w: World):
    row, draft = some_evidence(w.case, by=w.counsel), EvidenceDraft()
    return lambda: evidence.derive(
        evidence=row,
        derivation=Derivation.EXTRACT,
        why="the hour alone",
        file=BytesIO(b"part"),
        filename="x",
        draft=draft,
        **w.told,
    )


@prepares
def link_evidence(w: World):
    row, proved = some_evidence(w.case, by=w.counsel), a_task(w.case, by=w.counsel)
    return lambda: evidence.link_evidence(evidence=row, proves=proved, **w.told)


@prepares
def accept_evidence(w: World):
    row = some_evidence(w.case, by=w.counsel)
    return lambda: evidence.accept_evidence(evidence=row, **w.told)


@prepares
def send_back_evidence(w: World):
    row = some_evidence(w.case, by=w.counsel)
    return lambda: evidence.send_back_evidence(evidence=row, reason="blurred", **w.told)


@prepares
def supersede_evidence(w: World):
    old, new = (some_evidence(w.case, by=w.counsel, words=words) for words in (b"old", b"new"))
    return lambda: evidence.supersede_evidence(evidence=old, by_evidence=new, reason="blurred", **w.told)


@prepares
def open_evidence(w: World):
    row = some_evidence(w.case, by=w.counsel)
    return lambda: evidence.open_evidence(evidence=row, **w.told).close()


@prepares
def verify_evidence(w: World):
    row = some_evidence(w.case, by=w.counsel)
    return lambda: evidence.verify_evidence(evidence=row, **w.told)


@prepares
def issue_hold(w: World):
    some_evidence(w.case, by=w.counsel)
    return lambda: hold.issue_hold(case=w.case, scope="all", reason="inquiry", **w.told)


@prepares
def release_hold(w: World):
    row = hold.issue_hold(case=w.case, scope="all", reason="inquiry", by=w.counsel, at=NOW)
    return lambda: hold.release_hold(hold=row, reason="over", **w.told)


def a_filing(w: World, by: Person, at: datetime, **fields: object):
    due = set_internal_deadline(case=w.case, title_en="Report", due_on=date(2026, 9, 30), by=w.counsel, at=NOW)
    given = {"kind": "information", "authority": an_authority(), "sent_at": NOW, "deadline": due}
    return lambda: filing.file(case=w.case, by=by, at=at, **given | fields)


@prepares
def file(w: World):
    return a_filing(w, w.counsel, LATER, receipt_number="12")


@prepares
def attach_receipt(w: World):
    row = a_filing(w, w.counsel, NOW)()
    return lambda: filing.attach_receipt(filing=row, receipt_number="12", **w.told)


@prepares
def void_filing(w: World):
    row = a_filing(w, w.counsel, NOW, receipt_number="12")()
    return lambda: filing.void_filing(filing=row, reason="wrong office", **w.told)


@prepares
def note_classified_paper(w: World):
    return lambda: secrecy.note_classified_paper(case=w.case, kind="notice", kept_where="Safe 2", **w.told)


@prepares
def void_classified_paper(w: World):
    row = secrecy.note_classified_paper(case=w.case, kind="notice", kept_where="Safe 2", by=w.counsel, at=NOW)
    return lambda: secrecy.void_classified_paper(paper=row, reason="no secret", **w.told)


def an_approval():
    abroad = an_authority(name_en="Irish authority", jurisdiction="IE")
    return border.ApprovalDraft(
        authority=abroad, organ_zh="主管机关", number="1", approved_on=date(2026, 9, 1), scope="The reply"
    )


@prepares
def record_export_approval(w: World):
    return lambda: border.record_export_approval(case=w.case, approval=an_approval(), **w.told)


@prepares
def void_export_approval(w: World):
    row = border.record_export_approval(case=w.case, approval=an_approval(), by=w.counsel, at=NOW)
    return lambda: border.void_export_approval(approval=row, reason="wrong number", **w.told)


@prepares
def add_translation(w: World):
    row = a_requirement(w.case, by=w.counsel)
    given = {"field": "clause", "language": "en", "words": "Review", "made_by": "machine"}
    return lambda: translation.add_translation(record=row, **given, **w.told)


@prepares
def review_translation(w: World):
    row = add_translation(w)()
    return lambda: translation.review_translation(translation=row, **w.told)


@pytest.fixture
def world(counsel: Person, member: Person) -> World:
    return World(a_case(by=counsel), counsel, member)


@pytest.mark.parametrize("name", PREPARED)
def test_an_action_writes_exactly_one_log_entry(name: str, world: World) -> None:
    act = PREPARED[name](world)
    before = set(LogEntry.objects.values_list("pk", flat=True))

    act()

    entry = LogEntry.objects.exclude(pk__in=before).get()
    assert (entry.verb, entry.person, entry.recorded_at, entry.case) == (name, world.counsel, LATER, world.case)
    assert not {"Zhou", "Fang", "周", "方"} & set(str(entry.facts).replace("'", " ").split())


def actions_of(module: ModuleType) -> set[str]:
    """Every function with the keywords `by` and `at` that writes to the log itself or through its recording half."""
    tree = ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {f.name for f in functions if calls(f) & {"write_log", "record", "record_verification"}}


def calls(function: ast.FunctionDef) -> set[str]:
    return {
        node.func.id for node in ast.walk(function) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_action_of_the_module_is_among_those_tried(module: ModuleType) -> None:
    assert actions_of(module) - {"record", "record_verification"} <= PREPARED.keys()


@pytest.mark.django_db(transaction=True)
def test_append_only_tables_are_emptied_between_tests() -> None:
    assert LogEntry.objects.count() == 0
