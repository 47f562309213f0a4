"""Every day that may be claimed, in every form in which people write it."""

from datetime import date, timedelta

import pytest

from tests.bot.understanding.village import NOW, tell

TODAY = NOW.date()
MONDAY = TODAY - timedelta(days=TODAY.weekday())
WEEK = "一二三四五六日"
PLACES = ("申报 捡垃圾 {}", "{}捡垃圾,申报", "申报 {} 捡垃圾", "我家{}去捡垃圾了,帮我申报一下")
PLACES_MORE = ("申报{}的捡垃圾", "补报{}的捡垃圾", "补报 {}的捡垃圾")


def han(number: int) -> str:
    tens, ones = divmod(number, 10)
    said = "零一二三四五六七八九"
    before = ("" if tens < 2 else said[tens]) + "十" if tens else ""
    return before + (said[ones] if ones or not tens else "")


def forms(day: date) -> list[str]:
    m, d = day.month, day.day
    plain = [f"{m}月{d}日", f"{m}月{d}号", f"{m}.{d}", f"{m}-{d}", f"{m}/{d}", f"{m}月{d}"]
    long = [f"2026年{m}月{d}日", f"2026-{m:02}-{d:02}", f"2026.{m}.{d}", f"{m:02}月{d:02}日"]
    more = [f"{han(m)}月{han(d)}号", f"{m}月{d}日上午", f"{m}月{d}号下午3点"]
    near = [f"{d}号", f"{d}日", f"{han(d)}号"] if (TODAY - day).days < 16 else []
    return [*plain, *long, *more, *near]


def named(words: str, place: str) -> date | None:
    slots = tell(place.format(words)).slots
    return slots.occurred.date if slots.occurred else None


@pytest.mark.parametrize("back", range(0, 45, 4))
def test_a_day_is_read_in_every_form(back: int) -> None:
    day = TODAY - timedelta(days=back)
    wrong = [(w, p) for w in forms(day) for p in (*PLACES, *PLACES_MORE) if named(w, p) != day]
    assert wrong == []


@pytest.mark.parametrize("filed", ["今天", "今朝", "今天来", "我今天再"])
def test_the_day_of_filing_is_not_the_day_of_the_act(filed: str) -> None:
    days = {"昨天": 1, "前天": 2, "大前天": 3} | {
        words.format(TODAY - timedelta(days=back)): back
        for back in (4, 6, 11)
        for words in ("{0.month}月{0.day}日", "{0.month}月{0.day}号", "{0.day}号")
    }
    wrong = [
        text
        for said, back in days.items()
        for verb in ("补报", "申报", "补申报")
        if named(said, text := f"{filed}{verb}{{}}的捡垃圾") != TODAY - timedelta(days=back)
    ]
    assert wrong == []


def test_a_weekday_is_read_in_every_form() -> None:
    for n, name in enumerate(WEEK):
        for which, weeks in (("上周", 1), ("上个星期", 1), ("上礼拜", 1), ("上上周", 2)):
            day = MONDAY + timedelta(days=n - 7 * weeks)
            assert named(f"{which}{name}", PLACES[0]) == day, f"{which}{name}"
        day = MONDAY + timedelta(days=n)
        for which in ("周", "星期", "礼拜"):
            latest = day if day <= TODAY else day - timedelta(days=7)
            assert named(f"{which}{name}", PLACES[0]) == latest, f"{which}{name}"


@pytest.mark.parametrize(
    "text",
    [
        "申报 废电池 一号电池3节",
        "申报 志愿服务 早上8-10",
        "申报 捡垃圾 8-10点",
    ],
)
def test_other_numbers_are_no_day(text: str) -> None:
    slots = tell(text).slots
    assert slots.occurred is None or slots.occurred.date == TODAY
