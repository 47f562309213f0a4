"""Redemption (兑换): rounds, their catalogues, reservations and vouchers."""

from alembic import op

from storage.migrations.bricks import (
    among,
    big_number,
    check,
    day,
    instant,
    number,
    primary,
    refers,
    unique,
    words,
    yes_no,
)

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the tables, those that others refer to first."""
    _redemption_round()
    _redemption_good()
    _redemption()


def _redemption_round() -> None:
    op.create_table(
        "redemption_round",
        number("village"),
        number("year"),
        number("number"),
        words("state"),
        words("name"),
        day("opens_on"),
        day("closes_on"),
        day("collect_from"),
        day("collect_until"),
        words("hours"),
        words("place"),
        big_number("budget"),
        yes_no("needs_photo"),
        number("planned_by", nullable=True),
        instant("planned_at"),
        primary("redemption_round", "village", "year", "number"),
        among("ck_redemption_round_known_state", "state", "draft open closed ended cancelled"),
        check("ck_redemption_round_has_budget", "budget > 0"),
        refers("fk_redemption_round_village_village", ("village",), ("village.village",)),
    )


def _redemption_good() -> None:
    op.create_table(
        "redemption_good",
        number("village"),
        number("year"),
        number("round"),
        number("number"),
        words("name"),
        words("unit"),
        number("price"),
        number("stock"),
        number("most", nullable=True),
        big_number("cost"),
        number("taken"),
        primary("redemption_good", "village", "year", "round", "number"),
        check("ck_redemption_good_taken_within_stock", "taken BETWEEN 0 AND stock"),
        check("ck_redemption_good_priced", "price > 0"),
        refers(
            "fk_redemption_good_village_year_round_redemption_round",
            ("village", "year", "round"),
            ("redemption_round.village", "redemption_round.year", "redemption_round.number"),
        ),
    )


def _redemption() -> None:
    op.create_table(
        "redemption",
        number("village"),
        number("year"),
        number("number"),
        number("round"),
        number("good"),
        number("household"),
        number("quantity"),
        number("points"),
        words("state"),
        words("code_digest"),
        number("reserved_by"),
        instant("reserved_at"),
        number("settled_by", nullable=True),
        instant("settled_at", nullable=True),
        words("photo", nullable=True),
        primary("redemption", "village", "year", "number"),
        among("ck_redemption_known_state", "state", "reserved handed-over cancelled lapsed"),
        check("ck_redemption_counted", "quantity > 0"),
        refers(
            "fk_redemption_village_year_round_good_redemption_good",
            ("village", "year", "round", "good"),
            (
                "redemption_good.village",
                "redemption_good.year",
                "redemption_good.round",
                "redemption_good.number",
            ),
        ),
        refers(
            "fk_redemption_village_photo_evidence",
            ("village", "photo"),
            ("evidence.village", "evidence.sha256"),
        ),
        refers(
            "fk_redemption_village_household_household",
            ("village", "household"),
            ("household.village", "household.id"),
        ),
        refers(
            "fk_redemption_village_reserved_by_person",
            ("village", "reserved_by"),
            ("person.village", "person.id"),
        ),
        refers("fk_redemption_village_village", ("village",), ("village.village",)),
        unique("uq_redemption_village_code_digest", "village", "code_digest"),
    )
    op.create_index(
        "ix_redemption_household", "redemption", ["village", "household", "year", "number"]
    )
    op.create_index(
        "ix_redemption_round", "redemption", ["village", "year", "round", "state", "number"]
    )
    op.create_index("ix_redemption_photo", "redemption", ["village", "photo"])
