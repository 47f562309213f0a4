"""The interface against its own document: requests good and hostile, every check of schemathesis."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case

from bot.web.api.document import document
from bot.web.api.room import Limits
from tests.web.figures import a_key, fill
from tests.web.real import RealHouse
from tests.web.serving import served

pytest_plugins = ["schemathesis.pytest.plugin"]
"""Loaded here alone: it takes seconds, which no other test needs."""
UNBOUND = Limits(per_minute=10_000_000, wrong_keys=10_000_000)
"""Many thousand requests come in one instant of the tests' clock; limits have tests of their own."""


@pytest.fixture(scope="module")
def open_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHouse]:
    folder: Path = tmp_path_factory.mktemp("api") / "var"
    with served(folder, limits=UNBOUND) as real:
        real.read(lambda books: fill(books, real.cast.village, at=real.clock.now))
        real.another_village()
        yield real


@pytest.fixture(scope="module")
def bearer(open_house: RealHouse) -> dict[str, str]:
    key = open_house.read(lambda books: a_key(books, at=open_house.clock.now))
    return {"Authorization": f"Bearer {key}"}


THERE = {"village": [1, 2], "town": ["示范镇"]}
"""What there is in the tests' house, so that not every answer is 404."""


def described() -> dict[str, Any]:
    """The document as it is served (tests/web/test_api.py proves it), with examples."""
    found = document()
    for path in found["paths"].values():
        for parameter in path["get"]["parameters"]:
            if parameter["name"] in THERE:
                parameter["schema"]["examples"] = THERE[parameter["name"]]
    return found


schema = schemathesis.openapi.from_dict(described())


@schema.parametrize()
@settings(max_examples=60, derandomize=True, suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_the_answer_is_as_the_document_says(
    case: Case, open_house: RealHouse, bearer: dict[str, str]
) -> None:
    case.call_and_validate(base_url=f"{open_house.address}/api/v1", headers=bearer)
