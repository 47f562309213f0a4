"""The press prints what people wrote as they wrote it, in time, and says when it cannot."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.papers.letters import unprintable
from bot.papers.posters import print_slips
from bot.papers.press import PressFailed, press
from tests.bot.papers.printed import CODE, RARE, pages, slips_of, tight

WRITTEN = st.text(
    alphabet=st.one_of(
        st.sampled_from("#$*_`<>@\\/[]{}=~'\"-+.,:;!?&%^|()"),
        st.characters(min_codepoint=0x30, max_codepoint=0x7A, categories=["L", "N"]),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
    ),
    min_size=1,
    max_size=12,
)


def test_typst_code_in_a_name_prints_as_it_is_written() -> None:
    [pdf] = print_slips(slips_of(1, head=CODE))
    assert tight(CODE) in pages(pdf)[0]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WRITTEN, min_size=8, max_size=40))
def test_whatever_is_written_survives_the_press(words: list[str]) -> None:
    """Long enough to be many and short enough to stand on a line each."""
    rows = [
        {
            "place": "1",
            "group": "3组",
            "household": f"【{one}】",
            "mark": "",
            "points": "1",
            "year": "1",
        }
        for one in words
    ]
    facts = dict.fromkeys(
        ("village", "period", "note", "published_on", "objections_until", "taking_part", "rulebook",
         "legal_basis", "how_to_object", "how_short", "chain", "qr", "disputed", "foot"), ""
    )  # fmt: skip
    [pdf] = press("publication", {**facts, "paper": "a3", "rows": rows})
    text = "".join(pages(pdf))
    missing = [one for one in words if f"【{tight(one)}】" not in text]
    assert missing == []


def test_lone_surrogates_and_controls_do_not_stop_the_press() -> None:
    [pdf] = print_slips(slips_of(1, head="张\ud800三\x00\x07"))
    assert "三" in pages(pdf)[0]


def test_rare_letters_of_names_are_there() -> None:
    assert unprintable(f"幸福村{RARE}·ABC 123") == ()
    [pdf] = print_slips(slips_of(1, head=RARE))
    assert RARE in pages(pdf)[0]


def test_a_letter_that_no_font_has_is_named() -> None:
    assert unprintable("张\U0002a6a5\U00031350三") == ("\U0002a6a5", "\U00031350")
    assert unprintable("\ufe0f\U000e0100\u200b \n") == ()


def test_the_same_sheet_prints_the_same_bytes() -> None:
    assert print_slips(slips_of(2)) == print_slips(slips_of(2))


def test_a_press_that_takes_too_long_is_ended() -> None:
    with pytest.raises(PressFailed, match="too slow"):
        press("slips", slips_of(1).facts(), deadline=0.001)


def test_a_sheet_that_does_not_fit_is_a_clear_failure() -> None:
    with pytest.raises(PressFailed) as failed:
        press("slips", {})
    assert failed.value.reason
    with pytest.raises(PressFailed):
        press("no-such-template", {})


def test_a_sheet_is_plain_json() -> None:
    facts = slips_of(3).facts()
    assert json.loads(json.dumps(facts)) == facts
