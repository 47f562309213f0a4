"""State machines as data: a table of steps and the one function that takes a step."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from domain.refusal import Refusal

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)


class StepRefused(Refusal):
    """The action is not offered in this state."""

    def __init__(self, state: StrEnum, action: StrEnum) -> None:
        super().__init__(f"{action} is not possible from {state}")
        self.state = state
        self.action = action


def step(table: Mapping[tuple[S, A], S], state: S, action: A) -> S:
    """Return the state that follows.

    Args:
        table: Every step the machine knows, ``{(state, action): next state}``.
        state: The state now.
        action: What is asked for.

    Raises:
        StepRefused: The table has no such step.

    """
    try:
        return table[state, action]
    except KeyError:
        raise StepRefused(state, action) from None
