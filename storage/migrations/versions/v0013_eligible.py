"""Who is here is counted without reading the roster: an index of the days of taking part."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Create the index by the day of leaving and of coming."""
    columns = ["village", "eligible_until", "eligible_since"]
    op.create_index("ix_household_eligible", "household", columns)
