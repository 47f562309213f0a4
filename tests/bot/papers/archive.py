"""A village whose third quarter of 2026 was shown, with honours given and goods handed over."""

from dataclasses import replace
from datetime import timedelta

from bot.replies.results import word
from domain.honours import YEAR_AWARD, Honour
from domain.membership import PersonId
from domain.period import Month, Quarter
from domain.points import Points
from domain.publication import Publication
from domain.redemption import RedemptionKey, RedemptionState, payment
from domain.redemption_round import RoundKey, RoundState
from schedules.jobs import Errand
from schedules.publication import release
from storage.unit_of_work import Books
from tests.bot.papers.printed import CODE, RARE
from tests.builders import NOON, TODAY, a_posting
from tests.cast import SHELF, WANG, ZHANG, settle_in
from tests.fakes import MORNING
from tests.redemption import a_good, a_redemption, a_round

VILLAGE = "幸福村"
Q3 = Quarter(2026, 3)
OCTOBER = MORNING.replace(month=10, day=12)
RELEASERS = (PersonId(3), PersonId(4))
FORMULA = '=HYPERLINK("http://x")'
"""What Excel would run."""


def archive(books: Books) -> Publication:
    """Prepare the village; 张家 has 170 points, of which 42 are spent, 王家 (with rare letters) 50."""
    settle_in(books)
    books.changes.rename_head(1, WANG, RARE)
    _earned(books)
    _redeemed(books)
    books.month_reviews.confirm(1, Month(2026, 9), at=OCTOBER)
    award = Honour(2026, YEAR_AWARD, ZHANG, 1, Points(1_700))
    books.years.give(1, award, at=OCTOBER)
    named = Honour(2026, "最美家庭", WANG, None, Points(500))
    books.years.give(1, named, at=OCTOBER + timedelta(days=1))
    return shown(books)


def _earned(books: Books) -> None:
    for number, (household, points) in enumerate(((ZHANG, 1_700), (WANG, 500)), 1):
        posting = a_posting(f"objection:0:{number}", household=household, points=Points(points))
        books.ledger.post(1, posting, at=MORNING)


def _redeemed(books: Books) -> None:
    """张家 was handed two bottles by 李会计 and ordered rice, which still waits."""
    goods = (a_good(), a_good(2, name=FORMULA, unit="袋", price=Points(20), limit=None))
    plan = a_round(*goods, state=RoundState.CLOSED, name=f"秋季{CODE[:8]}")
    books.rounds.add(1, plan, planned_by=PersonId(4), at=NOON)
    taken = (a_redemption(1), a_redemption(2, good=2, quantity=1, points=Points(20)))
    for number, one in enumerate(taken, 1):
        books.ledger.post(1, payment(one, name="x", today=TODAY), at=NOON)
        books.rounds.take(1, RoundKey(2026, 1), one.good, one.quantity)
        books.redemptions.add(1, one, code_digest=f"d{number}")
    handed = replace(
        books.redemptions.get(1, RedemptionKey(2026, 1)) or taken[0],
        state=RedemptionState.HANDED_OVER,
        settled_by=PersonId(3),
    )
    books.redemptions.save(1, handed, at=NOON)


def shown(books: Books) -> Publication:
    """Two people release the quarter."""
    errand = Errand(books, books.villages.get(1), "", OCTOBER, _say, lambda _: True, SHELF)
    for person in RELEASERS:
        release(errand, books.people.get(1, person))
    found = books.publications.newest(1, Q3)
    assert found is not None
    return found


def _say(result: object) -> str:
    return word((result,))
