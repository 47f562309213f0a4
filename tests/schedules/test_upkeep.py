"""Upkeep: a gap is told once and by day, drafts lapse once, what is stale is forgotten."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.replies.results import word
from domain.claim import Claim, ClaimKey, ClaimState
from domain.mail import OutboxState
from schedules.upkeep import WasAway, forget, is_daytime, lapse_drafts, tell_gap
from storage.claims import Origin
from storage.evidence import LoosePhoto
from storage.mail import Dialogue
from storage.outbox import Draft
from storage.people import Contact
from storage.unit_of_work import Books, OpenBooks
from tests.builders import ACCOUNT, NOON, a_claim
from tests.cast import COMMITTEE_ROOM, VILLAGE_ROOM, settle_in

PERSON = Contact(ACCOUNT, "zhang")


def _local(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of September by the village's clock."""
    return datetime(2026, 9, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.fixture(autouse=True)
def village(open_books: OpenBooks) -> None:
    """A village whose villagers' room spoke on the morning of the sixteenth."""
    with open_books() as books:
        settle_in(books, has_rulebook=False)
        books.rooms.touch(ACCOUNT, VILLAGE_ROOM, at=_local(16, 9))


def _gap(open_books: OpenBooks, start: datetime, end: datetime) -> tuple[Draft, ...]:
    with open_books() as books:
        books.presence.seen(ACCOUNT, at=start)
        return tell_gap(
            books, account=ACCOUNT, down_from=start, now=end, word=lambda one: word((one,))
        )


def _goes_at(open_books: OpenBooks) -> datetime | None:
    with open_books() as books:
        return books.outbox.oldest_waiting(ACCOUNT)


def test_a_gap_in_the_daytime_is_told_to_the_rooms_that_had_life(open_books: OpenBooks) -> None:
    [told] = _gap(open_books, _local(16, 10), _local(16, 10, 20))
    assert (told.room, told.contact, told.kind) == (VILLAGE_ROOM, None, "notice")
    assert told.text == ("积分小助手10:00到10:20不在线,这段时间发给我的没有收到,请再发一次。")
    assert _goes_at(open_books) == _local(16, 10, 20)


@pytest.mark.parametrize(("minutes", "is_told"), [(5, False), (6, True)])
def test_a_short_gap_is_not_worth_a_word(
    open_books: OpenBooks, minutes: int, *, is_told: bool
) -> None:
    assert bool(_gap(open_books, _local(16, 10), _local(16, 10, minutes))) is is_told


def test_a_gap_is_told_once_however_often_it_is_found(open_books: OpenBooks) -> None:
    start, end = _local(16, 10), _local(16, 10, 20)
    assert len(_gap(open_books, start, end)) == 1
    assert _gap(open_books, start, end + timedelta(minutes=1)) == ()
    with open_books() as books:
        again = tell_gap(books, account=ACCOUNT, down_from=start, now=end, word=str)
        assert again == ()


def test_the_next_gap_is_told_again(open_books: OpenBooks) -> None:
    assert len(_gap(open_books, _local(16, 10), _local(16, 10, 20))) == 1
    assert len(_gap(open_books, _local(16, 11), _local(16, 11, 20))) == 1


def test_the_last_sign_of_life_tells_when_the_gap_began(open_books: OpenBooks) -> None:
    with open_books() as books:
        books.presence.seen(ACCOUNT, at=_local(16, 10))
        now = _local(16, 10, 20)
        [told] = tell_gap(
            books, account=ACCOUNT, down_from=now, now=now, word=lambda one: word((one,))
        )
        assert "10:00到10:20" in told.text
        assert books.presence.seen_at(ACCOUNT) == now


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (_local(16, 21), _local(16, 23)),
        (_local(16, 20), _local(17, 7, 59)),
        (_local(17, 1), _local(17, 5)),
    ],
)
def test_a_gap_that_lies_in_the_night_is_told_to_nobody(
    open_books: OpenBooks, start: datetime, end: datetime
) -> None:
    assert _gap(open_books, start, end) == ()


@pytest.mark.parametrize(
    ("start", "end", "told_at"),
    [
        (_local(16, 19, 30), _local(16, 21), _local(17, 8)),
        (_local(16, 19, 59), _local(17, 3), _local(17, 8)),
        (_local(16, 12), _local(17, 7, 59), _local(17, 8)),
        (_local(16, 22), _local(17, 8), _local(17, 8)),
        (_local(17, 7), _local(17, 8, 30), _local(17, 8, 30)),
    ],
)
def test_a_gap_found_at_night_is_told_the_next_morning_at_eight(
    open_books: OpenBooks, start: datetime, end: datetime, told_at: datetime
) -> None:
    assert len(_gap(open_books, start, end)) == 1
    assert _goes_at(open_books) == told_at


def test_a_room_that_was_silent_for_days_is_left_alone(open_books: OpenBooks) -> None:
    with open_books() as books:
        books.rooms.touch(ACCOUNT, COMMITTEE_ROOM, at=_local(10, 9))
    told = _gap(open_books, _local(16, 10), _local(16, 11))
    assert [draft.room for draft in told] == [VILLAGE_ROOM]
    assert _gap(open_books, _local(25, 10), _local(25, 11)) == ()


@pytest.mark.parametrize(
    ("hour", "is_day"), [(7, False), (8, True), (19, True), (20, False), (0, False)]
)
def test_notices_are_for_the_daytime(hour: int, *, is_day: bool) -> None:
    assert is_daytime(_local(16, hour)) is is_day


def _lapse(books: Books, now: datetime) -> tuple[Draft, ...]:
    def name(_books: Books, _village: int, _claim: Claim) -> str:
        return "垃圾分类"

    return lapse_drafts(books, now=now, word=lambda one: word((one,)), item_name=name)


@pytest.mark.parametrize("room", [None, VILLAGE_ROOM])
def test_a_draft_lapses_once_and_its_claimant_is_told_where_they_spoke(
    open_books: OpenBooks, room: str | None
) -> None:
    draft = a_claim(state=ClaimState.DRAFT, expires_at=NOON)
    with open_books() as books:
        books.claims.add(1, draft, Origin(PERSON, room, "m1"))
        assert _lapse(books, NOON - timedelta(seconds=1)) == ()
        [told] = _lapse(books, NOON)
        assert (told.room, told.contact) == (room, "zhang")
        assert told.mention == ("zhang" if room else None)
        assert _lapse(books, NOON) == ()
        lapsed = books.claims.get(1, ClaimKey(2026, 1))
        assert lapsed == replace(draft, state=ClaimState.LAPSED, expires_at=None)


@pytest.mark.parametrize("state", [s for s in ClaimState if s is not ClaimState.DRAFT])
def test_only_drafts_lapse(open_books: OpenBooks, state: ClaimState) -> None:
    points = None
    if state is ClaimState.APPROVED:
        points = a_claim().expected
    claim = a_claim(state=state, points=points, expires_at=NOON)
    with open_books() as books:
        books.claims.add(1, claim, Origin(PERSON, None, "m1"))
        assert _lapse(books, NOON + timedelta(days=1)) == ()
        assert books.claims.get(1, claim.key) == claim


def test_on_the_web_page_the_notice_itself_is_the_message(open_books: OpenBooks) -> None:
    draft = a_claim(state=ClaimState.DRAFT, expires_at=NOON)
    with open_books() as books:
        books.claims.add(1, draft, Origin(Contact("web", "zhang"), None, "m1"))
        assert len(_lapse(books, NOON)) == 1
        assert books.outbox.counts() == {OutboxState.SENT: 1}


def test_what_is_stale_is_forgotten(open_books: OpenBooks) -> None:
    with open_books() as books:
        books.evidence.add_loose(PERSON, None, LoosePhoto("p", NOON, None))
        books.dialogues.open(PERSON, None, Dialogue("item", {}, NOON + timedelta(minutes=10)))
        forget(books, now=NOON + timedelta(minutes=21))
        assert books.evidence.loose(PERSON, None, since=NOON, until=NOON) == ()
        assert books.dialogues.get(PERSON, None, now=NOON) is None


def test_a_gap_says_from_when_to_when() -> None:
    gap = WasAway(_local(16, 9, 5), _local(16, 9, 50))
    assert "9:05到09:50" in word((gap,))
