"""What was not tested is said by name; in CI a skip of the real things is a failure."""

import os
from collections import Counter
from typing import Any

import pytest
from _pytest.terminal import TerminalReporter

REQUIRED = ("gateway", "postgresql", "browser", "s3")
_left_out: dict[str, int] = {}
_skipped: list[tuple[str, str, bool]] = []


def _is_ci() -> bool:
    return os.environ.get("CI", "").lower() not in {"", "0", "false", "no"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave slow tests out unless they were asked for, or this is CI, where they go first."""
    slow = [item for item in items if item.get_closest_marker("slow")]
    if _is_ci() or "slow" in str(config.getoption("-m")):
        items.sort(key=lambda item: item.get_closest_marker("slow") is None)
        return
    if slow:
        config.hook.pytest_deselected(items=slow)
        _left_out.update(Counter(item.nodeid.partition("::")[0] for item in slow))
        items[:] = [item for item in items if item not in slow]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear from a worker (-n) what it left out: each collects everything, the parent nothing."""
    _left_out.update(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember each skipped test; an expected failure is no skip."""
    if report.skipped and not hasattr(report, "wasxfail"):
        is_marked = any(mark in report.keywords for mark in REQUIRED)
        is_required = is_marked or report.nodeid.startswith("tests/gateway/")
        _skipped.append((report.nodeid, _reason(report), is_required))


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Remember a file that was skipped whole; nobody knows what it would have tested."""
    if report.skipped:
        _skipped.append((report.nodeid, _reason(report), True))


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    if isinstance(report.longrepr, tuple):
        return str(report.longrepr[2]).removeprefix("Skipped: ")
    return str(report.longrepr)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Print what was not tested: slow tests by file, skipped ones by name with the reasons."""
    write = terminalreporter.write_line
    if _left_out:
        files = ", ".join(f"{file} ({count})" for file, count in sorted(_left_out.items()))
        write(f"slow, left out here (-m slow runs them): {sum(_left_out.values())}: {files}")
    if not _skipped:
        return
    write(f"skipped here: {len(_skipped)}: " + ", ".join(sorted({n for n, _, _ in _skipped})))
    for reason, count in Counter(reason for _, reason, _ in _skipped).most_common():
        write(f"  {count} x {reason}")
    missing = sum(required for _, _, required in _skipped)
    if missing and _is_ci():
        write(f"CI: {missing} tests of {', '.join(REQUIRED)} were skipped; that is a failure")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail the session in CI when something required was skipped."""
    is_worker = hasattr(session.config, "workerinput")
    if is_worker:
        session.config.workeroutput["left_out"] = dict(_left_out)  # type: ignore[attr-defined]
    missing = any(required for _, _, required in _skipped)
    if missing and _is_ci() and not is_worker and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
