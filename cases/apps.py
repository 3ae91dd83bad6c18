"""The record, as Django knows it."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from cases.checks import law_is_sound


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = _("Record")

    def ready(self) -> None:
        register(law_is_sound)
