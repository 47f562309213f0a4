"""Keys of the HTTP interface; entries are found by the month they count in."""

from alembic import op

from storage.migrations.bricks import day, instant, number, primary, unique, words

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Create the table of keys and the index by month."""
    op.create_table(
        "api_key",
        number("number", autoincrement=False),
        words("name"),
        words("digest"),
        words("scopes"),
        words("town", nullable=True),
        day("until", nullable=True),
        instant("created_at"),
        instant("revoked_at", nullable=True),
        day("last_used_on", nullable=True),
        primary("api_key", "number"),
        unique("uq_api_key_name", "name"),
    )
    op.create_index("ix_entry_month", "entry", ["village", "effective_month"])
