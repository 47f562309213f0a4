"""What a benchmark finds: one figure against its reference, in a table and in a file."""

import json
import os
import platform
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

CONSOLE = Console(width=None if Console().is_terminal else 150)


@dataclass(frozen=True)
class Goal:
    """A bound of the ratio, or of the value itself (``of``)."""

    bound: float
    is_most: bool = True
    of: str = "ratio"

    def __str__(self) -> str:
        sign = "<=" if self.is_most else ">="
        return f"{sign} {self.bound:g}" + ("" if self.of == "ratio" else " (value)")

    def is_met(self, measure: "Measure") -> bool | None:
        """Say whether it is met; None when it was not measured."""
        figure = measure.ratio if self.of == "ratio" else measure.value
        if figure is None:
            return None
        return figure <= self.bound if self.is_most else figure >= self.bound


@dataclass(frozen=True)
class Measure:
    """One line: ``ratio`` is value / reference; None stands for not measured."""

    name: str
    what: str
    unit: str
    value: float | None = None
    reference: float | None = None
    goal: Goal | None = None
    detail: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the reference."""
        if self.value is None or not self.reference:
            return None
        return self.value / self.reference

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met; None without a goal or a figure."""
        return self.goal.is_met(self) if self.goal else None

    def because(self, reason: str) -> Self:
        """Return the line as one that could not be measured."""
        return replace(self, value=None, reference=None, detail=f"not measured: {reason}")


def median(values: Sequence[float]) -> float:
    """Return the median."""
    return float(statistics.median(values))


def spread(values: Sequence[float]) -> str:
    """Tell the median and how far nine in ten lie."""
    high = sorted(values)[min(len(values) - 1, len(values) * 9 // 10)]
    return f"median {median(values):.2f}, p90 {high:.2f}, n={len(values)}"


def progress() -> Progress:
    """Return the progress display of a benchmark."""
    return Progress(
        TextColumn("{task.description:<44}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=CONSOLE,
    )


def memory_mb(pid: int | str, field: str) -> float:
    """Return ``VmRSS`` or ``VmHWM`` (the peak) of a process in MB."""
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    line = next(row for row in text.splitlines() if row.startswith(f"{field}:"))
    return int(line.split()[1]) / 1024


def cpu_seconds(pid: int | str) -> float:
    """Return the processor time that a process has used: what a busy machine does not stretch."""
    text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    fields = text.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def table_of(measures: Sequence[Measure]) -> Table:
    """Return the one table."""
    table = Table(title="jifen: make bench", show_lines=True)
    for heading in ("what", "measured", "floor / peer", "ratio", "goal", "met?", "detail"):
        table.add_column(heading, overflow="fold")
    for one in measures:
        met = {True: "[green]yes[/]", False: "[red]no[/]", None: "-"}[one.is_met]
        table.add_row(
            one.what,
            _figure(one.value, one.unit),
            _figure(one.reference, one.unit),
            "-" if one.ratio is None else f"{one.ratio:.2f}",
            str(one.goal or "-"),
            met,
            one.detail,
        )
    return table


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f} {unit}" if abs(value) >= 100 else f"{value:.2f} {unit}"


def write(path: Path, measures: Sequence[Measure], *, is_quick: bool) -> None:
    """Write the figures under stable keys."""
    told: dict[str, Any] = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "python": platform.python_version(),
        "machine": {
            "system": platform.platform(),
            "processor": _processor(),
            "cores": os.cpu_count(),
            "load": [round(x, 2) for x in os.getloadavg()],
        },
        "is_quick": is_quick,
        "measures": [_told(one) for one in measures],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _told(one: Measure) -> dict[str, Any]:
    told = asdict(one) | {"goal": str(one.goal) if one.goal else None}
    for key in ("value", "reference"):
        told[key] = None if told[key] is None else round(told[key], 4)
    ratio = one.ratio
    return told | {"ratio": None if ratio is None else round(ratio, 4), "met": one.is_met}


def _processor() -> str:
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    names = [row.split(":", 1)[1].strip() for row in text.splitlines() if "model name" in row]
    return names[0] if names else platform.machine()


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()
