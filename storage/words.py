"""Aliases and unread words as stored."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from domain.alias import Alias, AliasState
from storage.doors import ALIASES
from storage.prepared import Row
from storage.statements import change, first, insert_once, rows, table_of
from storage.tables.words import AliasRow, UnreadRow
from storage.villages import Villages

ALIAS = table_of(AliasRow)
UNREAD = table_of(UnreadRow)


@dataclass(frozen=True, slots=True)
class Unread:
    """Words nobody could read, the village they came from, and where they were said."""

    village: str
    text: str
    scene: str
    said_at: datetime


class Words:
    """The words repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def suggest(self, village: int, words: str, item: str, *, at: datetime) -> bool:
        """Keep words as a suggestion; False when they were suggested before, with any outcome."""
        if first(self._connection, ALIAS, village=village, words=words):
            return False
        number = Villages(self._connection).next_number(village, "alias-suggestion")
        values = {
            "village": village,
            "number": number,
            "words": words,
            "item": item,
            "state": AliasState.SUGGESTED,
            "suggested_at": at,
        }
        return insert_once(self._connection, ALIAS, values)

    def alias(self, village: int, number: int) -> Alias | None:
        """Return an alias by its number."""
        row = first(self._connection, ALIAS, village=village, number=number)
        return _alias(row) if row else None

    def settle(self, village: int, alias: Alias, *, at: datetime) -> None:
        """Write the state of an alias; readers of the village's rulebook notice."""
        key = {"village": village, "number": alias.number}
        values = {"state": alias.state, "settled_at": at}
        change(self._connection, ALIAS, key=key, values=values)
        Villages(self._connection).next_number(village, ALIASES)

    def aliases(self, village: int, state: AliasState, *, limit: int = 1_000) -> tuple[Alias, ...]:
        """Return the village's aliases in a state, by number."""
        query = (
            select(ALIAS)
            .where(ALIAS.c.village == village, ALIAS.c.state == state)
            .order_by(ALIAS.c.number)
            .limit(limit)
        )
        return tuple(_alias(row) for row in rows(self._connection, query))

    def keep_unread(self, village: int, text: str, *, scene: str, at: datetime) -> None:
        """Keep words that nobody could read; names are taken out already."""
        values = {
            "village": village,
            "number": Villages(self._connection).next_number(village, "unread"),
            "text": text,
            "scene": scene,
            "said_at": at,
        }
        insert_once(self._connection, UNREAD, values)

    def unread(self, *, limit: int = 1_000) -> tuple[Unread, ...]:
        """Return what nobody could read in any village, latest first."""
        names = {village.id: village.name for village in Villages(self._connection).all()}
        query = select(UNREAD).order_by(UNREAD.c.said_at.desc()).limit(limit)
        return tuple(
            Unread(names[row["village"]], row["text"], row["scene"], row["said_at"])
            for row in rows(self._connection, query)
        )

    def forget_unread(self, before: datetime) -> None:
        """Drop unread words from before an instant."""
        self._connection.execute(delete(UNREAD).where(UNREAD.c.said_at < before))


def _alias(row: Row) -> Alias:
    return Alias(row["number"], row["words"], row["item"], AliasState(row["state"]))
