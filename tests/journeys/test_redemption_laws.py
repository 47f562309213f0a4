"""Laws of redemption over the real books, whatever is done in any order."""

from collections import Counter
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from domain.ledger import EntryKind, cut_deduction
from domain.membership import HouseholdId
from domain.money import Cents
from domain.points import Points
from domain.redemption import RedemptionState
from domain.redemption_round import RoundKey, RoundState
from schedules.jobs import Errand
from schedules.redemption import turn_the_day
from tests.builders import NOON, a_posting
from tests.cast import memory_books
from tests.journeys.stage import Stage
from tests.redemption import a_good, a_round, give_points, make_administrator

KEY = RoundKey(2026, 1)
PEOPLE = st.sampled_from(["zhang", "wang", "li", "chen", "zhao"])
REVIEWERS = st.sampled_from(["li", "chen"])
GOODS = st.sampled_from(["洗衣液", "大米", "毛巾"])
NUMBERS = st.integers(1, 6)
HOUSES = st.integers(1, 5)
STOCK = {1: 3, 2: 1, 3: 20}


class Fair(RuleBasedStateMachine):
    """Anybody orders, cancels, collects; points come and go; days pass."""

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        self.stage = Stage(self.open.enter_context(memory_books()))
        self.awards = 0
        with self.stage.open_books() as books:
            make_administrator(books)
            give_points(books, h1=100, h2=60, h3=100, h4=20)
            goods = (
                a_good(1, stock=STOCK[1]),
                a_good(2, name="大米", price=Points(505), stock=STOCK[2], limit=None),
                a_good(3, name="毛巾", price=Points(55), stock=STOCK[3], limit=4),
            )
            round_ = a_round(*goods, closes_on=date(2026, 9, 30), collect_until=date(2026, 10, 2))
            books.rounds.add(1, round_, planned_by=None, at=NOON)

    def teardown(self) -> None:
        """Close the books."""
        self.open.close()

    @rule(home=HOUSES, points=st.integers(1, 600))
    def award(self, home: int, points: int) -> None:
        """Give a household points."""
        self._post(home, EntryKind.AWARD, Points(points))

    @rule(home=HOUSES, points=st.integers(1, 600))
    def deduct(self, home: int, points: int) -> None:
        """Take points, as much as the balance bears."""
        with self.stage.open_books() as books:
            balance = books.ledger.balance(1, HouseholdId(home), year=2026)
        cut = cut_deduction(Points(-points), balance=balance)
        if cut:
            self._post(home, EntryKind.DEDUCTION, cut)

    def _post(self, home: int, kind: EntryKind, points: Points) -> None:
        self.awards += 1
        posting = a_posting(
            f"test:{self.awards}", household=HouseholdId(home), kind=kind, points=points
        )
        with self.stage.open_books() as books:
            books.ledger.post(1, posting, at=NOON)

    @rule(who=PEOPLE, good=GOODS, count=st.sampled_from([1, 1, 2, 3, 5]))
    def order(self, who: str, good: str, count: int) -> None:
        """Order something, affordable or not."""
        self.stage.say(who, f"兑换 {good} {count}")

    @rule(who=REVIEWERS, good=GOODS)
    def order_for_another(self, who: str, good: str) -> None:
        """Order for the household without a phone."""
        self.stage.say(who, f"代兑换 3组15号 {good}")

    @rule(who=PEOPLE, number=NUMBERS)
    def cancel(self, who: str, number: int) -> None:
        """Take an order back, one's own or not."""
        self.stage.say(who, f"取消兑换 {number}")

    @rule(who=REVIEWERS, owner=PEOPLE)
    def collect(self, who: str, owner: str) -> None:
        """Hand over what somebody shows the code of, perhaps one's own."""
        [told] = self.stage.say(owner, "我的兑换")
        code = told.text.partition("领取码 ")[2][:7]
        self.stage.say(who, f"核销 {code}")

    @rule(number=NUMBERS)
    def cancel_by_the_committee(self, number: int) -> None:
        """Take any order back."""
        self.stage.say("chen", f"取消兑换 {number}")

    @rule(days=st.sampled_from([0, 1, 3, 9]))
    def let_days_pass(self, days: int) -> None:
        """Let the calendar turn; after 2 October what was not collected lapses."""
        now = self.stage.clock.advance(days=days)
        with self.stage.open_books() as books:
            village = books.villages.get(1)
            errand = Errand(
                books, village, now.date().isoformat(), now, lambda _: "退回", lambda _: True
            )
            turn_the_day(errand)
            turn_the_day(errand)

    @precondition(lambda self: self.stage.clock.now > datetime(2026, 9, 20, tzinfo=UTC))
    @rule()
    def stop(self) -> None:
        """Call the round off."""
        self.stage.say("chen", "兑换停 1")
        self.stage.say("chen", "1")

    @invariant()
    def the_books_are_right(self) -> None:
        """Look at everything after each step."""
        with self.stage.open_books() as books:
            assert books.audit.verify(1) == ()
            found = books.redemptions.of_round(1, KEY, limit=500)
            round_ = books.rounds.get(1, KEY)
            assert round_ is not None
            held: Counter[tuple[int, int]] = Counter()
            stock = dict(STOCK)
            for one in found:
                if one.state in {RedemptionState.RESERVED, RedemptionState.HANDED_OVER}:
                    stock[one.good] -= one.quantity
                    held[one.good, one.household] += one.quantity
            for good in round_.plan.goods:
                assert good.stock - good.taken == stock[good.number] >= 0
                assert good.limit is None or all(
                    count <= good.limit for (n, _), count in held.items() if n == good.number
                )
            assert Cents(0) <= round_.spent <= round_.plan.budget
            if round_.state in {RoundState.ENDED, RoundState.CANCELLED}:
                assert all(one.state is not RedemptionState.RESERVED for one in found)
            self._balances(books)

    @staticmethod
    def _balances(books: object) -> None:
        spendable: Counter[int] = Counter()
        paid: Counter[str] = Counter()
        for entry in books.ledger.walk(1):  # type: ignore[attr-defined]
            posting = entry.posting
            spendable[posting.household] += posting.points
            assert spendable[posting.household] >= 0
            if posting.cause.startswith("redemption:"):
                paid[posting.cause.rpartition(":")[0]] += posting.points
        for one in books.redemptions.of_round(1, KEY, limit=500):  # type: ignore[attr-defined]
            kept = one.state in {RedemptionState.RESERVED, RedemptionState.HANDED_OVER}
            cause = f"redemption:{one.key.year}:{one.key.number}"
            assert paid[cause] == (-one.points if kept else 0)


TestRedemptionStaysRight = Fair.TestCase
TestRedemptionStaysRight.settings = settings(
    max_examples=15,
    stateful_step_count=30,
    deadline=timedelta(seconds=60),
    suppress_health_check=list(HealthCheck),
)
