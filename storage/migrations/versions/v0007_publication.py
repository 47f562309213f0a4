"""Publications with their lines, objections, the recheck of a month, cancelled claims."""

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

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the tables, and the columns of the month review and the claim."""
    op.add_column("claim", instant("cancelled_at", nullable=True))
    for column in (
        words("seed", nullable=True),
        number("drawn_seq", nullable=True),
        instant("drawn_at", nullable=True),
        number("reminders", nullable=True),
        day("reminded_on", nullable=True),
    ):
        op.add_column("month_review", column)
    _publication()
    _publication_line()
    _publication_missing()
    _objection()


def _publication() -> None:
    op.create_table(
        "publication",
        number("village"),
        words("quarter"),
        number("edition"),
        words("state"),
        number("eligible"),
        number("participating"),
        words("rulebook_version"),
        prose("adopted_title"),
        day("adopted_on"),
        prose("basis_title"),
        day("basis_since"),
        day("basis_until", nullable=True),
        number("chain_seq"),
        words("chain_head"),
        words("digest"),
        instant("prepared_at"),
        instant("released_at", nullable=True),
        instant("final_at", nullable=True),
        number("reminders"),
        day("reminded_on", nullable=True),
        primary("publication", "village", "quarter", "edition"),
        among("ck_publication_known_state", "state", "prepared released corrected final"),
        refers("fk_publication_village_village", ("village",), ("village.village",)),
    )
    op.create_index("ix_publication_state", "publication", ["village", "state"])


def _publication_line() -> None:
    op.create_table(
        "publication_line",
        number("village"),
        words("quarter"),
        number("edition"),
        number("household"),
        number("position"),
        number("group_no"),
        words("name"),
        number("quarter_points"),
        number("year_points"),
        number("quarter_place", nullable=True),
        number("year_place", nullable=True),
        primary("publication_line", "village", "quarter", "edition", "household"),
        refers(
            "fk_publication_line_village_quarter_edition_publication",
            ("village", "quarter", "edition"),
            ("publication.village", "publication.quarter", "publication.edition"),
        ),
        refers(
            "fk_publication_line_village_household_household",
            ("village", "household"),
            ("household.village", "household.id"),
        ),
    )


def _publication_missing() -> None:
    op.create_table(
        "publication_missing",
        number("village"),
        words("quarter"),
        day("told_on"),
        words("months"),
        prose("claims"),
        prose("told"),
        primary("publication_missing", "village", "quarter", "told_on"),
        refers("fk_publication_missing_village_village", ("village",), ("village.village",)),
    )


def _objection() -> None:
    op.create_table(
        "objection",
        number("village"),
        number("year"),
        number("number"),
        number("household"),
        number("claim_year", nullable=True),
        number("claim_number", nullable=True),
        words("quarter"),
        number("person"),
        prose("words"),
        words("state"),
        words("account"),
        words("contact"),
        instant("raised_at"),
        day("due_on"),
        number("reminders"),
        instant("answered_at", nullable=True),
        prose("reason"),
        number("points", nullable=True),
        primary("objection", "village", "year", "number"),
        among("ck_objection_known_state", "state", "raised upheld changed dismissed"),
        refers(
            "fk_objection_village_household_household",
            ("village", "household"),
            ("household.village", "household.id"),
        ),
        refers(
            "fk_objection_village_person_person",
            ("village", "person"),
            ("person.village", "person.id"),
        ),
        refers(
            "fk_objection_village_claim_year_claim_number_claim",
            ("village", "claim_year", "claim_number"),
            ("claim.village", "claim.year", "claim.number"),
        ),
        refers("fk_objection_village_village", ("village",), ("village.village",)),
    )
    op.create_index("ix_objection_state", "objection", ["village", "state"])
    op.create_index("ix_objection_household", "objection", ["village", "household", "quarter"])
