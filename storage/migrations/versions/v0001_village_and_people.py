"""The village and its people (村、户、人): households, bindings, roles, codes, rooms."""

from alembic import op
from sqlalchemy import text

from storage.migrations.bricks import (
    among,
    day,
    instant,
    number,
    primary,
    refers,
    unique,
    words,
    yes_no,
)

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables, those that others refer to first."""
    _code_try()
    _village()
    _household()
    _invitation()
    _room()
    _bind_request()
    _person()
    _slip()
    _binding()
    _kinship()
    _role()


def _code_try() -> None:
    op.create_table(
        "code_try",
        words("account"),
        words("contact"),
        instant("window_from"),
        number("wrong"),
        primary("code_try", "account", "contact"),
    )


def _village() -> None:
    op.create_table(
        "village",
        number("village", autoincrement=False),
        words("town"),
        words("name"),
        instant("created_at"),
        number("closed_through"),
        yes_no("is_sample"),
        primary("village", "village"),
        unique("uq_village_name", "name"),
    )


def _household() -> None:
    op.create_table(
        "household",
        number("village"),
        number("id"),
        number("group_no"),
        words("house_no"),
        words("head"),
        words("phone"),
        number("registered", nullable=True),
        number("resident", nullable=True),
        yes_no("is_party"),
        number("star"),
        day("joined_on", nullable=True),
        words("remark"),
        day("eligible_since"),
        day("eligible_until", nullable=True),
        number("slip_generation"),
        number("slip_uses"),
        primary("household", "village", "id"),
        refers("fk_household_village_village", ("village",), ("village.village",)),
        unique("uq_household_village_group_no_house_no", "village", "group_no", "house_no"),
    )


def _invitation() -> None:
    op.create_table(
        "invitation",
        number("village"),
        words("digest"),
        words("kind"),
        words("grants"),
        instant("created_at"),
        instant("expires_at"),
        instant("used_at", nullable=True),
        primary("invitation", "village", "digest"),
        among("ck_invitation_known_kind", "kind", "role room"),
        refers("fk_invitation_village_village", ("village",), ("village.village",)),
    )
    op.create_index("ix_invitation_digest", "invitation", ["digest"])


def _room() -> None:
    op.create_table(
        "room",
        number("village"),
        words("account"),
        words("room"),
        words("purpose"),
        instant("bound_at"),
        instant("last_active_at", nullable=True),
        primary("room", "village", "account", "room"),
        among("ck_room_known_purpose", "purpose", "villagers committee"),
        refers("fk_room_village_village", ("village",), ("village.village",)),
        unique("uq_room_account_room", "account", "room"),
    )


def _bind_request() -> None:
    op.create_table(
        "bind_request",
        number("village"),
        number("number"),
        words("account"),
        words("contact"),
        words("name"),
        words("room", nullable=True),
        number("household"),
        words("state"),
        instant("asked_at"),
        number("decided_by", nullable=True),
        primary("bind_request", "village", "number"),
        among("ck_bind_request_known_state", "state", "waiting confirmed refused"),
        refers(
            "fk_bind_request_village_household_household",
            ("village", "household"),
            ("household.village", "household.id"),
        ),
        refers("fk_bind_request_village_village", ("village",), ("village.village",)),
    )


def _person() -> None:
    op.create_table(
        "person",
        number("village"),
        number("id"),
        words("name"),
        number("household", nullable=True),
        instant("created_at"),
        instant("consented_at", nullable=True),
        primary("person", "village", "id"),
        refers(
            "fk_person_village_household_household",
            ("village", "household"),
            ("household.village", "household.id"),
        ),
        refers("fk_person_village_village", ("village",), ("village.village",)),
    )


def _slip() -> None:
    op.create_table(
        "slip",
        number("village"),
        number("household"),
        words("digest"),
        number("generation"),
        primary("slip", "village", "household"),
        refers(
            "fk_slip_village_household_household",
            ("village", "household"),
            ("household.village", "household.id"),
        ),
        refers("fk_slip_village_village", ("village",), ("village.village",)),
    )
    op.create_index("ix_slip_digest", "slip", ["digest"])


def _binding() -> None:
    op.create_table(
        "binding",
        number("village"),
        words("account"),
        words("contact"),
        instant("since"),
        number("person"),
        instant("ended_at", nullable=True),
        primary("binding", "village", "account", "contact", "since"),
        refers(
            "fk_binding_village_person_person",
            ("village", "person"),
            ("person.village", "person.id"),
        ),
        refers("fk_binding_village_village", ("village",), ("village.village",)),
    )
    op.create_index("ix_binding_contact", "binding", ["account", "contact"])
    current = text("ended_at IS NULL")
    op.create_index(
        "uq_binding_contact_current",
        "binding",
        ["village", "account", "contact"],
        unique=True,
        sqlite_where=current,
        postgresql_where=current,
    )


def _kinship() -> None:
    op.create_table(
        "kinship",
        number("village"),
        number("person"),
        number("household"),
        instant("declared_at"),
        primary("kinship", "village", "person", "household"),
        refers(
            "fk_kinship_village_household_household",
            ("village", "household"),
            ("household.village", "household.id"),
        ),
        refers(
            "fk_kinship_village_person_person",
            ("village", "person"),
            ("person.village", "person.id"),
        ),
        refers("fk_kinship_village_village", ("village",), ("village.village",)),
    )


def _role() -> None:
    op.create_table(
        "role",
        number("village"),
        number("person"),
        words("role"),
        instant("since"),
        primary("role", "village", "person", "role"),
        among("ck_role_known_role", "role", "villager committee chair administrator supervisor"),
        refers(
            "fk_role_village_person_person", ("village", "person"), ("person.village", "person.id")
        ),
        refers("fk_role_village_village", ("village",), ("village.village",)),
    )
