"""Who may do what, and what each person may know of. Doors and buttons ask the same table; 404 hides, 403 refuses.

A case is known to those named in it (CaseAccess, from–to) or, where it is open to staff, to all but administrators,
who run the system and see no case by that. A Barrier keeps a person out whatever else holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final, Protocol, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _

from cases.compiled import HasOfItsKind, Rows
from cases.known_cases import FEW, Way, accesses, admitted, how_many, key_of, knows
from cases.models import (
    Accountability,
    Authority,
    Barrier,
    Case,
    CaseAccess,
    CaseAuthority,
    Contact,
    Event,
    Evidence,
    ExportApproval,
    Filing,
    Notice,
    Party,
    PartyKind,
    Person,
    ProtectionMark,
    Role,
    Task,
    Translation,
    Update,
)

M = TypeVar("M", bound=Model)

EVERYBODY = frozenset(Role) - {Role.ADMINISTRATOR}
COUNSEL = frozenset({Role.COUNSEL})
WORKERS = frozenset({Role.COUNSEL, Role.MEMBER})
RUNNERS = frozenset({Role.ADMINISTRATOR})

# verb → the roles that may; beyond this table the person must know of the case (`visible_to`).
POLICY: dict[str, frozenset[Role]] = {
    "view": EVERYBODY,
    "log_notice": COUNSEL,
    "record_service": COUNSEL,
    "void": COUNSEL,
    "move_notice": COUNSEL,
    "change_case": COUNSEL,
    "grant_access": COUNSEL,
    "change_mark": COUNSEL,
    "hold_responsible": COUNSEL,
    "close_case": COUNSEL,
    "move_track": COUNSEL,
    "log_event": COUNSEL,
    "decide_deadline": COUNSEL,
    "record_payment": COUNSEL,
    "form_task_force": COUNSEL,
    "log_contact": WORKERS,
    "add_requirement": COUNSEL,
    "mark_requirement_done": WORKERS,
    "sign_off": COUNSEL,  # and to open again what was done: who may say it is met says that it is not
    "add_task": WORKERS,
    "assign_task": WORKERS,
    "work_on_task": WORKERS,
    "post_update": WORKERS,
    "add_evidence": WORKERS,
    "read_evidence": EVERYBODY,
    "review_evidence": COUNSEL,
    "hold": COUNSEL,
    "import_hot_list": WORKERS,
    "flag": WORKERS,
    "review_flagged": COUNSEL,
    "file": COUNSEL,
    "note_classified_paper": COUNSEL,
    "record_export_approval": COUNSEL,
    "sign_briefing": COUNSEL,
    "see_portfolio": EVERYBODY,
    "see_outbox": EVERYBODY,
    # Who is led to the law; whoever is signed in may read it, since it is no secret.
    "see_rulebook": frozenset({Role.COUNSEL, Role.AUDITOR, Role.ADMINISTRATOR}),
    "see_reads": frozenset({Role.COUNSEL, Role.AUDITOR}),
    "see_system_log": frozenset({Role.AUDITOR, Role.ADMINISTRATOR}),  # what was done in no case
    "translate": WORKERS,
    "import_arrangement": COUNSEL | RUNNERS,
    "keep_people": RUNNERS,
    "run_watch": RUNNERS,  # what could not be delivered, and to have it sent again
    "change_reminders": COUNSEL,
    "keep_reminders": COUNSEL | RUNNERS,  # the house's own
}


class Forbidden(Exception):
    """The person may know of the object but not do this; says which roles may."""

    def __init__(self, verb: str) -> None:
        self.verb = verb
        self.roles = tuple(sorted(str(role.label) for role in POLICY[verb]))
        super().__init__(_("Your role does not allow this. It takes: %(roles)s.") % {"roles": _(", ").join(self.roles)})


def can(person: Person | AnonymousUser, verb: str) -> bool:
    """By role alone; the object's visibility is a matter of the queryset it came from."""
    return isinstance(person, Person) and person.is_active and Role(person.role) in POLICY[verb]


def check_can(person: Person | AnonymousUser, verb: str) -> None:
    if not can(person, verb):
        raise Forbidden(verb)


# ---- What each person may know of ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Wall:
    """Where a kind of item has its case, and what it asks beyond knowing of that case.

    `marks`: paths to protection marks, none of which may be legal advice one is not admitted to. `points`: the row only
    points at an item, by kind and uid, and is known where that item is. `persons`: for those admitted to the persons.
    `own`: the path to the person whose own a row of no case is; nobody else knows of it.
    """

    case: str = "case"
    marks: tuple[str, ...] = ()
    points: bool = False
    persons: bool = False
    own: str = ""


MARK: Final = "protection_mark"
# kind of item → its wall. A kind that is not here has no rows anybody may be shown: `visible_to` raises.
WALLS: Final[Mapping[str, Wall]] = {
    "cases.Case": Wall(""),
    "cases.CaseAccess": Wall(),
    "cases.CaseAuthority": Wall(),
    "cases.Barrier": Wall(),
    "cases.Track": Wall(),
    "cases.TrackMove": Wall("track__case"),
    "cases.Event": Wall(),
    "cases.Notice": Wall(),
    "cases.Measure": Wall(),
    "cases.Payment": Wall("measure__case", ("evidence__protection_mark",)),
    "cases.Instalment": Wall("measure__case"),
    "cases.Contact": Wall(marks=(MARK,)),
    "cases.Attendee": Wall("contact__case", ("contact__protection_mark",)),
    "cases.Requirement": Wall(),
    "cases.Translation": Wall(points=True),
    "cases.Deadline": Wall(marks=("task__protection_mark",)),
    "cases.DeadlineVersion": Wall("deadline__case", ("deadline__task__protection_mark",)),
    "cases.Extension": Wall("deadline__case", ("deadline__task__protection_mark",)),
    "cases.Suspension": Wall("deadline__case", ("deadline__task__protection_mark",)),
    "cases.TaskForce": Wall(),
    "cases.Member": Wall("task_force__case"),
    "cases.Shift": Wall("task_force__case"),
    "cases.Task": Wall(marks=(MARK,)),
    "cases.Update": Wall(marks=(MARK, "task__protection_mark")),
    "cases.Evidence": Wall(marks=(MARK,)),
    "cases.EvidenceLink": Wall("evidence__case", ("evidence__protection_mark", "task__protection_mark")),
    "cases.CustodyEntry": Wall("evidence__case", ("evidence__protection_mark",)),
    "cases.LegalHold": Wall(),
    "cases.FlaggingRule": Wall(),
    "cases.FlaggedContent": Wall(),
    "cases.Capture": Wall(marks=("evidence__protection_mark",)),
    "cases.Sighting": Wall("capture__case", ("capture__evidence__protection_mark",)),
    "cases.Import": Wall(marks=("evidence__protection_mark",)),
    "cases.Filing": Wall(),
    "cases.ExportApproval": Wall(),
    "cases.ClassifiedPaper": Wall(),
    "cases.Accountability": Wall(persons=True),
    "cases.LogEntry": Wall(points=True),
    "tracker.Reminder": Wall(marks=("deadline__task__protection_mark",), own="person"),
    "tracker.Step": Wall(marks=("deadline__task__protection_mark",)),
    "tracker.Briefing": Wall(),
}
ADVICE: Final = ProtectionMark.LEGAL_ADVICE
# What a row may point at by uid that is under legal advice: kind → such items.
KEY: Final[Mapping[str, object]] = {"key": "uid"}
POINTED: Final[Mapping[str, Rows]] = {
    "evidence": Rows(lambda key: Evidence.objects.filter(protection_mark=ADVICE, uid=key), KEY),
    "contact": Rows(lambda key: Contact.objects.filter(protection_mark=ADVICE, uid=key), KEY),
    "task": Rows(lambda key: Task.objects.filter(protection_mark=ADVICE, uid=key), KEY),
    "deadline": Rows(lambda key: Task.objects.filter(protection_mark=ADVICE, deadline__uid=key), KEY),
    "update": Rows(
        lambda key: Update.objects.filter(Q(protection_mark=ADVICE) | Q(task__protection_mark=ADVICE), uid=key), KEY
    ),
    "translation": Rows(
        lambda key: Translation.objects.filter(
            object_kind="contact",
            object_uid__in=Contact.objects.filter(protection_mark=ADVICE).order_by().values("uid"),
            uid=key,
        ),
        KEY,
    ),
}
OF_PERSONS: Final = Q(object_kind="accountability")


def visible_to(
    queryset: "QuerySet[M]", person: Person | AnonymousUser, *, at: datetime, way: Way = Way.JOINED
) -> "QuerySet[M]":
    """The rows the person may know of at that instant, by the wall of their kind; an inactive person knows none."""
    wall = WALLS[queryset.model._meta.label]
    if not can(person, "view") or not isinstance(person, Person):
        return queryset.none()
    known = knows(person, at, case=wall.case, way=way) & beyond(wall, person, at)
    return known_or_own(queryset, known, wall, person, at) if wall.own else queryset.filter(known)


def known_or_own(queryset: "QuerySet[M]", known: Q, wall: Wall, person: Person, at: datetime) -> "QuerySet[M]":
    """With the person's own rows of no case; put in two ways for the reason that `knows` is."""
    own = Q(**{f"{key_of(wall.case)}__isnull": True, wall.own: person})
    if how_many(person, at) > FEW:
        return queryset.filter(known | own)
    rows = queryset.order_by()  # with all that narrows it, so that neither arm reads what nobody asked for
    return queryset.filter(pk__in=rows.filter(known).values("pk").union(rows.filter(own).values("pk"), all=True))


def within_case(queryset: "QuerySet[M]", person: Person, *, at: datetime) -> "QuerySet[M]":
    """Of rows of a case the person is known to know of: what the wall of their kind asks besides."""
    return queryset.filter(beyond(WALLS[queryset.model._meta.label], person, at))


class Shown(Protocol):
    """Leaves of the rows of a case those that may be shown: to one person, or to all who know of it alike."""

    def __call__(self, queryset: "QuerySet[M]", /) -> "QuerySet[M]": ...


def shown_to(person: Person, *, at: datetime) -> Shown:
    def shown(queryset: "QuerySet[M]", /) -> "QuerySet[M]":
        return within_case(queryset, person, at=at)

    return shown


def known_to_all(queryset: "QuerySet[M]", /) -> "QuerySet[M]":
    """What all who know of a case may know of: figures that are the same for every reader count nothing else."""
    wall = WALLS[queryset.model._meta.label]
    if wall.persons:
        return queryset.none()
    return queryset.filter(is_free(wall) & ~OF_PERSONS if wall.points else is_free(wall))


def cases_visible_to(person: Person | AnonymousUser, *, at: datetime, way: Way = Way.JOINED) -> "QuerySet[Case]":
    return visible_to(Case.objects.all(), person, at=at, way=way)


def beyond(wall: Wall, person: Person, at: datetime) -> Q:
    """What the wall of a kind asks besides knowing of the case."""
    condition = Q()
    if wall.marks or wall.points:
        condition &= is_free(wall) | admitted(person, at, case=wall.case, to="sees_advice")
    if wall.persons:
        condition &= admitted(person, at, case=wall.case, to="sees_persons")
    if wall.points:
        condition &= ~OF_PERSONS | admitted(person, at, case=wall.case, to="sees_persons")
    return condition


@cache
def is_free(wall: Wall) -> Q:
    """Nothing it is or points at is under legal advice: the same for everybody at any time."""
    condition = Q()
    for path in wall.marks:
        condition &= ~Q(**{path: ADVICE})
    return condition & ~Q(HasOfItsKind(POINTED, "object_kind", "object_uid")) if wall.points else condition


def sees_advice(person: Person, case: Case, *, at: datetime) -> bool:
    return accesses(person, at).filter(case=case, sees_advice=True).exists()


def sees_what(person: Person, case: Case, *, at: datetime) -> tuple[bool, bool]:
    """The legal advice, and the persons, of the case."""
    seen = list(accesses(person, at).filter(case=case).values_list("sees_advice", "sees_persons"))
    return any(advice for advice, _persons in seen), any(persons for _advice, persons in seen)


def sees_persons(person: Person, case: Case, *, at: datetime) -> bool:
    return accesses(person, at).filter(case=case, sees_persons=True).exists()


# ---- What cases name -------------------------------------------------------------------------------------------------
# kind of reference data → every kind of row that names one of it, and by which field.
NAMING: Final[Mapping[str, tuple[tuple[type[Model], str], ...]]] = {
    "cases.Authority": (
        (Case, "lead_authority"), (CaseAuthority, "authority"), (Notice, "authority"), (Event, "authority"),
        (Contact, "authority"), (Filing, "authority"), (ExportApproval, "authority"),
    ),
    "cases.Party": ((Case, "party"), (Accountability, "party")),
}  # fmt: skip


def known_names(rows: "QuerySet[M]", person: Person, *, at: datetime) -> "QuerySet[M]":
    """Authorities or parties the person may know of: of one name more than one may be known, the house's first.

    What the house keeps is known to everybody; what was first named for a case, behind that case's wall: to those who
    know of a row that names it, and to who brought it as long as nothing names it yet. A natural person, whoever keeps
    it, is known to those admitted to the persons of a case about them or holding them responsible.
    """
    rows = rows.order_by(IsNull(F("named_by"), False), "pk")  # noqa: FBT003  # as the lookup takes it
    naming = NAMING[rows.model._meta.label]
    unnamed = Q(named_by=person)
    for model, field in naming:
        unnamed &= ~Q(Exists(model._default_manager.filter(**{field: OuterRef("pk")}).order_by()))  # noqa: SLF001
    if rows.model is Authority:
        return rows.filter(Q(named_by__isnull=True) | unnamed | named_where(naming, person, at))
    natural = named_where(naming, person, at, also=admitted(person, at, case="", to="sees_persons"))
    others = Q(named_by__isnull=True) | named_where(naming, person, at)
    is_natural = Q(kind=PartyKind.NATURAL_PERSON)
    return rows.filter(unnamed | (is_natural & natural) | (~is_natural & others))


def named_where(
    naming: tuple[tuple[type[Model], str], ...], person: Person, at: datetime, *, also: Q | None = None
) -> Q:
    """Named by a row the person may know of. `also`: what is asked besides of a case that names it."""
    condition = Q(pk__in=())
    for model, field in naming:
        found = visible_to(model._default_manager.filter(**{field: OuterRef("pk")}), person, at=at)  # noqa: SLF001
        condition |= Q(Exists((found.filter(also) if also and model is Case else found).order_by()))
    return condition


def known_authorities(person: Person, *, at: datetime) -> "QuerySet[Authority]":
    return known_names(Authority.objects.all(), person, at=at)


def known_parties(person: Person, *, at: datetime) -> "QuerySet[Party]":
    return known_names(Party.objects.all(), person, at=at)


def is_named(at: datetime, *, case: str = "case", person: str = "person") -> Q:
    """Condition over rows that hold a case and a person: named in the case, and no barrier keeps the person out."""
    standing = Q(until_at__isnull=True) | Q(until_at__gt=at)
    pair = {"case": OuterRef(f"{case}_id"), "person": OuterRef(f"{person}_id")}
    access = CaseAccess.objects.filter(standing, from_at__lte=at, **pair)
    return Q(Exists(access)) & ~Q(Exists(Barrier.objects.filter(lifted_at__isnull=True, **pair)))
