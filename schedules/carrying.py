"""Carrying (投递): what a delivery needs of a platform, and how it may go wrong."""

from typing import Protocol

from storage.outbox import Draft


class Undelivered(Exception):  # noqa: N818 - an outcome, not a fault
    """The platform refused or was away: nothing went out."""


class Unknown(Exception):  # noqa: N818
    """No answer in time: it may or may not have gone out."""


class Carrier(Protocol):
    """Carries one message to the platform."""

    @property
    def is_up(self) -> bool:
        """Whether it makes sense to try."""

    async def carry(self, draft: Draft, *, text: str, mentions: tuple[str, ...]) -> str:
        """Send and return the platform's id, "" when it gives none.

        Raises:
            Undelivered: Nothing went out.
            Unknown: It may have gone out.

        """
