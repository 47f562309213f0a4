"""A plan of a round: every fault is found at once, and only a whole plan becomes a round."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.papers.redemption_words import FORBIDDEN
from domain.money import Cents
from domain.points import Points
from domain.redemption_plan import (
    Circumstances,
    GoodSketch,
    PlanFault,
    PlanProblem,
    PlanRefused,
    Sketch,
    plan_of,
)
from domain.redemption_round import GOODS_MAX
from tests.builders import TODAY
from tests.redemption import a_plan

ABOUT = Circumstances(TODAY, 2025, FORBIDDEN)
BOTTLE = GoodSketch("物品", "瓶", "洗衣液", Points(200), 50, 2, Cents(1_500))
WHOLE = Sketch(
    name="秋季兑换",
    opens_on=date(2026, 9, 16),
    closes_on=date(2026, 9, 23),
    collect_from=date(2026, 9, 20),
    collect_until=date(2026, 9, 26),
    hours="上午8点到11点",
    place="村委会",
    budget=Cents(300_000),
    goods=(BOTTLE,),
)


def faults(sketch: Sketch, about: Circumstances = ABOUT) -> list[PlanFault]:
    with pytest.raises(PlanRefused) as refused:
        plan_of(sketch, about)
    return [problem.fault for problem in refused.value.problems]


def test_a_whole_sketch_is_the_plan_that_was_meant() -> None:
    assert plan_of(WHOLE, ABOUT) == a_plan()


def test_without_limit_means_none() -> None:
    [good] = plan_of(replace(WHOLE, goods=(replace(BOTTLE, limit=0),)), ABOUT).goods
    assert good.limit is None


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name": " "}, PlanFault.NAME_MISSING),
        ({"opens_on": None}, PlanFault.OPENING_MISSING),
        ({"collect_until": None}, PlanFault.COLLECTING_MISSING),
        ({"place": ""}, PlanFault.PLACE_MISSING),
        ({"budget": None}, PlanFault.BUDGET_MISSING),
        ({"budget": Cents(0)}, PlanFault.BUDGET_MISSING),
        ({"goods": ()}, PlanFault.GOODS_MISSING),
        (
            {"goods": tuple(replace(BOTTLE, name=f"物{i}") for i in range(GOODS_MAX + 1))},
            PlanFault.GOODS_TOO_MANY,
        ),
        (
            {"opens_on": date(2026, 9, 20), "closes_on": date(2026, 9, 19)},
            PlanFault.OPENING_ORDER,
        ),
        (
            {"opens_on": date(2026, 9, 1), "closes_on": date(2026, 9, 15)},
            PlanFault.OPENING_OVER,
        ),
        ({"collect_from": date(2026, 9, 27)}, PlanFault.COLLECTING_ORDER),
        ({"collect_from": date(2026, 9, 15)}, PlanFault.COLLECTING_EARLY),
        (
            {"collect_until": date(2026, 9, 22), "collect_from": date(2026, 9, 20)},
            PlanFault.COLLECTING_EARLY,
        ),
        ({"collect_until": date(2027, 1, 2)}, PlanFault.YEARS_MIXED),
        ({"name": "年终分红"}, PlanFault.FORBIDDEN),
        ({"goods": (replace(BOTTLE, name=""),)}, PlanFault.GOOD_NAMELESS),
        ({"goods": (replace(BOTTLE, price=None),)}, PlanFault.PRICE_WRONG),
        ({"goods": (replace(BOTTLE, price=Points(-5)),)}, PlanFault.PRICE_WRONG),
        ({"goods": (replace(BOTTLE, stock=0),)}, PlanFault.STOCK_WRONG),
        ({"goods": (replace(BOTTLE, stock=100_001),)}, PlanFault.STOCK_WRONG),
        ({"goods": (replace(BOTTLE, limit=None),)}, PlanFault.LIMIT_WRONG),
        ({"goods": (replace(BOTTLE, cost=None),)}, PlanFault.COST_WRONG),
        ({"problems": (PlanProblem(PlanFault.UNREADABLE, "垃圾"),)}, PlanFault.UNREADABLE),
    ],
)
def test_each_fault_bars_the_plan_by_itself(changes: dict[str, Any], fault: PlanFault) -> None:
    assert faults(replace(WHOLE, **changes)) == [fault]


def test_the_same_good_twice_is_told_for_both_lines() -> None:
    assert faults(replace(WHOLE, goods=(BOTTLE, BOTTLE))) == [PlanFault.GOOD_TWICE] * 2


@pytest.mark.parametrize(
    "name",
    ["现金100元", "超市购物卡", "低保名额", "分红", "困难补贴", "入学资格", "抵罚款", "话费50元"],
)
def test_money_cards_and_rights_are_no_goods(name: str) -> None:
    assert faults(replace(WHOLE, goods=(replace(BOTTLE, name=name),))) == [PlanFault.FORBIDDEN]


@pytest.mark.parametrize("name", ["洗衣液", "理发一次", "最美家庭荣誉牌", "钱包", "十斤大米"])
def test_goods_services_and_honours_are(name: str) -> None:
    [good] = plan_of(replace(WHOLE, goods=(replace(BOTTLE, name=name),)), ABOUT).goods
    assert good.name == name


def test_rounds_do_not_overlap_but_may_follow_at_once() -> None:
    before = (date(2026, 9, 1), date(2026, 9, 15))
    plan_of(WHOLE, replace(ABOUT, others=(before,)))
    touching = (date(2026, 9, 23), date(2026, 9, 30))
    assert faults(WHOLE, replace(ABOUT, others=(touching,))) == [PlanFault.OVERLAP]


def test_a_closed_year_has_no_rounds_any_more() -> None:
    assert faults(WHOLE, replace(ABOUT, closed_through=2026)) == [PlanFault.YEAR_CLOSED]


def test_all_faults_are_told_at_once() -> None:
    found = faults(Sketch(goods=(GoodSketch("x", "份"),)))
    assert set(found) == {
        PlanFault.NAME_MISSING, PlanFault.OPENING_MISSING, PlanFault.COLLECTING_MISSING,
        PlanFault.PLACE_MISSING, PlanFault.BUDGET_MISSING, PlanFault.GOOD_NAMELESS,
        PlanFault.PRICE_WRONG, PlanFault.STOCK_WRONG, PlanFault.COST_WRONG,
    }  # fmt: skip
