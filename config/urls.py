"""Every address Casebook answers."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

import cases.admin  # noqa: F401  # registers what the administration shows
from config import health
from tracker.views.language import set_language

handler400 = "config.refusals.bad_request"
handler404 = "config.refusals.not_found"
handler500 = "config.refusals.server_error"
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("i18n/setlang/", set_language, name="set_language"),
    path("api/v1/", include("cases.api.urls")),
    path("api/v1/", include("tracker.api.urls")),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", include("tracker.urls")),
    ),
]
