"""Our own words, carried into a room by somebody of the committee, are no command."""

from domain.claim import ClaimKey, ClaimState
from tests.cast import VILLAGE_ROOM
from tests.journeys.stage import Stage


def test_words_of_ours_pasted_by_a_reviewer_ask_for_nothing(stage: Stage) -> None:
    """Read as a command, the receipt would change the amount of the claim."""
    stage.say("zhang", "申报 垃圾分类", room=VILLAGE_ROOM)
    [receipt] = stage.send_photo("zhang", "a", room=VILLAGE_ROOM)
    assert receipt.text.startswith("收到,张三家 #1")
    for pasted in (receipt.text, f"{receipt.text}\n"):
        assert stage.say("li", pasted, room=VILLAGE_ROOM) == ()
    with stage.open_books() as books:
        claim = books.claims.get(1, ClaimKey(2026, 1))
        assert claim is not None
        assert (claim.state, claim.points, claim.approvals) == (ClaimState.SUBMITTED, None, ())


def test_what_a_reviewer_adds_to_them_is_a_command_as_ever(stage: Stage) -> None:
    stage.say("zhang", "申报 垃圾分类", room=VILLAGE_ROOM)
    [receipt] = stage.send_photo("zhang", "a", room=VILLAGE_ROOM)
    [verdict, *_] = stage.say("li", f"{receipt.text} 通过 1", room=VILLAGE_ROOM)
    assert verdict.text.startswith("#1 张三家 生活垃圾分类投放 已通过")
