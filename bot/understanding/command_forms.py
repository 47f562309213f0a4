"""Command words put together (口令组合): a whole message of these parts and nothing else."""

from collections.abc import Mapping
from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.reading import Intent

_ASK: Final = r"(?:查询|查看|查一?下|查|看一?下|看看|看|发一?下|发)?"
_MINE: Final = r"(?:我们?家?|(?:阿拉|伲)(?:屋里厢?|家里?)?|屋里厢?|家里|本户|俺家?|自家)?的?"
_LIST: Final = r"(?:名单|列表|清单|情况|有哪些|有几条|有多少|多少|几条)?"

FORMS: Final[Mapping[Intent, str]] = {
    Intent.PENDING_LIST: (
        rf"{_ASK}(?:待|未|没|还没)(?:审核?|审批|批|处理|确认)的?(?:申报|积分|记录|项目|事项|单子|条目|申请)?{_LIST}"
        r"|(?:现在|今天|还)*有?(?:几|多少|哪些)(?:条|个|件)?(?:待审|没审|未审|要审|没批)核?的?"
        rf"|(?:申报|积分)(?:待|未)(?:审核?|审批){_LIST}"
    ),
    Intent.RANKING: (
        rf"{_ASK}{_MINE}(?:积分|全村|各户|各组|家庭|农户|村里|村民)*(?:排名|排行榜?|名次|榜单)"
        r"(?:榜|表|情况|查询|名单|结果|怎么样|多少|第几|是多少|几|前(?:[一二三五十百\d]{1,3}|几)(?:名|位|家|户)?)?"
        r"|(?:第?[一二三四1-4]季度|\d{1,2}月份?|本月|这个月|上个?月|今年|去年|年度|季度|全村|村里|积分|[\d一二三四五六七八九十]{1,3}组)+的?积?分?前(?:[一二三五十百\d]{1,3}|几)名?(?:名单)?"
    ),
    Intent.BALANCE: (
        rf"{_ASK}{_MINE}(?:现在|目前|当前|剩余|可用|总|全部|账户)*的?(?:积分|分数|余额|总分)"
        r"(?:余额|情况|查询|总数|数|余额查询)?(?:是|还有|还剩|有|剩|剩余)?(?:多少|几分|多少分|几化|几多|几)?"
    ),
    Intent.PUBLICATION: (
        rf"{_ASK}(?:积分|最新|季度|村务)*公示(?:表|名单|栏|单|结果|情况|内容|时间|期|榜|查询|公告|信息)?"
        r"|(?:本季度?|这个?季度?|上个?季度?|第?[一二三四1-4]季度)?的?(?:积分)?公示(?:栏|榜)?(?:张?贴|挂|发)(?:在|到)?(?:哪里?|啥地方|什么地方)(?:了|的|呀|啊)*"
    ),
    Intent.PARTICIPATION: (
        rf"{_ASK}(?:全村|各组|农户|积分|家庭|党员户?|星级户|村民)*(?:参与率|参加率|覆盖率|活跃率|参与户数|参加户数|参与度|参与比例)"
        rf"(?:多少|统计|查询|情况|是多少)?|{_ASK}(?:全村|各组|农户|积分|党员户?|星级户|村民)+(?:参与|参加)(?:情况|名单|统计)"
    ),
    Intent.REPORT: (
        r"(?:导出|打印|生成|出|下载|做|发)?(?:一[份张])?(?:积分|申报|审核|兑换|全村)*(?:月度?|季度?|年度?|周)?"
        r"(?:报表|月报|季报|年报|统计表|汇总表|积分表|总表|积分台账)(?:导出|下载)?|导出(?:积分|申报|审核|全部|兑换)+(?:数据|表|明细|记录)?"
    ),
    Intent.REDEEM_LIST: (
        rf"{_ASK}(?:积分)?可?(?:兑换|换购)的?(?:清单|目录|列表|物品|商品|礼品|奖品|东西|品种|品|单|表|物资)(?:清单|目录|列表|有哪些|有什么)?"
        rf"|{_ASK}(?:积分)?(?:超市|商城)的?(?:商品|物品|东西|礼品)?的?(?:价目表|价格表|价格|清单|目录|单子)"
    ),
    Intent.HISTORY: (
        rf"{_ASK}{_MINE}(?:积分|加分|扣分|得分|加减分|变动|历史|收支|的)*(?:明细|流水|积分记录|加分记录|扣分记录|得分记录|账单)(?:查询|表|清单)?"
    ),
    Intent.RULES: (
        rf"{_ASK}(?:积分|加分|扣分|评分|计分|村里|兑换|申报|加减分)+的?(?:规则|细则|标准|办法|项目|条目|政策|制度|条件|要求)"
        r"(?:表|清单|说明|是什么|有哪些|查询|大全)?"
    ),
    Intent.CLAIM_STATUS: (
        rf"{_ASK}{_MINE}(?:申报|审核|审批)的?(?:进度|状态|结果|情况|进展)(?:查询|如何|怎么样)?"
    ),
    Intent.WITHDRAW_CLAIM: (
        r"(?:撤回|撤销)(?:我的|刚才的|刚刚的|上一条|上一个|最近的|这条|那条|刚才那条)?的?(?:申报|一条)?|(?:取消|作废)(?:我的|刚才的|上一条|上一个)的?(?:申报)?"
    ),
    Intent.HELP: (
        r"(?:积分|小助手|助手|使用|操作|申报|兑换|绑定)+的?(?:帮助|说明|指南|教程|方法|流程|步骤|格式|功能|指令|口令)(?:书|介绍|大全|列表)?"
    ),
}
"""Patterns of a whole message without its spaces; nothing else may stand beside."""

_COMPILED: Final = tuple((intent, deferred(form)) for intent, form in FORMS.items())
_LONGEST: Final = 18
_MARK: Final = deferred(
    "价目|价格|超市|商城|前|审|批|处理|确认|排|名次|榜|积分|分数|余额|总分|公示|参与|参加|覆盖|活跃|报表|月报|季报|年报|统计|汇总|总表|导出|兑换|换购"
    "|明细|流水|记录|账单|分|申报|撤|取消|作废|帮助|说明|使用|操作|助手|绑定"
)


def form_of(words: str) -> Intent | None:
    """Return the intent of a message that is put together of command words; None if it is not."""
    if len(words) > _LONGEST or not _MARK.search(words):
        return None
    return next((intent for intent, form in _COMPILED if form.fullmatch(words)), None)
