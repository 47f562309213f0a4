"""The proof of publications (公示核对): what was shown is unchanged and rests on the ledger."""

from collections.abc import Iterator

from sqlalchemy import Connection

from domain.ledger import GENESIS
from domain.publication import Publication, digest
from storage.ledger import ENTRY
from storage.publications import Publications
from storage.statements import first


def publication_faults(connection: Connection, village: int) -> Iterator[tuple[str, str]]:
    """Yield what does not fit, as kind and place: a changed edition, a chain's end that is not.

    ``publication`` is an edition whose lines or words are not those of its
    digest; ``publication_head`` one whose printed chain end the ledger does not have.
    """
    for one in Publications(connection).all(village):
        where = f"{one.quarter} {one.edition}"
        if digest(one.snapshot, edition=one.edition) != one.digest:
            yield "publication", where
        if not _has_head(connection, village, one):
            yield "publication_head", where


def _has_head(connection: Connection, village: int, one: Publication) -> bool:
    seq, head = one.snapshot.chain_seq, one.snapshot.chain_head
    if seq == 0:
        return head == GENESIS
    row = first(connection, ENTRY, village=village, seq=seq)
    return row is not None and row["hash"] == head
