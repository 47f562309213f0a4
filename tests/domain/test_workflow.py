"""A machine takes the steps of its table and no others."""

from enum import StrEnum

import pytest

from domain.workflow import StepRefused, step


class Light(StrEnum):
    RED = "red"
    GREEN = "green"


class Press(StrEnum):
    SWITCH = "switch"


TABLE = {(Light.RED, Press.SWITCH): Light.GREEN}


def test_a_step_of_the_table_leads_to_the_next_state() -> None:
    assert step(TABLE, Light.RED, Press.SWITCH) is Light.GREEN


def test_a_step_that_is_not_in_the_table_is_refused_with_its_facts() -> None:
    with pytest.raises(StepRefused) as refused:
        step(TABLE, Light.GREEN, Press.SWITCH)
    assert (refused.value.state, refused.value.action) == (Light.GREEN, Press.SWITCH)
