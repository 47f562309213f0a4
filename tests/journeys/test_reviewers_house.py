"""Who reviews (审核的人): their own house is known, or said to be elsewhere."""

from datetime import timedelta

import pytest

from domain.code import digest
from storage.doors import Invitation
from tests.cast import SECRET
from tests.fakes import MORNING
from tests.journeys.stage import Stage

FIRST, SECOND = "CMTTE00001", "CMTTE00002"


@pytest.fixture
def invited(stage: Stage) -> Stage:
    """The stage with two codes for the committee."""
    with stage.open_books() as books:
        for code in (FIRST, SECOND):
            until = MORNING + timedelta(days=7)
            invitation = Invitation(1, digest(SECRET, code), "role", "committee", until, None)
            books.codes.invite(invitation, at=MORNING)
    return stage


def test_two_codes_without_a_house_decide_nothing(invited: Stage) -> None:
    invited.play(
        """
        张三: 申报 办养犬登记
          → 张三: …
        张三: [照片 a]
          → 张三: 收到,张三家 #1 …+20分…
        一号机: 绑定 CMTTE-00001
          → 一号机: 好了,您现在是幸福村的审核委员。…您自己家也请绑定一下(绑定加您家纸条上的码),绑好才能审,审到自己家时好回避。您家不在这个村,就回“我家不在本村”。…
        二号机: 绑定 CMTTE-00002
          → 二号机: 好了,您现在是幸福村的审核委员。…
        一号机: 通过 1
          → 一号机: 先请绑定您自己家,…
        二号机: 驳回 1 看不清
          → 二号机: 先请绑定您自己家,…
        一号机: 待审
          → 一号机: 待审1条:…
        """
    )


def test_who_lives_elsewhere_says_so_once_before_all(invited: Stage) -> None:
    invited.play(
        """
        张三: 申报 开会
          → 张三: 收到,张三家 #1 …
        王阿婆: 我家不在本村
          → 王阿婆: 这件事要审核委员来做,…
        李会计: 我家不在本村
          → 李会计: 您已经绑在李国平家了,…
        一号机: 绑定 CMTTE-00001
          → 一号机: …
        一号机: 我家不在本村
          → 一号机: 记下了:您家不在本村,也告诉其他委员了。有亲属在村里,请说“亲属 3组12号”这样登记。
          ⇒ @委员群: 委员一号机说自己家不在本村。要是不对,请告诉村委会。
        一号机: 我家不在本村
          → 一号机: 记下了:…
        一号机: 通过 1
          → 一号机: #1 张三家 参加议事会、户代表会、村民会议 已通过 +5分。
          ⇒ 张三: …
        """
    )


def test_nothing_that_takes_two_is_agreed_to_without_a_house(invited: Stage) -> None:
    invited.play(
        """
        一号机: 绑定 CMTTE-00001
          → 一号机: …
        一号机: 审定 8月
          → 一号机: 先请绑定您自己家,…
        一号机: 发布公示
          → 一号机: 先请绑定您自己家,…
        一号机: 迁出 3组12号 搬到镇上
          → 一号机: 先请绑定您自己家,…
        张三: 异议 1 少算了
          → 张三: …
        李会计: 审定 8月
          → 李会计: 8月您已同意,…
        """
    )
