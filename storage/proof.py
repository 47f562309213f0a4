"""The proof of the photos (照片核对): every photo the books name lies there unchanged."""

import hashlib
from collections.abc import Callable, Iterator

from sqlalchemy import func, select

from storage.audit import Fault
from storage.evidence import EVIDENCE
from storage.photo_store import PhotoStore
from storage.unit_of_work import Books


def count_photos(books: Books, village: int) -> int:
    """Return how many photos a village's books name."""
    query = select(func.count()).where(EVIDENCE.c.village == village)
    return int(books.connection.execute(query).scalar_one())


def photo_faults(
    books: Books, store: PhotoStore, village: int, *, on_photo: Callable[[], None]
) -> Iterator[Fault]:
    """Yield the photos that are gone (``photo_missing``) or changed (``photo_damaged``)."""
    query = (
        select(EVIDENCE.c.sha256).where(EVIDENCE.c.village == village).order_by(EVIDENCE.c.sha256)
    )
    for sha256 in books.connection.execute(query).scalars():
        kind = _fault(store, sha256)
        if kind:
            yield Fault(kind, sha256)
        on_photo()


def _fault(store: PhotoStore, sha256: str) -> str:
    try:
        digest = hashlib.sha256(store.read(sha256)).hexdigest()
    except FileNotFoundError:
        return "photo_missing"
    except OSError:
        return "photo_damaged"
    return "" if digest == sha256 else "photo_damaged"
