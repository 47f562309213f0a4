"""A rulebook goes to text and to Excel and comes back the same; mistakes are heard together."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot.papers.rulebook_excel import read_rulebook, write_rulebook
from bot.papers.rulebook_problem import Problem, ProblemKind
from bot.papers.rulebook_toml import draft, dumps, load, loads
from bot.replies.rulebook_findings import word_check, word_finding, word_problem
from domain.points import Points, whole
from domain.rulebook import Band, Caps, Filer, Item, Kind, Publicity, Rulebook, Tier
from domain.rulebook_finding import Finding, FindingCode

SMALL: Final = """
version = "v1"
[category_names]
A = "人居环境"

[[items]]
code = "A101"
name = "垃圾分类"
kind = "unit"
filer = "villager"
points = 0.5
"""
SAID = st.text("甲乙丙aB1、,;:=()()\\\n\"'#[]+-@ ", max_size=8).map(str.strip)
WORD = SAID.filter(bool)
POINTS = st.integers(-999, 999).map(Points)
MAYBE_POINTS = st.none() | POINTS
TIERS = st.lists(st.builds(Tier, WORD, POINTS, st.lists(WORD, max_size=2).map(tuple)), max_size=3)
BANDS = st.lists(
    st.builds(Band, st.none() | st.integers(1, 99), POINTS, st.integers(1, 4)), max_size=3
)
ITEMS = st.builds(
    Item,
    code=st.from_regex(r"[A-E][1-4][0-9]{2}", fullmatch=True),
    name=WORD,
    kind=st.sampled_from(Kind),
    filer=st.sampled_from(Filer),
    aliases=st.lists(WORD, max_size=3).map(tuple),
    points=MAYBE_POINTS,
    unit=WORD,
    unit_size=st.integers(1, 999),
    counts_quantity=st.booleans(),
    low=MAYBE_POINTS,
    high=MAYBE_POINTS,
    tiers=TIERS.map(tuple),
    steps=st.lists(POINTS, max_size=4).map(tuple),
    bands=BANDS.map(tuple),
    caps=st.builds(Caps, MAYBE_POINTS, MAYBE_POINTS, MAYBE_POINTS),
    cooldown_days=st.integers(0, 400),
    photos_min=st.integers(0, 9),
    evidence=SAID,
    approvals=st.integers(1, 5),
    publicity=st.sampled_from(Publicity),
    is_private=st.booleans(),
    veto=st.none() | WORD,
    is_on=st.booleans(),
    source=SAID,
    note=SAID,
)
KEYS = st.from_regex(r"[A-Z][1-9]?", fullmatch=True)
RULEBOOKS = st.builds(
    Rulebook,
    WORD,
    st.lists(ITEMS, max_size=4).map(lambda items: tuple(sorted(items, key=lambda i: i.code))),
    st.dictionaries(KEYS, WORD, max_size=3),
    st.dictionaries(KEYS, WORD, max_size=3),
    st.dictionaries(KEYS, POINTS, max_size=3),
    st.integers(1, 400),
    POINTS,
)


def test_the_draft_comes_back_from_its_text_and_the_file_is_that_text() -> None:
    text = dumps(draft())
    assert loads(text) == (draft(), ())
    shipped = Path(__file__).parents[2] / "bot/rulebooks/draft-2026.toml"
    assert shipped.read_text(encoding="utf-8") == text
    assert load(shipped) == (draft(), ())


def test_the_draft_comes_back_from_excel(tmp_path: Path) -> None:
    write_rulebook(draft(), tmp_path / "细则.xlsx")
    assert read_rulebook(tmp_path / "细则.xlsx") == (draft(), ())


def test_both_sheets_have_wide_columns_and_a_head_that_stays(tmp_path: Path) -> None:
    write_rulebook(draft(), tmp_path / "draft.xlsx")
    items, more = load_workbook(tmp_path / "draft.xlsx").worksheets
    assert (items.freeze_panes, more.freeze_panes) == ("C2", "A2")
    assert more.column_dimensions["C"].width >= 40
    assert more.column_dimensions["A"].width >= 20


@given(RULEBOOKS)
def test_any_rulebook_comes_back_from_its_text(rulebook: Rulebook) -> None:
    assert loads(dumps(rulebook)) == (rulebook, ())


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(RULEBOOKS)
def test_any_rulebook_comes_back_from_excel(tmp_path: Path, rulebook: Rulebook) -> None:
    write_rulebook(rulebook, tmp_path / "a.xlsx")
    assert read_rulebook(tmp_path / "a.xlsx") == (rulebook, ())


def test_a_text_is_read_exactly_with_its_defaults() -> None:
    rulebook, problems = loads(SMALL)
    assert problems == ()
    assert rulebook.item("A101").points == Points(5)
    assert (rulebook.item("A101").unit, rulebook.two_approvers_from) == ("次", whole(10))


@pytest.mark.parametrize(
    ("written", "kind", "field"),
    [
        ("points = 0.25", ProblemKind.NOT_POINTS, "points"),
        ("points = true", ProblemKind.NOT_POINTS, "points"),
        ("points = nan", ProblemKind.NOT_POINTS, "points"),
        ("points = 9e999999", ProblemKind.NOT_POINTS, "points"),
        ("points = 1000001", ProblemKind.NOT_POINTS, "points"),
        ('points = "三"', ProblemKind.NOT_POINTS, "points"),
        ("photos_min = 99999999999", ProblemKind.OUT_OF_RANGE, "photos_min"),
        ("photos_min = -1", ProblemKind.OUT_OF_RANGE, "photos_min"),
        ("note = 3", ProblemKind.NOT_TEXT, "note"),
        ('is_on = "是"', ProblemKind.NOT_YES_NO, "is_on"),
        ('aliases = "倒垃圾"', ProblemKind.NOT_A_LIST, "aliases"),
        ("aliases = [1]", ProblemKind.NOT_TEXT, "aliases"),
        ("caps = 4", ProblemKind.NOT_A_LIST, "caps"),
        ("caps = { monht = 4 }", ProblemKind.FIELD_UNKNOWN, "caps.monht"),
        ("tiers = [{ points = 4 }]", ProblemKind.FIELD_MISSING, "tiers.name"),
        ("steps = [0, 0.33]", ProblemKind.NOT_POINTS, "steps"),
        ('publicity = "点名"', ProblemKind.NOT_A_CHOICE, "publicity"),
        ("cool_down = 7", ProblemKind.FIELD_UNKNOWN, "cool_down"),
    ],
)
def test_a_mistake_in_the_text_is_named_with_its_line(
    written: str, kind: ProblemKind, field: str
) -> None:
    start = SMALL.replace("points = 0.5\n", "") if written.startswith("points") else SMALL
    rulebook, problems = loads(start + written)
    assert [(p.kind, p.code, p.field) for p in problems] == [(kind, "A101", field)]
    assert rulebook.items == ()
    at = (start + written).splitlines().index(written) + 1
    assert problems[0].line in {at, 6}, "its own line, or where its item starts"


def test_every_mistake_of_a_text_is_heard_at_once() -> None:
    rulebook, problems = loads(SMALL + 'name2 = ""\n[[items]]\ncode = "A102"\n')
    assert [(p.code, p.kind, p.field, p.line) for p in problems] == [
        ("A101", ProblemKind.FIELD_UNKNOWN, "name2", 12),
        ("A102", ProblemKind.FIELD_MISSING, "name", 13),
        ("A102", ProblemKind.FIELD_MISSING, "kind", 13),
        ("A102", ProblemKind.FIELD_MISSING, "filer", 13),
    ]
    assert rulebook.version == "v1"


@pytest.mark.parametrize(
    "text",
    [
        "version = ",
        'version = "a"\nversion = "b"',
        "items = 3",
        "items = [1]",
        "\x00",
        f"a = {'[' * 9999}",
    ],
)
def test_a_broken_text_is_one_problem(text: str) -> None:
    rulebook, problems = loads(text)
    assert rulebook.items == ()
    assert [p.kind in {ProblemKind.SYNTAX, ProblemKind.NOT_A_LIST} for p in problems] == [True]


def test_a_file_that_is_no_rulebook_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "a.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    assert [p.kind for p in read_rulebook(broken)[1]] == [ProblemKind.UNREADABLE_FILE]
    missing = tmp_path / "none"
    assert [p.kind for p in read_rulebook(missing)[1]] == [ProblemKind.UNREADABLE_FILE]
    assert [p.kind for p in load(missing)[1]] == [ProblemKind.UNREADABLE_FILE]
    broken.write_bytes(b"\xff\xfe\xff")
    assert [p.kind for p in load(broken)[1]] == [ProblemKind.UNREADABLE_FILE]
    Workbook().save(broken)
    assert [p.kind for p in read_rulebook(broken)[1]] == [ProblemKind.SHEET_MISSING] * 2


def edited(path: Path, **cells: str | float | None) -> tuple[Rulebook, tuple[Problem, ...]]:
    """Write the draft's first item, change cells of sheet 条目 by hand, and read it back."""
    write_rulebook(replace(draft(), items=draft().items[:1]), path)
    book = load_workbook(path)
    for place, value in cells.items():
        book["条目"][place] = value
    book.save(path)
    book.close()
    return read_rulebook(path)


def test_excel_is_read_as_people_fill_it_in(tmp_path: Path) -> None:
    typed: dict[str, str | float | None]
    typed = {"A2": " a101", "C2": "倒垃圾,分垃圾;湿垃圾", "G2": "1.5", "P2": "−4", "D2": "√"}
    rulebook, problems = edited(tmp_path / "a.xlsx", **typed, B9="  ")
    assert problems == ()
    item = rulebook.item("A101")
    assert item.aliases == ("倒垃圾", "分垃圾", "湿垃圾")
    assert (item.points, item.caps.month, item.is_on) == (Points(15), whole(-4), True)


@pytest.mark.parametrize(
    ("place", "value", "kind"),
    [
        ("G2", "三分", ProblemKind.NOT_POINTS),
        ("G2", "1e99999999", ProblemKind.NOT_POINTS),
        ("G2", 0.25, ProblemKind.NOT_POINTS),
        ("G2", "=1+1", ProblemKind.FORMULA),
        ("F2", "看情况", ProblemKind.NOT_A_CHOICE),
        ("D2", "也许", ProblemKind.NOT_YES_NO),
        ("A2", None, ProblemKind.FIELD_MISSING),
        ("M2", "三星十分", ProblemKind.NOT_A_LIST),
        ("O2", "前二十小时多一点", ProblemKind.NOT_A_LIST),
        ("S2", "七天", ProblemKind.NOT_A_NUMBER),
    ],
)
def test_a_mistake_in_excel_is_named_with_its_row(
    tmp_path: Path, place: str, value: str | float | None, kind: ProblemKind
) -> None:
    _, problems = edited(tmp_path / "a.xlsx", **{place: value})
    assert [(p.kind, p.line) for p in problems] == [(kind, 2)]


def test_a_misspelt_heading_does_not_lose_a_cap(tmp_path: Path) -> None:
    _, problems = edited(tmp_path / "a.xlsx", P1="每月上线")
    assert {(p.kind, p.value or p.field) for p in problems} == {
        (ProblemKind.HEADING_MISSING, "每月上限"),
        (ProblemKind.FIELD_UNKNOWN, "每月上线"),
    }


def test_no_word_becomes_a_formula(tmp_path: Path) -> None:
    sly = replace(draft().items[0], name="=1+1", aliases=("+2", "@甲"), note="-3", evidence="\t=4")
    write_rulebook(replace(draft(), items=(sly,)), tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    cells = {c.value: c for c in book["条目"][2] if isinstance(c.value, str)}
    book.close()
    assert {cells[word].data_type for word in ("=1+1", "+2、@甲", "-3")} == {"s"}
    assert all(cells[word].quotePrefix for word in ("=1+1", "+2、@甲", "-3"))


@pytest.mark.parametrize("code", FindingCode)
def test_every_finding_is_worded(code: FindingCode) -> None:
    said = word_finding(Finding(code, "A101", ("{x}", "A102")))
    assert said.startswith(("不能用 A101:", "请留意 A101:"))
    assert said.endswith("。")


@pytest.mark.parametrize("kind", ProblemKind)
def test_every_problem_is_worded(kind: ProblemKind) -> None:
    said = word_problem(Problem(kind, "A101", "caps.month", "{x}", 12, ("unit", "both")))
    assert said.startswith("第12行 A101:")
    assert "caps" not in said


def test_the_sentences_say_where_and_what() -> None:
    assert word_problem(Problem(ProblemKind.NOT_POINTS, "A101", "caps.month", "0.25", 7)) == (
        "第7行 A101:“每月上限”要写分值,最多一位小数,现在是“0.25”。"
    )
    twice = Finding(FindingCode.WORDS_TWICE, facts=("倒垃圾", "A101", "A192"))
    assert word_finding(twice) == (
        "不能用 整本细则:“倒垃圾”这个叫法重复了(A101、A192),村民这样报时分不清是哪一条。"
    )
    both = [Finding(FindingCode.VOTES, "D304", ("投票",)), Finding(FindingCode.NO_ITEMS)]
    assert [line[:3] for line in word_check([], both).splitlines()] == ["不能用", "请留意"]
    assert word_check([], []) == "细则检查通过,没有发现问题。"
