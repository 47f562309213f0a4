"""Words (词语): a village's aliases, and what nobody could read."""

from alembic import op

from storage.migrations.bricks import among, instant, number, primary, prose, refers, unique, words

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "alias",
        number("village"),
        number("number"),
        words("words"),
        words("item"),
        words("state"),
        instant("suggested_at"),
        instant("settled_at", nullable=True),
        primary("alias", "village", "number"),
        among("ck_alias_known_state", "state", "suggested adopted dropped"),
        refers("fk_alias_village_village", ("village",), ("village.village",)),
        unique("uq_alias_village_words", "village", "words"),
    )
    op.create_table(
        "unread",
        number("village"),
        number("number"),
        prose("text"),
        words("scene"),
        instant("said_at"),
        primary("unread", "village", "number"),
        refers("fk_unread_village_village", ("village",), ("village.village",)),
    )
    op.create_index("ix_unread_said_at", "unread", ["said_at"])
