"""The relay (代转): letters carried by hand, claims brought in by hand, rooms with a name."""

from alembic import op

from storage.migrations.bricks import among, number, words

revision = "0012"
down_revision = "0011"

OUTBOX_STATES = "queued sending sent uncertain dead relayed"


def upgrade() -> None:
    """Let a person carry a letter, and let every waiting letter tell its village."""
    holds = among("ck_outbox_known_state", "state", OUTBOX_STATES)
    with op.batch_alter_table("outbox") as batch:
        batch.add_column(number("relayed_by", nullable=True))
        batch.drop_constraint(op.f("ck_outbox_known_state"), type_="check")
        batch.create_check_constraint(op.f("ck_outbox_known_state"), holds.sqltext)
    op.add_column("claim", number("relayed_by", nullable=True))
    op.add_column("room", words("name", nullable=True))
    _tell_villages()


def _tell_villages() -> None:
    """Give the letters to rooms that still wait the village of their room."""
    op.execute(
        "UPDATE outbox SET village = (SELECT room.village FROM room"
        " WHERE room.account = outbox.account AND room.room = outbox.room)"
        " WHERE village IS NULL AND room IS NOT NULL AND state IN ('queued', 'dead')"
    )
