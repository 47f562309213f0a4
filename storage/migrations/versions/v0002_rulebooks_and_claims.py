"""Rulebook versions, claims, approvals and photos (细则、申报、佐证)."""

from typing import Any

from alembic import op
from sqlalchemy import Column

from storage.migrations.bricks import (
    among,
    big_number,
    check,
    day,
    instant,
    number,
    primary,
    prose,
    refers,
    words,
    yes_no,
)

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables, those that others refer to first."""
    _loose_photo()
    _counter()
    _evidence()
    _rulebook()
    _adoption()
    _claim()
    _claim_indexes()
    _approval()
    _claim_event()
    _claim_photo()


def _loose_photo() -> None:
    op.create_table(
        "loose_photo",
        words("account"),
        words("message_id"),
        words("room"),
        words("contact"),
        instant("sent_at"),
        words("sha256", nullable=True),
        primary("loose_photo", "account", "message_id"),
    )
    op.create_index("ix_loose_photo_person", "loose_photo", ["account", "room", "contact"])


def _counter() -> None:
    op.create_table(
        "counter",
        number("village"),
        words("kind"),
        number("year"),
        number("last"),
        primary("counter", "village", "kind", "year"),
        refers("fk_counter_village_village", ("village",), ("village.village",)),
    )


def _evidence() -> None:
    op.create_table(
        "evidence",
        number("village"),
        words("sha256"),
        words("source_sha256"),
        big_number("perceptual"),
        words("media_type"),
        number("width"),
        number("height"),
        number("size"),
        instant("kept_at"),
        primary("evidence", "village", "sha256"),
        refers("fk_evidence_village_village", ("village",), ("village.village",)),
    )


def _rulebook() -> None:
    op.create_table(
        "rulebook",
        number("village"),
        words("version"),
        prose("body"),
        words("digest"),
        instant("imported_at"),
        primary("rulebook", "village", "version"),
        refers("fk_rulebook_village_village", ("village",), ("village.village",)),
    )


def _adoption() -> None:
    op.create_table(
        "adoption",
        number("village"),
        day("in_force_on"),
        words("version"),
        words("meeting"),
        day("held_on"),
        number("present"),
        number("votes_for"),
        number("votes_against"),
        number("votes_women"),
        day("published_on"),
        words("published_at"),
        instant("recorded_at"),
        primary("adoption", "village", "in_force_on"),
        refers(
            "fk_adoption_village_version_rulebook",
            ("village", "version"),
            ("rulebook.village", "rulebook.version"),
        ),
        refers("fk_adoption_village_village", ("village",), ("village.village",)),
    )


def _claim() -> None:
    op.create_table(
        "claim",
        *_claim_columns(),
        primary("claim", "village", "year", "number"),
        among("ck_claim_known_origin", "origin", "claim record deduction"),
        among(
            "ck_claim_known_state",
            "state",
            "draft submitted half-approved approved rejected withdrawn lapsed",
        ),
        check("ck_claim_points_when_approved", "(state = 'approved') = (points IS NOT NULL)"),
        refers(
            "fk_claim_village_filed_by_person",
            ("village", "filed_by"),
            ("person.village", "person.id"),
        ),
        refers(
            "fk_claim_village_household_household",
            ("village", "household"),
            ("household.village", "household.id"),
        ),
        refers("fk_claim_village_village", ("village",), ("village.village",)),
    )


def _claim_columns() -> tuple[Column[Any], ...]:
    return (
        number("village"),
        number("year"),
        number("number"),
        number("household"),
        words("item"),
        words("category"),
        words("rulebook_version"),
        words("state"),
        words("origin"),
        words("quantity", nullable=True),
        words("tier", nullable=True),
        number("chosen", nullable=True),
        number("expected", nullable=True),
        number("points", nullable=True),
        day("occurred_on"),
        words("effective_month"),
        words("place"),
        words("reason"),
        number("filed_by"),
        yes_no("is_for_other"),
        yes_no("is_late"),
        instant("filed_at"),
        instant("expires_at", nullable=True),
        words("account"),
        words("room", nullable=True),
        words("contact"),
        words("message_id"),
        number("adjustments"),
    )


def _claim_indexes() -> None:
    op.create_index("ix_claim_household", "claim", ["village", "household", "year", "number"])
    op.create_index("ix_claim_message", "claim", ["account", "message_id"])
    op.create_index("ix_claim_state", "claim", ["village", "state", "year", "number"])


def _approval() -> None:
    op.create_table(
        "approval",
        number("village"),
        number("year"),
        number("number"),
        words("kind"),
        number("person"),
        number("points"),
        instant("at"),
        primary("approval", "village", "year", "number", "kind", "person"),
        among("ck_approval_known_kind", "kind", "award adjustment"),
        refers(
            "fk_approval_village_person_person",
            ("village", "person"),
            ("person.village", "person.id"),
        ),
        refers(
            "fk_approval_village_year_number_claim",
            ("village", "year", "number"),
            ("claim.village", "claim.year", "claim.number"),
        ),
    )


def _claim_event() -> None:
    op.create_table(
        "claim_event",
        number("village"),
        number("year"),
        number("number"),
        number("seq"),
        words("action"),
        number("person"),
        number("points", nullable=True),
        words("reason"),
        instant("at"),
        primary("claim_event", "village", "year", "number", "seq"),
        refers(
            "fk_claim_event_village_year_number_claim",
            ("village", "year", "number"),
            ("claim.village", "claim.year", "claim.number"),
        ),
    )


def _claim_photo() -> None:
    op.create_table(
        "claim_photo",
        number("village"),
        number("year"),
        number("number"),
        words("sha256"),
        words("account"),
        words("message_id"),
        instant("added_at"),
        primary("claim_photo", "village", "year", "number", "sha256"),
        refers(
            "fk_claim_photo_village_sha256_evidence",
            ("village", "sha256"),
            ("evidence.village", "evidence.sha256"),
        ),
        refers(
            "fk_claim_photo_village_year_number_claim",
            ("village", "year", "number"),
            ("claim.village", "claim.year", "claim.number"),
        ),
    )
    op.create_index("ix_claim_photo_message", "claim_photo", ["account", "message_id"])
    op.create_index("ix_claim_photo_sha256", "claim_photo", ["village", "sha256"])
