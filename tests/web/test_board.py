"""The notice board over HTTP: what it shows to whoever has its address, and to nobody else."""

import re

import pytest

from bot.boards import board_path
from bot.replies import board as words
from domain.redemption_round import RoundState
from storage.unit_of_work import Books
from tests.cast import WANG
from tests.redemption import a_good, a_round
from tests.web.fakes import FakeHouse
from tests.web.hung import at, board, many_households, open_round, publish, published
from tests.web.real import SECRET, RealHouse
from tests.web.test_safety import guest
from tests.web.visit import OpenClient

WEIGHT_MAX = 200_000


async def shown(real: RealHouse, path: str = "", *, status: int = 200) -> str:
    """Open a page of the board as somebody who is not logged in."""
    someone = await real.client()
    async with someone.get(board(real) + path) as answer:
        assert answer.status == status
        assert answer.headers.get("X-Robots-Tag", "") == (
            "noindex, nofollow" if status < 400 else ""
        )
        return await answer.text()


async def test_the_board_shows_what_is_out_what_comes_and_how_to_object(
    real_on_both: RealHouse,
) -> None:
    real = real_on_both
    published(real)
    open_round(real)
    text = await shown(real)
    for said in (
        "幸福村公示栏",
        "2026年三季度积分公示",
        "2026年10月8日",
        "正在公示,10月15日前(含当天)可以提意见",
        "全村7户,今年参加2户,占28%",
        "2025年12月10日村民代表会议通过的细则",
        '<td>1</td><th scope="row">3组 张*家</th><td class="figure">7</td>',
        '<td>2</td><th scope="row">3组 王*英家</th><td class="figure">5</td>',
        "看全部7户",
        "对2026年三季度公示提意见的最后一天",
        "委员会开始核对10月报的事",
        "秋季兑换:换东西的最后一天",
        "秋季兑换:到村委会领东西",
        "2026年的积分用到这一天,不带到下一年",
        "这次公示可以提意见,10月15日前(含当天)都行。",
        "10个工作日里一定答复",
        "没有手机:到村委会当面说",
        "20分1瓶",
        "还有50瓶<br>每户最多2瓶",
        "到会42人,同意39人,反对3人",
        "“申报 垃圾分类”",
    ):
        assert said in text, said
    assert "公示正在准备" not in text


async def test_names_are_masked_and_nothing_else_of_a_household_is_told(real: RealHouse) -> None:
    published(real)
    for path in ("", "/rules", "/2026-Q3", "/2026-Q3-1"):
        text = await shown(real, path)
        for secret in ("张三", "王桂英", "12号", "15号", "李国平"):
            assert secret not in text, (path, secret)


async def test_words_of_people_are_never_markup(real: RealHouse) -> None:
    def rename(books: Books) -> None:
        books.changes.rename_head(1, WANG, "<script>alert(1)</script>")
        books.changes.publicity(1, WANG, "name", agrees=True, by=real.cast.wang, at=real.clock.now)
        books.connection.exec_driver_sql("UPDATE village SET name = '<img src=x>村'")

    published(real)
    open_round(real)
    real.read(rename)
    real.read(
        lambda b: b.connection.exec_driver_sql(
            "UPDATE publication_line SET name = '<script>x</script>' WHERE household = 2"
        )
    )
    for path in ("", "/2026-Q3", "/rules"):
        text = await shown(real, path)
        assert "<img src=x>" not in text
        assert "<script" not in text
        assert "<b>毛巾" not in text
    assert "&lt;script&gt;x&lt;/script&gt;" in await shown(real)
    assert "&lt;b&gt;毛巾" in await shown(real)


async def test_an_address_that_is_guessed_is_not_there(real: RealHouse) -> None:
    published(real)
    someone = await real.client()
    right = board(real)
    for path in (
        "/v/1",
        "/v/幸福村",
        "/v/1-aaaaaaaaaaaaaaaa",
        right[:-1] + ("a" if right[-1] != "a" else "b"),
        right.upper(),
        right.replace("/v/1-", "/v/2-"),
        board_path(SECRET.encode(), 99),
        board_path(b"another secret", 1),
        f"{right}/2026-Q3/../../../etc/passwd",
        "/v/",
    ):
        async with someone.get(path) as answer:
            assert answer.status == 404, path
            assert "张*" not in await answer.text()


@pytest.mark.parametrize(
    "path",
    [
        "/2026-Q1",
        "/2026-Q3-2",
        "/2026-Q5",
        "/2026-Q3-0",
        "/2026-Q3?page=2",
        "/2026-Q3?page=0",
        "/2026-Q3?page=x",
        "/2026-Q3?page=1;drop",
        "/2026-Q3?group=99",
        "/2026-Q3?group=-1",
        "/2026-Q3?group=３",
        "/2026-Q3?page=99999999999",
        "/house/12",
    ],
)
async def test_a_page_that_is_not_there_is_said_to_be_none(real: RealHouse, path: str) -> None:
    published(real)
    text = await shown(real, path, status=404)
    assert "没有这一页。" in text


async def test_a_board_of_one_village_shows_nothing_of_another(real: RealHouse) -> None:
    published(real)
    other = real.another_village()
    someone = await real.client()
    async with someone.get(board(real, village=other)) as answer:
        text = await answer.text()
    assert "邻村公示栏" in text
    assert "还没有公示过。" in text
    assert "张*" not in text
    async with someone.get(f"{board(real, village=other)}/2026-Q3") as answer:
        assert answer.status == 404


async def test_a_village_with_nothing_yet_says_so_kindly(real: RealHouse) -> None:
    text = await shown(real)
    for said in (
        "还没有公示过。每个季度过完,三个月都审定好以后就公示。",
        "公示以后七天里可以提意见。",
        "现在没有积分兑换。",
        "2026年三季度积分公示:三个月都审定好了就公布",
    ):
        assert said in text, said
    real.read(lambda b: b.connection.exec_driver_sql("DELETE FROM adoption"))
    assert "村里还没有通过积分细则。" in await shown(real)
    assert "村里还没有通过积分细则。" in await shown(real, "/rules")


async def test_a_quarter_that_is_late_is_on_its_way(real: RealHouse) -> None:
    at(real, "2026-10-20T10:00")
    text = await shown(real)
    assert "2026年三季度积分公示正在准备,审定好了就公布" in text


async def test_a_corrected_publication_leads_from_the_old_edition_to_the_new(
    real: RealHouse,
) -> None:
    published(real)
    await real.claim("wang", "异议 总分少了")
    for who in ("li", "chen"):
        await real.claim(who, "异议处理 1 更正 加9分 漏了一次")
    text = await shown(real)
    assert "第2版,更正后的" in text
    assert '<td>1</td><th scope="row">3组 王*英家</th><td class="figure">14</td>' in text
    assert f'{board(real)}/2026-Q3-1">2026年三季度积分公示(2026年10月8日公布)' in text
    old = await shown(real, "/2026-Q3-1")
    assert "这一版后来更正过。" in old
    assert "后来更正过,以更正后的为准" in old
    assert '<td>2</td><th scope="row">3组 王*英家</th><td class="figure">5</td>' in old
    assert "这一版后来更正过。" not in await shown(real, "/2026-Q3")


async def test_objections_are_counted_and_nobody_is_named(real: RealHouse) -> None:
    published(real)
    await real.claim("wang", "异议 总分少了")
    text = await shown(real)
    assert "有1件意见正在核实" in text
    assert "总分少了" not in text


async def test_after_the_window_the_board_says_so(real: RealHouse) -> None:
    published(real)
    at(real, "2026-10-16T08:00")
    text = await shown(real)
    assert "提意见的时间到10月15日为止,正在答复" in text
    assert "这次公示提意见的时间已经过了。" in text
    assert "提意见的最后一天" not in text


async def test_a_household_under_a_veto_is_listed_without_a_place_or_a_word(
    real: RealHouse,
) -> None:
    await real.claim("li", "扣分 3组12号 充电起火")
    await real.claim("chen", "通过 1")
    published(real)
    text = await shown(real, "/2026-Q3")
    assert '<span class="unseen">不排名次</span></td><th scope="row">3组 张*家</th>' in text
    for secret in ("充电", "扣分 ", "一票否决"):
        assert secret not in text


async def test_a_basis_that_has_ended_is_told_with_its_end(real: RealHouse) -> None:
    published(real)
    real.read(
        lambda b: b.connection.exec_driver_sql(
            "UPDATE publication SET basis_title = '实施方案', basis_until = '2026-10-10'"
        )
    )
    assert "《实施方案》</dd>" in await shown(real, "/2026-Q3")
    at(real, "2026-10-12T10:00")
    assert "《实施方案》(2026年10月10日到期,公示的时候还有效)" in await shown(real, "/2026-Q3")


async def test_the_rules_say_what_each_item_gives_and_how_it_is_said(real: RealHouse) -> None:
    text = await shown(real, "/rules")
    for said in (
        "共93条",
        "人居环境</h2>",
        "养成垃圾分类好习惯</h3>",
        '<strong>生活垃圾分类投放</strong> <b class="more">每次+1分</b>',
        "每月最多4分、每季最多12分、每年最多30分。两次要隔7天。",
        "这样报:“申报 垃圾分类”",
        "不用自己报,由委员会来记。",
        "(私聊小助手,不要发在群里)",
        "有这种情况,当年不参加年度评优。",
        "做了事要在30天里报。",
    ):
        assert said in text, said
    assert text.count("<strong>") == 93
    assert len(text.encode()) < WEIGHT_MAX


async def test_twelve_hundred_households_fit_on_light_pages_and_each_is_listed_once(
    real: RealHouse,
) -> None:
    many_households(real, 1_193)
    publish(real)
    front = await shown(real)
    assert "看全部1200户" in front
    assert front.count("<tr><td>") == 20
    homes, page, weights = [], 1, [len(front.encode())]
    while page:
        text = await shown(real, f"/2026-Q3-1?page={page}")
        homes += re.findall(r"<tr><td>(\d+)</td>", text)
        weights.append(len(text.encode()))
        following = re.search(r'rel="next" href="[^"]*page=(\d+)"', text)
        page = int(following[1]) if following else 0
    assert len(homes) == 1_200
    assert [int(n) for n in homes] == sorted(int(n) for n in homes)
    assert max(weights) < WEIGHT_MAX / 2
    third = await shown(real, "/2026-Q3-1?group=3")
    assert set(re.findall(r'<th scope="row">(\d+)组', third)) == {"3"}


async def test_the_board_asks_for_no_session_and_sets_none(real: RealHouse) -> None:
    published(real)
    someone = await real.client()
    async with someone.get(board(real)) as answer:
        assert answer.cookies == {}
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        text = await answer.text()
    assert "<form" not in text
    assert "http://" not in text.replace("http://www.w3.org", "")
    visitor = await guest(real)
    answer = await visitor.post(board(real))
    assert answer.status in {403, 405}


async def test_a_house_without_villages_has_no_boards(visiting: OpenClient) -> None:
    visit = await visiting(FakeHouse())
    for path in ("/v/1-aaaaaaaaaaaaaaaa", "/v/x/rules", "/v/x/2026-Q3"):
        async with visit.client.get(path) as answer:
            assert answer.status == 404


def test_what_is_left_of_a_good_is_said() -> None:
    sold_out = a_good(2, name="大米", unit="袋", stock=1, limit=None, taken=1)
    round_ = a_round(a_good(), sold_out, state=RoundState.OPEN)
    assert words.left(round_, round_.good(1)) == "还有50瓶"
    assert words.each(round_.good(1)) == "每户最多2瓶"
    assert words.left(round_, round_.good(2)) == "已经换完"
    assert words.each(round_.good(2)) == "每户不限"
