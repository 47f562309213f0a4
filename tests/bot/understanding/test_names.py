"""Names of the village's heads are neither days nor numbers."""

from datetime import date

from bot.understanding.plain import PlainReader
from bot.understanding.reading import Intent, Reading, Scene, Surroundings, Utterance
from tests.bot.understanding.village import NOW, around

HEADS = {"周三强": "3组12号", "陆百斤": "5组8号"}
VILLAGE = Surroundings(around().rulebook, HEADS)


def read(text: str, role: str = "villager") -> Reading:
    return PlainReader().read(Utterance(text, Scene.DIRECT, role, NOW), VILLAGE)


def test_a_name_that_looks_like_a_day_is_a_person() -> None:
    reading = read("昨天我和周三强去捡垃圾了，报一下")
    assert reading.slots.occurred is not None
    assert reading.slots.occurred.date == date(2026, 9, 15)


def test_a_name_that_looks_like_an_amount_is_a_person() -> None:
    slots = read("代录 陆百斤 志愿服务 2小时", role="committee").slots
    assert (slots.person, slots.quantity) == ("陆百斤", 2)


def test_a_known_name_says_the_household() -> None:
    slots = read("周三强家混投垃圾,扣2分", role="committee").slots
    assert slots.household == "3组12号"


def test_words_without_names_read_the_same() -> None:
    text = "申报 垃圾分类 周三"
    assert read(text) == PlainReader().read(
        Utterance(text, Scene.DIRECT, "villager", NOW), around()
    )
    assert read(text).intent is Intent.CLAIM
