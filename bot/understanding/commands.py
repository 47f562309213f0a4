"""The command words (口令) of each intent, as data, with the place where each one counts."""

from collections.abc import Mapping
from typing import Final

from bot.understanding.command_forms import form_of
from bot.understanding.deferred import deferred
from bot.understanding.reading import Intent

WHOLE: Final[Mapping[Intent, str]] = {
    Intent.BALANCE: (
        "积分 余额 查我家分 我家分 查我的分 我家 我家积分 我的积分 家里积分 积分余额 我家余额 可用积分 查分 查积分 "
        "积分查询 查询积分 我家多少分 我家几分 家里多少分 多少分 几分 有多少积分 "
        "我家多少积分 我有多少分 我有多少积分 我家有多少分 我家有多少积分 我家有几分 "
        "我家现在多少分 我家还有多少分 积分多少 我家积分多少 我的积分多少 我家总分 总分 "
        "我的分 我家的分 我家的积分 我们家积分 我们家多少分 我们家几分 我积分 "
        "查余额 查一下积分 剩余积分 积分剩余 当前积分 现在积分 我家总积分 总积分 我的总分 查分数 我家分数 "
        "我的分数 积分数 阿拉屋里几分 屋里厢几分 伲屋里多少分 我有几分 还有多少分 还有几分 还剩多少分 "
        "还剩几分 积分还有多少 账户积分 查我家积分 查我的积分 我家当前积分 个人积分 家庭积分"
    ),
    Intent.HISTORY: (
        "明细 积分明细 我家明细 我的明细 记录 积分记录 我家记录 我的记录 流水 积分流水 "
        "加分记录 扣分记录 积分历史 历史 账单 我家流水 台账 "
        "查明细 查记录 查流水 加分明细 扣分明细 得分明细 得分记录 我家积分明细 我家加分记录 我的流水 "
        "我的积分明细 我的积分记录 我家积分记录 积分账单 积分来源 积分历史记录 分数明细 收支明细"
    ),
    Intent.RANKING: (
        "排名前十 排名前五 排名前三 前十排名 排名前十名 排名 积分排名 排行 排行榜 积分排行 积分榜 名次 我家排名 我的排名 我家名次 "
        "我家排第几 我家第几 我家第几名 全村排名 村里排名 村排名 我排第几 我们家排名 "
        "查排名 看排名 排名榜单 排名一览 积分排名一览 排行榜单 全村排行 村排行 积分排行榜 积分名次 光荣榜 排名榜 红黑榜 红榜 积分榜单 名次表 "
        "排名表 季度排名 年度排名 本月排名 本季排名 谁家第一"
    ),
    Intent.RULES: (
        "规则说明 细则说明 积分说明 规则介绍 规则 细则 积分规则 积分细则 加分项目 扣分项目 加分项 扣分项 加分标准 积分标准 "
        "评分标准 积分项目 条目 怎么加分 怎么得分 怎么扣分 什么能加分 哪些能加分 加分规则 "
        "扣分规则 积分办法 积分制度 积分细则表 评分规则 评分细则 计分规则 计分标准 积分政策 "
        "积分项 积分条目 加分细则 扣分细则 扣分标准 加分条件 积分规定 兑换规则 申报规则 "
        "怎么得积分 怎么拿分 怎么赚积分 怎么赚分 怎么挣分 怎么积分 如何加分 如何积分 哪些加分 "
        "哪些事能加分 什么事加分 底线约束 底线项 一票否决 积分制规则 查规则 看规则"
    ),
    Intent.HELP: (
        "如何申报积分 怎么申报积分 积分怎么申报 怎么报积分 积分怎么报 帮助 积分帮助 菜单 help 使用说明 指令 命令 使用帮助 功能菜单 主菜单 使用方法 "
        "新手帮助 帮助菜单 积分助手怎么用 小助手怎么用 "
        "指令有哪些 口令有哪些 命令有哪些 功能有哪些 指令大全 口令大全 有哪些指令 有哪些口令 有哪些功能 申报方法 申报流程 申报格式 申报方式"
    ),
    Intent.CLAIM_STATUS: (
        "进度 申报进度 我的申报 审核进度 申报状态 申报查询 申报进度查询 我家申报 进度查询 "
        "我申报的 我的进度 "
        "查进度 查申报 申报结果 审核结果 审核状态 审核情况 申报情况 我的申报进度 我家申报进度 我的审核 "
        "审批进度 申报审核进度 查申报进度 我的申报记录 申报记录 状态查询 查状态"
    ),
    Intent.WITHDRAW_CLAIM: (
        "撤回 撤回申报 撤销申报 取消申报 撤销 撤回上一条 撤回我的申报 撤销我的申报 取消我的申报 撤销上一条 "
        "取消上一条 撤回刚才的 撤回刚才那条 撤回上条 撤掉申报 撤回积分 不报了 撤回刚才的申报"
    ),
    Intent.PENDING_LIST: (
        "待审 待审核 待审的 待审列表 待审清单 待审申报 待办 未审 未审核 有哪些没审 "
        "有哪些待审 有哪些待审核 哪些没审 没审的 待审有哪些 还有哪些没审 还有多少没审 "
        "审核列表 待审名单 待审申报单 待处理申报 待批 待审批 待审项目 审核清单 审核任务 未审批 "
        "待审记录 查待审 看待审 今天待审 待审积分 待审多少 未审清单 未审的 没审核的 申报待审"
    ),
    Intent.PUBLICATION: "公示了吗 公示了没 公示出来了吗 公示出来了没 公示 积分公示 本季公示 季度公示 公示表 公示单 "
    "公示名单 公示栏 公示结果 公示情况 查公示 看公示 公示内容 公示期 积分公示表 公示榜 公示查询 最新公示 "
    "本月公示 本季度公示 公示公告 公示信息 公示时间 公示明细 公示表格",
    Intent.PARTICIPATION: (
        "参与率 覆盖率 参与情况 积分参与率 参加率 参与户数 参与度 全村参与率 村参与率 参与统计 各组参与率 "
        "查参与率 农户参与率 家庭参与率 参与比例 参加情况 参加户数 参与户 积分覆盖率 本月参与率 党员参与率 "
        "未参与户 未参与名单 没参加的户 参与率统计 参与率查询"
    ),
    Intent.REPORT: "月报 季报 报表 积分报表 年报 月度报表 季度报表 导出 导出报表 "
    "周报 季度报 月度报告 年度报表 导出积分 导出表格 导出数据 导出台账 导出明细 积分汇总 "
    "积分统计 统计报表 积分台账 台账导出 导出excel 数据报表 积分表 积分总表 生成报表 "
    "月报表 季报表 年报表 报表导出 导出月报 导出季报 导出全部",
    Intent.REDEEM_LIST: (
        "兑奖清单 兑奖目录 礼品单 礼品表 奖品单 兑换清单 兑换目录 兑换列表 兑换物品 积分超市 礼品清单 能换什么 可以换什么 "
        "有什么可以换 有什么可以换的 换什么 积分能换什么 积分可以换什么 可兑换 兑换什么 "
        "兑换商品 兑换奖品 兑换礼品 兑换品 商品清单 商品目录 商品列表 奖品清单 礼品目录 礼品列表 "
        "兑换单 兑换表 兑换物资 可兑换物品 可兑换商品 积分商城 积分超市清单 "
        "能兑什么 可以兑换什么 兑换内容 积分礼品 兑换有什么 "
        "这次兑换有什么 这次能换什么 本次兑换有什么 这期兑换有什么 "
        "可换物品 可兑换物品一览 兑换物品一览 兑换一览 礼品一览 能兑换什么 积分兑换清单 积分兑换目录 积分换什么 兑换范围"
    ),
    Intent.REDEEM: "兑换 积分兑换 我要兑换 我想兑换 兑换积分",
    Intent.OBJECTION: "异议 我有异议 我要申诉 有异议 提异议 申诉 我对公示有异议 "
    "我要提异议 我要异议 提出异议 异议申请 异议申报 积分异议 公示异议 我不同意公示 "
    "积分申诉",
    Intent.LEAVE: "退出 解绑 取消绑定 解除绑定 注销 注销绑定",
    Intent.WEB: "网页 登录网页 网页登录 打开网页 网页版 网页链接 登录链接",
    Intent.BIND: "绑定 换绑 重新绑定 我要绑定 绑定户 绑定我家 绑定家庭 绑定账号 户主绑定 绑定户主 更换绑定",
}
"""The whole message, polite words aside; words of an intent stand with spaces between."""

ADDRESSED: Final[Mapping[Intent, str]] = {
    Intent.HELP: "操作说明 说明书 怎么使用 如何使用 使用指南 口令 口令表 怎么申报 如何申报 怎么报分 怎么报积分 操作指南 使用教程 教程 怎么用 功能 你会什么 你能做什么 怎么弄 怎么操作 说明 ? 教教我",
    Intent.CONSENT: "同意 好的同意 我同意 同意的 可以同意",
    Intent.DISSENT: "不同意 我不同意 不同意的",
    Intent.ELSEWHERE: "我家不在本村 我家不在村里 我不是本村户 我不是本村人 我不住本村",
    Intent.CANCEL: "算了 取消 不报了 不用了",
    Intent.CLAIM_STATUS: "进展 状态 审了吗 通过了吗 审核了吗 批了吗",
    Intent.BALANCE: "分数 分 我的 几化分 几分了",
    Intent.HISTORY: "历史记录 每一笔 每笔 看每一笔 逐笔 一笔一笔",
    Intent.RANKING: "前十名 前十 前三名 第一名是谁 谁第一",
    Intent.RULES: "项目 项目表 项目清单 有哪些项目 哪些扣分 规章",
    Intent.WITHDRAW_CLAIM: "撤单 撤报",
    Intent.PENDING_LIST: "待处理 未处理 待确认",
    Intent.PARTICIPATION: "活跃率 活跃度",
    Intent.REPORT: "汇总 汇总表 统计表 总表 出报表 上报表 统计 数据统计",
    Intent.REDEEM_LIST: "奖品 礼品 商城 超市 有什么能换 有啥能换 有啥好换 能换啥 有哪些礼品 有什么奖品 换礼品",
    Intent.REDEEM: "换东西 我要换东西",
    Intent.OBJECTION: "申请复核 我要反映 我要投诉 投诉 反映问题 反映情况 我要举报 复核",
}
"""The whole message too, but only where it can be meant for nobody else."""

_LEAD: Final = deferred(
    r"\A(?:(?:小助手|你好|您好|请问|问一下|问下|麻烦|麻烦你|谢谢|请|帮我|帮忙|给我|让我|我想|我要|想|要"
    r"|查一下|查下|查查|查询|查看|看一下|看下|看看|发一下|发下|打开|通报一下|通报|公布一下|查|看)[\s,、:!。]*)+"
)
_TAIL: Final = deferred(
    r"(?:[\s,。!?~、.]|一下|查询|查看|看看|看一下|情况(?<!参与情况)(?<!申报情况)(?<!审核情况)|是|谢谢|多谢|麻烦了|现在|吧|呀|啊|哦|嘛|呢|了|的|哈|啦|再?发(?:给)?我?(?:一[份下遍次张]|看看)|发(?:给)?我|发?一份给我|发[一1]?[份下]?给我|给我(?:看看|看一?下|一份)|来一份)+\Z"
)


_SPAN: Final = deferred(
    r"\A\s*(?:(?:我们?|咱|阿拉|伲)?(?:全村|村里|本村|村)|(?:第?[\d一二三四五六七八九十]{1,3}|各|哪)组(?:各户)?|(?:本|这个?|上个?|当|全)(?:月|季度?|年度?|周|星期)"
    r"|(?:20\d\d年?|今年|去年)?(?:[\d一二三四五六七八九十]{1,2}(?:[-~到至][\d一二三四五六七八九十]{1,2})?月份?|第?[一二三四1-4]季度)|今年|去年|20\d\d年|上半年|下半年|年度|最新|目前|今天|昨天|这?几天)+的?\s*"
    r"|\s*(?:(?:本|这个?|上个?)(?:月|季度?|年)|(?:20\d\d年?)?[\d一二三四五六七八九十]{1,2}(?:[-~到至][\d一二三四五六七八九十]{1,2})?月份?|第?[一二三四1-4]季度|今年|去年|[\d一二三四五六七八九十]{1,3}组)\s*\Z"
)
"""A span or a group beside the command word: 本月排名, 一组排名, 报表 8月."""


def core_of(text: str) -> str:
    """Return the words without polite ones: ``请帮我查一下积分排名，谢谢`` is ``积分排名``."""
    words = _LEAD.sub("", text)
    return _TAIL.sub("", words) if words else text


def whole_command(text: str, *, is_addressed: bool) -> Intent | None:
    """Return the intent of a message that is a command word and nothing else."""
    forms = dict.fromkeys((text, _TAIL.sub("", text), _LEAD.sub("", text), core_of(text)))
    for form in (*forms, *(_SPAN.sub("", form) for form in tuple(forms))):
        words = form.replace(" ", "").lower()
        found = _BY_WORD.get(words) or (_BY_ADDRESSED_WORD.get(words) if is_addressed else None)
        if found:
            return found
    return next((found for words in forms if (found := form_of(words.replace(" ", "")))), None)


_BY_WORD: Final = {word: intent for intent, words in WHOLE.items() for word in words.split()}
_BY_ADDRESSED_WORD: Final = {
    word: intent for intent, words in ADDRESSED.items() for word in words.split()
}
