"""The timekeeper (司时): at each tick every village's calendar is looked at and worked off."""

from dataclasses import dataclass
from functools import partial

from bot.assistant import Exits
from bot.clock import Clock
from bot.replies.results import word
from bot.workdays import is_working
from schedules.due import Agenda, Occasion
from schedules.jobs import Errand, NotYet, Shelf, do, look, skip
from schedules.logs import Log
from schedules.works import WORKS
from storage.outbox import Draft
from storage.performer import Perform
from storage.unit_of_work import Books
from storage.villages import Village

log = Log("timekeeper")


@dataclass(frozen=True, slots=True)
class Timekeeper:
    """Does what the timetable says, one job and one transaction at a time."""

    perform: Perform
    exits: Exits
    clock: Clock
    shelf: Shelf

    async def tick(self) -> None:
        """Do what is due in every village; a job that fails is tried again at the next tick."""
        now = self.clock()
        for village, agenda in await self.perform(self._agendas):
            for occasion in agenda.missed:
                await self.perform(partial(skip, village=village, occasion=occasion, now=now))
            for occasion in agenda.due:
                await self._do(village, occasion)

    async def _do(self, village: Village, occasion: Occasion) -> None:
        try:
            drafts = await self.perform(lambda books: self.run(books, village, occasion))
        except NotYet:
            return
        except Exception:
            log.exception("job failed", kind=occasion.kind, period=occasion.period)
            return
        self.exits.wake(drafts)

    def run(self, books: Books, village: Village, occasion: Occasion) -> tuple[Draft, ...]:
        """Do one job within the caller's transaction.

        Raises:
            NotYet: It cannot be done yet.

        """
        errand = Errand(books, village, occasion.period, self.clock(), _say, is_working, self.shelf)
        return do(errand, occasion, works=WORKS)

    def _agendas(self, books: Books) -> tuple[tuple[Village, Agenda], ...]:
        now = self.clock()
        return tuple(
            (village, look(books, village, now=now, is_working=is_working))
            for village in books.villages.all()
        )


def _say(result: object) -> str:
    return word((result,))
