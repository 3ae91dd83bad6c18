"""What every room of the API does alike: find within what the person may know of, ask whether they may, act, answer.

`opens` and `verb` make one door each from one call of an action; a person who may not know of a row gets 404 before
anything else is said, one who may not act on it gets 403 before what was sent is read.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar, Literal, TypeVar, cast

from django.db.models import Model, Prefetch, Q, QuerySet
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.filters import BaseFilterBackend
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import BaseParser
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from cases.actions.reading import is_watched, log_read
from cases.api.conditions import if_match, is_unchanged, tagged
from cases.api.once import once
from cases.api.paging import PAGED, KeysetPages, parameter
from cases.api.shapes import Known, Nothing, Shape, rows_for
from cases.api.uploads import requests
from cases.api.written import written
from cases.asked import Asked, EachKeyOnce, check_query
from cases.known_cases import Way
from cases.models import Case, Person
from cases.permissions import check_can, visible_to, within_case

M = TypeVar("M", bound=Model)
Given = dict[str, Any]
Door = Callable[..., HttpResponseBase]
Act = Callable[[Any, Any, Given], Any]


class FieldFilters(BaseFilterBackend):
    """`?case=REF&state=open`: the room says which field each name asks.

    Another name, and a value outside a closed list, is refused.
    """

    def filter_queryset(self, request: Request, queryset: QuerySet[Any, Any], view: APIView) -> QuerySet[Any, Any]:
        filters: Mapping[str, str] = cast(Any, view).filters
        if request.method in SAFE_METHODS:
            check_query(request, (*filters, *PAGED))
        for name, path in filters.items():
            if value := request.query_params.get(name):
                queryset = queryset.filter(self.condition(queryset.model, name, path, value))
        return queryset

    def condition(self, model: type[Model], name: str, path: str, value: str) -> Q:
        choices = choices_of(model, path)
        if choices and value not in choices:
            told = _("One of these is wanted: %(choices)s.") % {"choices": ", ".join(filter(None, choices))}
            raise serializers.ValidationError({name: [told]})
        if "\x00" in value:
            raise serializers.ValidationError({name: [_("This cannot be searched for.")]})
        return Q(**{path: value})

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [parameter(name, self.schema(view.model, path), "") for name, path in view.filters.items()]

    def schema(self, model: type[Model], path: str) -> Mapping[str, Any]:
        choices = choices_of(model, path)
        return {"type": "string", "enum": [value for value in choices if value]} if choices else {"type": "string"}


def choices_of(model: type[Model], path: str) -> list[str]:
    if "__" in path:
        return []
    return [str(value) for value, _label in getattr(model._meta.get_field(path), "choices", None) or ()]


class Room(GenericViewSet[Any]):
    """One noun: its list and its detail. Rooms that take something add doors with `opens` and `verb`."""

    model: ClassVar[type[Model]]
    shape: ClassVar[type[Shape[Any]]]
    whole: ClassVar[type[Shape[Any]] | None] = None
    order: ClassVar[tuple[str, ...]] = ("-recorded_at", "-pk")
    filters: ClassVar[Mapping[str, str]] = {"case": "case__reference"}
    lookup_field = "uid"
    lookup_value_regex = "[0-9a-z]{1,40}"
    parser_classes: Sequence[type[BaseParser]] = (EachKeyOnce,)
    pagination_class = KeysetPages
    filter_backends = (FieldFilters,)

    @cached_property
    def at(self) -> datetime:
        """The one reading of the clock in a request."""
        return timezone.now()

    @property
    def person(self) -> Person:
        return cast(Person, self.request.user)

    def scoped(self, rows: QuerySet[M]) -> QuerySet[M]:
        return visible_to(rows, self.person, at=self.at, way=Way.PAGE)

    def rows(self, shape: type[Shape[Any]]) -> QuerySet[Any]:
        """With all that the shape shows; rooms whose details nest more add it here."""
        return rows_for(shape)

    def get_queryset(self) -> QuerySet[Any]:
        return self.scoped(self.rows(self.shown()))

    def shown(self) -> type[Shape[Any]]:
        return self.shape if self.action == "list" else self.whole or self.shape

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return self.shown()

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "person": self.person, "at": self.at}

    def list(self, request: Request) -> Response:  # noqa: ARG002  # as the framework calls it
        rows = written(self.shape)
        page = self.paginate_queryset(rows.asked(self.filter_queryset(self.get_queryset())))
        return self.get_paginated_response([rows.row(each) for each in page or ()])

    def retrieve(self, request: Request, **_name: str) -> Response:
        row = self.get_object()
        shown = self.get_serializer(row).data
        if request.method == "GET" and is_watched(row):
            log_read(record=row, case=case_of(row), by=self.person, at=self.at)
        if is_unchanged(self.request, shown):
            return Response(status=304, headers=tagged(shown))
        return Response(shown, headers=tagged(shown))

    # ---- For the doors -----------------------------------------------------------------------------------------------
    def given(self, takes: type[Asked], case: Case | None = None) -> Given:
        """What was sent, checked and turned into the action's keywords, with who asks and when."""
        check_no_revision(self.request.data)
        context = self.get_serializer_context() | {"case": case}
        asked = takes(data=self.request.data, context=context)
        asked.is_valid(raise_exception=True)
        check_one_case(asked.validated_data)
        return {**asked.validated_data, "by": self.person, "at": self.at}

    def found(self) -> Any:
        """The row for an action, with its case and without what only the detail shows."""
        found: Any = get_object_or_404(self.scoped(rows_for(self.shape)), **{self.lookup_field: self.named})
        return found

    @property
    def named(self) -> str:
        return str(self.kwargs[self.lookup_field])

    def answer(self, row: Model, status: int = 200, shape: type[Shape[Any]] | None = None) -> Response:
        """As it now stands, even where the act itself ended the person's knowing of it."""
        shape = shape or self.whole or self.shape
        shown = shape(self.rows(shape).get(pk=row.pk), context=self.get_serializer_context()).data
        return Response(shown, status=status, headers=tagged(shown))

    def as_it_stands(self) -> Mapping[str, Any]:
        """The whole row, if the person may know of it still."""
        shown: Mapping[str, Any] = self.get_serializer(self.get_object()).data
        return shown

    def once(self, act: Callable[[], tuple[Response, Case | None]]) -> Response:
        return once(self.request, act, by=self.person, at=self.at)


def case_of(row: object) -> Case | None:
    """The case a row belongs to; None for people and authorities, who belong to none."""
    found = row if isinstance(row, Case) else getattr(row, "case", None)
    return found if isinstance(found, Case) else None


def check_no_revision(sent: object) -> None:
    """It guards a change only as If-Match: left unread in a body it would seem to."""
    if isinstance(sent, Mapping) and "revision" in sent:
        raise serializers.ValidationError({"revision": [_("Send it as If-Match, in the header.")]})


def check_one_case(sent: Mapping[str, Any]) -> None:
    """What is named beside a case must be of that case; of another one it is as good as unknown."""
    case = sent.get("case")
    strangers = [
        name
        for name, row in sent.items()
        if isinstance(case, Case) and getattr(row, "case_id", case.pk) != case.pk  # people are of no case
    ]
    if strangers:
        told = Known.default_error_messages["does_not_exist"]
        raise serializers.ValidationError({name: [told] for name in strangers})


def nested(shape: type[Shape[Any]], person: Person, at: datetime) -> "list[Prefetch[Any]]":
    """The lists inside a shape, each fetched in one query with what its rows show, as far as the person may know."""
    lists = {name: field for name, field in shape._declared_fields.items() if hasattr(field, "child")}  # noqa: SLF001
    inner = {name: type(field.child) for name, field in lists.items() if isinstance(field.child, Shape)}
    return [Prefetch(name, within_case(rows_for(found), person, at=at)) for name, found in inner.items()]


def opens(
    may: str, takes: type[Asked], *, name: str = "", gives: type[Shape[Any]] | None = None
) -> Callable[[Callable[[Any, Given], Any]], Door]:
    """POST on the list, or on a `name` below it: the method calls one action and returns the new row, or an answer."""

    def decorate(do: Callable[[Any, Given], Any]) -> Door:
        def create(self: Room, request: Request) -> HttpResponseBase:  # noqa: ARG001  # the signature is the framework's
            check_can(self.person, may)

            def make() -> tuple[Response, Case | None]:
                given = self.given(takes)
                joined = given.get("case")
                made = do(self, given)
                if isinstance(made, Response):
                    return made, case_of(joined)
                return self.answer(made, status=201, shape=gives), case_of(made)

            return self.once(make)

        door = described(create, do, may, takes, responses={201: gives} if gives else None)
        at_name = action(detail=False, methods=["post"], url_path=name, parser_classes=(EachKeyOnce,))
        return cast(Door, at_name(door)) if name else door

    return decorate


def verb(
    name: str,
    may: str,
    takes: type[Asked] = Nothing,
    *,
    methods: Sequence[Literal["get", "post"]] = ("post",),
    gives: type[Shape[Any]] | None = None,
) -> Callable[[Act], Door]:
    """POST on one row: the method calls one action with the row and what was given; the answer is the row's detail."""

    def decorate(do: Act) -> Door:
        def post(self: Room, request: Request, **_name: str) -> HttpResponseBase:  # noqa: ARG001
            row = self.found()
            check_can(self.person, may)

            def act() -> HttpResponseBase:
                done = do(self, row, self.given(takes, case=case_of(row)))
                return done if isinstance(done, HttpResponseBase) else self.answer(row)

            if "get" in methods:
                check_query(self.request)
                return act()
            return self.once(lambda: (cast(Response, if_match(self.request, row, act)), case_of(row)))

        door = described(post, do, may, takes, responses=gives)
        at_name = action(detail=True, methods=list(methods), url_path=name, parser_classes=(EachKeyOnce,))
        return cast(Door, at_name(door))

    return decorate


def described(door: Door, do: Callable[..., Any], may: str, takes: type[Asked], responses: Any = None) -> Door:
    """Names the door as the room does; `may` lets a test find the policy of every door from the resolver."""
    door.__name__, door.__qualname__, door.__doc__ = do.__name__, do.__qualname__, do.__doc__
    said = inspect.cleandoc(do.__doc__ or "")
    answers = {"responses": responses} if responses else {}
    door = extend_schema(request=requests(takes), description=said or None, **answers)(door)
    door.may = may  # type: ignore[attr-defined]  # a function takes attributes
    return door
