"""What is said of a round's plan (兑换方案): how it is written, what is wrong, how it reads."""

from datetime import date
from typing import Final

from bot.replies.phrases import day
from domain.money import show_yuan
from domain.points import show
from domain.redemption_plan import PlanFault, PlanProblem, PlanRefused
from domain.redemption_round import GOODS_MAX, Good, Plan

TEMPLATE: Final = (
    "兑换开 秋季兑换\n"
    "时间 9月20日到9月27日\n"
    "领取 9月28日到9月30日 上午8点到11点 村委会\n"
    "预算 3000元\n"
    "洗衣液 20分 50瓶 每户2 成本15元"
)
_FAULTS: Final = {
    PlanFault.NAME_MISSING: "没有写名称,比如“秋季兑换”。",
    PlanFault.OPENING_MISSING: "没有看懂哪几天可以换,比如“时间 9月20日到9月27日”。",
    PlanFault.COLLECTING_MISSING: "没有看懂哪几天领,比如“领取 9月28日到9月30日 村委会”。",
    PlanFault.PLACE_MISSING: "没有写在哪里领,比如“地点 村委会”。",
    PlanFault.BUDGET_MISSING: "没有写预算,没有预算不能办,比如“预算 3000元”。",
    PlanFault.GOODS_MISSING: "没有写换什么,比如“洗衣液 20分 50瓶 每户2 成本15元”。",
    PlanFault.GOODS_TOO_MANY: f"东西太多了,一轮最多{GOODS_MAX}样。",
    PlanFault.OPENING_ORDER: "兑换的日子前后写反了。",
    PlanFault.OPENING_OVER: "兑换的日子已经过了。",
    PlanFault.COLLECTING_ORDER: "领取的日子前后写反了。",
    PlanFault.COLLECTING_EARLY: "领取不能早于兑换开始,最后一天也不能早于兑换截止。",
    PlanFault.YEARS_MIXED: "积分不跨年,兑换和领取要在同一年办完。",
    PlanFault.YEAR_CLOSED: "{words}年的积分已经结清,不能再办兑换。",
    PlanFault.OVERLAP: "这几天已经有别的兑换,日子不能重叠。",
    PlanFault.FORBIDDEN: "不能换:有“{words}”。积分只换东西、服务和荣誉,不换钱、卡和待遇。",
    PlanFault.GOOD_NAMELESS: "没有写东西的名字。",
    PlanFault.GOOD_TWICE: "“{words}”写了两次。",
    PlanFault.PRICE_WRONG: "分数要大于0,最多一位小数,比如“20分”。",
    PlanFault.STOCK_WRONG: "没有看懂有几份,比如“50瓶”。",
    PlanFault.LIMIT_WRONG: "没有看懂每户几份,比如“每户2”;不限就写“不限”。",
    PlanFault.COST_WRONG: "没有写成本,比如“成本15元”;不花钱写“成本0元”。",
    PlanFault.UNREADABLE: "没有看懂。",
}


def problem(found: PlanProblem) -> str:
    """Word one fault, after the line or cell it stands in."""
    sentence = _FAULTS[found.fault].format(words=found.words)
    return f"“{found.where}”:{sentence}" if found.where else sentence


def plan_refused(refusal: PlanRefused) -> str:
    """Word all that is wrong with a plan."""
    lines = "\n".join(dict.fromkeys(problem(found) for found in refusal.problems))
    return f"这一轮兑换还不能办:\n{lines}\n改好以后,请把整条重新发一遍。"


def plan_empty(_refusal: object) -> str:
    """Show how a round is written."""
    return f"请照这个样子一行一行写,整条发给我:\n{TEMPLATE}"


def span(first: date, last: date) -> str:
    """Say some days: 9月20日到9月27日, or one day."""
    return day(first) if first == last else f"{day(first)}到{day(last)}"


def collecting(plan: Plan) -> str:
    """Say when and where goods are collected."""
    hours = f" {plan.hours}" if plan.hours else ""
    return f"{span(plan.collect_from, plan.collect_until)}{hours}在{plan.place}领"


def priced(good: Good) -> str:
    """Say what a good costs: 洗衣液 20分1瓶."""
    return f"{good.name} {show(good.price)}分1{good.unit}"


def most(good: Good) -> str:
    """Say how many a household may have, if there is a limit."""
    return "" if good.limit is None else f",每户最多{good.limit}{good.unit}"


def planned(good: Good) -> str:
    """Say a line of a plan as the administrator checks it."""
    return f"{priced(good)},共{good.stock}{good.unit}{most(good)},成本{show_yuan(good.cost)}元"
