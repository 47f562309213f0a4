"""The files page: by a link of its own, for the office alone, asked anew at every request."""

import io
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine

from bot.boards import Boards
from bot.papers.report_kinds import PrintKind, ReportKind
from bot.reports import ReportRoom
from bot.web.reports import EXCEL_TYPE
from domain.membership import PersonId, Role
from schedules.announcing import WEB
from storage.people import Contact
from storage.performer import performer_on
from storage.reading import reading_on
from storage.statements import table_of
from storage.tables.people import RoleRow
from storage.unit_of_work import books_on
from tests.bot.papers.archive import OCTOBER, archive
from tests.bot.papers.printed import pages
from tests.cast import settle_in
from tests.fakes import FixedClock
from tests.web.fakes import CODE, LINK, REPORT_LINK
from tests.web.visit import Visit

ROLE = table_of(RoleRow)
BOARDS = Boards("https://p.example", b"secret", is_reachable=True)


async def _enter(visit: Visit, token: str = REPORT_LINK) -> int:
    await visit.page(f"/enter/report?token={token}")
    answer = await visit.form("/enter/report", token=token)
    return answer.status


async def test_the_link_opens_the_files_and_a_preview_does_not_use_it_up(visit: Visit) -> None:
    text = await visit.page(f"/enter/report?token={REPORT_LINK}")
    assert "打开报表" in text
    assert REPORT_LINK in text
    answer = await visit.form("/enter/report", token=REPORT_LINK)
    assert (answer.status, answer.headers["Location"]) == (303, "/report")
    shown = await visit.page("/report")
    assert 'href="/report/2026/ledger.xlsx"' in shown
    assert "不要发到群里" in shown
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", shown)


async def test_a_file_is_handed_over_under_its_name(visit: Visit) -> None:
    await _enter(visit)
    async with visit.client.get("/report/2026/ledger.xlsx") as answer:
        assert answer.status == 200
        assert answer.content_type == EXCEL_TYPE
        assert await answer.read() == b"PK a workbook"
        named = answer.headers["Content-Disposition"]
        assert named.startswith("attachment; filename*=UTF-8''%E5%B9%B8")
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("token", ["", "wrong", LINK])
async def test_another_link_opens_nothing(visit: Visit, token: str) -> None:
    assert await _enter(visit, token) == 422
    async with visit.client.get("/report") as answer:
        assert answer.status == 401


async def test_without_its_token_the_form_is_refused(visit: Visit) -> None:
    await visit.page("/enter")
    visit.csrf = "0" * 64
    assert (await visit.form("/enter/report", token=REPORT_LINK)).status == 403


@pytest.mark.parametrize("path", ["/report", "/report/2026/ledger.xlsx"])
async def test_a_villager_and_a_guest_see_nothing(visit: Visit, path: str) -> None:
    async with visit.client.get(path) as answer:
        assert answer.status == 401
    await visit.play()
    async with visit.client.get(path) as answer:
        assert answer.status == 403
        assert "回“我家多少分”或“明细”就行" in await answer.text()


@pytest.mark.parametrize(
    "path",
    [
        "/report/2026/other.xlsx",
        "/report/2026/ledger.pdf",
        "/report/2026/ledger.exe",
        "/report/1026/ledger.xlsx",
        "/report/20260/ledger.xlsx",
        "/report/2026/..%2Fledger.xlsx",
        "/report/2026/ledger",
        "/report/x/ledger.xlsx",
    ],
)
async def test_what_is_not_offered_is_not_there(visit: Visit, path: str) -> None:
    await _enter(visit)
    async with visit.client.get(path) as answer:
        assert answer.status == 404


async def test_the_code_of_a_slip_comes_with_its_qr_code(visit: Visit) -> None:
    assert f'value="{CODE}"' in await visit.page(f"/enter?code={CODE}")
    text = await visit.page('/enter?code="><script>alert(1)</script>' + "x" * 200)
    assert "<script>alert" not in text
    assert "x" * 60 not in text


@pytest.fixture
async def room(engine: Engine) -> AsyncIterator[ReportRoom]:
    """The files of a prepared village: 张三 and 李会计 are on the web page."""
    with books_on(engine)() as books:
        cast = settle_in(books)
        now = datetime(2026, 9, 16, tzinfo=UTC)
        books.people.bind(cast.village, Contact(WEB, "w-zhang"), cast.zhang, at=now)
        books.people.bind(cast.village, Contact(WEB, "w-li"), cast.li, at=now)
        other = books.villages.add(town="示范镇", name="别村", at=now)
        stranger = books.people.add(other.id, name="钱委员", household=None, at=now)
        books.people.grant(other.id, stranger, Role.COMMITTEE, at=now)
        books.people.bind(other.id, Contact(WEB, "w-other"), stranger, at=now)
    performer = performer_on(engine)
    yield ReportRoom(
        perform=performer.perform, reading=reading_on(engine), clock=FixedClock(), boards=BOARDS
    )
    performer.close()


async def test_the_shelf_offers_the_years_of_the_village(room: ReportRoom) -> None:
    shelf = await room.shelf("w-li")
    assert shelf is not None
    assert shelf.village == "幸福村"
    assert [(year, [file.key for file in files]) for year, files in shelf.years] == [
        (2026, ["ledger", "claims", "participation", "rulebook"])
    ]
    assert await room.shelf("w-zhang") is None
    assert await room.shelf("w-nobody") is None


@pytest.mark.parametrize("kind", [*ReportKind])
async def test_every_file_is_a_workbook_of_the_own_village(room: ReportRoom, kind: str) -> None:
    found = await room.file("w-li", kind, year=2026)
    assert found is not None
    assert found.name.startswith("幸福村2026年")
    assert load_workbook(io.BytesIO(found.content)).worksheets
    theirs = await room.file("w-other", kind, year=2026)
    assert (
        theirs is None if kind == ReportKind.RULEBOOK else theirs and theirs.name.startswith("别村")
    )


@pytest.fixture
async def archived(engine: Engine) -> AsyncIterator[ReportRoom]:
    """The files of a village that has published, honoured and handed over; 李会计 is there."""
    with books_on(engine)() as books:
        archive(books)
        books.people.bind(1, Contact(WEB, "w-li"), PersonId(3), at=OCTOBER)
    performer = performer_on(engine)
    clock = FixedClock(OCTOBER)
    reading = reading_on(engine)
    yield ReportRoom(perform=performer.perform, reading=reading, clock=clock, boards=BOARDS)
    performer.close()


async def test_what_is_printed_is_offered_first(archived: ReportRoom) -> None:
    shelf = await archived.shelf("w-li")
    assert shelf is not None
    [(_, files)] = shelf.years
    prints = [file.key for file in files if file.ending == "pdf"]
    assert prints == list(PrintKind)
    assert [file.key for file in files][len(prints) :] == list(ReportKind)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (PrintKind.BOARD_A3, "幸福村2026年第三季度积分公示"),
        (PrintKind.BOARD_A4, "幸福村2026年第三季度积分公示"),
        (PrintKind.CERTIFICATES, "荣誉证书"),
        (PrintKind.CATALOGUE, "洗衣液20"),
        (PrintKind.VOUCHERS, "共1张凭证"),
    ],
)
async def test_every_print_is_a_pdf_of_the_village(
    archived: ReportRoom, kind: PrintKind, words: str
) -> None:
    found = await archived.file("w-li", kind, year=2026)
    assert found is not None
    assert found.name.endswith(".pdf")
    assert words in pages(found.content)[0]
    assert await archived.file("w-zhang", kind, year=2026) is None


async def test_nothing_is_printed_of_a_year_without_anything(room: ReportRoom) -> None:
    for kind in PrintKind:
        assert await room.file("w-li", kind, year=2026) is None


async def test_nobody_takes_what_is_not_theirs(room: ReportRoom) -> None:
    assert await room.file("w-zhang", "ledger", year=2026) is None
    assert await room.file("w-li", "people", year=2026) is None
    assert await room.file("w-li", "ledger", year=2020) is None
    assert await room.file("w-li", "ledger", year=2027) is None


async def test_a_role_that_ended_ends_the_session_for_files(
    room: ReportRoom, engine: Engine
) -> None:
    assert await room.shelf("w-li") is not None
    with books_on(engine)() as books:
        books.connection.execute(ROLE.delete())
    assert await room.shelf("w-li") is None
    assert await room.file("w-li", "ledger", year=2026) is None
