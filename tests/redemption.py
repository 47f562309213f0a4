"""Values of redemption with everything filled in, and a village that has points to spend."""

from datetime import date
from typing import Any

from domain.ledger import EntryKind
from domain.membership import HouseholdId, PersonId, Role
from domain.money import Cents
from domain.points import Points
from domain.redemption import Redemption, RedemptionKey, RedemptionState
from domain.redemption_round import Good, Plan, Round, RoundKey, RoundState
from storage.unit_of_work import Books
from tests.builders import NOON, a_posting

GOODS = "洗衣液 20分 50瓶 每户2 成本15元\\n大米5斤装 50分 1袋 每户1 成本30元"
ROUND = (
    "兑换开 秋季兑换\\n时间 9月16日到9月23日\\n领取 9月20日到9月26日 上午8点到11点 村委会\\n"
    f"预算 3000元\\n{GOODS}"
)
"""A round as 陈主任 writes it on the morning of 16 September; ``\\n`` as scripts write it."""


def a_good(number: int = 1, **changes: Any) -> Good:
    """50 bottles at 20 points, two a household, 15 yuan each."""
    values: dict[str, Any] = {
        "name": "洗衣液",
        "unit": "瓶",
        "price": Points(200),
        "stock": 50,
        "limit": 2,
        "cost": Cents(1_500),
    }
    return Good(number, **(values | changes))


def a_plan(*goods: Good, **changes: Any) -> Plan:
    """Orders from 16 to 23 September, collecting from 20 to 26 September, 3,000 yuan."""
    values: dict[str, Any] = {
        "name": "秋季兑换",
        "opens_on": date(2026, 9, 16),
        "closes_on": date(2026, 9, 23),
        "collect_from": date(2026, 9, 20),
        "collect_until": date(2026, 9, 26),
        "hours": "上午8点到11点",
        "place": "村委会",
        "budget": Cents(300_000),
        "goods": goods or (a_good(),),
    }
    return Plan(**(values | changes))


def a_round(*goods: Good, state: RoundState = RoundState.OPEN, **changes: Any) -> Round:
    """The first round of 2026, open."""
    return Round(RoundKey(2026, 1), state, a_plan(*goods, **changes))


def a_redemption(number: int = 1, **changes: Any) -> Redemption:
    """Household 1 has reserved two bottles for 40 points."""
    values: dict[str, Any] = {
        "key": RedemptionKey(2026, number),
        "round": RoundKey(2026, 1),
        "good": 1,
        "household": HouseholdId(1),
        "quantity": 2,
        "points": Points(400),
        "state": RedemptionState.RESERVED,
        "reserved_by": PersonId(1),
        "reserved_at": NOON,
    }
    return Redemption(**(values | changes))


def give_points(books: Books, **points: int) -> None:
    """Give households whole points: ``h1=60``."""
    for name, amount in points.items():
        household = HouseholdId(int(name[1:]))
        posting = a_posting(
            f"test:{name}",
            household=household,
            points=Points(amount * 10),
            kind=EntryKind.AWARD,
        )
        books.ledger.post(1, posting, at=NOON)


def make_administrator(books: Books, person: int = 4) -> None:
    """Let 陈主任 administer the village."""
    books.people.grant(1, PersonId(person), Role.ADMINISTRATOR, at=NOON)
