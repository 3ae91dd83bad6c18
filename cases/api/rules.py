"""The law as the API shows it: rules, calendars, and a due date worked out for facts that are recorded nowhere."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, cast

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSet

from cases import working
from cases.actions.arrangement import import_arrangement, text_of
from cases.api.once import once
from cases.api.shapes import Day, Words
from cases.api.uploads import DataAndFile, file_field, requests
from cases.asked import ALWAYS, Asked, EachKeyOnce, check_keys, check_query
from cases.law.calendars import FIRST, LAST, Calendar
from cases.law.clocks import Due, reckon
from cases.law.clocks.lines import ask_from
from cases.law.rulebook import Rule, Rulebook, RuleNotInForce, UnknownName, book
from cases.legislation import in_force
from cases.models import Arrangement, ArrangementState, Person
from cases.permissions import check_can

PLAINLY = ("id", "version", "title_en", "title_zh", "title_zh_hant", "zone", "source", "is_fictional")
PLAIN = ("rule", "on", "trigger", "zone", "calendar", "ordered")


class PartShape(serializers.Serializer[Any]):
    """So much of a unit."""

    amount = serializers.FloatField()
    unit = serializers.CharField()

    def to_representation(self, instance: tuple[float, str]) -> dict[str, Any]:
        amount, unit = instance
        return {"amount": amount, "unit": unit}


class RuleVersionShape(serializers.Serializer[Rule]):
    """From when to when a version holds; it is read whole by `?on=` a day within."""

    version = serializers.CharField()
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)


class RuleShape(serializers.Serializer[Rule]):
    """One period of the law, in the version in force now or the one asked for."""

    id = serializers.CharField()
    version = serializers.CharField()
    title_en = serializers.CharField()
    title_zh = serializers.CharField()
    title_zh_hant = serializers.CharField()
    kind = serializers.CharField()
    actor = serializers.CharField()
    citation_en = serializers.CharField()
    citation_zh = serializers.CharField()
    clause = serializers.CharField()
    starts_on = serializers.ListField(child=serializers.CharField())
    applies_to = serializers.ListField(child=serializers.CharField())
    only_for = serializers.ListField(child=serializers.CharField())
    not_for = serializers.ListField(child=serializers.CharField())
    instead_of = serializers.CharField(help_text="The general rule that those it is for do not have.")
    jurisdiction = serializers.CharField(help_text="Whose law it is.")
    facts = serializers.ListField(child=serializers.CharField())
    amount = serializers.FloatField(allow_null=True)
    unit = serializers.CharField()
    plus = PartShape(many=True, help_text="Further parts of the period, counted with the first as one.")
    profile = serializers.CharField()
    calendar = serializers.CharField()
    direction = serializers.CharField()
    counts_trigger_day = serializers.BooleanField()
    extends = serializers.ChoiceField(choices=("due", "trigger"), help_text="From where an extension counts.")
    suspended_by = serializers.ListField(child=serializers.CharField())
    on_expiry = serializers.CharField(help_text="The event its end is.")
    creates = serializers.ListField(child=serializers.CharField())
    bars = serializers.ListField(child=serializers.CharField(), help_text="Of a gate: the rules whose way it bars.")
    restarts_on = serializers.CharField(help_text="The further fact from which it is counted anew.")
    cap_of = serializers.CharField(help_text="The rule whose end this one caps.")
    cap_when = serializers.CharField(help_text="The fact without which it does not.")
    caps = serializers.SerializerMethodField(help_text="The rules beyond which this one never reaches.")
    at_least = PartShape(allow_null=True, help_text="The shortest period an order may set.")
    cites = serializers.DictField(
        child=serializers.CharField(), help_text="By code of the working: the provision its days are counted by."
    )
    is_clock = serializers.BooleanField(help_text="False: it asks nothing of anybody by a day.")
    consequence_en = serializers.CharField()
    consequence_zh = serializers.CharField()
    note_en = serializers.CharField()
    note_zh = serializers.CharField()
    confidence = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # a field of that name
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)
    gap = serializers.CharField(help_text="Why no version was in force just before this one, where none was.")
    reviewed_by = serializers.CharField(help_text="Who compared it with the gazette; empty: nobody yet.")
    enabled = serializers.BooleanField()

    def get_caps(self, rule: Rule) -> list[str]:
        return [cap.id for cap in book().caps(rule)]


class WholeRule(RuleShape):
    """A rule with the versions it had, the oldest first."""

    versions = serializers.SerializerMethodField()

    @extend_schema_field(RuleVersionShape(many=True))
    def get_versions(self, rule: Rule) -> list[Any]:
        return [RuleVersionShape(version).data for version in book().versions(rule.id)]


class ArrangementShape(serializers.ModelSerializer[Arrangement]):
    imported_at = serializers.DateTimeField(source="recorded_at")

    class Meta:
        model = Arrangement
        fields = ("uid", "calendar", "version", "years", "source", "is_fictional", "state", "sha256", "imported_at")


class ImportedShape(ArrangementShape):
    moved = serializers.IntegerField(help_text="Dates proposed anew.")
    settled = serializers.IntegerField(help_text="Dates that stay and were worked out anew.")

    class Meta(ArrangementShape.Meta):
        fields = (*ArrangementShape.Meta.fields, "moved", "settled")  # type: ignore[assignment]


class ArrangementText(Asked):
    """The TOML in `file`, or its text."""

    file = file_field(required=False)
    text = Words()
    file_name = Words(max_length=200)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        upload = attrs.pop("file", None)
        if upload is None and not attrs.get("text"):
            raise serializers.ValidationError({"text": [_("Give the text, or a file.")]})
        name = (upload.name if upload else attrs.get("file_name")) or "sent.toml"
        return {"text": text_of(upload.read(), file_name=name) if upload else attrs["text"], "file_name": name}


class CalendarShape(serializers.Serializer[Any]):
    id = serializers.CharField()
    version = serializers.CharField()
    title_en = serializers.CharField()
    title_zh = serializers.CharField()
    title_zh_hant = serializers.CharField()
    zone = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # a field of that name
    published_years = serializers.ListField(child=serializers.IntegerField())
    is_fictional = serializers.BooleanField(help_text="An invented arrangement is laid over it.")
    arrangements = ArrangementShape(many=True, help_text="Those imported that stand over it, in their order.")


class DayShape(serializers.Serializer[Any]):
    date = serializers.DateField()
    kind = serializers.ChoiceField(choices=("working", "weekend", "holiday", "make_up"))
    name_en = serializers.CharField()
    name_zh = serializers.CharField()
    name_zh_hant = serializers.CharField()


class CalendarYear(CalendarShape):
    """The days of the year asked for that are off, or worked although they fall on a weekend."""

    year = serializers.IntegerField()
    is_published = serializers.BooleanField()
    days = DayShape(many=True)


RULES_PAGE = inline_serializer("Rules", fields={"results": RuleShape(many=True)})
CALENDARS_PAGE = inline_serializer("Calendars", fields={"results": CalendarShape(many=True)})
RULE_ID = OpenApiParameter("id", str, OpenApiParameter.PATH, description="As in CN-12.")
CALENDAR_ID = OpenApiParameter("id", str, OpenApiParameter.PATH, description="As in CN.")
ON = OpenApiParameter("on", date, description="The version in force on that day; left out: the newest.")
# Filter → how a rule answers it. An empty filter filters nothing; a value no rule has finds none.
FILTERS: Mapping[str, Callable[[Rule], Iterable[str]]] = {
    "jurisdiction": lambda rule: (getattr(rule, "jurisdiction", "") or rule.id.partition("-")[0],),
    "kind": lambda rule: (rule.kind,),
    "actor": lambda rule: (rule.actor,),
    "event": lambda rule: rule.starts_on,
    "profile": lambda rule: (rule.profile,),
    "confidence": lambda rule: (rule.confidence,),
    "enabled": lambda rule: (str(rule.enabled).lower(),),
}
ON_LIST = OpenApiParameter("on", date, description="The versions in force on that day; left out: the newest of each.")
NARROW = [OpenApiParameter(name, str, description=f"Only rules of this {name}.") for name in FILTERS]
YEAR = OpenApiParameter("year", int, description="Left out: the last year that is published.")
ZONE = (
    "Of the date-times without an offset. An hour that comes twice, when clocks go back, is the earlier; one that does "
    "not exist is refused."
)
ASKED = ("trigger", "facts", "zone", "calendar", "ordered", "period", "extensions", "suspensions")
ASK = inline_serializer(
    "Ask",
    fields={
        "trigger": serializers.CharField(required=False, help_text="The rule's first fact: a date or a date-time."),
        "facts": serializers.DictField(child=serializers.CharField(), required=False),
        "zone": serializers.CharField(required=False, help_text=ZONE),
        "calendar": serializers.CharField(required=False),
        "ordered": serializers.CharField(required=False),
        "period": serializers.DictField(required=False),
        "extensions": serializers.ListField(child=serializers.DictField(), required=False),
        "suspensions": serializers.ListField(child=serializers.DictField(), required=False),
    },
)
QUERY = [
    OpenApiParameter(name, str, description="Any other name is a fact of the rule, as in served_on=2026-03-02.")
    for name in ("trigger", "zone", "calendar", "ordered")
]
ANSWER = inline_serializer(
    "Answer",
    fields={
        "due": serializers.CharField(required=False),
        "nominal": serializers.CharField(required=False),
        "safe_due": serializers.CharField(required=False),
        "provisional": serializers.BooleanField(required=False),
        "provisional_why": serializers.ChoiceField(("calendar_unpublished", "calendar_lacks_year"), required=False),
        "rule_version": serializers.CharField(required=False),
        "calendar_version": serializers.CharField(required=False),
        "trace": serializers.ListField(child=serializers.DictField(), required=False),
        "working": serializers.ListField(child=serializers.CharField(), required=False),
        "missing": serializers.ListField(child=serializers.CharField(), required=False),
        "sentence": serializers.CharField(required=False),
    },
)


class Rules(ViewSet):
    """The law as data, each period with its citation."""

    lookup_field = "id"
    lookup_value_regex = r"[\w-]{1,20}"

    @extend_schema(operation_id="rules_list", parameters=[*NARROW, ON_LIST], responses=RULES_PAGE)
    def list(self, request: Request) -> Response:
        check_query(request, (*FILTERS, "on"))
        found = rules_asked(request.query_params.dict(), on=day_asked(request), law=book())
        return Response({"next": None, "previous": None, "results": [RuleShape(rule).data for rule in found]})

    @extend_schema(parameters=[RULE_ID, ON], responses=WholeRule)
    def retrieve(self, request: Request, id: str) -> Response:  # noqa: A002  # the name in the address
        check_query(request, ("on",))
        return Response(WholeRule(rule_named(id, on=day_asked(request), law=book())).data)


class DueDoor(APIView):
    """Works a due date out and records nothing."""

    @extend_schema(operation_id="rules_due", parameters=[RULE_ID, *QUERY], responses=ANSWER)
    def get(self, request: Request, id: str) -> Response:  # noqa: A002
        """The facts in the address."""
        sent = request.query_params.dict()
        facts = {name: sent.pop(name) for name in list(sent) if name not in (*PLAIN, *ALWAYS)}
        sent = {name: value for name, value in sent.items() if name not in ALWAYS}
        return Response(due(id, {**sent, "facts": facts}))

    @extend_schema(operation_id="rules_due_of", parameters=[RULE_ID], request=ASK, responses=ANSWER)
    def post(self, request: Request, id: str) -> Response:  # noqa: A002
        """The facts, an order, extensions and suspensions in the body."""
        if not isinstance(request.data, Mapping):
            raise serializers.ValidationError(_("A JSON object is wanted."))
        check_keys(request.data, ASKED)
        return Response(due(id, request.data))


class Calendars(ViewSet):
    """Working days, year by year, as the authorities arranged them."""

    parser_classes = (EachKeyOnce, DataAndFile)
    lookup_field = "id"
    lookup_value_regex = r"[\w-]{1,20}"

    @extend_schema(operation_id="calendars_list", responses=CALENDARS_PAGE)
    def list(self, request: Request) -> Response:
        check_query(request)
        standing = standing_arrangements()
        shown = [calendar_shape(calendar, standing) for calendar in in_force().calendars.values()]
        return Response({"next": None, "previous": None, "results": shown})

    @extend_schema(operation_id="calendars_import", request=requests(ArrangementText), responses={201: ImportedShape})
    def create(self, request: Request) -> Response:
        """Imports a year's holiday arrangement. The open dates it moves are proposed; counsel confirms each."""
        check_can(request.user, "import_arrangement")
        asked = ArrangementText(data=request.data)
        asked.is_valid(raise_exception=True)
        by, now = cast(Person, request.user), timezone.now()

        def act() -> tuple[Response, None]:
            done = import_arrangement(**asked.validated_data, by=by, at=now)
            counts = {"moved": done.tally.moved, "settled": done.tally.settled}
            return Response({**ArrangementShape(done.arrangement).data, **counts}, status=201), None

        return once(request, act, by=by, at=now)

    create.may = "import_arrangement"  # type: ignore[attr-defined]  # as `opens` does

    @extend_schema(parameters=[CALENDAR_ID, YEAR], responses=CalendarYear)
    def retrieve(self, request: Request, id: str) -> Response:  # noqa: A002
        check_query(request, ("year",))
        calendar = in_force().calendars.get(id)
        if calendar is None:
            raise Http404
        year = year_asked(request, calendar)
        shown = {"year": year, "is_published": calendar.is_published(year), "days": days_of(calendar, year)}
        return Response(calendar_shape(calendar, standing_arrangements(calendar=id)) | shown)


def rules_asked(asked: Mapping[str, str], *, on: date | None, law: Rulebook) -> list[Rule]:
    """The newest version of each rule, or the one in force on a day, that answers every filter."""
    found = law.rules
    if on is not None:
        found = tuple(rule for versions in law.by_id.values() for rule in versions if rule.in_force(on))
    wanted = [(read, asked[name]) for name, read in FILTERS.items() if asked.get(name)]
    return [rule for rule in found if all(value in read(rule) for read, value in wanted)]


def rule_named(name: str, *, on: date | None, law: Rulebook) -> Rule:
    """What is disabled is shown as well, and says so: only a clock may not rest on it."""
    try:
        versions = law.versions(name)
    except UnknownName as error:
        raise Http404 from error
    if on is None:
        return versions[-1]
    found = next((rule for rule in versions if rule.in_force(on)), None)
    if found is None:
        raise RuleNotInForce(name, on, versions)
    return found


def day_asked(request: Request) -> date | None:
    text = request.query_params.get("on")
    return Day().run_validation(text) if text else None


def due(rule_id: str, sent: Mapping[str, Any]) -> dict[str, object]:
    law = in_force()
    rule_named(rule_id, on=None, law=law)
    found = reckon(ask_from({**sent, "rule": rule_id}, law), book=law)
    if isinstance(found, Due):
        why = {"provisional_why": found.provisional_why} if found.provisional else {}
        return found.as_json() | why | {"working": working.steps(found)}
    return found.as_json() | {"sentence": working.missing_sentence(found, law)}


def standing_arrangements(**scope: str) -> list[Arrangement]:
    return list(Arrangement.objects.filter(state=ArrangementState.IMPORTED, **scope).order_by("pk"))


def calendar_shape(calendar: Calendar, standing: list[Arrangement]) -> dict[str, Any]:
    shown: dict[str, Any] = {name: getattr(calendar, name) for name in PLAINLY}
    own = [arrangement for arrangement in standing if arrangement.calendar == calendar.id]
    laid = ArrangementShape(own, many=True).data
    return shown | {"published_years": sorted(calendar.published_years), "arrangements": laid}


def year_asked(request: Request, calendar: Calendar) -> int:
    text = request.query_params.get("year") or str(max(calendar.published_years, default=FIRST.year))
    if not text.isdecimal() or not FIRST.year <= int(text) <= LAST.year:
        told = _("A year from %(first)s to %(last)s is wanted.") % {"first": FIRST.year, "last": LAST.year}
        raise serializers.ValidationError({"year": [told]})
    return int(text)


def days_of(calendar: Calendar, year: int) -> list[dict[str, Any]]:
    """Holidays and make-up days; ordinary weekends and working days are not listed."""
    every = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    days = [calendar.day(each) for each in every if each.year == year]
    return [each._asdict() for each in days if each.kind in {"holiday", "make_up"}]
