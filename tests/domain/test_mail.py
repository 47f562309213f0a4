from collections.abc import Mapping
from enum import StrEnum
from itertools import product

import pytest

from domain.mail import (
    INBOX_STEPS,
    OUTBOX_STEPS,
    InboxAction,
    InboxState,
    OutboxAction,
    OutboxState,
    states_before,
)
from domain.workflow import StepRefused, step

PAIRS = [
    *((INBOX_STEPS, s, a) for s, a in product(InboxState, InboxAction)),
    *((OUTBOX_STEPS, s, a) for s, a in product(OutboxState, OutboxAction)),
]


@pytest.mark.parametrize(("table", "state", "action"), PAIRS)
def test_mail_takes_only_the_steps_of_its_table(
    table: Mapping[tuple[StrEnum, StrEnum], StrEnum], state: StrEnum, action: StrEnum
) -> None:
    if (state, action) in table:
        assert step(table, state, action) is table[state, action]
    else:
        with pytest.raises(StepRefused):
            step(table, state, action)


def test_what_is_in_doubt_is_never_sent_again() -> None:
    assert states_before(OUTBOX_STEPS, OutboxAction.BEGIN) == (OutboxState.QUEUED,)
    assert states_before(OUTBOX_STEPS, OutboxAction.RETRY) == (OutboxState.SENDING,)


def test_a_settled_message_is_not_settled_again() -> None:
    assert set(states_before(INBOX_STEPS, InboxAction.SETTLE)) == {
        InboxState.ANNOUNCED,
        InboxState.RECEIVED,
    }
