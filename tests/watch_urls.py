"""The two addresses a reminder leads to, so that its tests do not need the pages."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import path


def deadline(_request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    return HttpResponse(f"{reference} {uid}")


def acknowledge(_request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse(token)


urlpatterns = i18n_patterns(
    path("cases/<reference>/deadlines/<uid>/", deadline, name="deadline"),
    path("acknowledge/<token>/", acknowledge, name="acknowledge"),
)
