"""Evidence (佐证): which photos belong to which claim, and which look alike."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, select

from domain.claim import ClaimKey, Sha256
from domain.relay import HAND, LATE_MAX
from storage.people import Contact
from storage.statements import first, insert_once, read, table_of
from storage.tables.claims import ClaimPhotoRow, EvidenceRow, LoosePhotoRow
from storage.tables.redemption import RedemptionRow

EVIDENCE = table_of(EvidenceRow)
PHOTO = table_of(ClaimPhotoRow)
LOOSE = table_of(LoosePhotoRow)
VOUCHER = table_of(RedemptionRow)
_LOOSE = (
    select(LOOSE)
    .where(
        LOOSE.c.account == bindparam("account"),
        LOOSE.c.room == bindparam("room"),
        LOOSE.c.contact == bindparam("contact"),
        LOOSE.c.sent_at >= bindparam("since"),
        LOOSE.c.sent_at <= bindparam("until"),
    )
    .order_by(LOOSE.c.sent_at, LOOSE.c.message_id)
    .limit(20)
)
HASHES_MAX = 1_000_000
SIMILAR_BITS_MAX = 10
STRAY_KEPT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Photo:
    """A stored photo: ``sha256`` names the cleaned bytes, ``source_sha256`` what was sent.

    ``perceptual`` is a 64-bit hash of what the picture looks like.
    """

    sha256: Sha256
    source_sha256: str
    perceptual: int
    media_type: str
    width: int
    height: int
    size: int


@dataclass(frozen=True, slots=True)
class LoosePhoto:
    """A photo message waiting for its words; ``sha256`` once it is stored."""

    message_id: str
    sent_at: datetime
    sha256: Sha256 | None


class Evidence:
    """The evidence repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._hashes: dict[int, list[tuple[str, int]]] = {}

    def keep(self, village: int, photo: Photo, *, at: datetime) -> None:
        """Store what is known of a photo whose bytes are stored already."""
        values = {
            "village": village,
            "sha256": photo.sha256,
            "source_sha256": photo.source_sha256,
            "perceptual": _signed(photo.perceptual),
            "media_type": photo.media_type,
            "width": photo.width,
            "height": photo.height,
            "size": photo.size,
            "kept_at": at,
        }
        insert_once(self._connection, EVIDENCE, values)
        self._hashes.pop(village, None)

    def attach(
        self,
        village: int,
        key: ClaimKey,
        sha256: Sha256,
        *,
        account: str,
        message_id: str,
        at: datetime,
    ) -> bool:
        """Make a stored photo evidence of a claim; False when it is already."""
        values = {
            "village": village,
            "year": key.year,
            "number": key.number,
            "sha256": sha256,
            "account": account,
            "message_id": message_id,
            "added_at": at,
        }
        return insert_once(self._connection, PHOTO, values)

    def claims_with(self, village: int, sha256: Sha256) -> tuple[ClaimKey, ...]:
        """Return the claims that show exactly this photo, oldest first."""
        query = (
            select(PHOTO.c.year, PHOTO.c.number)
            .where(PHOTO.c.village == village, PHOTO.c.sha256 == sha256)
            .order_by(PHOTO.c.year, PHOTO.c.number)
            .limit(20)
        )
        return tuple(ClaimKey(y, n) for y, n in self._connection.execute(query))

    def similar(self, village: int, photo: Photo) -> tuple[Sha256, ...]:
        """Return other stored photos that look like this one (10 of 64 bits at most).

        All of the village's hashes are compared; a million take about 1 ms. They
        are read once for as long as the books are open.
        """
        import numpy as np  # noqa: PLC0415 - half a tenth of a second nobody needs at the start

        found = [one for one in self._looks(village) if one[0] != photo.sha256]
        if not found:
            return ()
        hashes = np.array([h for _, h in found], dtype=np.int64).view(np.uint64)
        bits = np.bitwise_count(hashes ^ np.uint64(photo.perceptual))
        near = np.flatnonzero(bits <= SIMILAR_BITS_MAX)
        return tuple(Sha256(found[i][0]) for i in near[:20])

    def _looks(self, village: int) -> list[tuple[str, int]]:
        if village not in self._hashes:
            query = select(EVIDENCE.c.sha256, EVIDENCE.c.perceptual)
            query = query.where(EVIDENCE.c.village == village).limit(HASHES_MAX)
            self._hashes[village] = [(s, h) for s, h in self._connection.execute(query)]
        return self._hashes[village]

    def get(self, village: int, sha256: Sha256) -> Photo | None:
        """Return what is known of a stored photo."""
        row = first(self._connection, EVIDENCE, village=village, sha256=sha256)
        if row is None:
            return None
        return Photo(
            sha256,
            row["source_sha256"],
            _unsigned(row["perceptual"]),
            row["media_type"],
            row["width"],
            row["height"],
            row["size"],
        )

    def add_loose(
        self,
        contact: Contact,
        room: str | None,
        photo: LoosePhoto,
    ) -> None:
        """Keep a photo message until words claim it or its window passes."""
        values = {
            "account": contact.account,
            "message_id": photo.message_id,
            "room": room or "",
            "contact": contact.id,
            "sent_at": photo.sent_at,
            "sha256": photo.sha256,
        }
        insert_once(self._connection, LOOSE, values)

    def loose(
        self, contact: Contact, room: str | None, *, since: datetime, until: datetime
    ) -> tuple[LoosePhoto, ...]:
        """Return a person's waiting photos in a room within a window, oldest first."""
        who = {
            "account": contact.account,
            "room": room or "",
            "contact": contact.id,
            "since": since,
            "until": until,
        }
        return tuple(
            LoosePhoto(r["message_id"], r["sent_at"], Sha256(r["sha256"]) if r["sha256"] else None)
            for r in read(self._connection, _LOOSE, who)
        )

    def drop_loose(self, account: str, message_id: str) -> None:
        """Forget a waiting photo: it is part of a claim, or was recalled."""
        self._connection.execute(
            delete(LOOSE).where(LOOSE.c.account == account, LOOSE.c.message_id == message_id)
        )

    def forget_loose(self, now: datetime, *, older: timedelta) -> None:
        """Forget photos that no words ever claimed; those brought in by hand may be days late."""
        late = LOOSE.c.contact.startswith(f"{HAND}:") & (LOOSE.c.sent_at >= now - LATE_MAX - older)
        self._connection.execute(delete(LOOSE).where(LOOSE.c.sent_at < now - older, ~late))

    def forget_strays(self, *, now: datetime, limit: int) -> tuple[Sha256, ...]:
        """Drop photos older than an hour that no claim or voucher shows; return those gone."""
        shown = select(PHOTO.c.sha256).where(
            PHOTO.c.village == EVIDENCE.c.village, PHOTO.c.sha256 == EVIDENCE.c.sha256
        )
        vouched = select(VOUCHER.c.number).where(
            VOUCHER.c.village == EVIDENCE.c.village, VOUCHER.c.photo == EVIDENCE.c.sha256
        )
        query = (
            select(EVIDENCE.c.village, EVIDENCE.c.sha256)
            .where(EVIDENCE.c.kept_at < now - STRAY_KEPT, ~shown.exists(), ~vouched.exists())
            .limit(limit)
        )
        gone = []
        for village, sha256 in self._connection.execute(query).all():
            self._connection.execute(
                delete(EVIDENCE).where(EVIDENCE.c.village == village, EVIDENCE.c.sha256 == sha256)
            )
            if first(self._connection, EVIDENCE, sha256=sha256) is None:
                gone.append(Sha256(sha256))
        return tuple(gone)

    def claim_of_message(
        self, account: str, message_id: str
    ) -> tuple[int, ClaimKey, Sha256] | None:
        """Return the claim that a photo message belongs to, with its village."""
        row = first(self._connection, PHOTO, account=account, message_id=message_id)
        if row is None:
            return None
        return row["village"], ClaimKey(row["year"], row["number"]), Sha256(row["sha256"])

    def detach(self, village: int, key: ClaimKey, sha256: Sha256) -> None:
        """Take a photo off a claim, because its message was recalled."""
        self._connection.execute(
            delete(PHOTO).where(
                PHOTO.c.village == village,
                PHOTO.c.year == key.year,
                PHOTO.c.number == key.number,
                PHOTO.c.sha256 == sha256,
            )
        )


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value


def _unsigned(value: int) -> int:
    return value + (1 << 64) if value < 0 else value
