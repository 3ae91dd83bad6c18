"""The most memory a command held: its own, however much the process held that started it."""

import os
import subprocess
import sys
from pathlib import Path

from tracker.bench import peak

ROOT = Path(__file__).parents[1]
HELD = 400 * 1024**2


def test_a_small_command_of_a_big_process_is_small():
    held = b"x" * HELD
    command = [sys.executable, "-W", "ignore", "-m", "tracker.bench.peak", "version"]

    told = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=True).stdout

    assert 10_000 < peak.told_in(told) < HELD // 1024 // 2
    assert len(held) == HELD


def test_without_the_kernels_own_file_the_starters_count_is_better_than_none(monkeypatch, tmp_path):
    monkeypatch.setattr(peak, "STATUS", tmp_path / "none")

    assert peak.kilobytes() > 10_000
