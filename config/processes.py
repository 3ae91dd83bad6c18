"""One child process each: started so that it cannot outlive its starter, watched, stopped with all it started."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

PR_SET_PDEATHSIG: Final = 1
RESTART_AFTER: Final = (1, 2, 5, 10, 30)
STEADY_SECONDS: Final = 60


@dataclass(frozen=True)
class Account:
    """An operating-system account a child runs as, instead of root."""

    name: str
    uid: int
    gid: int


@dataclass
class Child:
    """A process this one started; it leads a session of its own, so a Ctrl-C in the terminal does not reach it."""

    name: str
    command: Sequence[str | Path]
    environment: Mapping[str, str] = field(default_factory=dict)
    account: Account | None = None
    log: Path | None = None
    directory: Path | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0

    def start(self) -> None:
        output = self.log.open("ab") if self.log else None
        try:
            self.process = subprocess.Popen(
                [str(part) for part in self.command],
                env={**os.environ, **self.environment},
                cwd=self.directory,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
                start_new_session=True,
                # Safe: the supervisor runs one thread.
                preexec_fn=_dies_with(os.getpid(), self.stop_signal),  # noqa: PLW1509
                user=self.account.uid if self.account else None,
                group=self.account.gid if self.account else None,
                extra_groups=[] if self.account else None,
            )
        finally:
            if output:
                output.close()
        self.started = time.monotonic()

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def seconds_until_restart(self, now: float) -> float:
        """How long to leave a dead child down: longer each time, unless it had run steadily."""
        wait = RESTART_AFTER[min(self.failures, len(RESTART_AFTER) - 1)]
        return max(0.0, self.started + wait - now)

    def restart(self) -> None:
        assert self.process is not None
        signal_group(self.process.pid, signal.SIGKILL)
        steady = time.monotonic() - self.started > STEADY_SECONDS
        self.failures = 0 if steady else self.failures + 1
        self.start()

    def wait(self) -> int:
        assert self.process is not None
        return self.process.wait()

    def ask_to_stop(self) -> None:
        if self.is_alive():
            assert self.process is not None
            self.process.send_signal(self.stop_signal)

    def wait_stopped(self, seconds: float) -> None:
        """Waits for a polite end, then ends it and whatever it left behind in its session."""
        if self.process is None:
            return
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            signal_group(self.process.pid, signal.SIGKILL)
            self.process.wait()
        signal_group(self.process.pid, signal.SIGKILL)

    def stop(self, seconds: float = 20) -> None:
        self.ask_to_stop()
        self.wait_stopped(seconds)


def signal_group(leader: int, number: signal.Signals) -> None:
    try:
        os.killpg(leader, number)
    except (ProcessLookupError, PermissionError):
        # Nobody is left, or (macOS) only zombies are.
        return


def _dies_with(starter: int, number: signal.Signals) -> Callable[[], None] | None:
    """Linux tells a child when its starter dies, so that even `kill -9` of the starter leaves nothing running."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != starter:
            os.kill(os.getpid(), signal.SIGKILL)

    return ask
