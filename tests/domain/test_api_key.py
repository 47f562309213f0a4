"""Keys of the platforms: how long they open anything, and what is kept of them."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.api_key import ApiKey, KeyState, Scope, fingerprint, new_key, number_in
from tests.builders import NOON, TODAY


def a_kept_key(**changes: Any) -> ApiKey:
    values: dict[str, Any] = {
        "number": 7,
        "name": "区平台",
        "digest": "d" * 64,
        "scopes": frozenset({Scope.VILLAGES}),
        "town": None,
        "until": None,
        "created_at": NOON,
    }
    return ApiKey(**(values | changes))


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, KeyState.VALID),
        ({"until": TODAY}, KeyState.VALID),
        ({"until": TODAY - timedelta(days=1)}, KeyState.EXPIRED),
        ({"revoked_at": NOON}, KeyState.REVOKED),
        ({"revoked_at": NOON, "until": date(2020, 1, 1)}, KeyState.REVOKED),
    ],
)
def test_a_key_opens_until_its_last_day_or_until_it_is_revoked(
    changes: dict[str, Any], state: KeyState
) -> None:
    assert a_kept_key(**changes).state(TODAY) is state


def test_a_key_of_one_town_reads_no_other() -> None:
    assert a_kept_key().reads("示范镇")
    assert a_kept_key(town="示范镇").reads("示范镇")
    assert not a_kept_key(town="示范镇").reads("别的镇")


def test_every_key_is_another_and_bears_its_number() -> None:
    keys = {new_key(7) for _ in range(50)}
    assert len(keys) == 50
    assert {number_in(key) for key in keys} == {7}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "é",
        "jifen_7_",
        f"jifen_0_{'a' * 43}",
        f"jifen_7_{'a' * 42}",
        f"jifen_7_{'a' * 44}",
        f"jifen_7_{'a' * 43}\n",
        f"jifen_1234567890_{'a' * 43}",
        f"jifen_７_{'a' * 43}",
    ],
)
def test_what_is_no_key_has_no_number(text: str) -> None:
    assert number_in(text) is None


def test_the_fingerprint_needs_the_secret_and_is_not_that_of_a_code() -> None:
    key = new_key(7)
    assert fingerprint(b"one", key) == fingerprint(b"one", key)
    assert fingerprint(b"one", key) != fingerprint(b"other", key)
    assert key not in fingerprint(b"one", key)
