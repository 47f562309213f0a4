"""The tables: SQLModel classes whose rows never leave this package."""

from storage.tables import (
    changes,
    claims,
    ledger,
    mail,
    officers,
    people,
    platform,
    publication,
    redemption,
    schedule,
    words,
    years,
)

__all__ = [
    "changes",
    "claims",
    "ledger",
    "mail",
    "officers",
    "people",
    "platform",
    "publication",
    "redemption",
    "schedule",
    "words",
    "years",
]
