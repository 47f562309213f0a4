"""The year's end and the roster's history (年终、住户变更)."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.bricks import (
    among,
    day,
    instant,
    number,
    primary,
    prose,
    refers,
    words,
)

revision = "0008"
down_revision = "0007"

ENTRY_KINDS = "award deduction adjustment reversal redemption refund year-close transfer"


def upgrade() -> None:
    """Create the tables; entries may move points, households may say what is public."""
    _entry_kinds()
    _awards()
    _household()
    _honour()
    _veto_lift()
    _year_close()
    _forgotten_photo()
    _household_change()
    _past_role()


def _entry_kinds() -> None:
    """Let an entry be a transfer; SQLite writes the table anew for it."""
    holds = among("ck_entry_known_kind", "kind", ENTRY_KINDS)
    with op.batch_alter_table("entry") as batch:
        batch.drop_constraint(op.f("ck_entry_known_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_entry_known_kind"), holds.sqltext)


def _awards() -> None:
    """Count the awards that stand in each household's year, from the entries."""
    op.add_column(
        "year_total", sa.Column("awards", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    op.execute(
        "UPDATE year_total SET awards = (SELECT COUNT(*) FROM entry WHERE"
        " entry.village = year_total.village AND entry.household = year_total.household"
        " AND entry.year = year_total.year AND entry.kind = 'award')"
        " - (SELECT COUNT(*) FROM entry WHERE"
        " entry.village = year_total.village AND entry.household = year_total.household"
        " AND entry.year = year_total.year AND entry.kind = 'reversal' AND entry.points < 0)"
    )
    columns = ["village", "year", "household", "awards"]
    op.create_index("ix_year_total_taking_part", "year_total", columns)


def _household() -> None:
    for what in ("name", "photo"):
        op.add_column("household", sa.Column(f"consents_{what}", sa.Boolean(), nullable=True))
        op.add_column("household", number(f"consents_{what}_by", nullable=True))
        op.add_column("household", instant(f"consents_{what}_at", nullable=True))
    op.add_column("household", instant("anonymous_since", nullable=True))


def _honour() -> None:
    op.create_table(
        "honour",
        number("village"),
        number("year"),
        words("name"),
        number("household"),
        number("place", nullable=True),
        number("points"),
        prose("note"),
        instant("given_at"),
        primary("honour", "village", "year", "name", "household"),
        refers("fk_honour_village_village", ("village",), ("village.village",)),
        refers(
            "fk_honour_village_household_household",
            ("village", "household"),
            ("household.village", "household.id"),
        ),
    )


def _veto_lift() -> None:
    op.create_table(
        "veto_lift",
        number("village"),
        number("year"),
        number("number"),
        prose("reason"),
        words("actors"),
        instant("lifted_at"),
        primary("veto_lift", "village", "year", "number"),
        refers(
            "fk_veto_lift_village_year_number_claim",
            ("village", "year", "number"),
            ("claim.village", "claim.year", "claim.number"),
        ),
    )


def _year_close() -> None:
    op.create_table(
        "year_close",
        number("village"),
        number("year"),
        number("eligible"),
        number("taking_part"),
        number("earned"),
        number("redeemed"),
        number("ended"),
        number("households_ended"),
        words("actors"),
        instant("closed_at"),
        number("head_seq"),
        words("head_hash"),
        primary("year_close", "village", "year"),
        refers("fk_year_close_village_village", ("village",), ("village.village",)),
    )


def _forgotten_photo() -> None:
    op.create_table(
        "forgotten_photo",
        number("village"),
        number("year"),
        number("number"),
        number("photos"),
        instant("forgotten_at"),
        primary("forgotten_photo", "village", "year", "number"),
        refers(
            "fk_forgotten_photo_village_year_number_claim",
            ("village", "year", "number"),
            ("claim.village", "claim.year", "claim.number"),
        ),
    )


def _household_change() -> None:
    op.create_table(
        "household_change",
        number("village"),
        number("number"),
        words("kind"),
        number("household"),
        number("other", nullable=True),
        day("changed_on"),
        number("noted_by", nullable=True),
        instant("noted_at"),
        prose("reason"),
        words("was"),
        primary("household_change", "village", "number"),
        among(
            "ck_household_change_known_kind",
            "kind",
            "left admitted merged split head consent",
        ),
        refers("fk_household_change_village_village", ("village",), ("village.village",)),
        refers(
            "fk_household_change_village_household_household",
            ("village", "household"),
            ("household.village", "household.id"),
        ),
        refers(
            "fk_household_change_village_other_household",
            ("village", "other"),
            ("household.village", "household.id"),
        ),
    )
    op.create_index(
        "ix_household_change_household", "household_change", ["village", "household", "number"]
    )


def _past_role() -> None:
    op.create_table(
        "past_role",
        number("village"),
        number("person"),
        words("role"),
        instant("since"),
        instant("ended_at"),
        prose("reason"),
        primary("past_role", "village", "person", "role", "since"),
        among(
            "ck_past_role_known_role",
            "role",
            "villager committee chair administrator supervisor",
        ),
        refers("fk_past_role_village_village", ("village",), ("village.village",)),
        refers(
            "fk_past_role_village_person_person",
            ("village", "person"),
            ("person.village", "person.id"),
        ),
    )
