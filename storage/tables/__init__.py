"""The tables: SQLModel classes whose rows never leave this package."""

from storage.tables import claims, ledger, mail, people, redemption, schedule

__all__ = ["claims", "ledger", "mail", "people", "redemption", "schedule"]
