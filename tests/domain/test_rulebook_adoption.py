"""A version is in force only by a record that a meeting can have produced."""

from datetime import date

import pytest

from domain.rulebook import AdoptionRefused, Filer, ItemUnknown, check_adoption
from tests.builders import a_rulebook, an_adoption, an_item


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"present": 40, "votes_for": 21, "votes_against": 19, "votes_women": 40},
        {"votes_women": 0},
        {"published_on": date(2025, 12, 10)},
    ],
)
def test_a_possible_record_is_accepted(changes: dict[str, object]) -> None:
    check_adoption(an_adoption(**changes))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"meeting": " "}, "words_missing"),
        ({"published_at": ""}, "words_missing"),
        ({"present": 0}, "numbers_impossible"),
        ({"votes_against": -1}, "numbers_impossible"),
        ({"votes_women": -1}, "numbers_impossible"),
        ({"votes_for": 40, "votes_against": 3}, "more_votes_than_people"),
        ({"votes_women": 43}, "more_women_than_votes"),
        ({"votes_for": 21}, "no_majority"),
        ({"votes_for": 0, "votes_against": 0, "votes_women": 0}, "no_majority"),
        ({"published_on": date(2025, 12, 9)}, "published_before_meeting"),
    ],
)
def test_an_impossible_record_is_refused_with_its_fault(
    changes: dict[str, object], reason: str
) -> None:
    with pytest.raises(AdoptionRefused) as refused:
        check_adoption(an_adoption(**changes))
    assert refused.value.reason == reason


def test_an_item_is_found_by_its_code_or_refused() -> None:
    rulebook = a_rulebook(an_item("A101"), an_item("A102", is_on=False))
    assert rulebook.item("A102").code == "A102"
    assert [item.code for item in rulebook.offered()] == ["A101"]
    with pytest.raises(ItemUnknown):
        rulebook.item("Z999")


@pytest.mark.parametrize(
    ("filer", "may"), [(Filer.VILLAGER, True), (Filer.BOTH, True), (Filer.COMMITTEE, False)]
)
def test_a_villager_claims_what_is_theirs_to_claim(filer: Filer, *, may: bool) -> None:
    assert an_item(filer=filer).may_be_filed_by_villager() is may
