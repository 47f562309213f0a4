"""The tables: SQLModel classes whose rows never leave this package."""

from storage.tables import (
    api,
    changes,
    claims,
    ledger,
    mail,
    people,
    publication,
    redemption,
    schedule,
    words,
    years,
)

__all__ = [
    "api",
    "changes",
    "claims",
    "ledger",
    "mail",
    "people",
    "publication",
    "redemption",
    "schedule",
    "words",
    "years",
]
