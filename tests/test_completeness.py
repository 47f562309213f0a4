"""What a run of the tests says it did not test."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_slow_files_that_are_left_out_are_named_once(workers: tuple[str, ...]) -> None:
    files = ("tests/journeys/test_kill.py", "tests/schedules/test_faults.py")
    command = [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider"]
    environment = {"PATH": "/usr/bin:/bin", "CI": ""}
    ran = subprocess.run(
        [*command, *workers, *files],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=Path(__file__).parents[1],
    )
    [line] = [one for one in ran.stdout.splitlines() if one.startswith("slow, left out here")]
    assert [line.count(file) for file in files] == [1, 1]
