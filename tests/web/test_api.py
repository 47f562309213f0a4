"""The HTTP interface over the real books: who is let in, what is told, and what is kept back."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from yarl import URL

from bot.web.api.document import document
from bot.web.api.operations import OPERATIONS
from domain.api_key import Scope
from domain.disclosure import is_small
from domain.ledger import Entry
from domain.membership import HouseholdId
from domain.period import village_day
from domain.points import show
from storage.unit_of_work import Books
from storage.villages import HOUSEHOLD
from tests.web.figures import ALL, Sums, a_key, counted, fill, sums
from tests.web.real import RealHouse

Ask = Callable[..., Awaitable[dict[str, Any]]]
PATHS = (
    "/towns",
    "/towns/示范镇/report",
    "/villages",
    "/villages/1",
    "/villages/1/participation",
    "/villages/1/totals",
)
SCOPES = dict(zip(PATHS, (o.scope for o in OPERATIONS), strict=True))


def make(real: RealHouse, *scopes: Scope, **terms: Any) -> str:
    """Let the operator make a key."""
    key = real.read(lambda books: a_key(books, *scopes, at=real.clock.now, **terms))
    return str(key)


def asking(real: RealHouse, key: str = "", scheme: str = "Bearer") -> Ask:
    """Return a function that asks with a key and returns the body of the answer."""

    async def ask(path: str, *, status: int = 200, **query: Any) -> dict[str, Any]:
        client = await real.client()
        headers = {"Authorization": f"{scheme} {key}"} if key else {}
        async with client.get(f"/api/v1{path}", params=query, headers=headers) as answer:
            body: dict[str, Any] = await answer.json(content_type=None)
            assert answer.status == status, body
            kind = "application/json" if status == 200 else "application/problem+json"
            assert answer.content_type == kind
            if status != 200:
                assert body["status"] == status
                assert body["type"].endswith(body["code"])
            return body

    return ask


def filled(real: RealHouse) -> tuple[Sums, Sums]:
    """Fill the village and add its entries up, one by one."""

    def act(books: Books) -> list[Entry]:
        fill(books, real.cast.village, at=real.clock.now)
        return list(books.ledger.walk(real.cast.village))

    return sums(real.read(act))


async def test_the_document_is_served_without_a_key(real: RealHouse) -> None:
    found = await asking(real)("/openapi.json")
    assert found == document()
    assert set(found["paths"]) == {operation.path for operation in OPERATIONS}


@pytest.mark.parametrize("path", PATHS)
async def test_every_address_wants_a_key_of_its_scope(real: RealHouse, path: str) -> None:
    await asking(real, make(real, SCOPES[path]))(path)
    assert (await asking(real)(path, status=401))["code"] == "key-missing"
    others = [scope for scope in ALL if scope is not SCOPES[path]]
    refused = await asking(real, make(real, *others))(path, status=403)
    assert refused["code"] == "scope-missing"
    assert SCOPES[path] in refused["detail"]


@pytest.mark.parametrize(
    ("scheme", "change", "code"),
    [
        ("Basic", lambda key: key, "key-missing"),
        ("Bearer", lambda key: key[:-1] + ("a" if key[-1] != "a" else "b"), "key-wrong"),
        ("Bearer", lambda key: key.replace("jifen_1_", "jifen_2_"), "key-wrong"),
        ("Bearer", lambda key: key + "a", "key-wrong"),
        ("Bearer", lambda _: "é", "key-wrong"),
        ("Bearer", lambda _: "' OR 1=1 --", "key-wrong"),
        ("Bearer", lambda _: "jifen_999999999_" + "a" * 43, "key-wrong"),
    ],
)
async def test_a_wrong_key_opens_nothing(
    real: RealHouse, scheme: str, change: Callable[[str], str], code: str
) -> None:
    key = make(real)
    assert (await asking(real, change(key), scheme)("/villages", status=401))["code"] == code
    await asking(real, key, "bearer")("/villages")


async def test_a_key_made_with_another_secret_opens_nothing(real: RealHouse) -> None:
    key = make(real, secret="another secret")
    assert (await asking(real, key)("/villages", status=401))["code"] == "key-wrong"


async def test_a_key_opens_through_its_last_day(real: RealHouse) -> None:
    key = make(real, until=village_day(real.clock.now))
    await asking(real, key)("/villages")
    real.clock.advance(days=1)
    assert (await asking(real, key)("/villages", status=401))["code"] == "key-expired"


async def test_a_revoked_key_opens_nothing_from_that_moment(real: RealHouse) -> None:
    key = make(real)
    await asking(real, key)("/villages")
    assert real.read(lambda books: books.api_keys.revoke(1, at=real.clock.now))
    assert (await asking(real, key)("/villages", status=401))["code"] == "key-revoked"


async def test_wrong_keys_are_limited_by_address_as_codes_are(real: RealHouse) -> None:
    key = make(real)
    guess = asking(real, "jifen_1_" + "a" * 43)
    for _ in range(5):
        assert (await guess("/villages", status=401))["code"] == "key-wrong"
    for asked in (guess, asking(real, key)):
        assert (await asked("/villages", status=429))["code"] == "too-many-wrong-keys"
    client = await real.client()
    headers = {"Authorization": f"Bearer {key}"}
    elsewhere = headers | {"X-Forwarded-For": "203.0.113.7"}
    async with client.get("/api/v1/villages", headers=elsewhere) as answer:
        assert answer.status == 200
    async with client.get("/api/v1/villages", headers=headers) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (429, "1800")
    real.clock.advance(minutes=31)
    await asking(real, key)("/villages")


async def test_expired_keys_and_missing_ones_are_no_wrong_tries(real: RealHouse) -> None:
    expired = make(real, until=village_day(real.clock.now) - timedelta(days=1))
    for _ in range(6):
        await asking(real, expired)("/villages", status=401)
        await asking(real)("/villages", status=401)
    await asking(real, make(real))("/villages")


async def test_a_key_has_so_many_requests_a_minute_and_others_have_theirs(
    real: RealHouse,
) -> None:
    hasty, other = make(real), make(real)
    client = await real.client()
    headers = {"Authorization": f"Bearer {hasty}"}
    statuses = []
    for _ in range(122):
        async with client.get("/api/v1/villages/1", headers=headers) as answer:
            statuses.append(answer.status)
    assert statuses == [200] * 120 + [429] * 2
    async with client.get("/api/v1/villages/1", headers=headers) as answer:
        assert answer.headers["Retry-After"] == "1"
        assert (await answer.json(content_type=None))["code"] == "too-many-requests"
    await asking(real, other)("/villages")
    real.clock.advance(seconds=1)
    for status in (200, 200, 429):
        await asking(real, hasty)("/villages", status=status)


async def test_the_last_day_of_use_is_kept(real: RealHouse) -> None:
    key = make(real)
    for days in (0, 0, 1):
        real.clock.advance(days=days)
        await asking(real, key)("/villages")
        kept = real.read(lambda books: books.api_keys.get(1))
        assert kept.last_used_on == village_day(real.clock.now)


def another_town(real: RealHouse) -> int:
    village = real.read(
        lambda books: books.villages.add(town="别的镇", name="远村", at=real.clock.now)
    )
    return int(village.id)


async def test_a_key_of_one_town_finds_nothing_of_another(real: RealHouse) -> None:
    real.another_village()
    other = another_town(real)
    ask = asking(real, make(real, town="示范镇"))
    assert [v["id"] for v in (await ask("/villages"))["villages"]] == [1, 2]
    assert await ask("/villages", town="别的镇") == {"villages": [], "next": None}
    assert await ask("/towns") == {"towns": [{"name": "示范镇", "villages": 2}]}
    for path in (
        "/towns/别的镇/report",
        f"/villages/{other}",
        f"/villages/{other}/participation",
        f"/villages/{other}/totals",
    ):
        missing = await ask(path, status=404)
        assert missing["code"] == "not-found"
        unknown = await ask(
            path.replace(f"/{other}", "/99").replace("别的镇", "没有镇"), status=404
        )
        assert unknown == missing, "whether another town has it is not told"
    every = asking(real, make(real))
    assert len((await every("/towns"))["towns"]) == 2
    assert (await every("/villages", town="别的镇"))["villages"][0]["id"] == other


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 200])
async def test_the_pages_show_every_village_once(real: RealHouse, limit: int) -> None:
    def found(books: Books) -> None:
        for number in range(6):
            books.villages.add(town="示范镇", name=f"第{number}村", at=real.clock.now)
            books.villages.add(town="别的镇", name=f"远{number}村", at=real.clock.now)
        books.villages.add(town="示范镇", name="样板村", at=real.clock.now, is_sample=True)

    real.read(found)
    for town, expected in ((None, 13), ("示范镇", 7), ("别的镇", 6)):
        ask = asking(real, make(real, town=town))
        seen: list[str] = []
        cursor: dict[str, str] = {}
        while True:
            page = await ask("/villages", limit=limit, **cursor)
            assert 0 < len(page["villages"]) <= limit
            seen += [one["name"] for one in page["villages"]]
            if page["next"] is None:
                break
            cursor = {"cursor": page["next"]}
        assert len(seen) == len(set(seen)) == expected
        assert "样板村" not in seen


@pytest.mark.parametrize(
    ("path", "query", "names"),
    [
        ("/villages", {"limit": "0"}, {"limit"}),
        ("/villages", {"limit": "201"}, {"limit"}),
        ("/villages", {"limit": "1.0"}, {"limit"}),
        ("/villages", {"limit": "１"}, {"limit"}),
        ("/villages", {"limit": "007"}, {"limit"}),
        ("/villages", {"limit": "1_0"}, {"limit"}),
        ("/villages", {"limit": ""}, {"limit"}),
        ("/villages", {"limit": "9" * 5000}, {"limit"}),
        ("/villages", {"cursor": "7"}, {"cursor"}),
        ("/villages", {"cursor": "v7\n"}, {"cursor"}),
        ("/villages", {"town": "镇\x00"}, {"town"}),
        ("/villages", {"town": "镇" * 101}, {"town"}),
        ("/villages", {"page": "2"}, {"page"}),
        ("/villages", {"limt": "2", "cursor": "x"}, {"limt", "cursor"}),
        ("/villages/1", {"village": "2"}, {"village"}),
        ("/villages/x", {}, {"village"}),
        ("/villages/0", {}, {"village"}),
        ("/villages/99999999999999999999", {}, {"village"}),
        ("/villages/1/totals", {"year": "1999"}, {"year"}),
        ("/villages/1/totals", {"month": "13"}, {"month"}),
        ("/villages/1/participation", {"year": "2026; DROP TABLE entry"}, {"year"}),
    ],
)
async def test_every_parameter_that_is_not_good_is_named(
    real: RealHouse, path: str, query: dict[str, str], names: set[str]
) -> None:
    told = await asking(real, make(real))(path, status=400, **query)
    assert told["code"] == "parameter-invalid"
    assert {one["parameter"] for one in told["errors"]} == names


async def test_a_parameter_that_stands_twice_is_refused(real: RealHouse) -> None:
    told = await asking(real, make(real))("/villages?limit=1&limit=2", status=400)
    assert told["errors"] == [{"parameter": "limit", "reason": "stands twice"}]


async def test_parameters_are_read_only_for_those_who_are_let_in(real: RealHouse) -> None:
    told = await asking(real)("/villages", status=401, limit="x")
    assert told["errors"] == []


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
async def test_nothing_can_be_changed(real: RealHouse, method: str) -> None:
    client = await real.client()
    headers = {"Authorization": f"Bearer {make(real)}"}
    for path in (*PATHS, "/openapi.json"):
        async with client.request(method, f"/api/v1{path}", headers=headers) as answer:
            assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")
            assert (await answer.json(content_type=None))["code"] == "method-not-allowed"


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/", "/v2/villages", "/v1/villages/1/names"])
async def test_other_addresses_are_told_as_problems_too(real: RealHouse, path: str) -> None:
    client = await real.client()
    async with client.get(f"/api{path}") as answer:
        assert answer.status == 404
        assert (await answer.json(content_type=None))["code"] == "not-found"


async def test_an_answer_that_is_still_at_hand_is_not_sent_again(real: RealHouse) -> None:
    filled(real)
    client, path = await real.client(), "/api/v1/villages/1/totals"
    headers = {"Authorization": f"Bearer {make(real)}"}
    async with client.get(path, headers=headers) as answer:
        etag = answer.headers["ETag"]
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.headers["Vary"] == "Authorization"
    for known in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        async with client.get(path, headers=headers | {"If-None-Match": known}) as answer:
            assert (answer.status, answer.headers["ETag"]) == (304, etag)
            assert await answer.read() == b""
    async with client.head(path, headers=headers) as answer:
        assert (answer.status, answer.headers["ETag"]) == (200, etag)
    async with client.get(path, headers={"If-None-Match": etag}) as answer:
        assert answer.status == 401
    real.read(lambda books: books.villages.close_year(1, 2026))
    async with client.get(path, headers=headers | {"If-None-Match": etag}) as answer:
        assert answer.status == 200
        assert answer.headers["ETag"] != etag


async def test_a_village_is_told_with_its_town(real: RealHouse) -> None:
    found = await asking(real, make(real))("/villages/1")
    assert found == {
        "id": 1,
        "name": "幸福村",
        "town": "示范镇",
        "since": "2026-09-16",
        "closed_through": None,
    }


async def test_totals_are_the_sums_of_the_ledger(real_on_both: RealHouse) -> None:
    real = real_on_both
    earned, spent = filled(real)
    found = await asking(real, make(real))("/villages/1/totals", year=2026)
    assert (found["village"], found["year"], found["closed"]) == (1, 2026, False)
    assert [one["month"] for one in found["months"]] == [f"2026-{n:02}" for n in range(1, 10)]
    agrees(found["earned"], earned, ())
    agrees(found["redeemed"], spent, ())
    for month in found["months"]:
        agrees(month["earned"], earned, (month["month"],))
        agrees(month["redeemed"], spent, (month["month"],))
        for one in month["categories"]:
            agrees(one["earned"], earned, (month["month"], one["category"] or ""))
    march, september = found["months"][2], found["months"][8]
    assert [(c["category"], c["earned"]["suppressed"]) for c in march["categories"]] == [
        ("A", False),
        ("B", True),
        ("C", True),
        ("D", False),
    ]
    assert march["categories"][0]["name"]
    assert found["earned"] == {"households": 6, "points": "53.2", "suppressed": False}
    assert september["redeemed"] == {"households": 3, "points": "6", "suppressed": False}


def agrees(figure: dict[str, Any], sums_of: Sums, part: tuple[str, ...]) -> None:
    """A figure is that of the entries, or is kept back; one of few households always is."""
    households, points = counted(sums_of[part])
    if figure["suppressed"]:
        assert (figure["households"], figure["points"]) == (None, None)
        return
    assert not is_small(households)
    assert (figure["households"], figure["points"]) == (households, show(points))


async def test_what_few_households_earned_cannot_be_worked_out(real: RealHouse) -> None:
    filled(real)
    found = await asking(real, make(real))("/villages/1/totals")
    january, february = found["months"][:2]
    for month in (january, february):
        assert month["earned"]["suppressed"]
        assert month["categories"] == []
    hidden = [m["month"] for m in found["months"] if m["earned"]["suppressed"]]
    assert hidden == ["2026-01", "2026-02", "2026-04"], "the smallest other goes with them"


async def test_one_month_is_told_as_it_is_told_among_the_others(real: RealHouse) -> None:
    filled(real)
    ask = asking(real, make(real))
    year = await ask("/villages/1/totals")
    for number in range(1, 10):
        found = await ask("/villages/1/totals", month=number)
        assert found["months"] == [year["months"][number - 1]]
        assert found["earned"] == year["earned"]


@pytest.mark.parametrize("query", [{"year": 2027}, {"year": 2026, "month": 10}, {"month": 12}])
async def test_a_period_that_has_not_begun_has_no_figures(
    real: RealHouse, query: dict[str, int]
) -> None:
    told = await asking(real, make(real))("/villages/1/totals", status=404, **query)
    assert told["code"] == "period-unknown"


async def test_an_earlier_year_has_twelve_months_without_anything(real: RealHouse) -> None:
    filled(real)
    found = await asking(real, make(real))("/villages/1/totals", year=2025)
    assert len(found["months"]) == 12
    zero = {"households": 0, "points": "0", "suppressed": False}
    assert found["earned"] == found["redeemed"] == found["months"][0]["earned"] == zero


def mark(real: RealHouse, stars: range, party: range) -> None:
    def act(books: Books) -> None:
        for homes, values in ((stars, {"star": 3}), (party, {"is_party": True})):
            change = HOUSEHOLD.update().where(HOUSEHOLD.c.id.in_(homes), HOUSEHOLD.c.village == 1)
            books.connection.execute(change.values(**values))

    real.read(act)


async def test_participation_counts_households_and_keeps_small_groups_back(
    real_on_both: RealHouse,
) -> None:
    real = real_on_both
    filled(real)
    mark(real, range(1, 5), range(1, 3))
    found = await asking(real, make(real))("/villages/1/participation")
    with real.open_books() as books:
        taking = {
            one.posting.household
            for one in books.ledger.walk(1)
            if one.posting.kind == "award" and one.posting.household != HouseholdId(7)
        }
    assert (found["year"], found["as_of"]) == (2026, "2026-09-16")
    assert found["every"] == {
        "eligible": 7,
        "taking_part": len(taking),
        "permille": 857,
        "goal_percent": 80,
        "reached": True,
        "suppressed": False,
    }
    assert (found["stars"]["taking_part"], found["stars"]["reached"]) == (4, True)
    assert found["party"] == {
        "eligible": 2,
        "taking_part": None,
        "permille": None,
        "goal_percent": 100,
        "reached": None,
        "suppressed": True,
    }
    mark(real, range(1, 7), range(0))
    found = await asking(real, make(real))("/villages/1/participation")
    assert found["stars"]["suppressed"], "the one household that is left would be known"


async def test_the_participation_of_a_year_that_is_over_is_that_of_its_last_day(
    real: RealHouse,
) -> None:
    ask = asking(real, make(real))
    found = await ask("/villages/1/participation", year=2025)
    assert (found["as_of"], found["every"]["eligible"]) == ("2025-12-31", 0)
    assert (await ask("/villages/1/participation", status=404, year=2027))["code"] == (
        "period-unknown"
    )


async def test_the_town_s_report_tells_the_steps_of_its_villages(real: RealHouse) -> None:
    filled(real)
    other = real.another_village()
    another_town(real)
    found = await asking(real, make(real))("/towns/示范镇/report")
    assert (found["town"], found["as_of"]) == ("示范镇", "2026-09-16")
    assert {one["village"]: one["name"] for one in found["villages"]} == {
        1: "幸福村",
        other: "邻村",
    }
    [ours] = [one for one in found["villages"] if one["village"] == 1]
    assert ours["registering"] == {"light": "green", "why": "fine", "period": "", "days_late": 0}
    assert ours["every"]["taking_part"] == 6
    [theirs] = [one for one in found["villages"] if one["village"] == other]
    assert theirs["every"] == {
        "eligible": 1,
        "taking_part": None,
        "permille": None,
        "goal_percent": 80,
        "reached": None,
        "suppressed": True,
    }


async def test_no_name_phone_or_house_number_is_told(real: RealHouse) -> None:
    filled(real)
    phone = HOUSEHOLD.update().values(phone="13800001111", house_no="77-1")
    real.read(lambda books: books.connection.execute(phone.where(HOUSEHOLD.c.id == 1)))
    await real.claim("zhang", "申报 志愿服务 2小时")
    client = await real.client()
    headers = {"Authorization": f"Bearer {make(real)}"}
    names = ("张三", "王桂英", "李国平", "陈卫东", "赵大伟", "周小妹", "王阿婆", "李会计")
    for path in PATHS:
        async with client.get(f"/api/v1{path}", headers=headers) as answer:
            assert answer.status == 200
            text = await answer.text()
        for kept in (*names, "13800001111", "77-1", "house_no", "head", "phone", "household_id"):
            assert kept not in text


async def test_a_failure_is_told_without_its_cause(real: RealHouse) -> None:
    key = make(real)
    await asking(real, key)("/villages/1/totals")
    real.read(lambda b: b.connection.exec_driver_sql("ALTER TABLE month_total RENAME TO gone"))
    told = await asking(real, key)("/villages/1/totals", status=500)
    assert told["code"] == "internal-error"
    assert "month_total" not in str(told)


async def test_no_key_reaches_the_log(real: RealHouse, capsys: pytest.CaptureFixture[str]) -> None:
    key = make(real)
    real.read(lambda b: b.connection.exec_driver_sql("ALTER TABLE month_total RENAME TO gone"))
    await asking(real, key)("/villages/1/totals", status=500)
    await asking(real, key + "x")("/villages/1/totals", status=401)
    out = capsys.readouterr()
    assert "api failed" in out.out + out.err
    assert key not in out.out + out.err


@pytest.mark.parametrize(
    "path",
    [
        "/towns/%ff/report",
        "/towns/%00/report",
        "/towns/%E9%95/report",
        "/towns/..%2f..%2f/report",
        "/towns/%2e%2e/report",
        "/towns/%ED%A0%80/report",
        "/towns/" + "a" * 5000 + "/report",
        "/villages/%F0%9F%98%80",
        "/villages/1%00",
        "/villages/1%2ftotals",
        "/villages/../villages/%31%20",
        "/villages?cursor=%ff",
        "/villages?%ff=%fe",
        "/villages?town=%ED%A0%80",
        "/villages?;limit=1",
        "/villages/1/totals?month[]=1",
    ],
)
async def test_hostile_addresses_are_refused_as_problems(
    real_on_both: RealHouse, path: str
) -> None:
    client = await real_on_both.client()
    headers = {"Authorization": f"Bearer {make(real_on_both)}"}
    url = URL(f"{real_on_both.address}/api/v1{path}", encoded=True)
    async with client.get(url, headers=headers) as answer:
        assert answer.status in {400, 404} or "town=" in path, answer.status
        assert answer.content_type in {"application/problem+json", "application/json"}


async def test_many_requests_at_once_are_all_answered_alike(real_on_both: RealHouse) -> None:
    filled(real_on_both)
    ask = asking(real_on_both, make(real_on_both))
    found = await asyncio.gather(*(ask("/villages/1/totals") for _ in range(60)))
    assert all(one == found[0] for one in found)
