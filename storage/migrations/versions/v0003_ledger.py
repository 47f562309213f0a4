"""The ledger (台账): entries, the chain's head, totals."""

from alembic import op

from storage.migrations.bricks import among, instant, number, primary, prose, refers, unique, words

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables, those that others refer to first."""
    _ledger_head()
    _month_review()
    _village_total()
    _entry()
    _month_total()
    _year_total()


def _ledger_head() -> None:
    op.create_table(
        "ledger_head",
        number("village"),
        number("seq"),
        words("hash"),
        primary("ledger_head", "village"),
        refers("fk_ledger_head_village_village", ("village",), ("village.village",)),
    )


def _month_review() -> None:
    op.create_table(
        "month_review",
        number("village"),
        words("month"),
        instant("confirmed_at", nullable=True),
        primary("month_review", "village", "month"),
        refers("fk_month_review_village_village", ("village",), ("village.village",)),
    )


def _village_total() -> None:
    op.create_table(
        "village_total",
        number("village"),
        words("month"),
        number("earned"),
        number("redeemed"),
        number("entries"),
        primary("village_total", "village", "month"),
        refers("fk_village_total_village_village", ("village",), ("village.village",)),
    )


def _entry() -> None:
    op.create_table(
        "entry",
        number("village"),
        number("seq"),
        number("year"),
        number("household"),
        words("kind"),
        number("points"),
        words("cause"),
        words("effective_month"),
        words("item"),
        words("actors"),
        prose("reason"),
        instant("at"),
        words("previous_hash"),
        words("hash"),
        primary("entry", "village", "seq"),
        among(
            "ck_entry_known_kind",
            "kind",
            "award deduction adjustment reversal redemption refund year-close",
        ),
        refers(
            "fk_entry_village_household_household",
            ("village", "household"),
            ("household.village", "household.id"),
        ),
        refers("fk_entry_village_village", ("village",), ("village.village",)),
        unique("uq_entry_village_cause", "village", "cause"),
    )
    op.create_index("ix_entry_household", "entry", ["village", "household", "seq"])


def _month_total() -> None:
    op.create_table(
        "month_total",
        number("village"),
        words("month"),
        number("household"),
        number("earned"),
        number("redeemed"),
        number("entries"),
        primary("month_total", "village", "month", "household"),
        refers(
            "fk_month_total_village_household_household",
            ("village", "household"),
            ("household.village", "household.id"),
        ),
    )


def _year_total() -> None:
    op.create_table(
        "year_total",
        number("village"),
        number("year"),
        number("household"),
        number("earned"),
        number("redeemed"),
        primary("year_total", "village", "year", "household"),
        refers(
            "fk_year_total_village_household_household",
            ("village", "household"),
            ("household.village", "household.id"),
        ),
    )
    op.create_index("ix_year_total_place", "year_total", ["village", "year", "earned"])
