"""What the house logs is JSON on standard error, and costs nothing while nothing is logged."""

import json
import subprocess
import sys


def said(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)


def test_a_line_is_json_on_standard_error_with_its_traceback() -> None:
    ran = said(
        "from schedules.logs import Log\n"
        "log = Log('delivery')\n"
        "log.warning('纸条没送到', attempts=2)\n"
        "try:\n    1 / 0\n"
        "except ZeroDivisionError:\n    log.exception('tick failed')\n"
    )
    assert ran.stdout == ""
    first, second = (json.loads(line) for line in ran.stderr.splitlines())
    assert (first["event"], first["attempts"], first["level"]) == ("纸条没送到", 2, "warning")
    assert first["timestamp"].endswith("Z")
    assert "ZeroDivisionError" in second["exception"]


def test_serving_loads_neither_the_command_table_nor_what_writes_lines() -> None:
    idle = "{'structlog', 'rich', 'typer', 'alembic', 'openpyxl', 'numpy'}"
    asked = f"import sys, bot.cli.main, bot.cli.serving; print({idle} & set(sys.modules))"
    assert said(asked).stdout.strip() == "set()"
