"""The house rules, kept by reading the source: sizes, transactions, wording, the clock, limits."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("domain", "storage", "schedules", "bot")
SOURCES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
FILE_LINES_MAX = 300
FUNCTION_LINES_MAX = 40

WORDING = (
    "bot/replies",
    "bot/papers",
    "bot/understanding",
    "bot/web/templates",
    "storage/migrations",
)
"""Where Chinese stands as data: sentences, headings of files, the words that people write."""
WORDING_AT_THE_EDGE = {
    "domain/rulebook.py": "the counting word of an item whose file names none",
    "bot/commands/finding.py": "the shape of an address, 3组12号, as the reader gives it",
}

CLOCK = "bot/clock.py"
STAMPS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
DOCTOR = "bot/cli/database_check.py"
"""Looks at a database that may be none of ours, or broken."""
STATEMENTS = {"select", "insert", "update", "delete", "text", "func", "Table", "Session"}
WECHATY = "bot/gateways/wechaty_client.py"

READS_EVERYTHING = {
    "storage/audit.py": "the proof of the books reads all of a village once",
    "storage/backup.py": "a backup is whole",
    "storage/portable.py": "a copy to another database is whole",
    "storage/proof.py": "every photo is looked at",
    "storage/redemption_audit.py": "as the audit: all of a village once",
    "storage/sameness.py": "the proof of a move reads every row, some at a time",
}
"""Modules whose queries have no limit, with the reason."""
LIMITED_OTHERWISE = {
    ("storage/people.py", "of_household"): "a subquery; _contacts limits the whole",
    ("storage/villages.py", "save"): "a roster is compared with every household of its village",
    ("storage/ledger.py", "_HEAD"): "the one head of a village, by its key",
}
ONE_ROW = re.compile(
    r"func\.(count|max|min|sum|coalesce)\(|\.scalar_one\(|\.with_for_update\(|\.scalar_subquery\("
)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


every_source = pytest.mark.parametrize("path", SOURCES, ids=_name)


def test_there_is_something_to_read() -> None:
    assert len(SOURCES) > 100


@every_source
def test_a_file_has_at_most_three_hundred_lines(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= FILE_LINES_MAX


@every_source
def test_a_function_has_at_most_forty_lines(path: Path) -> None:
    if "migrations" in path.parts:
        return  # a revision lists its tables
    for function in _functions(_tree(path)):
        assert function.end_lineno is not None
        body = function.body[1:] if ast.get_docstring(function) else function.body
        start = body[0].lineno if body else function.end_lineno
        length = function.end_lineno - start + 1
        assert length <= FUNCTION_LINES_MAX, f"{function.name} has {length} lines"


def _opens_books(block: ast.With) -> bool:
    opened = [ast.unparse(item.context_expr) for item in block.items]
    return any(name.endswith(("open_books()", ".attempt()", ".begin()")) for name in opened)


@every_source
def test_nothing_is_awaited_inside_a_transaction(path: Path) -> None:
    for block in ast.walk(_tree(path)):
        if isinstance(block, ast.With) and _opens_books(block):
            waits = [n for n in ast.walk(block) if isinstance(n, ast.Await | ast.AsyncWith)]
            assert not waits, f"await inside a transaction, line {block.lineno}"


@every_source
def test_an_act_is_plain_synchronous_code(path: Path) -> None:
    for function in _functions(_tree(path)):
        takes_books = any(
            a.annotation is not None and ast.unparse(a.annotation) == "Books"
            for a in function.args.args
        )
        is_async = isinstance(function, ast.AsyncFunctionDef)
        assert not (takes_books and is_async), f"{function.name} awaits with open books"


def _docstrings(tree: ast.Module) -> set[ast.AST]:
    """Every string that is a statement by itself, documents and attributes alike."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _is_chinese(value: object) -> bool:
    return isinstance(value, str) and bool(re.search(r"[\u4e00-\u9fff]", value))


@every_source
def test_chinese_sentences_stand_where_wording_belongs(path: Path) -> None:
    name = _name(path)
    if name.startswith(WORDING) or name in WORDING_AT_THE_EDGE:
        return
    tree = _tree(path)
    said = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and _is_chinese(n.value)]
    stray = [n for n in said if n not in _docstrings(tree)]
    assert not stray, [f"line {n.lineno}: {n.value}" for n in stray]


@every_source
def test_only_the_clock_reads_the_clock(path: Path) -> None:
    if _name(path) == CLOCK:
        return
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert not called.endswith(tuple(STAMPS)), f"{called}, line {node.lineno}"


@every_source
def test_only_one_module_knows_the_wechaty_client(path: Path) -> None:
    if _name(path) == WECHATY:
        return
    imported = {
        name.split(".")[0]
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [a.name for a in node.names]
        )
    }
    assert "wechaty_grpc" not in imported


def _selects(function: ast.AST) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "select"
    ]


@every_source
def test_every_list_query_has_a_limit(path: Path) -> None:
    """A function that reads rows with ``select`` limits them, or reads one value or one row."""
    name = _name(path)
    if not name.startswith("storage/") or name in READS_EVERYTHING or "migrations" in path.parts:
        return
    for function in _functions(_tree(path)):
        text = ast.unparse(function)
        if _selects(function) and ".limit(" not in text:
            is_known = (name, function.name) in LIMITED_OTHERWISE
            assert is_known or ONE_ROW.search(text), f"{function.name} reads without a limit"


@every_source
def test_statements_built_at_import_are_limited_too(path: Path) -> None:
    name = _name(path)
    if not name.startswith("storage/") or name in READS_EVERYTHING or "migrations" in path.parts:
        return
    for statement in _tree(path).body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and _selects(statement):
            text = ast.unparse(statement)
            is_known = (name, text.split(" ")[0].rstrip(":")) in LIMITED_OTHERWISE
            is_limited = ".limit(" in text or ONE_ROW.search(text)
            assert is_known or is_limited, f"line {statement.lineno}"


@every_source
def test_statements_stay_in_storage(path: Path) -> None:
    """Others may know an engine and its errors, but ask the database nothing themselves."""
    if _name(path).startswith("storage/") or _name(path) == DOCTOR:
        return
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            ("sqlalchemy", "sqlmodel")
        ):
            asked = {alias.name for alias in node.names} & STATEMENTS
            assert not asked, f"line {node.lineno}: {asked}"


def test_every_exception_above_is_still_needed() -> None:
    for name in (*WORDING_AT_THE_EDGE, *READS_EVERYTHING, CLOCK, WECHATY, DOCTOR):
        assert (ROOT / name).is_file(), name
    for name, where in LIMITED_OTHERWISE:
        assert where in (ROOT / name).read_text(encoding="utf-8"), name
