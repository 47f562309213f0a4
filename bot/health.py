"""Health (健康): what /healthz and /metrics tell about gateway, database and outbox."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.assistant import Assistant
from bot.clock import Clock
from bot.gateways.wechaty import WechatyGateway
from storage.performer import Perform
from storage.unit_of_work import Books

DATABASE_SECONDS: Final = 5.0
OUTBOX_AGE_MAX: Final = 300.0


@dataclass(frozen=True, slots=True)
class Mail:
    """What waits: outbox rows by state, and since when the oldest that may go waits."""

    counts: dict[str, int]
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Health:
    """Asks the database and the gateway how they are."""

    perform: Perform
    gateway: WechatyGateway | None
    assistant: Assistant
    clock: Clock

    async def check(self) -> dict[str, Any]:
        """Return ``ok`` and what stands behind it; ages in seconds."""
        mail = await self._mail()
        age = self._age(mail)
        gateway = "none" if self.gateway is None else ("up" if self.gateway.is_up else "down")
        is_late = age is not None and age > OUTBOX_AGE_MAX
        return {
            "ok": mail is not None and gateway != "down" and not is_late,
            "gateway": gateway,
            "database": "up" if mail is not None else "down",
            "outbox_age_seconds": age,
            "outbox": mail.counts if mail else {},
        }

    async def metrics(self) -> bytes:
        """Return the same as Prometheus text, with counters."""
        from prometheus_client import CollectorRegistry, Gauge, generate_latest  # noqa: PLC0415

        registry = CollectorRegistry()

        def gauge(name: str, about: str, value: float) -> None:
            Gauge(f"jifen_{name}", about, registry=registry).set(value)

        mail = await self._mail()
        gauge("database_up", "1 when the database answers", float(mail is not None))
        gauge("gateway_up", "1 when the gateway is connected", float(self._is_up()))
        gauge("messages_handled", "Messages worked off by this process", self.assistant.handled)
        gauge("failures", "Attempts to work off a message that broke", self.assistant.failures)
        gauge("outbox_age_seconds", "Age of the oldest message waiting", self._age(mail) or 0.0)
        if self.gateway is not None:
            gauge("gateway_reconnects", "Recovered connections", self.gateway.reconnects)
            gauge("gateway_unknown_events", "Events nobody knows", self.gateway.unknown_events)
        states = Gauge("jifen_outbox", "Messages of ours by state", ["state"], registry=registry)
        for state, count in (mail.counts if mail else {}).items():
            states.labels(state).set(count)
        return generate_latest(registry)

    def _is_up(self) -> bool:
        return self.gateway is not None and self.gateway.is_up

    def _age(self, mail: Mail | None) -> float | None:
        if mail is None or mail.oldest is None:
            return None
        return max(0.0, (self.clock() - mail.oldest).total_seconds())

    async def _mail(self) -> Mail | None:
        account = self.gateway.account if self.gateway else ""

        def read(books: Books) -> Mail:
            return Mail(books.outbox.counts(), books.outbox.oldest_waiting(account))

        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                return await self.perform(read)
        except Exception:  # noqa: BLE001 - whatever is wrong, the database does not answer
            return None
