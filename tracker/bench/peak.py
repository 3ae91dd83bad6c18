"""`python -m tracker.bench.peak COMMAND ...`: a command of `manage.py`, and at its end the most memory it held.

Asked of the process itself: what the kernel tells its starter (`ru_maxrss`) begins, on Linux, with all that the starter
held when the process was made, so a small command of a big process would seem big.
"""

import re
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from django.core.management import execute_from_command_line

LINE: Final = re.compile(r"^peak kB: (\d+)$", re.MULTILINE)
STATUS: Final = Path("/proc/self/status")


def main(arguments: Sequence[str]) -> None:
    execute_from_command_line(["manage.py", *arguments])
    sys.stdout.write(f"peak kB: {kilobytes()}\n")


def kilobytes() -> int:
    """The most this process held since its program began."""
    if STATUS.exists() and (found := re.search(r"^VmHWM:\s+(\d+) kB$", STATUS.read_text(), re.MULTILINE)):
        return int(found[1])
    told = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # macOS counts bytes, and begins anew with each program.
    return told // 1024 if sys.platform == "darwin" else told


def told_in(output: str) -> int:
    """What `main` said last."""
    return int(LINE.findall(output)[-1])


if __name__ == "__main__":
    main(sys.argv[1:])
