"""Town and district (镇、区): officers, their passes, points by category."""

from alembic import op

from storage.migrations.bricks import among, instant, number, primary, prose, refers, words

revision = "0010"
down_revision = "0009"

_FILL = """
INSERT INTO category_total (village, month, category, earned)
SELECT village, effective_month, substr(item, 1, 1), SUM(points) FROM entry
WHERE kind IN ('award', 'deduction', 'adjustment', 'reversal')
GROUP BY village, effective_month, substr(item, 1, 1)
"""


def upgrade() -> None:
    """Create the tables, and add up by category what was entered before."""
    _officer()
    _officer_pass()
    _category_total()
    op.execute(_FILL)


def _officer() -> None:
    op.create_table(
        "officer",
        number("number", autoincrement=False),
        words("level"),
        words("area"),
        prose("towns"),
        words("name"),
        instant("since"),
        instant("ended_at", nullable=True),
        prose("reason"),
        primary("officer", "number"),
        among("ck_officer_known_level", "level", "town district"),
    )


def _officer_pass() -> None:
    op.create_table(
        "officer_pass",
        words("digest"),
        number("officer"),
        instant("made_at"),
        instant("expires_at"),
        instant("used_at", nullable=True),
        words("account"),
        words("contact"),
        primary("officer_pass", "digest"),
        refers("fk_officer_pass_officer_officer", ("officer",), ("officer.number",)),
    )
    op.create_index("ix_officer_pass_contact", "officer_pass", ["account", "contact"])


def _category_total() -> None:
    op.create_table(
        "category_total",
        number("village"),
        words("month"),
        words("category"),
        number("earned"),
        primary("category_total", "village", "month", "category"),
        refers("fk_category_total_village_village", ("village",), ("village.village",)),
    )
