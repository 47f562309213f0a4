"""What is forgotten in time: photos with a note at the claim, old talk; nothing else."""

from dataclasses import replace
from datetime import timedelta

from domain.claim import ClaimKey, ClaimState, Sha256
from domain.mail import InboxState, OutboxState
from domain.points import Points
from storage.claims import Origin
from storage.evidence import LoosePhoto
from storage.people import Contact
from storage.unit_of_work import OpenBooks
from tests.builders import ACCOUNT, NOON, a_claim, a_draft, a_photo, a_posting, a_received, an_act
from tests.cast import settle_in

OLD, NEW = ClaimKey(2024, 1), ClaimKey(2026, 1)


def fill(open_books: OpenBooks) -> None:
    """A claim of 2024 with two photos, one of 2026 that shares one of them."""
    with open_books() as books:
        settle_in(books, has_rulebook=False)
        for name in ("a", "b"):
            books.evidence.keep(1, a_photo(name), at=NOON - timedelta(days=3))
        for key, names in ((OLD, "ab"), (NEW, "b")):
            act = an_act(occurred_on=NOON.date().replace(year=key.year))
            claim = a_claim(1, act=act, state=ClaimState.APPROVED, points=Points(10))
            books.claims.add(1, claim, Origin(Contact(ACCOUNT, "zhang"), None, f"m{key.year}"))
            posting = a_posting(claim.award_cause, effective_month=claim.effective_month)
            books.ledger.post(1, posting, at=NOON)
            for name in names:
                books.evidence.attach(
                    1, key, a_photo(name).sha256, account=ACCOUNT, message_id=name, at=NOON
                )


def test_photos_of_past_years_go_with_a_note_and_the_books_stay_clean(
    open_books: OpenBooks,
) -> None:
    fill(open_books)
    with open_books() as books:
        assert books.retention.forget_photos(1, through=2024, at=NOON) == 2
        assert books.retention.forget_photos(1, through=2024, at=NOON) == 0
        assert books.retention.forgotten(1, OLD) == 2
        assert books.retention.forgotten(1, NEW) == 0
        old, new = books.claims.get(1, OLD), books.claims.get(1, NEW)
        assert old is not None
        assert new is not None
        assert (old.photos, new.photos) == ((), (a_photo("b").sha256,))
        assert books.audit.verify(1) == ()


def test_only_photos_that_no_claim_shows_any_more_are_dropped(open_books: OpenBooks) -> None:
    fill(open_books)
    with open_books() as books:
        books.retention.forget_photos(1, through=2024, at=NOON)
        gone = books.evidence.forget_strays(now=NOON, limit=10)
    assert gone == (a_photo("a").sha256,)


def test_old_talk_is_emptied_and_what_is_still_to_do_is_kept(open_books: OpenBooks) -> None:
    year_ago = NOON - timedelta(days=366)
    with open_books() as books:
        for message_id, at in (("old", year_ago), ("new", NOON), ("undone", year_ago)):
            books.inbox.receive(a_received(message_id), at=at)
            if message_id != "undone":
                books.inbox.settle(a_received(message_id), state=InboxState.DONE, keeps_body=True)
        for key, at, state in (
            ("said", year_ago, OutboxState.SENT),
            ("today", NOON, OutboxState.SENT),
            ("waits", year_ago, OutboxState.QUEUED),
        ):
            books.outbox.put(a_draft(key), at=at, state=state)
        assert books.retention.forget_talk(NOON - timedelta(days=365)) == 2
        assert books.inbox.body(ACCOUNT, "old") is None
        assert books.inbox.body(ACCOUNT, "new") is not None
        assert books.inbox.body(ACCOUNT, "undone") is not None
        told = books.outbox.to(Contact(ACCOUNT, "zhang"), after=0, limit=10)
        assert [letter.draft.key for letter in told] == ["today", "waits"]
        assert not books.outbox.put(a_draft("said"), at=NOON)  # the key is known for ever


def test_a_photo_is_named_as_long_as_any_row_does(open_books: OpenBooks) -> None:
    fill(open_books)
    named = {
        "a": a_photo("a").sha256,
        "b": a_photo("b").sha256,
        "drawn": "d" * 64,
        "loose": "e" * 64,
    }
    with open_books() as books:
        books.outbox.put(replace(a_draft("picture"), photo=named["drawn"]), at=NOON)
        waiting = LoosePhoto("m9", NOON, Sha256(named["loose"]))
        books.evidence.add_loose(Contact(ACCOUNT, "zhang"), None, waiting)
        stray = "f" * 64
        asked = frozenset([*named.values(), stray])
        assert books.retention.unnamed(asked) == {stray}
        assert books.retention.unnamed(frozenset()) == frozenset()
        books.evidence.drop_loose(ACCOUNT, "m9")
        assert books.retention.unnamed(asked) == {stray, named["loose"]}
