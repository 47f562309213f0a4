"""What stands around an order and makes it none: whatever the order is, nothing is done by it."""

import pytest

from bot.understanding.certainty import CHANGING
from bot.understanding.frames import is_framed, is_quoted
from bot.understanding.reading import Intent, Reading
from tests.bot.understanding.village import say, tell

REVIEWS = ("通过23", "23通过", "驳回14", "14不行", "把23改成3分", "给3组8号扣2分", "全部通过")
VILLAGE = ("申报垃圾分类", "申报志愿服务2小时", "撤回15", "兑换大米1袋", "绑定3组12号")
FRAMES = """
听说{}了|如果{}会怎么样|{}是什么意思|昨天已经{}了|上次{}是李会计弄的|上次{}的是谁|上次{}搞错了|要不要{}|{}吗|他说{}|王主任让我{}
老张叫我{}|转发：{}|[聊天记录]张三：{}|张三：{}|打“{}”就可以了|以前都是{}的|要是{}就好了|差点{}|谁{}的|为什么{}|{}的话要几天|教你们{}
假设{}|人家{}了|该不该{}|等照片来了再{}|除非{}|凭什么{}|谁让你{}|我早就{}了|我以为{}了|好像{}了|早知道{}|后悔{}|本来想{}|打算{}|考虑{}
我看到群里写着{}|系统提示{}|会议上{}|下个月再{}|{}成功了|{}没有用|去年{}了
「顾阿姨：{}」\\n- - - - - -\\n知道了
"""
PLAIN = (
    ("committee", "23可以了"),
    ("committee", "昨天报的23通过"),
    ("committee", "王阿婆家的23可以，通过"),
    ("committee", "驳回14，上次的照片又拿来用"),
    ("villager", "上次献血的，报一下"),
    ("villager", "今朝垃圾分好了，申报垃圾分类"),
    ("villager", "隔壁陈阿婆不识字，替她报垃圾分类"),
    ("villager", "“申报 垃圾分类”"),
)


def framed() -> list[tuple[str, str]]:
    frames = [f.replace("\\n", "\n") for f in FRAMES.replace("\n", "|").split("|") if f]
    orders = [("committee", order) for order in REVIEWS] + [("villager", o) for o in VILLAGE]
    return [(role, frame.format(order)) for frame in frames for role, order in orders]


def is_outright(reading: Reading) -> bool:
    return reading.intent in CHANGING and not reading.asks


@pytest.mark.parametrize("role", ["committee", "villager"])
def test_an_order_in_a_frame_is_never_carried_out(role: str) -> None:
    texts = [text for one, text in framed() if one == role]
    done = [text for text in texts for hear in (tell, say) if is_outright(hear(text, role=role))]
    assert done == []


@pytest.mark.parametrize(("role", "text"), PLAIN)
def test_an_order_with_other_words_around_it_stays_one(role: str, text: str) -> None:
    assert is_outright(tell(text, role=role))


def test_a_message_in_quotation_marks_alone_was_copied_and_is_meant() -> None:
    assert not is_quoted("“申报 垃圾分类”")
    assert is_quoted("打“申报 垃圾分类”就行")
    assert is_framed(Intent.REJECT, "听说14不行")
    assert not is_framed(Intent.REJECT, "14不行")


def test_the_reason_of_an_objection_makes_it_no_tale() -> None:
    assert not is_framed(Intent.OBJECTION, "异议 1 还是不对")
    assert is_framed(Intent.OBJECTION, "提异议没用的")
