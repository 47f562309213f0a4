"""Words that look like an order and are none: whatever is read of them waits for a yes."""

import pytest

from bot.understanding.certainty import CHANGING
from bot.understanding.reading import Reading
from tests.bot.understanding.village import say, tell

VILLAGERS = """
垃圾分类申报了吗|我没说要申报|巡逻是不是报过了|申报垃圾分类的人多吗|要是明天不下雨我去扫地，能报吗|听说献血不加分了|我还没申报呢|别给我报了
不要再报垃圾分类了|先别申报，我问问我老公|明天去献血，到时候报|我准备报名志愿者|隔壁申报了见义勇为是真的吗|我申报了两次献血怎么只有一次
不换了|先不换大米了|换大米要排队吗|上次换的米有虫|兑换过期了吗|要是换不到油就算了|不用绑定了|绑定3组8号的是谁|我撤回了吗|不要撤回12号
没有异议|异议处理完了吗|我不是要异议，就是问问
"""
REVIEWERS = """
12通过了吗|12号谁通过的|12先不要通过|12要不要通过|昨天通过的12条是哪些|如果照片补了12就通过|12等补了照片再通过|听说12被驳回了|别驳回12
12要改几分|12别改成3分|谁把12改成3分的|3组5号扣了几分|3组5号不要扣分|3组5号如果再乱停车就扣2分|下次再看到3组5号乱停车扣2分|别录3组5号
12号开会大家都同意|6号7号都行|15号之前通过|全部通过了吗|等我看完再全部通过|不能全部通过|15号过节|20号过来开会|22号行不行|66号公路不行
不是通过12就好了|通过12345热线|会议改成15号|12可以，13不行|12不能不通过|我没说12不通过|12号通过验收
「积分小助手：#12 巡逻」\\n---\\n可以吗|「积分小助手：#12 巡逻」\\n---\\n不行吧？|「积分小助手：#12 巡逻」\\n---\\n过两天再说
"""


def sentences(words: str) -> list[str]:
    return [
        text.replace("\\n", "\n") for line in words.split("\n") for text in line.split("|") if text
    ]


def is_outright(reading: Reading) -> bool:
    return reading.intent in CHANGING and not reading.asks


@pytest.mark.parametrize("text", sentences(VILLAGERS))
def test_a_villager_changes_nothing_by_it(text: str) -> None:
    assert not is_outright(tell(text))
    assert not is_outright(say(text))


@pytest.mark.parametrize("text", sentences(REVIEWERS))
def test_a_reviewer_changes_nothing_by_it(text: str) -> None:
    assert not is_outright(tell(text, role="committee"))
    assert not is_outright(say(text, role="committee"))
