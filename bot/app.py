"""The composition root: with ``ground`` and ``front`` the only place that builds things."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final

from bot.assistant import Assistant, Exits
from bot.carrier import GatewayCarrier
from bot.chat import Chat
from bot.clock import Clock, system_clock
from bot.commands.case import Tools
from bot.front import site_on
from bot.gateways.wechaty import WechatyGateway
from bot.ground import Ground, lay_ground
from bot.health import Health
from bot.housekeeper import Housekeeper, ticker
from bot.illustrator import Illustrator
from bot.settings import Settings
from bot.timekeeper import Timekeeper
from bot.understanding.plain import PlainReader
from bot.understanding.remembering import RememberingReader
from bot.understanding.warming import warm_up
from bot.web.live import LiveBoard
from bot.web.parlour import Parlour
from bot.web.relay_room import RelayRoom
from bot.web.server import Site, web_app
from bot.web.spool import Spool
from domain.relay import HAND
from schedules.delivery import Delivery
from schedules.pacing import Pace, PaceRules
from storage.photo_store import PhotoStore
from storage.reading import looking_on

_WARM_UP_AFTER: Final = 5.0
"""Seconds: first the gateway and whoever waits at the door, then the reader's patterns."""


@dataclass(frozen=True, slots=True)
class House:
    """Everything that runs in one process."""

    ground: Ground
    assistant: Assistant
    parlour: Parlour
    gateway: WechatyGateway | None
    delivery: Delivery | None
    site: Site
    housekeeper: Housekeeper
    timekeeper: Timekeeper
    illustrator: Illustrator


def build(settings: Settings, *, clock: Clock = system_clock) -> House:
    """Build one process from its settings; the database is brought up to date first."""
    ground = lay_ground(settings, clock)
    gateway = _gateway(ground) if settings.has_gateway else None
    delivery = _delivery(ground, gateway) if gateway else None
    live = LiveBoard()
    exits = Exits({gateway.account: delivery} if gateway and delivery else {}, live.notify)
    chat = _chat(ground)
    assistant = Assistant(
        chat, performer=ground.performer, photos=ground.photos, exits=exits, clock=clock
    )
    uploads = Spool(settings.data_dir / "uploads")
    parlour, relay = _mouths(ground, assistant, uploads)
    if gateway:
        assistant.attach(gateway)
    health = Health(ground.performer.perform, gateway, assistant, clock)
    site = site_on(ground, chat=chat, mouths=(parlour, relay), live=live, health=health)
    housekeeper = _housekeeper(ground, exits, gateway, uploads)
    timekeeper = Timekeeper(ground.performer.perform, exits, clock, ground.shelf)
    illustrator = Illustrator(ground.performer.perform, exits, ground.photos, clock, ground.boards)
    people = (housekeeper, timekeeper, illustrator)
    return House(ground, assistant, parlour, gateway, delivery, site, *people)


def _mouths(ground: Ground, assistant: Assistant, uploads: Spool) -> tuple[Parlour, RelayRoom]:
    """Return the talk on the web page, and what is brought in and carried by hand."""
    performer = ground.performer
    parlour = Parlour(
        assistant,
        perform=performer.perform,
        photos=ground.photos,
        uploads=uploads,
        clock=ground.clock,
    )
    relay = RelayRoom(
        assistant,
        perform=performer.perform,
        look=looking_on(ground.engine),
        photos=ground.photos,
        uploads=uploads,
        clock=ground.clock,
    )
    assistant.attach(parlour)
    assistant.attach(relay)
    return parlour, relay


def _gateway(ground: Ground) -> WechatyGateway:
    settings = ground.settings
    return WechatyGateway(
        endpoint=settings.wechaty_endpoint,
        token=settings.wechaty_token.get_secret_value(),
        tls=settings.wechaty_tls,
        clock=ground.clock,
        name=settings.wechaty_account,
    )


def _delivery(ground: Ground, gateway: WechatyGateway) -> Delivery:
    is_paced = ground.settings.pacing == "on"
    return Delivery(
        gateway.account,
        perform=ground.performer.perform_soon,
        carrier=GatewayCarrier(gateway, ground.photos),
        pace=Pace(PaceRules() if is_paced else None),
        clock=ground.clock,
        merges=is_paced,
    )


def _chat(ground: Ground) -> Chat:
    settings = ground.settings
    keeps_unread = settings.keep_unread == "on"
    tools = Tools(
        settings.secret(),
        ground.shelf,
        settings.site,
        keeps_unread=keeps_unread,
        is_reachable=bool(settings.base_url),
    )
    return Chat(tools, RememberingReader(PlainReader()))


def _housekeeper(
    ground: Ground, exits: Exits, gateway: WechatyGateway | None, uploads: Spool
) -> Housekeeper:
    def accounts() -> tuple[str, ...]:
        return (gateway.account,) if gateway and gateway.is_up else ()

    async def backup() -> None:
        from bot.backups import nightly_backup  # noqa: PLC0415 - needed once a night

        await asyncio.to_thread(nightly_backup, ground.settings, ground.engine, ground.clock())

    return Housekeeper(
        perform=ground.performer.perform,
        shelf=ground.shelf,
        exits=exits,
        photos=ground.photos,
        uploads=uploads,
        clock=ground.clock,
        accounts=accounts,
        backup=backup,
    )


@asynccontextmanager
async def open_house(house: House) -> AsyncGenerator[str]:
    """Serve until the block is left; yields the address that is served."""
    from aiohttp import web  # noqa: PLC0415 - loaded with the first server

    settings = house.ground.settings
    runner = web.AppRunner(web_app(house.site), access_log=None)
    await runner.setup()
    tasks: list[asyncio.Task[None]] = []
    scheduler = ticker(house.housekeeper, house.timekeeper, house.illustrator)
    try:
        site = web.TCPSite(runner, settings.http_host, settings.http_port)
        await site.start()
        tasks = await _start(house)
        scheduler.start()
        yield settings.site if settings.http_port else _address(runner)
    finally:
        if scheduler.running:
            scheduler.shutdown(wait=False)
        await house.assistant.close()
        for task in tasks:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await runner.cleanup()
        house.ground.performer.close()
        house.ground.engine.dispose()


async def _start(house: House) -> list[asyncio.Task[None]]:
    """Take up what a crash left, then listen and deliver.

    Returns:
        What runs from now on, in the order in which it is to be stopped: what is
        begun has to arrive before the gateway goes.
    """
    await house.assistant.resume(house.parlour.account)
    await house.assistant.resume(HAND)
    work: list[Coroutine[Any, Any, None]] = [_warm_up(house.ground.photos)]
    if house.delivery is not None and house.gateway is not None:
        work.append(_catch_up(house, house.gateway))
        work.append(house.delivery.run())
        work.append(house.gateway.run(house.assistant))
    return [asyncio.create_task(one) for one in work]


async def _warm_up(photos: PhotoStore) -> None:
    """Make the reader and the photos' place ready a moment after the doors are open."""
    await asyncio.sleep(_WARM_UP_AFTER)
    await asyncio.to_thread(warm_up)
    with suppress(OSError):  # then each photo makes its own folder, and tells what is wrong
        await asyncio.to_thread(photos.vault.prepare)


async def _catch_up(house: House, gateway: WechatyGateway) -> None:
    """Once the gateway is up: tell the gap since we were last there, resume the inbox."""
    while not gateway.is_up:  # noqa: ASYNC110 - once, at the start
        await asyncio.sleep(0.05)
    now = house.ground.clock()
    await house.assistant.reconnected(gateway.account, down_from=now, down_to=now)
    await house.housekeeper.keep_presence()


def _address(runner: object) -> str:
    host, port = runner.addresses[0][:2]  # type: ignore[attr-defined]
    return f"http://{host}:{port}"
