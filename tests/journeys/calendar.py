"""A stage with a calendar: ``== 2026-10-09 09:00`` sets the clock and lets what is due happen."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from bot.gateways.message import MessageKind
from bot.replies.results import word
from bot.workdays import is_working
from domain.membership import PersonId, Role
from domain.period import VILLAGE_TZ
from schedules.due import Occasion
from schedules.jobs import Errand, NotYet, do, look, skip
from schedules.timetable import JobKind
from schedules.works import WORKS
from storage.jobs import JobSetting
from storage.outbox import Draft
from storage.unit_of_work import Books
from storage.villages import Village
from tests.cast import PEOPLE, SHELF
from tests.journeys.stage import CONTACTS, Heard, Stage

_DAY = re.compile(r"== (?P<day>\d{4}-\d{2}-\d{2})(?: (?P<hour>\d{2}:\d{2}))?")


class CalendarStage(Stage):
    """Plays the calendar's jobs beside what people say; that a round is due is not said here."""

    def __post_init__(self) -> None:
        super().__post_init__()
        with self.open_books() as books:
            for kind in (JobKind.REDEMPTION_DUE, JobKind.REDEMPTION_SECOND, JobKind.POINTS_ENDING):
                books.jobs.set(1, kind, JobSetting(is_on=False))

    def act(self, line: str) -> tuple[Draft, ...]:
        """Do what one line says; a day makes everything due on it happen."""
        found = _DAY.fullmatch(line)
        if not found:
            return super().act(line)
        return self.on(f"{found['day']}T{found['hour'] or '09:00'}")

    def on(self, local: str) -> tuple[Draft, ...]:
        """Set the clock to a time of the village and do what is due."""
        self.set(local)
        return self.tick()

    def set(self, local: str) -> None:
        """Set the clock to a time of the village; nothing happens."""
        self.clock.now = datetime.fromisoformat(local).replace(tzinfo=VILLAGE_TZ).astimezone(UTC)

    def tick(self) -> tuple[Draft, ...]:
        """Do what is due now, one job and one transaction at a time, as the timekeeper does."""
        now = self.clock.now
        with self.open_books() as books:
            villages = books.villages.all()
            agendas = [(v, look(books, v, now=now, is_working=is_working)) for v in villages]
        drafts: list[Draft] = []
        for village, agenda in agendas:
            for occasion in agenda.missed:
                with self.open_books() as books:
                    skip(books, village, occasion, now=now)
            for occasion in agenda.due:
                drafts += self._done(village, occasion)
        return tuple(drafts)

    def _done(self, village: Village, occasion: Occasion) -> tuple[Draft, ...]:
        try:
            with self.open_books() as books:
                return do(self._errand(books, village, occasion), occasion, works=WORKS)
        except NotYet:
            return ()

    def _errand(self, books: Books, village: Village, occasion: Occasion) -> Errand:
        def say(result: object) -> str:
            return word((result,))

        now = self.clock.now
        return Errand(books, village, occasion.period, now, say, is_working, SHELF)

    def announce(self, who: str, words: str) -> Heard:
        """Take a direct message in without working it off yet."""
        message = self._message(CONTACTS[who], MessageKind.TEXT, room=None)
        heard = Heard(replace(message, text=words))
        self.heard.append(heard)
        with self.open_books() as books:
            books.inbox.announce(self.account, message.id, at=self.clock.now)
        return heard

    def promote(self, contact: str, role: Role = Role.COMMITTEE) -> None:
        """Give one of the cast a role."""
        number = next(n for n, one in enumerate(PEOPLE, start=1) if one[0] == contact)
        with self.open_books() as books:
            books.people.grant(1, PersonId(number), role, at=self.clock.now)
