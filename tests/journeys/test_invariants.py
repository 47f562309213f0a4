"""Invariants of the books, whatever people and committee do, in any order, and again."""

from collections import Counter
from contextlib import ExitStack
from datetime import timedelta
from itertools import combinations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from domain.claim import Claim, ClaimState
from domain.ledger import EARNING
from domain.period import Month
from domain.points import Points
from domain.ranking import rank
from domain.rulebook import Item, Rulebook
from storage.unit_of_work import Books
from tests.builders import TODAY
from tests.cast import HOMES, SHELF, memory_books
from tests.journeys.stage import Stage
from tests.journeys.test_story import counted

VILLAGERS = st.sampled_from(["zhang", "wang", "zhao"])
REVIEWERS = st.sampled_from(["li", "chen"])
ITEMS = st.sampled_from(
    [
        "垃圾分类",
        "报修",
        "问卷",
        "提建议",
        "开会",
        "志愿服务 2小时",
        "志愿服务 8小时",
        "捡到钱",
        "办狗证",
        "捐款 900元",
    ]
)
DAYS = st.sampled_from(["", " 9月2日", " 9月9日", " 8月20日", " 8月28日"])
OFFENCES = st.sampled_from(["乱堆物", "混投", "乱倒垃圾"])
AMOUNTS = st.sampled_from(["0分", "1分", "2分", "5分", "10分"])
NUMBERS = st.integers(1, 12)
HOUSES = st.sampled_from([f"{group}组{house}号" for group, house, _ in HOMES[:5]])


class Village(RuleBasedStateMachine):
    """Anyone may say anything at any time; the books stay right."""

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        self.stage = Stage(self.open.enter_context(memory_books()))
        self.photos = 0

    def teardown(self) -> None:
        """Close the books."""
        self.open.close()

    @rule(who=VILLAGERS, item=ITEMS, day=DAYS)
    def claim(self, who: str, item: str, day: str) -> None:
        """Claim with a photo of its own."""
        self.photos += 1
        self.stage.send_photo(who, f"p{self.photos}")
        self.stage.say(who, f"申报 {item}{day}")

    @rule(who=VILLAGERS, item=ITEMS, house=HOUSES)
    def claim_for_another(self, who: str, item: str, house: str) -> None:
        """Claim for somebody's household, without a photo."""
        self.stage.say(who, f"帮{house}申报 {item}")

    @rule(who=VILLAGERS)
    def photo(self, who: str) -> None:
        """Send a photo, perhaps one that a claim waits for."""
        self.photos += 1
        self.stage.send_photo(who, f"p{self.photos}")

    @rule(who=VILLAGERS, number=NUMBERS, words=st.sampled_from(["昨天", "3小时", "问卷", "报修"]))
    def correct(self, who: str, number: int, words: str) -> None:
        """Correct a claim, one's own or not."""
        self.stage.say(who, f"更正 {number} {words}")

    @rule(who=VILLAGERS, number=NUMBERS)
    def withdraw(self, who: str, number: int) -> None:
        """Withdraw a claim, one's own or not."""
        self.stage.say(who, f"撤回 {number}")

    @rule(who=VILLAGERS)
    def recall(self, who: str) -> None:
        """Take back what was said last."""
        said = [h for h in self.stage.heard if h.message.person == who and h.photo is None]
        if said:
            self.stage.recall(who, None)

    @rule(who=REVIEWERS, number=NUMBERS, amount=st.just("") | AMOUNTS)
    def approve(self, who: str, number: int, amount: str) -> None:
        """Approve a claim, perhaps with an amount."""
        self.stage.say(who, f"通过 {number} {amount}")

    @rule(who=REVIEWERS)
    def approve_all(self, who: str) -> None:
        """Approve all that waits."""
        self.stage.say(who, "全部通过")

    @rule(number=NUMBERS, amount=AMOUNTS)
    def adjust_by_both(self, number: int, amount: str) -> None:
        """Adjust a claim; both reviewers agree."""
        for who in ("li", "chen"):
            self.stage.say(who, f"调整 {number} {amount} 数量写错")

    @rule(who=REVIEWERS, number=NUMBERS)
    def reject(self, who: str, number: int) -> None:
        """Reject a claim."""
        self.stage.say(who, f"驳回 {number} 没有签到")

    @rule(who=REVIEWERS, house=HOUSES, offence=OFFENCES)
    def deduct(self, who: str, house: str, offence: str) -> None:
        """Record a deduction."""
        self.stage.say(who, f"扣分 {house} {offence}")

    @rule(who=REVIEWERS, house=HOUSES, item=ITEMS)
    def record(self, who: str, house: str, item: str) -> None:
        """Record a paper claim."""
        self.stage.say(who, f"代录 {house} {item}")

    @rule(minutes=st.integers(1, 12))
    def wait(self, minutes: int) -> None:
        """Let time pass, so that drafts lapse."""
        self.stage.pause(timedelta(minutes=minutes))

    @precondition(lambda self: self.stage.heard)
    @rule(chosen=st.integers(0, 10_000))
    def hear_again(self, chosen: int) -> None:
        """Hear a message again that was heard before; nothing changes."""
        before = counted(self.stage.open_books)
        heard = self.stage.heard[chosen % len(self.stage.heard)]
        assert self.stage.work(heard) == ()
        assert counted(self.stage.open_books) == before

    @invariant()
    def the_books_are_right(self) -> None:
        """Look at everything after each step."""
        with self.stage.open_books() as books:
            assert books.audit.verify(1) == ()
            _balances(books)
            claims = books.claims.all(1, limit=500)
            _awards(books, claims)
            _caps(books, claims)
            _ranked(books)


def _balances(books: Books) -> None:
    """The sum of entries is the balance, and nobody has less than nothing to spend."""
    earned: Counter[int] = Counter()
    spendable: Counter[int] = Counter()
    for entry in books.ledger.walk(1, year=2026):
        posting = entry.posting
        spendable[posting.household] += posting.points
        earned[posting.household] += posting.points if posting.kind in EARNING else 0
        assert spendable[posting.household] >= 0
    for household in books.households.all(1):
        balance = books.ledger.balance(1, household.id, year=2026)
        assert balance.earned == earned[household.id]
        assert balance.spendable == spendable[household.id] >= 0


def _awards(books: Books, claims: tuple[Claim, ...]) -> None:
    """Each approved claim has exactly one award and its adjustments; no other claim has any."""
    awards: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for entry in books.ledger.walk(1):
        _, year, number, action, *_ = entry.posting.cause.split(":")
        awards[f"{year}:{number}"] += action == "award"
        sums[f"{year}:{number}"] += entry.posting.points
    for claim in claims:
        key = f"{claim.key.year}:{claim.key.number}"
        is_approved = claim.state is ClaimState.APPROVED
        assert awards[key] == int(is_approved)
        assert sums[key] == (claim.points or 0)
        if is_approved:
            _decided_by_others(books, claim)


def _decided_by_others(books: Books, claim: Claim) -> None:
    """Nobody approved for their own house or their own filing, nor two of one house."""
    people = [books.people.get(1, person) for person in claim.approvals]
    assert people
    assert all(p.household != claim.household and p.id != claim.filed_by for p in people)
    assert all(a.household != b.household for a, b in combinations(people, 2))


def _caps(books: Books, claims: tuple[Claim, ...]) -> None:
    """No household holds more of an item or category than its caps."""
    rulebook = SHELF.in_force(books, 1, TODAY)
    held: Counter[tuple[object, ...]] = Counter()
    for claim in claims:
        if claim.state is ClaimState.APPROVED and claim.points is not None:
            home, month = claim.household, claim.effective_month
            periods = (month, month.quarter, month.year)
            for period in periods:
                held[home, claim.act.item, period] += claim.points
            held[home, claim.act.item[0], "category"] += max(0, claim.points)
    for (_, code, period), points in held.items():
        assert abs(points) <= _cap(rulebook, str(code), period), (code, period)


def _cap(rulebook: Rulebook, code: str, period: object) -> int:
    if period == "category":
        return rulebook.category_year_caps.get(code, Points(10**9))
    item: Item = rulebook.item(code)
    if isinstance(period, int):
        cap = item.caps.year
    else:
        cap = item.caps.month if isinstance(period, Month) else item.caps.quarter
    return 10**9 if cap is None else abs(cap)


def _ranked(books: Books) -> None:
    """Every household appears once in a ranking."""
    earned = books.ledger.earned(1, tuple(Month(2026, m) for m in range(1, 13)))
    homes = [household.id for household in books.households.all(1)]
    standings = rank({home: earned.get(home, Points(0)) for home in homes})
    assert sorted(s.household for s in standings) == sorted(homes)


TestTheBooksStayRight = Village.TestCase
TestTheBooksStayRight.settings = settings(
    max_examples=12,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
