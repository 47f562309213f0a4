"""The shipped draft says what the shared draft says, fact by fact."""

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest

from bot.papers.rulebook_check_words import CHECK_WORDS
from bot.papers.rulebook_toml import draft
from bot.papers.rulebook_words import FILER_WORDS, PUBLICITY_WORDS
from domain.points import Points, show, whole
from domain.rulebook import Band, Filer, Item, Kind
from domain.rulebook_check import check
from domain.rulebook_finding import FindingCode

SHARED: Final = Path(__file__).resolve().parents[2].parent / "shared/rulebook/draft-2026.json"
DRAFT: Final = draft()
NUMBER: Final = re.compile(r"[+-]?\d+")


def shared() -> dict[str, Any]:
    if not SHARED.exists():
        pytest.skip("the shared draft is not beside this tree")
    read: dict[str, Any] = json.loads(SHARED.read_text(encoding="utf-8"))
    return read


def cap(points: Points | None) -> int | None:
    return None if points is None else points // 10


def test_the_draft_has_every_item_category_and_cap() -> None:
    said = shared()
    assert [item.code for item in DRAFT.items] == [item["code"] for item in said["items"]]
    assert len(DRAFT.items) == 96
    assert sum(item.is_deduction for item in DRAFT.items) == 30
    assert DRAFT.version == "draft-2026"
    assert DRAFT.category_names == said["category_names"]
    assert DRAFT.sub_item_names == said["sub_items"]
    caps = {name: cap(points) for name, points in DRAFT.category_year_caps.items()}
    assert caps == said["category_year_cap"]
    assert (DRAFT.claim_deadline_days, DRAFT.two_approvers_from) == (30, whole(10))


@pytest.mark.parametrize("item", DRAFT.items, ids=lambda item: item.code)
def test_an_item_keeps_every_plain_fact(item: Item) -> None:
    said = next(i for i in shared()["items"] if i["code"] == item.code)
    facts = {
        "code": item.code,
        "name": item.name,
        "aliases": list(item.aliases),
        "kind": item.kind,
        "cap_month": cap(item.caps.month),
        "cap_quarter": cap(item.caps.quarter),
        "cap_year": cap(item.caps.year),
        "who": FILER_WORDS[item.filer],
        "evidence": item.evidence,
        "approval": item.approvals,
        "publish": PUBLICITY_WORDS[item.publicity],
        "source": item.source,
        "cooldown_days": item.cooldown_days or None,
        "default_on": item.is_on,
        "veto": item.veto,
    }
    assert facts == {name: said[name] for name in facts}
    assert said["note"] in item.note
    assert said.keys() - facts.keys() == {"points", "note"}


def spelled(item: Item) -> list[int]:
    """Return the numbers that the prose of an item's points must hold, in order."""
    match item.kind:
        case Kind.FIXED | Kind.UNIT:
            assert item.points is not None
            size = [item.unit_size] if item.unit_size > 1 else []
            return [*size, item.points // 10]
        case Kind.RANGE:
            assert item.low is not None
            assert item.high is not None
            return [item.low // 10, item.high // 10]
        case Kind.TIER:
            return [tier.points // 10 for tier in item.tiers]
        case Kind.STEP:
            return [step // 10 for step in item.steps]
        case Kind.HOUR:
            return [20, 2, 21, -80, 1, 81, 2, 1]


@pytest.mark.parametrize("item", DRAFT.items, ids=lambda item: item.code)
def test_the_prose_of_the_points_is_data_now(item: Item) -> None:
    prose: str = next(i for i in shared()["items"] if i["code"] == item.code)["points"]
    bare = re.sub(r"\(.*\)", "", prose)
    assert [int(n) for n in NUMBER.findall(bare)] == spelled(item)
    for aside in re.findall(r"\((.*?)\)", prose):
        assert aside in {item.note, f"每{item.unit}"} or aside in item.note
    _, slash, unit = bare.partition("/")
    if slash and item.kind in {Kind.FIXED, Kind.UNIT}:
        assert unit.startswith(item.unit)
        assert unit == item.unit or unit.removeprefix(item.unit)[-1] in item.note
    if item.kind is Kind.TIER:
        for name, tier in zip(re.split(r"[/,]", bare), item.tiers, strict=True):
            word = name.rstrip("0123456789+")
            assert word in {tier.name, *tier.aliases, ""}


def test_volunteer_hours_bring_less_and_less() -> None:
    hours = DRAFT.item("D201")
    assert hours.bands == (Band(20, whole(2)), Band(80, whole(1)), Band(None, whole(1), per=2))


@pytest.mark.parametrize("item", DRAFT.items, ids=lambda item: item.code)
def test_what_a_villager_must_send_follows_from_the_evidence(item: Item) -> None:
    photos = re.search(r"(\d)张", item.evidence)
    asked = int(photos[1]) if photos else int(item.evidence == "登记回执")
    assert item.photos_min == (0 if item.filer is Filer.COMMITTEE else asked)
    assert item.is_private == ("私聊" in item.evidence)


@pytest.mark.parametrize("item", DRAFT.items, ids=lambda item: item.code)
def test_a_quantity_multiplies_only_what_is_counted_in_pieces(item: Item) -> None:
    is_free = not item.cooldown_days or item.code == "C202"
    pieces = {"件", "条", "只", "元", "处"}
    assert item.counts_quantity == (item.kind is Kind.UNIT and item.unit in pieces and is_free)


def test_the_draft_passes_its_own_check_with_one_warning() -> None:
    found = check(DRAFT, words=CHECK_WORDS)
    assert [(finding.code, finding.item) for finding in found] == [(FindingCode.VOTES, "D304")]


def test_the_file_writes_points_as_people_do() -> None:
    assert show(DRAFT.item("B306").points or 0) == "1"
    assert [show(step) for step in DRAFT.item("A391").steps] == ["0", "-2", "-4", "-6"]
