"""What everything stands on (地基): the first part of the composition root."""

from dataclasses import dataclass

from sqlalchemy import Engine

from bot.boards import Boards
from bot.clock import Clock
from bot.settings import Settings
from bot.shelf import RulebookShelf
from bot.vaults import photos_of
from storage.engine import open_engine
from storage.performer import Performer, performer_on
from storage.photo_store import PhotoStore
from storage.schema import prepare as prepare_schema


@dataclass(frozen=True, slots=True)
class Ground:
    """What everything stands on: settings, clock, database, photos, rulebooks."""

    settings: Settings
    clock: Clock
    engine: Engine
    performer: Performer
    photos: PhotoStore
    shelf: RulebookShelf

    @property
    def boards(self) -> Boards:
        """The addresses of the notice boards."""
        at = self.settings
        return Boards(at.site, at.secret(), is_reachable=bool(at.base_url))


def lay_ground(settings: Settings, clock: Clock) -> Ground:
    """Open the database, brought up to date, and the photos."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database)
    prepare_schema(engine)
    photos = photos_of(settings)
    return Ground(settings, clock, engine, performer_on(engine), photos, RulebookShelf())
