"""Codes and rooms: slips, roles, room codes, rebinding; and what no rulebook means."""

from datetime import timedelta

import pytest

from bot.commands.phones import SLIP_USES_MAX
from domain.code import digest
from domain.membership import HouseholdId
from storage.doors import Invitation
from storage.unit_of_work import OpenBooks
from tests.cast import SECRET, WANG, ZHANG, adopt_draft, memory_books, settle_in
from tests.fakes import MORNING
from tests.journeys.stage import Stage

ZHANGS_SLIP, WANGS_SLIP = "ZZZZZ00001", "WWWWW00001"
CHAIR, ROOM_CODE = "CHAAR00001", "RMMMM00001"


@pytest.fixture
def coded(stage: Stage) -> Stage:
    """The stage with a slip for 张家 and 王家, a role code and a room code of a week."""
    with stage.open_books() as books:
        for household, code in ((ZHANG, ZHANGS_SLIP), (WANG, WANGS_SLIP)):
            books.codes.set_slip(1, household, digest=digest(SECRET, code), generation=1)
        for code, kind, grants in ((CHAIR, "role", "supervisor"), (ROOM_CODE, "room", "villagers")):
            expires = MORNING + timedelta(days=7)
            invitation = Invitation(1, digest(SECRET, code), kind, grants, expires, None)
            books.codes.invite(invitation, at=MORNING)
    return stage


def test_a_slip_binds_a_phone_and_asks_consent(coded: Stage) -> None:
    coded.play(
        """
        小张: 绑定 zzzzz-oooo1
          → 小张: 绑好了:幸福村 3组12号张三家。
          | 我会保存:您的昵称、您报的事和照片,只用来算积分,只有您家和审核的人看得到。
          | 同意请回“同意”,不同意回“退出”,随时可以退出。
        小张: 申报 开会
          → 小张: 收到,张三家 #1 参加议事会、户代表会、村民会议,…
          ⇒ 小张: 积分照常报,不耽误。还有件事没听到您说,再问一声:…同意请回“同意”,…
        张三: 进度
          → 张三: #1 参加议事会、户代表会、村民会议 9月16日:等待审核
        小张: 绑定 ZZZZZ-00001
          → 小张: 您已经绑在张三家了,可以直接报积分。
        """
    )


def test_one_phone_belongs_to_one_household_and_moves_with_a_new_slip(coded: Stage) -> None:
    coded.play(
        """
        张三: 绑定 WWWWW-00001
          → 张三: 绑好了:幸福村 3组15号王桂英家(原来是张三家)。现在可以报积分了。
        张三: 申报 开会
          → 张三: 收到,王桂英家 #1 …
        """
    )


def test_a_slip_serves_so_many_phones(coded: Stage) -> None:
    for number in range(1, SLIP_USES_MAX):  # one phone is bound already
        [reply] = coded.act(f"手机{number}: 绑定 ZZZZZ-00001")
        assert reply.text.startswith("绑好了")
    coded.play(
        f"""
        手机七: 绑定 ZZZZZ-00001
          → 手机七: 这一户已经绑了{SLIP_USES_MAX}部手机,不能再绑了。要换手机请找村委会。
        手机1: 同意
          → 手机1: 好的,已记下您同意。…
        手机1: 退出
          → 手机1: 真的要退出吗?…退出请回“1”;退出,而且公示里也不写您家的名字,请回“2”;不退回“算了”。
        手机1: 1
          → 手机1: 已退出,…想用时再绑定。
        手机七: 绑定 ZZZZZ-00001
          → 手机七: 绑好了:…
        """
    )


def test_a_thousand_guesses_from_many_phones_bind_nobody(coded: Stage) -> None:
    wrong = limited = 0
    for number in range(1_000):
        [reply] = coded.act(f"手机{number // 10}: 绑定 ZZZZZ-1{number:04}")
        wrong += reply.text.startswith("这个码不对")
        limited += reply.text.startswith("码错了太多次")
    assert (wrong, limited) == (500, 500)
    coded.play("小张: 绑定 ZZZZZ-00001\n  → 小张: 绑好了:幸福村 3组12号张三家。…")


def test_a_role_code_is_used_once(coded: Stage) -> None:
    coded.play(
        """
        监督: 绑定 CHAAR-00001
          → 监督: 好了,您现在是幸福村的村务监督员。回“帮助”看能做什么。您自己家要报积分,再用您家纸条上的码绑定一下。
          | 我会保存:…
        别人: 绑定 CHAAR-00001
          → 别人: 这个码不对,或者已经用过了。请照着纸条再发一遍,还不行就找村委会换一个。
        监督: 同意
          → 监督: 好的,已记下您同意。回“帮助”看能做什么。
        监督: 帮助
          → 监督: 您可以这样说:
          | 绑定 加您家小纸条上的码(自己家要报积分,先绑定)
          | 网页(打开网页版)
          | 监督员可以说:进度 23、月审、报表
        张三: 申报 开会
          → 张三: …
        监督: 进度 1
          → 监督: #1 参加议事会、户代表会、村民会议 9月16日:等待审核
        监督: 通过 1
          → 监督: 这件事由审核委员来做,监督员只看不审。想看哪一条回“进度 23”,看这个月的回“月审”。
        监督: 待审
          → 监督: 这件事由审核委员来做,…
        """
    )


def test_a_role_code_out_of_date_opens_nothing(coded: Stage) -> None:
    coded.play(
        """
        -- 7天
        监督: 绑定 CHAAR-00001
          → 监督: 这个码不对,或者已经用过了。…
        """
    )


def test_a_role_keeps_the_household_it_comes_to(coded: Stage) -> None:
    coded.play(
        """
        张三: 绑定 CHAAR-00001
          → 张三: 好了,您现在是幸福村的村务监督员。回“帮助”看能做什么。
        张三: 我家多少分
          → 张三: 张三家2026年共0分。…
        """
    )


def test_a_room_is_bound_from_inside_by_its_code(coded: Stage) -> None:
    coded.play(
        """
        李会计: 绑定本群 RMMMM-00001
          → 李会计: 请在要绑定的群里发这句话。
        李会计@别的群: 绑定本群 RMMMM-00001
          → 李会计@别的群: 本群已绑定幸福村。说“申报 垃圾分类”再发照片就能报积分,说“帮助”看怎么用。
        张三@别的群: 我家多少分
          → 张三@别的群: 张三家2026年共0分。…
        李会计@村群: 绑定本群 RMMMM-00001
          → 李会计@村群: 这个码不对,或者已经用过了。…
        """
    )


def test_a_code_for_a_room_gives_no_role_and_the_other_way_round(coded: Stage) -> None:
    coded.play(
        """
        李会计@别的群: 绑定本群 CHAAR-00001
          → 李会计@别的群: 这个码不对,…
        小张: 绑定 RMMMM-00001
          → 小张: 这个码不对,…
        """
    )


def test_a_request_by_name_is_settled_even_when_a_slip_was_faster(coded: Stage) -> None:
    coded.play(
        """
        小张: 绑定 3组12号 张三
          → 小张: 已请委员核对您是不是3组12号张三家的,…
          ⇒ @委员群: 绑定申请1:…
        小张: 绑定 ZZZZZ-00001
          → 小张: 绑好了:…
        李会计: 确认绑定 1
          → 李会计: 已把小张绑到3组12号张三家。
          ⇒ 小张: 已把小张绑到3组12号张三家。
        李会计: 待审
          → 李会计: 现在没有待审的申报。
        """
    )


def test_without_a_rulebook_in_force_nothing_is_claimed_and_the_reply_says_why(
    has_no_rulebook: OpenBooks,
) -> None:
    stage = Stage(has_no_rulebook)
    why = "村里还没有表决通过积分细则,现在不能报积分。请问村委会。"
    stage.play(
        f"""
        张三: 申报 垃圾分类
          → 张三: {why}
        张三: 细则
          → 张三: {why}
        李会计: 代录 3组12号 开会
          → 李会计: {why}
        张三: 我家多少分
          → 张三: 张三家2026年共0分。本季度0分,可兑换0分。
        张三: [照片 a]
          → 张三: 照片收到。请说是报什么,比如“申报 垃圾分类”。
        """
    )
    with has_no_rulebook() as books:
        assert books.claims.all(1, limit=5) == ()
        adopt_draft(books, 1)
    stage.play(
        """
        张三: 申报 垃圾分类
          → 张三: 收到,张三家 #1 生活垃圾分类投放,…
        """
    )


@pytest.fixture
def has_no_rulebook() -> "OpenBooks":
    with memory_books(has_cast=False) as open_books:
        with open_books() as books:
            settle_in(books, has_rulebook=False)
        yield open_books


def test_an_act_before_the_rulebook_was_in_force_is_not_claimed(stage: Stage) -> None:
    with stage.open_books() as books:
        found = books.rulebooks.in_force(1, MORNING.date().replace(year=2024))
        assert found is None
    stage.play(
        """
        李会计: 代录 3组12号 开会 2024年12月30日
          → 李会计: 村里还没有表决通过积分细则,…
        """
    )


def test_a_slip_of_a_household_is_not_known_by_its_number(coded: Stage) -> None:
    with coded.open_books() as books:
        assert books.codes.slip(ZHANGS_SLIP) is None
        assert books.codes.slip(digest(b"another secret", ZHANGS_SLIP)) is None
        assert books.codes.slip(digest(SECRET, ZHANGS_SLIP)) == (1, HouseholdId(1))


def test_a_slip_said_before_the_room_is_good_for_nobody_after(coded: Stage) -> None:
    coded.play(
        """
        小张@村群: 我家多少分
          → 小张@村群: 您还没有绑定到哪一户。请加我好友,私下发“绑定”加小纸条上的码,码不要发在群里;没有纸条就在这里说“绑定 3组12号 张三”这样。
        小张@村群: 绑定 ZZZZZ-00001
          → 小张@村群: 绑好了:幸福村 3组12号张三家。
          | 我会保存:…
          | 码发在群里,大家都看到了。怕别人拿去用,这个码作废了。家里别人还要绑,请找村委会要张新纸条,私下发给我(加我好友)。
        别人: 绑定 ZZZZZ-00001
          → 别人: 这个码不对,或者已经用过了。…
        王阿婆@村群: 绑定 WWWWW-00001
          → 王阿婆@村群: 码发在群里,大家都看到了。…
        别人: 绑定 WWWWW-00001
          → 别人: 这个码不对,或者已经用过了。…
        """
    )


def test_a_role_code_said_before_the_room_is_used_up(coded: Stage) -> None:
    coded.play(
        """
        李会计@委员群: 绑定 CHAAR-00001
          → 李会计@委员群: 好了,您现在是幸福村的村务监督员。回“帮助”看能做什么。
          | 码只能用一次,已经用掉了。以后有码请私下发给我(加我好友),不要发在群里。
        """
    )
