"""Every refusal in words: which part failed, and the next step."""

from collections.abc import Callable
from typing import Any, Final

from bot.commands import (
    amounts,
    belonging,
    binding,
    changing,
    choosing,
    claim_parts,
    filing,
    finding,
    reviewing,
)
from bot.desks import NumberMissing
from bot.dialogue import ChoiceUnknown
from bot.replies import paper, publicity_refusals, redemption, wording
from bot.replies.binding import ROLES
from bot.replies.people import REFUSALS as OF_PEOPLE
from bot.replies.phrases import BOUNDS, day, joined, signed
from bot.understanding.reading import Intent
from domain import (
    authority,
    claim,
    ledger,
    membership,
    points,
    relay,
    review,
    rulebook,
    scoring,
    sign_off,
    workflow,
)
from domain.evidence import PhotoFault, PhotoRefused
from domain.points import show
from domain.refusal import Refusal

STATES: Final = {
    claim.ClaimState.SUBMITTED: "还在审核",
    claim.ClaimState.HALF_APPROVED: "还在审核",
    claim.ClaimState.APPROVED: "已经通过",
    claim.ClaimState.REJECTED: "已经驳回",
    claim.ClaimState.WITHDRAWN: "已经撤回",
    claim.ClaimState.LAPSED: "已经作废",
}
CONFLICTS: Final = {
    "own": "这是您自己家的,请别的委员审",
    "relative": "这是您亲属家的,请别的委员审",
    "filed": "这条是您报的,请别的委员审",
    "relayed": "这条是您代大家录进来的,请别的委员审",
}
FAULTS: Final = {
    PhotoFault.TOO_LARGE: "照片太大了(最多20兆),请用微信原来的方式重新发一张。",
    PhotoFault.TOO_MANY_PIXELS: "照片尺寸太大了,请重新拍一张普通照片发来。",
    PhotoFault.NOT_A_PHOTO: "这个文件不是照片,请直接拍一张发来。",
    PhotoFault.DAMAGED: "照片坏了打不开,请重新发一张。",
    PhotoFault.GONE: "照片没有收到,请再发一次。",
    PhotoFault.NOT_KEPT: "照片现在存不进去,没有收下。请过几分钟再发一次。",
}
EXAMPLES: Final = {
    Intent.AMEND: "更正 23 昨天",
    Intent.WITHDRAW_CLAIM: "撤回 23",
    Intent.PHOTOS: "看图 23",
}


def _household(parts: str) -> str:
    group, house, head = parts.split("|")
    return f"{group}组{house}号{head}"


def _unclear(r: finding.ItemUnclear) -> str:
    listed = " ".join(f"{i}.{item.short_name}" for i, item in enumerate(r.choices, start=1))
    return f"“{r.words}”是指哪一项?请回数字:{listed}。都不是就回“算了”。"


def _decided(r: claim.ClaimDecided) -> str:
    if r.state is claim.ClaimState.DRAFT:
        return f"#{r.number} 还没报完,等补齐了再审。"
    by = f"({r.by})" if r.by else ""
    return f"#{r.number} {STATES[r.state]}了{by},不能再改。"


def _amount(r: review.AmountMissing) -> str:
    choices = [c.split("|") for c in r.choices]
    if len(choices) == 1:
        return f"#{r.number} 要您定几分({choices[0][0]}到{choices[0][1]}),请回“通过 {r.number} {choices[0][0]}分”。"
    if choices:
        listed = joined([f"{name}{points}分" for name, points in choices])
        return f"#{r.number} 要您定几分({listed}),请回“通过 {r.number} {choices[0][1]}分”。"
    return f"请写明改成几分,比如“调整 {r.number} 2分 数量写错”。"


def _nothing_adjusted(r: review.NothingAdjusted) -> str:
    if r.bound is not None and r.cap is not None:
        cap = f"{BOUNDS[r.bound]}最多{show(abs(r.cap))}分"
        return f"{cap},现在已是{signed(r.points)},不能再加了。"
    return f"现在就是{signed(r.points)},不用改。"


def _beyond(r: review.AmountBeyondRule) -> str:
    head = f"{r.item_name}按细则最多{show(abs(r.most))}分,只能少不能多。"
    if not r.unit:
        return head
    return f"{head}数量写错了就写数量,比如“调整 {r.number} 2{r.unit} 数量写错”。"


def _differ(r: amounts.AmountsDiffer) -> str:
    return (
        f"{r.by}同意的是{show(r.theirs)}分,您说的是{show(r.said)}分,还没有记。"
        f"照{r.by}的就回“通过 {r.number} {show(abs(r.theirs))}分”;"
        f"要改就写上为什么,比如“调整 {r.number} {show(abs(r.said))}分 核对过了”。"
    )


def _quantity(r: scoring.QuantityImpossible) -> str:
    if r.quantity < r.step:
        return f"{r.item_name}最少{r.step.normalize():f}{r.unit}才能算分。"
    if r.quantity > r.most:
        return f"{r.quantity.normalize():f}{r.unit}好像写多了,一次最多{r.most.normalize():f}{r.unit},请再说一遍。"
    return f"{r.item_name}请按{r.step.normalize():f}{r.unit}来报,比如2{r.unit}。"


def _cooldown(r: claim.CooldownRunning) -> str:
    return f"{r.item_name}两次要隔{r.days}天,{day(r.next_on)}起可以再报。"


def _not_bound(r: membership.NotBound) -> str:
    if r.in_room:
        return (
            "您还没有绑定到哪一户。请加我好友,私下发“绑定”加小纸条上的码,码不要发在群里;"
            "没有纸条就在这里说“绑定 3组12号 张三”这样。"
        )
    return "您还没有绑定到哪一户。请发“绑定”加小纸条上的码;没有纸条就发“绑定 3组12号 张三”这样。"


def _not_allowed(r: membership.NotAllowed) -> str:
    if r.needed is membership.Role.COMMITTEE and membership.Role.SUPERVISOR in r.has:
        return "这件事由审核委员来做,监督员只看不审。想看哪一条回“进度 23”,看这个月的回“月审”。"
    if r.needed is membership.Role.COMMITTEE:
        return "这件事要审核委员来做,您不用管。想看自己家的,回“进度”或“我家多少分”。"
    return f"这件事要{ROLES[r.needed]}来做。请找他办;村里还没有的话,请村委会让维护人员发一个码。"


def _adoption(r: rulebook.AdoptionRefused) -> str:
    return {
        "words_missing": "会议名称和公示地点都要写。",
        "numbers_impossible": "人数要写对:到会人数大于0,票数不能是负数。",
        "more_votes_than_people": "赞成和反对的票加起来比到会的人多。",
        "more_women_than_votes": "妇女投票数比总票数多。",
        "no_majority": "赞成票没有超过到会人数的一半,细则不能生效。",
        "published_before_meeting": "公示日期在开会之前,请核对。",
    }[r.reason]


def _ambiguous(refusal: membership.HouseholdAmbiguous) -> str:
    listed = joined([_household(choice) for choice in refusal.choices])
    if len(refusal.choices) == 1:
        return f"“{refusal.text}”是{listed}家吗?请写上组号和门牌,再说一遍。"
    return f"叫“{refusal.text}”的有好几户:{listed}。请写上组号和门牌。"


WORDS: Final[dict[type[Refusal], Callable[[Any], str]]] = {
    workflow.StepRefused: lambda _: "这条已经处理过了,不能再改。",
    membership.NotBound: _not_bound,
    membership.NotAllowed: _not_allowed,
    relay.OwnWordOnly: lambda _: (
        "这件事要本人自己来说,别人不能代。请本人打开网页,用小纸条上的码进去办。"
    ),
    relay.SaidWhen: lambda _: "时间不对:不能比现在晚,也不能是7天以前的。",
    membership.CodeWrong: lambda _: (
        "这个码不对,或者已经用过了。请照着纸条再发一遍,还不行就找村委会换一个。"
    ),
    membership.CodeTriesExceeded: lambda r: (
        f"码错了太多次,请过{r.wait_minutes}分钟再试,或者找村委会。"
    ),
    membership.SlipFull: lambda r: (
        f"这一户已经绑了{r.uses_max}部手机,不能再绑了。要换手机请找村委会。"
    ),
    membership.AlreadyBound: lambda r: f"您已经绑在{r.head}家了,可以直接报积分。",
    membership.HouseholdUnknown: lambda r: (
        f"没有找到“{r.text}”这一户。请写成“3组12号 张三”这样,组号、门牌和户主要对。"
    ),
    membership.HouseholdAmbiguous: _ambiguous,
    claim.ClaimUnknown: lambda r: f"没有找到#{r.number}这条申报,请看看号码。",
    claim.ClaimDecided: _decided,
    claim.ClaimNotYours: lambda r: (
        f"#{r.number}不是您报的,不能改,也不能撤回。"
        if r.may_see
        else f"#{r.number}不是您家的申报,不能看也不能改。"
    ),
    claim.ClaimTooLate: lambda r: (
        f"{day(r.occurred_on)}的事过了{r.deadline_days}天,不能自己报了。有特殊情况请找委员代录。"
    ),
    claim.ActInFuture: lambda r: f"{day(r.occurred_on)}还没到,做好了再来报。",
    claim.YearClosed: lambda r: f"{r.year}年的积分已经结清,不能再报了。",
    claim.CommitteeOnly: lambda r: f"{r.item_name}由委员会来记,不用自己报。",
    claim.CapReached: lambda r: (
        f"{r.item_name}{BOUNDS[r.bound]}最多{show(abs(r.cap))}分,已经满了,不用再报。"
    ),
    claim.CooldownRunning: _cooldown,
    authority.ConflictOfInterest: lambda r: f"{CONFLICTS[r.reason]}。",
    sign_off.SignedAlready: lambda _: "您这一户已经同意过了,还要另一户的委员再回一次。",
    authority.HouseholdUnstated: lambda _: (
        "先请绑定您自己家,审到自己家时好回避:私下对我说“绑定”加您家纸条上的码。"
        "您家不在这个村,就私下对我说“我家不在本村”。"
    ),
    authority.SecondPersonNeeded: lambda _: "要两个不同人家的委员才行,请另一位委员也回一次。",
    points.PointsUnreadable: lambda r: f"“{r.text}”分不对,分数最多写一位小数,比如1.5分。",
    ledger.BalanceTooLow: lambda r: f"只剩{show(r.spendable)}分可用,扣不了这么多。",
    review.AmountMissing: _amount,
    review.AmountNegative: lambda r: (
        f"#{r.number}是加分的事,分数不能是负的,没有改。要改成5分请写“5”;不该得分请驳回。"
    ),
    review.ReasonMissing: lambda r: f"改分要写原因,比如“调整 {r.number} 2分 数量写错”。",
    review.AmountBeyondRule: _beyond,
    review.NothingAdjusted: _nothing_adjusted,
    amounts.AmountsDiffer: _differ,
    review.EvidenceMissing: lambda r: f"照片只有{r.photos_sent}张,要{r.photos_min}张才能通过。",
    rulebook.ItemUnknown: lambda r: f"细则里没有“{r.text}”这一项。回“细则”看有哪些可以报。",
    rulebook.ItemOff: lambda r: f"“{r.item_name}”这一项,村里还没有开。回“细则”看有哪些可以报。",
    rulebook.RulebookMissing: lambda _: "村里还没有表决通过积分细则,现在不能报积分。请问村委会。",
    rulebook.AdoptionRefused: _adoption,
    scoring.QuantityMissing: lambda r: f"{r.item_name}请写明多少{r.unit},比如2{r.unit}。",
    scoring.QuantityImpossible: _quantity,
    scoring.TierMissing: lambda r: f"{r.item_name}请写明哪一级:{joined(list(r.names))}。",
    scoring.ChoiceOutOfRange: lambda r: f"{r.item_name}只能定{show(r.low)}到{show(r.high)}分。",
    PhotoRefused: lambda r: FAULTS[r.fault],
    finding.ItemUnclear: _unclear,
    finding.ItemMissing: lambda _: "请说是报哪一项,比如“申报 垃圾分类”。回“细则”看有哪些。",
    claim_parts.QuantityRough: lambda r: f"{r.item_name}请写个准数,比如2{r.unit}。",
    claim_parts.UnitWrong: lambda r: (
        f"您说的是{r.quantity.normalize():f}{r.said},{r.item_name}按{r.unit}算。是多少{r.unit}?请写上再说一遍。"
    ),
    filing.PrivateItem: lambda r: f"{r.item_name}请私聊我报,不要在群里发,免得大家看到。",
    filing.HouseholdMissing: lambda _: "请写明是哪一户,比如“3组12号 张三”。",
    filing.WrongDesk: lambda r: (
        f"{r.item_name}是扣分项,请用“扣分”。"
        if r.is_deduction
        else f"{r.item_name}是加分项,请用“代录”。"
    ),
    changing.NothingToAmend: lambda r: (
        f"没看出要改什么。请写明,比如“更正 {r.number} 昨天”或“更正 {r.number} 3小时”。"
    ),
    choosing.NothingToDecide: lambda _: "请写上申报的号,比如“通过 23”。回“待审”看有哪些。",
    choosing.NothingWaits: lambda r: (
        f"照您说的没有找到待审的申报。现在共有{r.others}条待审,回“待审”看。"
        if r.others
        else "现在没有待审的申报。"
    ),
    reviewing.NoPhotos: lambda r: f"#{r.number}没有照片。",
    binding.RequestUnknown: lambda r: f"没有第{r.number}号绑定申请,可能已经处理过了。",
    belonging.RoomOnly: lambda _: "请在要绑定的群里发这句话。",
    NumberMissing: lambda r: f"请写上申报的号,比如“{EXAMPLES.get(r.intent, '进度 23')}”。",
    **redemption.REFUSALS,
    ChoiceUnknown: lambda r: f"请回1到{r.most}中的一个数字,不报了就回“算了”。",
    **wording.REFUSALS,
    **publicity_refusals.REFUSALS,
    **OF_PEOPLE,
    **paper.REFUSALS,
}
"""The sentence of every refusal; a test proves that none is left out."""


def refused(refusal: Refusal) -> str:
    """Word a refusal."""
    return WORDS[type(refusal)](refusal)
