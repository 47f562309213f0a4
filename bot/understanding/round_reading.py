"""Read a round as an administrator writes it in chat (兑换开), line by line."""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from bot.understanding.deferred import deferred
from domain.money import Cents, parse_yuan
from domain.points import Points, PointsUnreadable, parse
from domain.redemption_plan import GoodSketch, PlanFault, PlanProblem, Sketch

UNIT: Final = "份"
"""What is counted where nothing else is said."""
_LABEL: Final = deferred(
    r"\A(?P<label>名称|兑换时间|申请时间|开放时间|时间|日期|开放|领取时间|领取地点|领取|发放|地点|总预算|预算|拍照|照片)"
    r"[\s:]*(?P<rest>.*)\Z"
)
_MEANS: Final = {
    "名称": "name",
    "兑换时间": "opening",
    "申请时间": "opening",
    "开放时间": "opening",
    "时间": "opening",
    "日期": "opening",
    "开放": "opening",
    "领取": "collecting",
    "领取时间": "collecting",
    "发放": "collecting",
    "领取地点": "place",
    "地点": "place",
    "预算": "budget",
    "总预算": "budget",
    "照片": "photo",
    "拍照": "photo",
}
_FULL: Final = (
    r"(?:(?P<y{n}>20\d\d)\s*[-./年]\s*(?P<fm{n}>\d{{1,2}})\s*[-./月]\s*(?P<fd{n}>\d{{1,2}})"
)
_SHORT: Final = r"|(?P<m{n}>\d{{1,2}})\s*[./月]\s*(?P<d{n}>\d{{1,2}}))\s*[日号]?"
_DAY: Final = (_FULL + _SHORT).format(n=1)
_LATER: Final = (
    _FULL + r"|(?:(?P<m{n}>\d{{1,2}})\s*[./月]\s*)?(?P<d{n}>\d{{1,2}}))\s*[日号]?"
).format(n=2)
_SPAN: Final = deferred(rf"{_DAY}(?:\s*(?:到|至|~|-|—)+\s*{_LATER}(?![\d点:时]))?")
_HOURS: Final = deferred(r"点|时|:|上午|下午|全天|早上|晚上|中午")
_YES: Final = deferred(r"(?:不要|不用|不需|不拍|无|否)")
_GAP: Final = deferred(r"(?<=\d),(?=\d{3})")
_YUAN: Final = deferred(r"(?P<n>\d+(?:\.\d{1,2})?)\s*(?:元|块)?\s*\Z")
_PRICE: Final = deferred(r"(?P<n>[+-]?\d+(?:\.\d+)?)\s*(?:积分|分)(?![钟之])")
_LIMIT: Final = deferred(
    r"(?:每户|每家|一户)?(?:限购|最多|限|每户|每家|一户)\s*(?:(?P<n>\d+)\s*[份瓶袋包桶盒块条支提箱斤把双套张次只个]?|(?P<no>不限))|不限量?"
)
_COST: Final = deferred(r"(?:成本|进价|单价)\s*(?P<n>\d+(?:\.\d{1,2})?)\s*(?:元|块)?")
_STOCK: Final = deferred(r"\s(?P<n>\d{1,9})\s*(?P<unit>[一-鿿]{0,2})\s*\Z")


def read_plan(text: str, today: date) -> Sketch:
    """Read a round from lines such as these; what cannot be read is a problem with its line.

    ::

        秋季兑换
        时间 9月20日到9月27日
        领取 9月28日到9月30日 上午8点到11点 村委会
        预算 3000元
        洗衣液 20分 50瓶 每户2 成本15元

    A day without a year is one of this year; 照片 要 asks for a photo when handing over.
    """
    sketch = Sketch()
    lines = [line.strip() for line in re.split(r"[\n;]+", text)]
    for line in filter(None, lines):
        is_good = bool(_PRICE.search(line) and _COST.search(line))
        found = None if is_good else _LABEL.match(line)
        if found:
            sketch = _setting(sketch, _MEANS[found["label"]], found["rest"].strip(), line, today)
        elif _PRICE.search(line):
            sketch = replace(sketch, goods=(*sketch.goods, _good(line)))
        elif not sketch.name:
            sketch = replace(sketch, name=line)
        else:
            sketch = _with_problem(sketch, PlanFault.UNREADABLE, line)
    return sketch


def _with_problem(sketch: Sketch, fault: PlanFault, line: str) -> Sketch:
    return replace(sketch, problems=(*sketch.problems, PlanProblem(fault, line)))


def _setting(sketch: Sketch, means: str, rest: str, line: str, today: date) -> Sketch:
    match means:
        case "name":
            return replace(sketch, name=rest)
        case "place":
            return replace(sketch, place=rest)
        case "photo":
            return replace(sketch, needs_photo=not _YES.search(rest))
        case "budget":
            return replace(sketch, budget=_yuan(rest))
        case "opening":
            span = _span(rest, today)
            if span is None:
                return _with_problem(sketch, PlanFault.OPENING_MISSING, line)
            return replace(sketch, opens_on=span[0], closes_on=span[1])
    span = _span(rest, today)
    if span is None:
        return _with_problem(sketch, PlanFault.COLLECTING_MISSING, line)
    words = span[2].split()
    hours = " ".join(word for word in words if _HOURS.search(word))
    place = " ".join(word for word in words if not _HOURS.search(word))
    return replace(
        sketch,
        collect_from=span[0],
        collect_until=span[1],
        hours=hours,
        place=place or sketch.place,
    )


def _span(text: str, today: date) -> tuple[date, date, str] | None:
    """Return first day, last day and the words after them; one day alone is both."""
    found = _SPAN.search(text)
    if found is None:
        return None
    try:
        year = int(found["y1"] or today.year)
        month = int(found["fm1"] or found["m1"])
        first = date(year, month, int(found["fd1"] or found["d1"]))
        last = first
        if found["fd2"] or found["d2"]:
            last = date(
                int(found["y2"] or year),
                int(found["fm2"] or found["m2"] or month),
                int(found["fd2"] or found["d2"]),
            )
    except ValueError:
        return None
    return first, last, text[found.end() :].strip(" ,、")


def _yuan(text: str) -> Cents | None:
    found = _YUAN.match(_GAP.sub("", text))
    return parse_yuan(found["n"]) if found else None


def _good(line: str) -> GoodSketch:
    """Read one line of the catalogue, its parts in any order after the name."""
    rest = _GAP.sub("", line)
    limit, cost, price = _LIMIT.search(rest), _COST.search(rest), None
    rest = _COST.sub(" ", _LIMIT.sub(" ", rest))
    found = _PRICE.search(rest)
    assert found, "the caller saw a price"
    price = _points(found["n"])
    rest = " ".join(rest.replace(found[0], " ", 1).replace(",", " ").replace("、", " ").split())
    stock = _STOCK.search(rest)
    most = 0 if limit is None or limit["n"] is None else int(limit["n"])
    return GoodSketch(
        where=line,
        name=(rest[: stock.start()] if stock else rest).strip(),
        unit=(stock["unit"] if stock else "") or UNIT,
        price=price,
        stock=int(stock["n"]) if stock else None,
        limit=None if limit and limit["n"] and not most else most,
        cost=parse_yuan(cost["n"]) if cost else None,
    )


def _points(text: str) -> Points | None:
    try:
        return parse(text)
    except PointsUnreadable:
        return None
