"""Photos and claims: which belong together, which look alike, which are forgotten."""

from datetime import timedelta

import pytest

from domain.claim import ClaimKey
from storage.claims import Origin
from storage.evidence import SIMILAR_BITS_MAX, LoosePhoto
from storage.people import Contact
from storage.unit_of_work import Books, OpenBooks
from tests.builders import ACCOUNT, NOON, a_claim, a_photo
from tests.cast import VILLAGE_ROOM, settle_in

PERSON = Contact(ACCOUNT, "zhang")
KEY = ClaimKey(2026, 1)


@pytest.fixture(autouse=True)
def village(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books, has_rulebook=False)
        for number in (1, 2):
            books.claims.add(1, a_claim(number), Origin(PERSON, None, f"m{number}"))


def _attach(books: Books, name: str, *, number: int = 1) -> bool:
    photo = a_photo(name)
    books.evidence.keep(1, photo, at=NOON)
    key = ClaimKey(2026, number)
    return books.evidence.attach(1, key, photo.sha256, account=ACCOUNT, message_id=name, at=NOON)


@pytest.mark.parametrize("looks", [0, 1, 1 << 63, (1 << 64) - 1])
def test_a_photo_comes_back_as_it_went_in(open_books: OpenBooks, looks: int) -> None:
    photo = a_photo("a", looks=looks)
    with open_books() as books:
        books.evidence.keep(1, photo, at=NOON)
        books.evidence.keep(1, photo, at=NOON)
        assert books.evidence.get(1, photo.sha256) == photo
        assert books.evidence.get(2, photo.sha256) is None


def test_a_photo_is_evidence_of_a_claim_once_and_may_be_of_two(open_books: OpenBooks) -> None:
    with open_books() as books:
        assert _attach(books, "a")
        assert not _attach(books, "a")
        assert _attach(books, "a", number=2)
        found = books.evidence.claims_with(1, a_photo("a").sha256)
        assert found == (KEY, ClaimKey(2026, 2))


@pytest.mark.parametrize("base", [0, (1 << 64) - 1, 0x8F3C_0000_FFFF_1234])
@pytest.mark.parametrize(
    ("bits", "is_like"),
    [(0, True), (1, True), (SIMILAR_BITS_MAX, True), (SIMILAR_BITS_MAX + 1, False)],
)
def test_photos_look_alike_within_ten_bits(
    open_books: OpenBooks, base: int, bits: int, *, is_like: bool
) -> None:
    stored = a_photo("a", looks=base ^ ((1 << bits) - 1))
    seen = a_photo("b", looks=base)
    with open_books() as books:
        books.evidence.keep(1, stored, at=NOON)
        books.evidence.keep(1, seen, at=NOON)
        assert books.evidence.similar(1, seen) == ((stored.sha256,) if is_like else ())


def test_the_highest_bit_counts_like_any_other(open_books: OpenBooks) -> None:
    with open_books() as books:
        books.evidence.keep(1, a_photo("a", looks=1 << 63), at=NOON)
        assert books.evidence.similar(1, a_photo("b", looks=0)) == (a_photo("a").sha256,)


def test_a_photo_kept_after_a_look_is_seen_by_the_next(open_books: OpenBooks) -> None:
    with open_books() as books:
        assert books.evidence.similar(1, a_photo("b", looks=0)) == ()
        books.evidence.keep(1, a_photo("a", looks=1), at=NOON)
        assert books.evidence.similar(1, a_photo("b", looks=0)) == (a_photo("a").sha256,)


def test_a_recalled_photo_is_no_evidence_any_more(open_books: OpenBooks) -> None:
    with open_books() as books:
        _attach(books, "a")
        found = books.evidence.claim_of_message(ACCOUNT, "a")
        assert found == (1, KEY, a_photo("a").sha256)
        books.evidence.detach(1, KEY, a_photo("a").sha256)
        assert books.evidence.claim_of_message(ACCOUNT, "a") is None
        assert books.evidence.claims_with(1, a_photo("a").sha256) == ()


def test_a_photo_waits_for_words_of_the_same_person_in_the_same_room(
    open_books: OpenBooks,
) -> None:
    photo = LoosePhoto("p1", NOON, a_photo("a").sha256)
    window = {"since": NOON, "until": NOON}
    with open_books() as books:
        books.evidence.add_loose(PERSON, VILLAGE_ROOM, photo)
        books.evidence.add_loose(PERSON, VILLAGE_ROOM, photo)
        assert books.evidence.loose(PERSON, VILLAGE_ROOM, **window) == (photo,)
        assert books.evidence.loose(PERSON, None, **window) == ()
        wang = Contact(ACCOUNT, "wang")
        assert books.evidence.loose(wang, VILLAGE_ROOM, **window) == ()
        books.evidence.drop_loose(ACCOUNT, "p1")
        assert books.evidence.loose(PERSON, VILLAGE_ROOM, **window) == ()


def test_a_photo_that_no_words_claim_is_forgotten_after_its_time(open_books: OpenBooks) -> None:
    kept = timedelta(minutes=20)
    with open_books() as books:
        books.evidence.add_loose(PERSON, None, LoosePhoto("p1", NOON, None))
        books.evidence.forget_loose(NOON + kept, older=kept)
        assert books.evidence.loose(PERSON, None, since=NOON, until=NOON)
        late = NOON + kept + timedelta(seconds=1)
        books.evidence.forget_loose(late, older=kept)
        assert not books.evidence.loose(PERSON, None, since=NOON, until=NOON)


def test_a_photo_brought_in_days_late_waits_for_its_words(open_books: OpenBooks) -> None:
    kept, by_hand = timedelta(minutes=20), Contact("wechat", "hand:1:p1")
    with open_books() as books:
        books.evidence.add_loose(by_hand, None, LoosePhoto("p1", NOON, None))
        books.evidence.forget_loose(NOON + timedelta(days=7) + kept, older=kept)
        assert books.evidence.loose(by_hand, None, since=NOON, until=NOON)
        late = NOON + timedelta(days=7, seconds=1) + kept
        books.evidence.forget_loose(late, older=kept)
        assert not books.evidence.loose(by_hand, None, since=NOON, until=NOON)


def test_stored_photos_without_a_claim_are_dropped_after_an_hour(open_books: OpenBooks) -> None:
    hour = NOON + timedelta(hours=1)
    with open_books() as books:
        _attach(books, "a")
        books.evidence.keep(1, a_photo("b"), at=NOON)
        assert books.evidence.forget_strays(now=hour, limit=10) == ()
        late = hour + timedelta(seconds=1)
        assert books.evidence.forget_strays(now=late, limit=10) == (a_photo("b").sha256,)
        assert books.evidence.forget_strays(now=late, limit=10) == ()
        assert books.evidence.get(1, a_photo("a").sha256) is not None


def test_a_photo_that_another_village_shows_keeps_its_file(open_books: OpenBooks) -> None:
    with open_books() as books:
        other = books.villages.add(town="示范镇", name="邻村", at=NOON).id
        _attach(books, "a")
        books.evidence.keep(other, a_photo("a"), at=NOON)
        late = NOON + timedelta(hours=2)
        assert books.evidence.forget_strays(now=late, limit=10) == ()
        assert books.evidence.get(other, a_photo("a").sha256) is None
        assert books.evidence.get(1, a_photo("a").sha256) is not None
