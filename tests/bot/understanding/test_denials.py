"""Questions, denials, suppositions, reports and forwards never change a record outright."""

import pytest

from bot.understanding.certainty import CHANGING
from bot.understanding.reading import Intent, Scene
from tests.bot.understanding.village import say

SENTENCES = """
他问我“申报垃圾分类”怎么写
昨天群里有人说全部通过
转发：通过 12 13
转发:申报 垃圾分类
我没说通过12
12先别通过
12不要通过
12要不要通过?
不要驳回12
别驳回12，照片我看到了
别扣3组5号的分
3组5号的分不要扣
不兑换大米了
不换大米了
我不想申报垃圾分类了
垃圾分类先不报
如果12没问题就通过
通过12了吗
12能通过吗
12可以通过吗
听说12通过了
撤回12了吗
不要撤回12
15号不撤回了
我不绑定 3组12号
没有异议
我没意见
15不用改成3分
15要改成3分吗
15为什么改成3分
3组12号代录了没有
代录3组12号了吗
王主任说申报垃圾分类可以加分
王主任让我申报垃圾分类
她昨天申报了志愿服务两小时
他家申报垃圾分类了
垃圾分类不用申报
申报垃圾分类要几步
申报垃圾分类被驳回了
昨天的巡逻申报通过了
申报志愿服务的时候要写时间
12、13是谁通过的
谁驳回了12
12什么时候通过的
全部通过了没有
是不是全部通过
全部不通过
不是全部通过
别全部通过
扣分扣了3组5号几分
3组5号扣了2分对吗
3组5号为什么扣2分
要不要扣3组5号2分
万一3组5号再烧垃圾就扣5分
假如我申报献血能加几分
要是申报献血没照片呢
我绑定了吗
怎么绑定3组12号
绑定3组12号要什么
兑换大米要多少分
兑换大米了没有
大米换好了
上次兑换的大米发霉了
帮我看看12通过没
12通过了，谢谢
已经通过12了
12是我通过的
通过率多少
我家没有献血
昨天没去巡逻
昨天没巡逻，别给我记
献血不要给我报
不要给我家记垃圾分类
代录错了
代录的3组12号那条错了
3组12号的献血还没代录
""".strip().splitlines()


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize("role", ["villager", "committee"])
@pytest.mark.parametrize("scene", list(Scene))
def test_what_takes_an_act_back_is_not_acted_on(text: str, role: str, scene: Scene) -> None:
    reading = say(text, role=role, scene=scene)
    assert reading.intent not in CHANGING or reading.asks


@pytest.mark.parametrize(
    "text",
    [
        "她昨天申报了志愿服务两小时",
        "王主任让我申报垃圾分类",
        "不要给我家记垃圾分类",
        "转发:申报 垃圾分类",
    ],
)
def test_a_room_is_not_even_asked(text: str) -> None:
    assert say(text).intent is None


def test_one_message_denies_one_claim_and_approves_another() -> None:
    reading = say("12不通过13通过", role="committee")
    assert [(act.intent, act.slots.claim_ids) for act in reading.acts] == [
        (Intent.REJECT, (12,)),
        (Intent.APPROVE, (13,)),
    ]
