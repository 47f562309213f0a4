"""Messages in: a row before anything else, settled once; open dialogues; sessions."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.mail import InboxState
from storage.mail import Dialogue
from storage.people import Contact
from storage.unit_of_work import OpenBooks
from tests.builders import ACCOUNT, NOON, a_received
from tests.cast import VILLAGE_ROOM

ZHANG = Contact(ACCOUNT, "zhang")
FIRST = a_received("m1")


def _done(open_books: OpenBooks, *, message_id: str = "m1", **changes: object) -> None:
    with open_books() as books:
        received = a_received(message_id, **changes)
        assert books.inbox.receive(received, at=NOON)
        assert books.inbox.settle(received, state=InboxState.DONE)


def test_a_message_is_announced_once(open_books: OpenBooks) -> None:
    with open_books() as books:
        assert books.inbox.state(ACCOUNT, "m1") is None
        assert books.inbox.announce(ACCOUNT, "m1", at=NOON)
        assert not books.inbox.announce(ACCOUNT, "m1", at=NOON)
        assert not books.inbox.receive(FIRST, at=NOON)
        assert books.inbox.announce("other", "m1", at=NOON)
        assert books.inbox.state(ACCOUNT, "m1") is InboxState.ANNOUNCED


def test_a_message_is_settled_once(open_books: OpenBooks) -> None:
    with open_books() as books:
        books.inbox.announce(ACCOUNT, "m1", at=NOON)
        assert books.inbox.settle(FIRST, state=InboxState.DONE)
        assert not books.inbox.settle(FIRST, state=InboxState.DONE)
        assert not books.inbox.settle(FIRST, state=InboxState.DUPLICATE)
        assert books.inbox.state(ACCOUNT, "m1") is InboxState.DONE


def test_a_message_that_was_never_announced_is_not_settled(open_books: OpenBooks) -> None:
    with open_books() as books:
        assert not books.inbox.settle(FIRST, state=InboxState.DONE)


def test_the_words_are_dropped_when_the_work_is_done_unless_the_page_shows_them(
    open_books: OpenBooks,
) -> None:
    with open_books() as books:
        for received in (FIRST, a_received("m2")):
            books.inbox.receive(received, at=NOON)
            assert books.inbox.body(ACCOUNT, received.message_id) is not None
        books.inbox.settle(FIRST, state=InboxState.DONE)
        books.inbox.settle(a_received("m2"), state=InboxState.DONE, keeps_body=True)
        assert books.inbox.body(ACCOUNT, "m1") is None
        assert books.inbox.body(ACCOUNT, "m2") == ("zhang", NOON, FIRST.body)
        assert [r.message_id for r in books.inbox.said_by(ZHANG, limit=5)] == ["m2"]


@pytest.mark.parametrize(
    ("seconds", "is_twin"), [(0, True), (10, True), (-10, True), (11, False), (-11, False)]
)
def test_the_same_words_within_ten_seconds_are_one_act(
    open_books: OpenBooks, seconds: int, *, is_twin: bool
) -> None:
    _done(open_books)
    again = a_received("m2", sent_at=NOON + timedelta(seconds=seconds))
    with open_books() as books:
        assert books.inbox.has_twin(again) is is_twin


@pytest.mark.parametrize(
    "changes",
    [{"contact": "wang"}, {"digest": "e" * 64}, {"room": VILLAGE_ROOM}, {"account": "other"}],
    ids=["another person", "other words", "another room", "another account"],
)
def test_what_differs_is_an_act_of_its_own(open_books: OpenBooks, changes: dict[str, str]) -> None:
    _done(open_books)
    with open_books() as books:
        assert not books.inbox.has_twin(a_received("m2", **changes))


def test_a_message_is_not_its_own_twin_nor_that_of_one_still_waiting(
    open_books: OpenBooks,
) -> None:
    with open_books() as books:
        books.inbox.receive(FIRST, at=NOON)
        assert not books.inbox.has_twin(a_received("m2"))
        books.inbox.settle(FIRST, state=InboxState.DONE)
        assert not books.inbox.has_twin(FIRST)
        assert books.inbox.has_twin(a_received("m2"))


def test_what_a_crash_left_is_taken_up_oldest_first(open_books: OpenBooks) -> None:
    with open_books() as books:
        books.inbox.announce(ACCOUNT, "late", at=NOON + timedelta(seconds=5))
        books.inbox.receive(FIRST, at=NOON)
        books.inbox.receive(a_received("done"), at=NOON)
        books.inbox.settle(a_received("done"), state=InboxState.DONE)
        books.inbox.announce("other", "theirs", at=NOON)
        left = books.inbox.unfinished(ACCOUNT, limit=5)
        assert left == [("m1", FIRST.body), ("late", None)]
        assert books.inbox.count(ACCOUNT) == 2


def test_what_the_platform_lost_is_closed_but_what_was_worked_off_stays(
    open_books: OpenBooks,
) -> None:
    with open_books() as books:
        books.inbox.announce(ACCOUNT, "gone", at=NOON)
        books.inbox.lose(ACCOUNT, "gone")
        assert books.inbox.state(ACCOUNT, "gone") is InboxState.LOST
        books.inbox.receive(FIRST, at=NOON)
        books.inbox.lose(ACCOUNT, "m1")
        assert books.inbox.state(ACCOUNT, "m1") is InboxState.RECEIVED
        assert books.inbox.unfinished(ACCOUNT, limit=5) == [("m1", FIRST.body)]


def test_a_question_waits_until_its_end(open_books: OpenBooks) -> None:
    dialogue = Dialogue("quantity", {"number": 3, "tiers": ["村级"]}, NOON)
    with open_books() as books:
        books.dialogues.open(ZHANG, None, dialogue)
        before = NOON - timedelta(microseconds=1)
        assert books.dialogues.get(ZHANG, None, now=before) == dialogue
        assert books.dialogues.get(ZHANG, None, now=NOON) is None
        assert books.dialogues.get(ZHANG, VILLAGE_ROOM, now=before) is None


def test_a_new_question_takes_the_place_of_the_old(open_books: OpenBooks) -> None:
    later = NOON + timedelta(minutes=10)
    with open_books() as books:
        for kind in ("quantity", "item"):
            books.dialogues.open(ZHANG, None, Dialogue(kind, {}, later))
        books.dialogues.open(ZHANG, VILLAGE_ROOM, Dialogue("tier", {}, NOON))
        waiting = books.dialogues.get(ZHANG, None, now=NOON)
        assert waiting is not None
        assert waiting.kind == "item"
        books.dialogues.forget(NOON)
        assert books.dialogues.get(ZHANG, None, now=NOON) == waiting
        books.dialogues.close(ZHANG, None)
        assert books.dialogues.get(ZHANG, None, now=NOON) is None


def test_a_session_ends_by_time_or_by_hand_and_a_link_opens_one(open_books: OpenBooks) -> None:
    until = NOON + timedelta(days=30)
    with open_books() as books:
        for digest in "ab":
            books.sessions.open(digest, "zhang", at=NOON, until=until)
        assert books.sessions.contact("a", now=NOON) == "zhang"
        assert books.sessions.contact("a", now=until) is None
        assert books.sessions.contact("x", now=NOON) is None
        books.sessions.close("a")
        assert books.sessions.contact("a", now=NOON) is None
        assert books.sessions.use_link("l", at=NOON)
        assert not books.sessions.use_link("l", at=NOON)
        books.sessions.forget(until)
        assert books.sessions.contact("b", now=NOON) is None


def test_a_session_in_use_goes_on_and_is_written_once_a_day(open_books: OpenBooks) -> None:
    kept, hour = timedelta(days=45), timedelta(hours=1)
    with open_books() as books:
        books.sessions.open("a", "zhang", at=NOON, until=NOON + kept)
        soon = NOON + hour
        assert books.sessions.visit("a", now=soon, until=soon + kept) == "zhang"
        assert books.sessions.contact("a", now=NOON + kept) is None
        later = NOON + timedelta(days=44)
        assert books.sessions.visit("a", now=later, until=later + kept) == "zhang"
        assert books.sessions.contact("a", now=NOON + kept) == "zhang"
        gone = later + kept
        assert books.sessions.visit("a", now=gone, until=gone + kept) is None
        assert books.sessions.signed_in(["zhang", "wang"], now=later) == {"zhang"}
        assert books.sessions.signed_in(["zhang"], now=gone) == frozenset()
        assert books.sessions.signed_in([], now=later) == frozenset()


def test_presence_is_the_last_instant_an_account_was_known_to_hear(open_books: OpenBooks) -> None:
    with open_books() as books:
        assert books.presence.seen_at(ACCOUNT) is None
        books.presence.seen(ACCOUNT, at=NOON)
        books.presence.seen(ACCOUNT, at=NOON + timedelta(seconds=30))
        assert books.presence.seen_at(ACCOUNT) == NOON + timedelta(seconds=30)


def test_a_message_of_the_same_id_from_another_account_is_another(open_books: OpenBooks) -> None:
    with open_books() as books:
        assert books.inbox.receive(FIRST, at=NOON)
        assert books.inbox.receive(replace(FIRST, account="other"), at=NOON)
