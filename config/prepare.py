"""What must be there before the processes start: tables, rights, static files and, on a first embedded run, a demo."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connections

from config import roles


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    migrate()
    collect_static(Path(settings.STATIC_ROOT))
    if settings.EMBEDDED:
        seed_once(settings.DATA_DIR)


def migrate() -> None:
    owner = "owner" if "owner" in connections else "default"
    call_command("migrate", database=owner, interactive=False, verbosity=0)
    if owner == "owner":
        roles.grant(connections["owner"], connections["default"].settings_dict["USER"])


def collect_static(target: Path) -> None:
    """Collects only what changed since the last run: hashing and compressing takes longer than the rest of a start."""
    stamp = target / ".collected"
    wanted = _fingerprint()
    if not stamp.exists() or stamp.read_text() != wanted:
        call_command("collectstatic", interactive=False, clear=target.exists(), verbosity=0)
        stamp.write_text(wanted)


def _fingerprint() -> str:
    return hashlib.sha256("\n".join(sorted(_sources())).encode()).hexdigest()


def _sources() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            yield f"{path} {storage.size(path)} {storage.get_modified_time(path).timestamp()}"


def seed_once(data_dir: Path) -> None:
    seeded = data_dir / "demo-seeded"
    if "seed_demo" in get_commands() and not seeded.exists():
        call_command("seed_demo")
        seeded.touch()


if __name__ == "__main__":
    main()
