"""What is forgotten when its time is over (保存期): photos of past years, old talk."""

from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, select, update
from sqlmodel import SQLModel

from domain.claim import ClaimKey
from domain.mail import InboxState
from domain.membership import HouseholdId
from storage.claims import CLAIM
from storage.evidence import PHOTO
from storage.mail import INBOX
from storage.outbox import OUTBOX, WAITING
from storage.statements import first, table_of
from storage.tables.years import ForgottenPhotoRow

FORGOTTEN = table_of(ForgottenPhotoRow)
NAMING = frozenset({"sha256", "photo"})
SETTLED = (InboxState.DONE, InboxState.DUPLICATE, InboxState.LOST)


class Retention:
    """The retention repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def forget_photos(self, village: int, *, through: int, at: datetime) -> int:
        """Take the photos off all claims of the years up to ``through``; return how many.

        Each claim keeps a note of how many there were. The photos themselves
        belong to no claim from now on, so that the housekeeper drops row and file
        as it does with every stray.
        """
        noted = select(FORGOTTEN.c.number).where(
            FORGOTTEN.c.village == PHOTO.c.village,
            FORGOTTEN.c.year == PHOTO.c.year,
            FORGOTTEN.c.number == PHOTO.c.number,
        )
        old = (PHOTO.c.village == village) & (PHOTO.c.year <= through)
        lines = (
            select(
                PHOTO.c.village,
                PHOTO.c.year,
                PHOTO.c.number,
                func.count(),
                bindparam("at", at, type_=FORGOTTEN.c.forgotten_at.type),
            )
            .where(old, ~noted.exists())
            .group_by(PHOTO.c.village, PHOTO.c.year, PHOTO.c.number)
        )
        columns = ("village", "year", "number", "photos", "forgotten_at")
        self._connection.execute(FORGOTTEN.insert().from_select(columns, lines))
        return int(self._connection.execute(delete(PHOTO).where(old)).rowcount)

    def forgotten(self, village: int, key: ClaimKey) -> int:
        """Return how many photos of a claim were forgotten because their time was over."""
        row = first(self._connection, FORGOTTEN, village=village, year=key.year, number=key.number)
        return int(row["photos"]) if row else 0

    def kept_photos(self, village: int, household: HouseholdId) -> int:
        """Return how many photos are kept with a household's claims."""
        query = (
            select(func.count())
            .select_from(PHOTO)
            .join(
                CLAIM,
                (CLAIM.c.village == PHOTO.c.village)
                & (CLAIM.c.year == PHOTO.c.year)
                & (CLAIM.c.number == PHOTO.c.number),
            )
            .where(CLAIM.c.village == village, CLAIM.c.household == household)
        )
        return int(self._connection.execute(query).scalar_one())

    def unnamed(self, photos: frozenset[str]) -> frozenset[str]:
        """Return which of these photos no row of any table names: nobody can ask for them."""
        named: set[str] = set()
        for column in _naming():
            query = select(column).where(column.in_(photos)).distinct().limit(len(photos))
            named |= set(self._connection.execute(query).scalars())
        return photos - named

    def forget_talk(self, before: datetime) -> int:
        """Drop the words of settled messages, in and out, that are older; return how many."""
        heard = self._connection.execute(
            update(INBOX)
            .where(
                INBOX.c.body.is_not(None), INBOX.c.announced_at < before, INBOX.c.state.in_(SETTLED)
            )
            .values(body=None)
        )
        said = self._connection.execute(
            update(OUTBOX)
            .where(OUTBOX.c.text != "", OUTBOX.c.queued_at < before, OUTBOX.c.state.not_in(WAITING))
            .values(text="")
        )
        return int(heard.rowcount + said.rowcount)


@cache
def _naming() -> tuple[ColumnElement[str], ...]:
    """Return the columns of all tables that name a photo."""
    return tuple(
        column
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if column.name in NAMING
    )
