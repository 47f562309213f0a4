"""Messages out: a key is queued once, what is unknown stays unknown, receipts settle it."""

from datetime import timedelta

import pytest

from domain.mail import OutboxState
from storage.outbox import Letter
from storage.people import Contact
from storage.unit_of_work import OpenBooks
from tests.builders import ACCOUNT, NOON, a_draft
from tests.cast import VILLAGE_ROOM

LATER = NOON + timedelta(seconds=15)
WINDOW = timedelta(minutes=30)


def _queue(open_books: OpenBooks, *keys: str, **changes: object) -> None:
    with open_books() as books:
        for key in keys:
            assert books.outbox.put(a_draft(key, **changes), at=NOON)


def _letters(open_books: OpenBooks) -> dict[str, Letter]:
    with open_books() as books:
        found = books.outbox.to(Contact(ACCOUNT, "zhang"), after=0, limit=50)
        return {letter.draft.key: letter for letter in found}


def _begin(open_books: OpenBooks, key: str) -> int:
    number = _letters(open_books)[key].id
    with open_books() as books:
        assert books.outbox.begin((number,)) == (number,)
    return number


def test_a_key_is_queued_once_for_ever(open_books: OpenBooks) -> None:
    _queue(open_books, "a")
    with open_books() as books:
        assert not books.outbox.put(a_draft("a", text="etwas anderes"), at=LATER)
    number = _begin(open_books, "a")
    with open_books() as books:
        books.outbox.settle(number, OutboxState.SENT, at=NOON)
        assert not books.outbox.put(a_draft("a"), at=LATER)
        assert books.outbox.counts() == {"sent": 1}


def test_replies_go_before_notices_and_the_older_first(open_books: OpenBooks) -> None:
    _queue(open_books, "n1", "n2", kind="notice")
    _queue(open_books, "r1", "r2")
    with open_books() as books:
        due = books.outbox.due(ACCOUNT, now=NOON, limit=10)
        assert [x.draft.key for x in due] == ["r1", "r2", "n1", "n2"]
        assert books.outbox.due("other", now=NOON, limit=10) == ()
        assert len(books.outbox.due(ACCOUNT, now=NOON, limit=3)) == 3


def test_what_may_not_go_yet_is_not_due(open_books: OpenBooks) -> None:
    with open_books() as books:
        books.outbox.put(a_draft("a"), at=NOON, not_before=LATER)
        assert books.outbox.due(ACCOUNT, now=NOON, limit=5) == ()
        assert len(books.outbox.due(ACCOUNT, now=LATER, limit=5)) == 1
        assert books.outbox.oldest_waiting(ACCOUNT) == LATER
        assert books.outbox.oldest_waiting("other") is None


@pytest.mark.parametrize("state", [s for s in OutboxState if s is not OutboxState.QUEUED])
def test_only_what_is_queued_is_begun(open_books: OpenBooks, state: OutboxState) -> None:
    _queue(open_books, "a")
    number = _begin(open_books, "a")
    if state is not OutboxState.SENDING:
        with open_books() as books:
            books.outbox.settle(number, state, at=NOON)
    with open_books() as books:
        assert books.outbox.begin((number,)) == ()
        assert books.outbox.due(ACCOUNT, now=LATER, limit=5) == ()
    assert _letters(open_books)["a"].attempts == 1


def test_what_certainly_did_not_go_is_queued_again(open_books: OpenBooks) -> None:
    _queue(open_books, "a")
    number = _begin(open_books, "a")
    with open_books() as books:
        books.outbox.retry(number, not_before=LATER)
        assert books.outbox.due(ACCOUNT, now=NOON, limit=5) == ()
        [again] = books.outbox.due(ACCOUNT, now=LATER, limit=5)
        assert (again.draft.key, again.attempts) == ("a", 1)


@pytest.mark.parametrize("state", [OutboxState.SENT, OutboxState.UNCERTAIN, OutboxState.DEAD])
def test_what_is_settled_is_never_queued_again(open_books: OpenBooks, state: OutboxState) -> None:
    _queue(open_books, "a")
    number = _begin(open_books, "a")
    with open_books() as books:
        books.outbox.settle(number, state, at=NOON, platform_id="p")
        books.outbox.retry(number, not_before=NOON)
        assert books.outbox.due(ACCOUNT, now=LATER, limit=5) == ()
        assert books.outbox.counts() == {state: 1}


def test_what_a_dead_process_was_sending_is_uncertain(open_books: OpenBooks) -> None:
    _queue(open_books, "a", "b")
    _queue(open_books, "theirs", account="other")
    _begin(open_books, "a")
    with open_books() as books:
        assert books.outbox.orphaned(ACCOUNT, at=LATER) == 1
        assert books.outbox.orphaned(ACCOUNT, at=LATER) == 0
    letters = _letters(open_books)
    assert (letters["a"].state, letters["a"].settled_at) == (OutboxState.UNCERTAIN, LATER)
    assert letters["b"].state is OutboxState.QUEUED


def test_our_own_message_coming_back_is_the_receipt(open_books: OpenBooks) -> None:
    _queue(open_books, "a", "b", text="收到")
    for key in "ab":
        number = _begin(open_books, key)
        with open_books() as books:
            books.outbox.settle(number, OutboxState.UNCERTAIN, at=NOON)
    with open_books() as books:
        taken = [
            books.outbox.receipt(ACCOUNT, target="zhang", text=text, at=LATER, window=WINDOW)
            for text in ("别的话", "收到")
        ]
        assert taken == [False, True]
    states = {key: letter.state for key, letter in _letters(open_books).items()}
    assert states == {"a": OutboxState.SENT, "b": OutboxState.UNCERTAIN}


def test_a_receipt_that_came_first_stands(open_books: OpenBooks) -> None:
    _queue(open_books, "a", room=VILLAGE_ROOM)
    number = _begin(open_books, "a")
    with open_books() as books:
        text = a_draft("a").text
        assert not books.outbox.receipt(ACCOUNT, target="zhang", text=text, at=NOON, window=WINDOW)
        assert books.outbox.receipt(ACCOUNT, target=VILLAGE_ROOM, text=text, at=NOON, window=WINDOW)
        books.outbox.settle(number, OutboxState.UNCERTAIN, at=LATER)
        books.outbox.retry(number, not_before=NOON)
        assert books.outbox.counts() == {"sent": 1}


def test_a_receipt_is_for_what_was_begun_and_within_its_window(open_books: OpenBooks) -> None:
    _queue(open_books, "a")
    text = a_draft("a").text
    with open_books() as books:
        assert not books.outbox.receipt(ACCOUNT, target="zhang", text=text, at=NOON, window=WINDOW)
    _begin(open_books, "a")
    with open_books() as books:
        late = NOON + WINDOW + timedelta(seconds=1)
        assert not books.outbox.receipt(ACCOUNT, target="zhang", text=text, at=late, window=WINDOW)


def test_the_pace_is_told_by_what_went_out(open_books: OpenBooks) -> None:
    _queue(open_books, "a", room=VILLAGE_ROOM)
    _queue(open_books, "b")
    for at, key in enumerate("ab"):
        number = _begin(open_books, key)
        with open_books() as books:
            books.outbox.settle(number, OutboxState.SENT, at=NOON + timedelta(seconds=at))
    with open_books() as books:
        went = books.outbox.recent(ACCOUNT, since=NOON)
        assert [target for target, _ in went] == [VILLAGE_ROOM, "zhang"]
        since = NOON + timedelta(seconds=1)
        assert [target for target, _ in books.outbox.recent(ACCOUNT, since=since)] == ["zhang"]


def test_the_page_catches_up_from_the_last_message_it_has(open_books: OpenBooks) -> None:
    _queue(open_books, "a", "b", "c")
    letters = _letters(open_books)
    with open_books() as books:
        zhang = Contact(ACCOUNT, "zhang")
        after = books.outbox.to(zhang, after=letters["a"].id, limit=5)
        assert [x.draft.key for x in after] == ["b", "c"]
        latest = books.outbox.to(zhang, after=0, limit=2)
        assert [x.draft.key for x in latest] == ["b", "c"]
