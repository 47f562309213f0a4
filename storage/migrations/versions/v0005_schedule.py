"""The calendar (日程): what was done when, how a village moved it, who signed what."""

from alembic import op

from storage.migrations.bricks import (
    among,
    check,
    instant,
    number,
    primary,
    prose,
    refers,
    words,
    yes_no,
)

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the tables."""
    _job_period()
    _job_setting()
    _sign_off()


def _job_period() -> None:
    op.create_table(
        "job_period",
        number("village"),
        words("kind"),
        words("period"),
        words("state"),
        instant("due_at"),
        instant("settled_at"),
        prose("remark"),
        primary("job_period", "village", "kind", "period"),
        among("ck_job_period_known_state", "state", "done skipped"),
        refers("fk_job_period_village_village", ("village",), ("village.village",)),
    )


def _job_setting() -> None:
    op.create_table(
        "job_setting",
        number("village"),
        words("kind"),
        yes_no("is_on"),
        number("hour", nullable=True),
        number("shift_days"),
        primary("job_setting", "village", "kind"),
        check("ck_job_setting_hour_of_day", "hour BETWEEN 0 AND 23"),
        refers("fk_job_setting_village_village", ("village",), ("village.village",)),
    )


def _sign_off() -> None:
    op.create_table(
        "sign_off",
        number("village"),
        words("matter"),
        number("person"),
        prose("stance"),
        instant("signed_at"),
        primary("sign_off", "village", "matter", "person"),
        refers(
            "fk_sign_off_village_person_person",
            ("village", "person"),
            ("person.village", "person.id"),
        ),
        refers("fk_sign_off_village_village", ("village",), ("village.village",)),
    )
