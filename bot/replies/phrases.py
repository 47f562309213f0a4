"""Small pieces of sentences: points, days, households, numbers."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from domain.claim import Act, Claim
from domain.period import Month, Quarter, village_day, village_time
from domain.points import show
from domain.rulebook import Item

if TYPE_CHECKING:
    from storage.villages import Household

UNNAMED = "不留名的一户"
OWN_DOOR = "自家门口"
"""Where an act was done if the claim names no place."""
BOUNDS = {"month": "本月", "quarter": "本季度", "year": "今年", "category": "这一类今年"}


def signed(points: int) -> str:
    """Say points with their sign: +1分, -2分, 0分."""
    return f"{'+' if points > 0 else ''}{show(points)}分"


def day(value: date) -> str:
    """Say a day: 9月16日."""
    return f"{value.month}月{value.day}日"


def act_day(claim: Claim) -> str:
    """Say the day of an act, with its year if it was filed in another: 2025年12月31日."""
    on = claim.act.occurred_on
    return day(on) if on.year == village_day(claim.filed_at).year else f"{on.year}年{day(on)}"


def clock(value: datetime) -> str:
    """Say a time of the village's day: 10:05."""
    return village_time(value).strftime("%H:%M")


def home(household: "Household") -> str:
    """Say a household by its head: 张三家."""
    return f"{household.head}家"


def public_home(name: str) -> str:
    """Say a household by the name it goes by in public: 张*家, or 不留名的一户."""
    return f"{name}家" if name else UNNAMED


def place_of(household: "Household") -> str:
    """Say a household with its address: 3组12号张三家."""
    return f"{household.group_no}组{household.house_no}号{household.head}家"


def amount(act: Act, item: Item) -> str:
    """Say how much was done where that makes the points: 2小时; "" elsewhere."""
    if act.quantity is None or not item.is_counted:
        return ""
    return f"{act.quantity.normalize():f}{item.unit}"


def number(claim: Claim) -> str:
    """Say a claim's number: #23."""
    return f"#{claim.key.number}"


def joined(parts: list[str]) -> str:
    """Join what is listed with the Chinese list mark."""
    return "、".join(parts)


def month(value: Month) -> str:
    """Say a month: 9月."""
    return f"{value.month}月"


def quarter(value: Quarter) -> str:
    """Say a quarter: 三季度."""
    return f"{'一二三四'[value.quarter - 1]}季度"


def numbers(values: Iterable[int], *, most: int = 20) -> str:
    """Say claim numbers: #23、#24; of many the first ones."""
    named = [f"#{value}" for value in values]
    more = f"等{len(named)}条" if len(named) > most else ""
    return joined(named[:most]) + more
