"""``python -m tests.benchmarks``: one run, one table, ``var/bench.json``."""

import argparse
import sys
import time
from collections.abc import Callable
from typing import Final

from tests.benchmarks import (
    bulk,
    burst,
    calendar,
    durable,
    latency,
    pages,
    phones,
    printing,
    reading,
    starting,
    town,
)
from tests.benchmarks.measures import CONSOLE, Measure, table_of, write
from tests.gateway.village import ROOT

RUNS: Final[dict[str, Callable[..., list[Measure]]]] = {
    "starting": starting.measure,
    "latency": latency.measure,
    "durable": durable.measure,
    "reading": reading.measure,
    "town": town.measure,
    "calendar": calendar.measure,
    "bulk": bulk.measure,
    "burst": burst.measure,
    "printing": printing.measure,
    "phones": phones.measure,
    "pages": pages.measure,
}
FILE: Final = ROOT / "var" / "bench.json"


def main() -> int:
    """Run what was asked for; a benchmark that breaks is told and fails the run."""
    asked = _arguments()
    measures: list[Measure] = []
    broken: list[str] = []
    begun = time.monotonic()
    for name in asked.only or RUNS:
        CONSOLE.rule(name)
        try:
            measures += RUNS[name](is_quick=asked.quick)
        except Exception as error:  # noqa: BLE001 - the others are still worth measuring
            CONSOLE.print_exception(max_frames=6)
            broken.append(name)
            measures.append(Measure(name, name, "").because(f"{type(error).__name__}: {error}"))
    CONSOLE.print(table_of(measures))
    write(FILE, measures, is_quick=asked.quick)
    unmet = [one.name for one in measures if one.is_met is False]
    CONSOLE.print(f"{time.monotonic() - begun:.0f} s; written to {FILE}", soft_wrap=True)
    CONSOLE.print(f"goals not met: {', '.join(unmet) or 'none'}", soft_wrap=True)
    return 1 if broken else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "--only", action="append", choices=RUNS, help="one benchmark (may be repeated)"
    )
    parser.add_argument(
        "--quick", action="store_true", help="small samples: proves the harness, not the goals"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
