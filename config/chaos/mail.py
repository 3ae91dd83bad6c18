"""Casebook's way to the mail server, and the greeting names the process, so that each delivery has its sender."""

import os
from collections.abc import Callable
from functools import partial
from typing import Any

from config import mail


class SmtpBackend(mail.SmtpBackend):
    @property
    def connection_class(self) -> Callable[..., Any]:  # type: ignore[override]  # it is only called
        return partial(_opened, super().connection_class)


def _opened(smtp: Callable[..., Any], *address: Any, **options: Any) -> Any:
    return smtp(*address, **options | {"local_hostname": f"pid-{os.getpid()}"})
