"""A village with one approved claim, its photo and its award, on any database."""

import io
from pathlib import Path

from PIL import Image
from sqlalchemy import Engine

from domain.claim import ClaimState
from domain.membership import PersonId
from domain.points import Points
from storage.claims import Origin
from storage.people import Contact
from storage.photo_store import PhotoStore
from storage.unit_of_work import Books, books_on
from storage.vault import Vault
from tests.builders import ACCOUNT, NOON, TODAY, a_claim, a_draft, a_posting

VILLAGE = "青龙村"


def fill(engine: Engine, data_dir: Path, *, place: Vault | None = None) -> str:
    """Fill an empty database and the photo folder (or ``place``); return the photo's name."""
    photo = PhotoStore(place or data_dir / "photos").keep(_picture())
    with books_on(engine)() as books:
        village = _people(books)
        books.evidence.keep(village, photo, at=NOON)
        claim = a_claim(state=ClaimState.APPROVED, points=Points(5))
        origin = Origin(Contact(ACCOUNT, "zhang"), None, "m1")
        books.claims.add(village, claim, origin)
        books.evidence.attach(
            village, claim.key, photo.sha256, account=ACCOUNT, message_id="m2", at=NOON
        )
        books.reviews.add_approval(
            village, claim.key, person=PersonId(2), points=Points(5), at=NOON
        )
        books.ledger.post(
            village,
            a_posting(points=Points(5), actors=(PersonId(1), PersonId(2)), reason="垃圾分类"),
            at=NOON,
        )
        books.outbox.put(a_draft(), at=NOON)
    return photo.sha256


def _people(books: Books) -> int:
    village = books.villages.add(town="白鹤镇", name=VILLAGE, at=NOON).id
    homes = [(3, "12", "张三"), (1, "6", "李国平")]
    rows = [{"group_no": g, "house_no": h, "head": n} for g, h, n in homes]
    books.households.save(village, rows, since=TODAY)
    for home, name in zip(books.households.all(village)[::-1], ("张三", "李会计"), strict=True):
        books.people.add(village, name=name, household=home.id, at=NOON)
    return village


def _picture() -> bytes:
    held = io.BytesIO()
    Image.effect_noise((320, 240), 60).convert("RGB").save(held, "JPEG")
    return held.getvalue()
