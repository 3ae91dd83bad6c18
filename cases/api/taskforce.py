"""Task forces with their members and rota, the tasks, and the updates posted on them."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from cases.actions import task as tasks
from cases.actions import taskforce as task_forces
from cases.actions.marking import change_mark
from cases.api.rooms import Given, Room, nested, opens, verb
from cases.api.shapes import Day, Instant, Known, KnownCase, Marking, OneDay, Reason, Shape, Someone, Words, choice
from cases.asked import Asked
from cases.models import Language, Member, MemberRole, ProtectionMark, Requirement, Shift, Task, TaskForce, Update


class MemberShape(Shape[Member]):
    class Meta:
        model = Member
        fields = ("uid", "person", "role", "from_on", "until_on")


class ShiftShape(Shape[Shift]):
    class Meta:
        model = Shift
        fields = ("uid", "person", "starts_at", "ends_at")


class TaskForceShape(Shape[TaskForce]):
    class Meta:
        model = TaskForce
        fields = ("uid", "case", "revision", "name_en", "name_zh", "formed_on", "dissolved_on")


class TaskForceDetail(TaskForceShape):
    members = MemberShape(many=True, read_only=True)
    rota = ShiftShape(many=True, read_only=True)

    class Meta(TaskForceShape.Meta):
        fields = (*TaskForceShape.Meta.fields, "members", "rota")  # type: ignore[assignment]  # longer than the list's


class TaskShape(Shape[Task]):
    due_on = serializers.DateField(source="deadline.due_on", read_only=True, allow_null=True)

    class Meta:
        model = Task
        fields = (
            "uid", "case", "revision", "number", "requirement", "workstream_en", "workstream_zh", "title_en",
            "title_zh", "assignee", "deadline", "due_on", "state", "blocked_reason", "closed_at", "closed_by",
            "protection_mark",
        )  # fmt: skip


class UpdateShape(Shape[Update]):
    class Meta:
        model = Update
        fields = ("uid", "case", "task", "words", "language", "blocker", "protection_mark", "posted_at", "posted_by")


# ---- In --------------------------------------------------------------------------------------------------------------
class TaskForceIn(Asked):
    case = KnownCase()
    name_en = Words(max_length=200)
    name_zh = Words(max_length=200)
    formed_on = OneDay()
    lead = Someone()


class MemberIn(Asked):
    person = Someone()
    role = choice(MemberRole)
    from_on = OneDay()


class MembershipEnd(Asked):
    member = Known(Member, case="task_force__case")
    until_on = OneDay()


class ShiftIn(Asked):
    person = Someone()
    starts_at = Instant(required=True, allow_null=False)
    ends_at = Instant(required=True, allow_null=False)


class ShiftEnd(Asked):
    shift = Known(Shift, case="task_force__case")
    ends_at = Instant(required=True, allow_null=False)


class OneShift(Asked):
    shift = Known(Shift, case="task_force__case")


class TaskIn(Asked):
    case = KnownCase()
    requirement = Known(Requirement, required=False, allow_null=True)
    title_en = Words(max_length=300)
    title_zh = Words(max_length=300)
    workstream_en = Words(max_length=120)
    workstream_zh = Words(max_length=120)
    assignee = Someone(required=False, allow_null=True)
    due_on = Day()
    protection_mark = choice(ProtectionMark, required=False)


class Assignee(Asked):
    assignee = Someone(allow_null=True)


class UpdateIn(Asked):
    case = KnownCase()
    task = Known(Task, required=False, allow_null=True)
    words = serializers.CharField()
    language = choice(Language, required=False)
    blocker = Words()
    protection_mark = choice(ProtectionMark, required=False)


class TaskForces(Room):
    model, shape, whole = TaskForce, TaskForceShape, TaskForceDetail

    def rows(self, shape: type[Shape[Any]]) -> Any:
        rows = super().rows(shape)
        return (
            rows.prefetch_related(*nested(TaskForceDetail, self.person, self.at)) if shape is TaskForceDetail else rows
        )

    @opens("form_task_force", TaskForceIn)
    def create(self, given: Given) -> TaskForce:
        """Its lead is let know of the case."""
        return task_forces.form_task_force(**given)

    @verb("members", "form_task_force", MemberIn)
    def members(self, task_force: TaskForce, given: Given) -> Member:
        """Adds a member, who is let know of the case."""
        return task_forces.add_member(task_force=task_force, **given)

    @verb("end-membership", "form_task_force", MembershipEnd)
    def end_membership(self, task_force: TaskForce, given: Given) -> Member:
        if given["member"].task_force_id != task_force.pk:
            raise serializers.ValidationError({"member": [_("This is no member of this task force.")]})
        return task_forces.end_membership(**given)

    @verb("shifts", "form_task_force", ShiftIn)
    def shifts(self, task_force: TaskForce, given: Given) -> Shift:
        """One turn of the rota."""
        return task_forces.add_shift(task_force=task_force, **given)

    @verb("end-shift", "form_task_force", ShiftEnd)
    def end_shift(self, task_force: TaskForce, given: Given) -> Shift:
        """Sooner or later than was planned."""
        check_of_force(task_force, given["shift"])
        return task_forces.end_shift(**given)

    @verb("withdraw-shift", "form_task_force", OneShift)
    def withdraw_shift(self, task_force: TaskForce, given: Given) -> None:
        """One that has not begun."""
        check_of_force(task_force, given["shift"])
        task_forces.withdraw_shift(**given)


def check_of_force(task_force: TaskForce, shift: Shift) -> None:
    if shift.task_force_id != task_force.pk:
        raise serializers.ValidationError({"shift": [_("This is no shift of this task force.")]})


class Tasks(Room):
    model, shape = Task, TaskShape
    filters = {
        "case": "case__reference", "state": "state", "assignee": "assignee__uid", "requirement": "requirement__uid",
    }  # fmt: skip

    @opens("add_task", TaskIn)
    def create(self, given: Given) -> Task:
        case, by, at = given.pop("case"), given.pop("by"), given.pop("at")
        return tasks.add_task(case=case, draft=tasks.TaskDraft(**given), by=by, at=at)

    @verb("assign", "assign_task", Assignee)
    def assign(self, task: Task, given: Given) -> Task:
        return tasks.assign_task(task=task, **given)

    @verb("start", "work_on_task")
    def start(self, task: Task, given: Given) -> Task:
        return tasks.start_task(task=task, **given)

    @verb("block", "work_on_task", Reason)
    def block(self, task: Task, given: Given) -> Task:
        return tasks.block_task(task=task, **given)

    @verb("submit", "work_on_task")
    def submit(self, task: Task, given: Given) -> Task:
        return tasks.submit_task(task=task, **given)

    @verb("complete", "work_on_task")
    def complete(self, task: Task, given: Given) -> Task:
        """Needs evidence that proves it."""
        return tasks.complete_task(task=task, **given)

    @verb("reopen", "work_on_task", Reason)
    def reopen(self, task: Task, given: Given) -> Task:
        return tasks.reopen_task(task=task, **given)

    @verb("mark", "change_mark", Marking)
    def mark(self, task: Task, given: Given) -> Any:
        """Under legal advice, internal or disclosable: who may know of it, and whether it may leave the house."""
        return change_mark(item=task, **given)


class Updates(Room):
    """What was said of a case or a task; never edited."""

    model, shape = Update, UpdateShape
    order = ("-posted_at", "-pk")
    filters = {"case": "case__reference", "task": "task__uid"}

    @opens("post_update", UpdateIn)
    def create(self, given: Given) -> Update:
        return tasks.post_update(**given)
