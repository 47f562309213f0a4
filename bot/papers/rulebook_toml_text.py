"""Writing a rulebook as text (细则文本): stable TOML, one blank line between items."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from domain.points import Points, show
from domain.rulebook import Band, Caps, Item, Rulebook, Tier

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LEGEND: Final = """\
# 积分细则。村里可以改,改好后用“jifen rulebook check”查一遍,经村民会议通过后才生效。
#
# 分值写数字,可以有一位小数(0.5),扣分写负数。没写的一项就是“没有”。
#   kind     计分方式:fixed 固定分,unit 按次或按数量,range 由委员会在 low 到 high 之间定,
#            tier 分等级(同一荣誉取最高),step 第一次、第二次……逐次,hour 按小时(全年累计)
#   unit     单位;unit_size 每多少单位算一份;counts_quantity 是否按数量相乘
#   filer    谁来报:villager 村民自报,committee 委员会录入,both 都可以
#   caps     每户上限:month 每月,quarter 每季,year 每年;cooldown_days 两次之间至少隔几天
#   photos_min 自报至少几张照片;evidence 凭什么认定;is_private 只收私聊
#   approvals  几个人审核(扣分、荣誉和大额一律两人)
#   publicity  公示:totals 总分,counts 不公示到户,totals_only 只计总分,never 永不公示,
#            consent 本人同意后公示,honour 荣誉可公示,stars 星级可公示,open 可公示,
#            no_minors 不公示未成年人
#   veto     一票否决哪项评优;is_on = false 表示这一条先不用;source 分值从哪里来
"""


def dumps(rulebook: Rulebook) -> str:
    """Write a rulebook as TOML: same rulebook, same text; reading it gives it back.

    What has its default value is left out, so that an item stays short.
    """
    parts = [_LEGEND, "\n".join(_settings(rulebook))]
    heading = ""
    for item in rulebook.items:
        lines = ["[[items]]", *_item(item)]
        if item.code[:2] != heading:
            heading = item.code[:2]
            lines.insert(0, f"# {_one_line(_heading(rulebook, heading))}\n")
        parts.append("\n".join(lines))
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _heading(rulebook: Rulebook, sub_item: str) -> str:
    category = rulebook.category_names.get(sub_item[:1], "")
    return f"{sub_item} {category} · {rulebook.sub_item_names.get(sub_item, '')}"


def _settings(rulebook: Rulebook) -> Iterator[str]:
    yield f"version = {_text(rulebook.version)}"
    yield f"claim_deadline_days = {rulebook.claim_deadline_days}"
    yield f"two_approvers_from = {show(rulebook.two_approvers_from)}"
    caps = {name: show(points) for name, points in rulebook.category_year_caps.items()}
    yield from _table("category_names", _quoted(rulebook.category_names))
    yield from _table("sub_item_names", _quoted(rulebook.sub_item_names))
    yield from _table("category_year_caps", caps)


def _table(name: str, values: Mapping[str, str]) -> Iterator[str]:
    if values:
        yield f"\n[{name}]"
        yield from (f"{_key(key)} = {value}" for key, value in values.items())


def _item(item: Item) -> Iterator[str]:
    yield f"code = {_text(item.code)}"
    yield f"name = {_text(item.name)}"
    yield f"aliases = {_texts(item.aliases)}"
    if not item.is_on:
        yield "is_on = false"
    yield f"filer = {_text(item.filer)}"
    yield f"kind = {_text(item.kind)}"
    yield from _value(item)
    caps = _caps(item.caps)
    if caps:
        yield f"caps = {{ {caps} }}"
    if item.cooldown_days:
        yield f"cooldown_days = {item.cooldown_days}"
    if item.photos_min:
        yield f"photos_min = {item.photos_min}"
    if item.is_private:
        yield "is_private = true"
    yield from _named("evidence", item.evidence)
    yield f"approvals = {item.approvals}"
    yield f"publicity = {_text(item.publicity)}"
    yield from _named("veto", item.veto or "")
    yield from _named("source", item.source)
    yield from _named("note", item.note)


def _value(item: Item) -> Iterator[str]:
    for name, points in (("points", item.points), ("low", item.low), ("high", item.high)):
        if points is not None:
            yield f"{name} = {show(points)}"
    if item.unit != "次":
        yield f"unit = {_text(item.unit)}"
    if item.unit_size != 1:
        yield f"unit_size = {item.unit_size}"
    if item.counts_quantity:
        yield "counts_quantity = true"
    if item.steps:
        yield f"steps = [{', '.join(show(step) for step in item.steps)}]"
    yield from _rows("tiers", [_tier(tier) for tier in item.tiers])
    yield from _rows("bands", [_band(band) for band in item.bands])


def _rows(name: str, rows: list[str]) -> Iterator[str]:
    if rows:
        yield f"{name} = ["
        yield from (f"  {{ {row} }}," for row in rows)
        yield "]"


def _tier(tier: Tier) -> str:
    aliases = f", aliases = {_texts(tier.aliases)}" if tier.aliases else ""
    return f"name = {_text(tier.name)}, points = {show(tier.points)}{aliases}"


def _band(band: Band) -> str:
    until = "" if band.until is None else f"until = {band.until}, "
    per = "" if band.per == 1 else f", per = {band.per}"
    return f"{until}points = {show(band.points)}{per}"


def _caps(caps: Caps) -> str:
    named: tuple[tuple[str, Points | None], ...]
    named = (("month", caps.month), ("quarter", caps.quarter), ("year", caps.year))
    return ", ".join(f"{name} = {show(cap)}" for name, cap in named if cap is not None)


def _named(name: str, value: str) -> Iterator[str]:
    if value:
        yield f"{name} = {_text(value)}"


def _texts(values: Iterable[str]) -> str:
    return f"[{', '.join(_text(value) for value in values)}]"


def _quoted(values: Mapping[str, str]) -> dict[str, str]:
    return {name: _text(value) for name, value in values.items()}


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(value: str) -> str:
    """Quote text; JSON's escapes are TOML's, save for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _one_line(text: str) -> str:
    return "".join(c for c in text if c.isprintable())
