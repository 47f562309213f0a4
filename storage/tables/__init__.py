"""The tables: SQLModel classes whose rows never leave this package."""

from storage.tables import claims, ledger, mail, people, publication, schedule, words

__all__ = ["claims", "ledger", "mail", "people", "publication", "schedule", "words"]
