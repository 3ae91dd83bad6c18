"""The bare reference: Django REST framework over the same rows, with a token and nothing else. For the bench only.

No walls, no audit, no rules: what a list, a detail, a create or an upload costs before any of that.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.urls import URLPattern, path
from rest_framework import serializers
from rest_framework.generics import ListCreateAPIView, RetrieveAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.models import Blob, Case, Evidence, Task

SIZE: Final = 50
WRITTEN_AT: Final = datetime(2026, 11, 22, tzinfo=UTC)


class CaseRow(serializers.ModelSerializer[Case]):
    class Meta:
        model = Case
        fields = (
            "uid", "reference", "revision", "title_en", "title_zh", "title_zh_hant", "state", "party", "lead_authority",
            "lead_counsel", "announced_on", "is_open_to_staff", "is_named_in_mail", "is_fictional", "protection_mark",
            "opened_at", "closed_at", "closing_reason",
        )  # fmt: skip
        read_only_fields = ("opened_at",)


class TaskRow(serializers.ModelSerializer[Task]):
    class Meta:
        model = Task
        fields = ("uid", "number", "title_en", "title_zh", "assignee", "state", "blocked_reason", "closed_at")


class EvidenceRow(serializers.ModelSerializer[Evidence]):
    class Meta:
        model = Evidence
        fields = ("uid", "number", "title_en", "title_zh", "filename", "media_type", "state", "captured_at", "blob")


class CaseWhole(CaseRow):
    tasks = TaskRow(many=True, read_only=True)
    evidence = EvidenceRow(many=True, read_only=True)

    class Meta(CaseRow.Meta):
        fields = (*CaseRow.Meta.fields, "allegation", "tasks", "evidence")  # type: ignore[assignment]  # longer


class Cases(ListCreateAPIView[Case]):
    serializer_class = CaseRow
    filter_backends = ()

    def get_queryset(self) -> QuerySet[Case]:
        asked: Mapping[str, str] = self.request.query_params
        named = {name: asked[name] for name in ("state", "lead_authority__uid") if name in asked}
        return Case.objects.filter(**named).order_by("-opened_at", "-pk")[:SIZE]

    def perform_create(self, serializer: serializers.BaseSerializer[Case]) -> None:
        serializer.save(recorded_at=WRITTEN_AT, recorded_by=self.request.user, opened_at=WRITTEN_AT)


class OneCase(RetrieveAPIView[Case]):
    serializer_class = CaseWhole
    filter_backends = ()
    lookup_field = "reference"
    queryset = Case.objects.prefetch_related("tasks", "evidence")


class Upload(APIView):
    """Hashed and written to a file; one row says so."""

    parser_classes = (MultiPartParser,)

    def post(self, request: Request) -> Response:
        data: Any = request.data
        sent = data["file"]
        digest = hashlib.sha256()
        place = Path(settings.DATA_DIR) / f"bare-{sent.name}"
        with place.open("wb") as file:
            for chunk in sent.chunks():
                digest.update(chunk)
                file.write(chunk)
        blob = Blob.objects.create(sha256=digest.hexdigest(), size=sent.size, stored_at=WRITTEN_AT)
        return Response({"sha256": blob.sha256, "size": blob.size}, status=201)


urlpatterns: list[URLPattern] = [
    path("bare/cases/", Cases.as_view()),
    path("bare/cases/<slug:reference>/", OneCase.as_view()),
    path("bare/upload/", Upload.as_view()),
]
