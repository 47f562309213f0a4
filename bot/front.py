"""The pages and what stands behind them (门面): the web's part of the composition root."""

from bot.chat import Chat
from bot.ground import Ground
from bot.health import Health
from bot.reports import ReportRoom
from bot.sample import Player, players, prepare
from bot.web.api.room import ReadingRoom
from bot.web.board_room import BoardRoom
from bot.web.gate import Gate
from bot.web.live import LiveBoard
from bot.web.office import Office
from bot.web.parlour import Parlour
from bot.web.porter import Porter
from bot.web.relay_room import RelayRoom
from bot.web.server import Site
from bot.web.town_hall import TownHall
from bot.workdays import is_working
from storage.reading import looking_on, reading_on
from storage.unit_of_work import books_on


def site_on(
    ground: Ground,
    *,
    chat: Chat,
    mouths: tuple[Parlour, RelayRoom],
    live: LiveBoard,
    health: Health,
) -> Site:
    """Build everything that the web shows and takes in."""
    parlour, relay = mouths
    settings, perform, secret = ground.settings, ground.performer.perform, ground.settings.secret()
    return Site(
        conversation=parlour,
        reception=Porter(
            parlour, perform=perform, players=_players(ground), secret=secret, clock=ground.clock
        ),
        desk=_office(ground, chat, parlour),
        live=live,
        health=health.check,
        metrics=health.metrics,
        secret=secret,
        base_url=settings.site,
        is_secure=settings.site.startswith("https:"),
        reports=ReportRoom(
            perform=perform,
            reading=reading_on(ground.engine),
            clock=ground.clock,
            boards=ground.boards,
        ),
        board=_notice_board(ground),
        figures=TownHall(look=looking_on(ground.engine), shelf=ground.shelf, clock=ground.clock),
        api=_reading_room(ground),
        relay=relay,
        gate=Gate(ground.clock),
        proxies=settings.proxies,
    )


def _office(ground: Ground, chat: Chat, parlour: Parlour) -> Office:
    return Office(
        chat,
        parlour,
        look=looking_on(ground.engine),
        photos=ground.photos,
        clock=ground.clock,
    )


def _reading_room(ground: Ground) -> ReadingRoom:
    return ReadingRoom(
        perform=ground.performer.perform,
        look=looking_on(ground.engine),
        shelf=ground.shelf,
        secret=ground.settings.secret(),
        clock=ground.clock,
    )


def _notice_board(ground: Ground) -> BoardRoom:
    return BoardRoom(
        look=looking_on(ground.engine),
        shelf=ground.shelf,
        secret=ground.settings.secret(),
        clock=ground.clock,
        is_working=is_working,
    )


def _players(ground: Ground) -> tuple[Player, ...]:
    """Return whom to play: nobody once a gateway is set or a real village exists.

    An empty database without a gateway becomes the sample village.
    """
    if ground.settings.has_gateway:
        return ()
    with books_on(ground.engine)() as books:
        if any(not village.is_sample for village in books.villages.all()):
            return ()
        prepare(books, now=ground.clock())
    return players()
