"""A village with something on its notice board: a quarter that is out, and a round that is open."""

from datetime import UTC, datetime

from bot.boards import board_path
from bot.workdays import is_working
from domain.ledger import EntryKind
from domain.membership import HouseholdId, Role
from domain.period import VILLAGE_TZ, Month
from domain.points import Points
from domain.publication import Publication
from domain.redemption_round import Round, RoundKey, RoundState
from schedules.jobs import Errand
from schedules.publication import release
from storage.unit_of_work import Books
from tests.builders import a_posting
from tests.cast import SHELF, WANG, ZHANG
from tests.pictures import jpeg, like
from tests.redemption import a_good, a_plan
from tests.web.real import SECRET, RealHouse

SEPTEMBER = Month(2026, 9)


def board(real: RealHouse, *, village: int = 0) -> str:
    """Return the path of a village's notice board."""
    return board_path(SECRET.encode(), village or real.cast.village)


def at(real: RealHouse, local: str) -> None:
    """Set the clock to a time of the village."""
    there = datetime.fromisoformat(local).replace(tzinfo=VILLAGE_TZ)
    real.clock.now = there.astimezone(UTC)


def award(books: Books, cause: str, household: HouseholdId, points: int) -> None:
    """Enter whole points in September."""
    posting = a_posting(
        cause, household=household, points=Points(points * 10), kind=EntryKind.AWARD
    )
    books.ledger.post(1, posting, at=datetime(2026, 9, 20, tzinfo=UTC))


def errand(real: RealHouse, books: Books) -> Errand:
    """Return an errand of now."""
    village = books.villages.get(real.cast.village)
    return Errand(books, village, "", real.clock.now, lambda _: "", is_working, SHELF)


def publish(real: RealHouse, *, day: str = "2026-10-08T10:00") -> Publication:
    """Confirm September, and let two people release the third quarter on a day."""
    at(real, day)

    def act(books: Books) -> Publication:
        books.month_reviews.confirm(real.cast.village, SEPTEMBER, at=real.clock.now)
        for person in (real.cast.li, real.cast.chen):
            one = books.people.get(real.cast.village, person)
            release(errand(real, books), one)
        found = books.publications.current(real.cast.village)
        assert found is not None
        return found

    published: Publication = real.read(act)
    return published


def published(real: RealHouse) -> Publication:
    """张家 has 7 points, 王家 5; the third quarter is out since 8 October."""

    def earn(books: Books) -> None:
        award(books, "objection:0:1", ZHANG, 7)
        award(books, "objection:0:2", WANG, 5)

    real.read(earn)
    return publish(real)


def many_households(real: RealHouse, count: int) -> None:
    """Let the village have many households in twelve groups, each with points of its own."""
    surnames = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"

    def settle(books: Books) -> None:
        rows = [
            {"group_no": n % 12 + 1, "house_no": f"{n + 100}", "head": f"{surnames[n % 16]}建国"}
            for n in range(count)
        ]
        books.households.save(real.cast.village, rows, since=real.clock.now.date().replace(month=1))
        for home in books.households.all(real.cast.village):
            award(books, f"objection:0:{home.id + 100}", home.id, home.id % 90 + 1)

    real.read(settle)


def open_round(real: RealHouse) -> None:
    """Let a round of three goods take orders from 5 to 12 October."""
    days = {
        name: datetime(2026, 10, day, tzinfo=UTC).date()
        for name, day in (
            ("opens_on", 5),
            ("closes_on", 12),
            ("collect_from", 13),
            ("collect_until", 15),
        )
    }
    goods = (
        a_good(),
        a_good(2, name="大米", unit="袋", price=Points(500), stock=1, limit=1),
        a_good(3, name="“三好”<b>毛巾</b>", unit="条", price=Points(15), limit=None),
    )
    plan = a_plan(*goods, **days)

    def keep(books: Books) -> None:
        round_ = Round(RoundKey(2026, 1), RoundState.DRAFT, plan)
        books.rounds.add(real.cast.village, round_, planned_by=None, at=real.clock.now)

    real.read(keep)


async def a_full_board(real: RealHouse) -> None:
    """Let a quarter be out and disputed, a round be open with an order, and claims wait."""
    await real.claim("zhang", "申报 垃圾分类", jpeg(1))
    await real.claim("li", "扣分 3组15号 乱堆物")
    await real.claim("li", "通过 1")
    await real.claim("chen", "通过 2")
    published(real)
    open_round(real)
    await real.claim("zhang", "兑换 毛巾 2")
    await real.claim("zhang", "异议 1 少算了一次,那天还有一袋")
    await real.claim("zhang", "异议 总分好像不对")
    await real.claim("zhang", "申报 垃圾分类", jpeg(2))

    def promote(books: Books) -> None:
        for person in (real.cast.zhao, real.cast.wang):
            books.people.grant(real.cast.village, person, Role.COMMITTEE, at=real.clock.now)

    real.read(promote)
    await real.claim("zhao", "异议处理 1 维持 照片看得清")


async def a_month_to_confirm(real: RealHouse) -> None:
    """Let September be over, with a claim that waits, a deduction, and twins to look at."""
    scene = jpeg(1)
    await real.claim("zhang", "申报 垃圾分类", scene)
    await real.claim("wang", "申报 垃圾分类", like(scene))
    await real.claim("zhao", "申报 垃圾分类", jpeg(3))
    await real.claim("li", "扣分 3组15号 乱堆物")
    await real.claim("li", "通过 1 2")
    await real.claim("chen", "通过 4")
    at(real, "2026-10-08T10:00")
