"""Questions, bindings, short answers, and when there is silence."""

from decimal import Decimal
from typing import Any

import pytest

from bot.understanding.reading import SILENCE, Intent
from tests.bot.understanding.village import say, tell

IN_THE_ROOM: dict[Intent, list[str]] = {
    Intent.BALANCE: [
        "积分",
        "我家多少分",
        "查积分",
        "查分",
        "余额",
        "我的积分",
        "多少分了",
        "我家积分",
        "积分?",
    ],
    Intent.HISTORY: ["明细", "记录", "流水", "积分记录"],
    Intent.RANKING: ["排名", "积分排名", "積分排名", "paiming"],
    Intent.RULES: [
        "规则",
        "细则",
        "积分规则",
        "积分规责",
        "献血几分",
        "献血加几分？",
        "垃圾分类怎么申报？",
    ],
    Intent.HELP: ["帮助", "菜单", "help"],
    Intent.CLAIM_STATUS: ["进度 23", "状态 23", "#23 状态", "我的申报", "进度"],
    Intent.WITHDRAW_CLAIM: ["撤回 23", "撤销23", "取消 23", "取消申报 18", "撤回申报"],
    Intent.LEAVE: ["退出", "解绑", "取消绑定"],
    Intent.WEB: ["网页", "登录网页", "网页登录", "打开网页"],
    Intent.OBJECTION: ["异议 我家献血没算", "我有异议"],
    Intent.REDEEM: ["兑换 洗衣液", "积分兑换 垃圾袋🛍️"],
    Intent.REDEEM_LIST: ["兑换清单", "对换清单"],
    Intent.PUBLICATION: ["公示"],
    Intent.PARTICIPATION: ["参与率"],
    Intent.REPORT: ["月报", "报表"],
}


@pytest.mark.parametrize(
    ("intent", "text"), [(intent, text) for intent, texts in IN_THE_ROOM.items() for text in texts]
)
def test_a_command_word_alone_is_read_in_a_room(intent: Intent, text: str) -> None:
    assert say(text).intent is intent
    assert tell(text).intent is intent


BINDINGS: list[tuple[str, Intent, dict[str, Any]]] = [
    ("绑定 ABCDE-FGH23", Intent.BIND, {"code": "ABCDEFGH23"}),
    ("绑定：ａｂｃｄｅ－ｆｇｈ２３", Intent.BIND, {"code": "ABCDEFGH23"}),
    ("绑定abcde fgh23", Intent.BIND, {"code": "ABCDEFGH23"}),
    ("绑定 3组12号 张三", Intent.BIND, {"household": "3组12号", "person": "张三", "code": None}),
    ("绑定3组12号张三", Intent.BIND, {"household": "3组12号", "person": "张三"}),
    ("绑定 三组十二号 户主：徐 慧", Intent.BIND, {"household": "3组12号", "person": "徐慧"}),
    ("绑定 3组12-1号 欧阳建国", Intent.BIND, {"household": "3组12-1号", "person": "欧阳建国"}),
    ("绑定 3队 12 号", Intent.BIND, {"household": "3组12号", "person": None}),
    ("绑定本群 ABCDE-FGH23", Intent.BIND_ROOM, {"code": "ABCDEFGH23"}),
]


@pytest.mark.parametrize(("text", "intent", "wanted"), BINDINGS)
def test_a_binding_is_read(text: str, intent: Intent, wanted: dict[str, Any]) -> None:
    reading = tell(text)
    assert reading.intent is intent
    assert {name: getattr(reading.slots, name) for name in wanted} == wanted


def test_half_a_code_is_asked_about() -> None:
    assert tell("绑定 ABC123").asks


ANSWERS: list[tuple[str, str, Intent, dict[str, Any]]] = [
    ("choice", "1", Intent.CHOICE, {"choice": 1}),
    ("choice", "第二个", Intent.CHOICE, {"choice": 2}),
    ("choice", "选3", Intent.CHOICE, {"choice": 3}),
    ("intent", "1", Intent.CHOICE, {"choice": 1}),
    ("intent", "第二个", Intent.CHOICE, {"choice": 2}),
    ("intent", "是", Intent.CHOICE, {"choice": 1}),
    ("intent", "对的", Intent.CHOICE, {"choice": 1}),
    ("intent", "不是", Intent.CANCEL, {}),
    ("intent", "都不是", Intent.CANCEL, {}),
    ("intent", "我家多少分", Intent.BALANCE, {}),
    ("item", "献血", Intent.CHOICE, {"item": "B305"}),
    ("quantity", "2小时", Intent.CLAIM, {"quantity": Decimal(2), "item": None}),
    ("quantity", "两个半", Intent.CLAIM, {"quantity": Decimal("2.5")}),
    ("quantity", "3", Intent.CLAIM, {"quantity": Decimal(3)}),
    ("tier", "五星", Intent.CLAIM, {"tier": "五星"}),
    ("household", "3组12号 张三", Intent.CLAIM, {"household": "3组12号", "person": "张三"}),
    ("consent", "好的同意", Intent.CONSENT, {}),
    ("consent", "不同意", Intent.DISSENT, {}),
    ("photo", "算了", Intent.CANCEL, {}),
    ("quantity", "取消", Intent.CANCEL, {}),
    ("quantity", "我家多少分", Intent.BALANCE, {}),
]


@pytest.mark.parametrize(("dialogue", "text", "intent", "wanted"), ANSWERS)
def test_a_short_answer_belongs_to_the_open_question(
    dialogue: str, text: str, intent: Intent, wanted: dict[str, Any]
) -> None:
    reading = say(text, dialogue=dialogue)
    assert reading.intent is intent
    assert {name: getattr(reading.slots, name) for name in wanted} == wanted


@pytest.mark.parametrize(
    "text", ["1", "2小时", "同意", "不同意", "算了", "取消", "好的", "五星", "?"]
)
def test_short_words_mean_nothing_in_a_room_without_a_question(text: str) -> None:
    assert say(text) == SILENCE


def test_consent_is_given_in_words() -> None:
    assert say("同意", dialogue="consent").asks is False
    assert say("好的", dialogue="consent").asks is True


def test_what_is_not_understood_is_said_so_only_to_whom_spoke_to_it() -> None:
    assert say("今天天气真好") == SILENCE
    assert (tell("今天天气真好").intent, tell("今天天气真好").asks) == (Intent.HELP, True)
    assert say("@积分小助手 今天天气真好", mention=True).asks


TALK = """
积分换的洗衣液蛮好用的
积分太少了
排名出来了
规则就是规则
规则 是人定的
记录一下今天的温度
余额不足了
公示栏在哪里
公示期过了
通过了
通过3号门进来
通过 3次检测
同意1楼装扶手
不同意3楼的意见
驳回他的请求
撤回也看见了
取消15号的会
取消 15号的聚餐
调整到下午3点
调整 2号线运行时间
调整 3 5分钟
申报的人多吗
申报专利了
申报高新企业
申报医保 15号截止
打卡上班
报分了,我儿子580分
扣分了,闯红灯扣6分
扣6分罚200
兑换券要过期了
绑定医保卡
退出群聊了
照片 3张发你了
看图 我孙子
更正一下,是3点开会
全部通过了考试
都通过了吗
15号来拿快递
3组12号有人吗
12号调整为休息
志愿服务2小时
垃圾分类
替3组王阿婆报名体检
帮我登记一下快递
小助手真聪明
12 13 15
15改成16号
开会几点
巡逻几分到
退回 3 件
批12张
我申报了垃圾分类
大家记得申报垃圾分类
大家好,申报垃圾分类请拍照片
10同意 2反对
申报垃圾分类的人来领袋子
申报垃圾分类要拍照
15加1分钟
帮我报一下名
今天打卡第30天
""".strip().splitlines()


@pytest.mark.parametrize("text", TALK)
def test_running_talk_in_a_room_is_silence(text: str) -> None:
    assert say(text) == SILENCE
