"""The words villages use in a rulebook (细则用词): headings, kinds, who files, publicity."""

from enum import StrEnum
from typing import Final, TypeVar

from domain.rulebook import Filer, Kind, Publicity

_E = TypeVar("_E", bound=StrEnum)

KIND_WORDS: Final = {
    Kind.FIXED: "固定分",
    Kind.UNIT: "按次或数量",
    Kind.RANGE: "区间",
    Kind.TIER: "等级",
    Kind.STEP: "逐次",
    Kind.HOUR: "按小时",
}
FILER_WORDS: Final = {
    Filer.VILLAGER: "自报",
    Filer.COMMITTEE: "委员会",
    Filer.BOTH: "自报或委员会",
}
PUBLICITY_WORDS: Final = {
    Publicity.TOTALS: "总分",
    Publicity.COUNTS: "不公示到户",
    Publicity.TOTALS_ONLY: "只计总分",
    Publicity.NEVER: "永不公示",
    Publicity.CONSENT: "本人同意后公示",
    Publicity.HONOUR: "荣誉可公示",
    Publicity.STARS: "星级可公示",
    Publicity.OPEN: "可公示",
    Publicity.NO_MINORS: "不公示未成年人",
}
FIELD_WORDS: Final = {
    "code": "编号",
    "name": "名称",
    "aliases": "别名",
    "is_on": "启用",
    "filer": "谁来报",
    "kind": "计分方式",
    "points": "分值",
    "unit": "单位",
    "unit_size": "每几单位",
    "counts_quantity": "按数量相乘",
    "low": "最低分",
    "high": "最高分",
    "tiers": "等级",
    "steps": "逐次",
    "bands": "按小时",
    "caps.month": "每月上限",
    "caps.quarter": "每季上限",
    "caps.year": "每年上限",
    "cooldown_days": "间隔天数",
    "photos_min": "照片张数",
    "is_private": "只收私聊",
    "evidence": "佐证",
    "approvals": "审核人数",
    "publicity": "公示",
    "veto": "一票否决",
    "source": "来源",
    "note": "备注",
}
SETTING_WORDS: Final = {
    "version": "版本",
    "claim_deadline_days": "申报期限(天)",
    "two_approvers_from": "两人审核起点(分)",
    "category_names": "大类名称",
    "sub_item_names": "小类名称",
    "category_year_caps": "大类每年上限",
}
YES: Final = "是"
NO: Final = "否"
YES_WORDS: Final = frozenset({"是", "对", "有", "开", "y", "yes", "true", "1", "√", "✓"})
NO_WORDS: Final = frozenset({"否", "不", "不是", "无", "关", "n", "no", "false", "0", "×", "x"})


def meant(words: dict[_E, str], text: str) -> str:
    """Return the stored word for what a village wrote, or the text itself if unknown."""
    return next((key.value for key, word in words.items() if word == text), text)
