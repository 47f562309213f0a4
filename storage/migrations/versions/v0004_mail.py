"""Messages in and out, open dialogues, web sessions."""

from alembic import op

from storage.migrations.bricks import among, instant, number, primary, prose, unique, words

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the tables, those that others refer to first."""
    _dialogue()
    _inbox()
    _outbox()
    _presence()
    _used_link()
    _web_session()


def _dialogue() -> None:
    op.create_table(
        "dialogue",
        words("account"),
        words("room"),
        words("contact"),
        words("kind"),
        prose("body"),
        instant("expires_at"),
        primary("dialogue", "account", "room", "contact"),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        words("account"),
        words("message_id"),
        words("state"),
        instant("announced_at"),
        instant("sent_at", nullable=True),
        words("room"),
        words("contact"),
        words("digest"),
        prose("body", nullable=True),
        primary("inbox", "account", "message_id"),
        among("ck_inbox_known_state", "state", "announced received done duplicate lost"),
    )
    op.create_index("ix_inbox_state", "inbox", ["account", "state"])
    op.create_index("ix_inbox_twin", "inbox", ["account", "contact", "digest"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        number("id"),
        words("key"),
        words("account"),
        words("room", nullable=True),
        words("contact", nullable=True),
        words("mention", nullable=True),
        words("kind"),
        prose("text"),
        number("village", nullable=True),
        words("photo", nullable=True),
        words("state"),
        instant("queued_at"),
        instant("not_before"),
        number("attempts"),
        instant("settled_at", nullable=True),
        words("platform_id"),
        primary("outbox", "id"),
        among("ck_outbox_known_kind", "kind", "reply notice"),
        among("ck_outbox_known_state", "state", "queued sending sent uncertain dead"),
        unique("uq_outbox_key", "key"),
    )
    op.create_index("ix_outbox_state", "outbox", ["account", "state", "kind", "id"])
    op.create_index("ix_outbox_target", "outbox", ["account", "contact", "id"])


def _presence() -> None:
    op.create_table(
        "presence",
        words("account"),
        instant("seen_at"),
        primary("presence", "account"),
    )


def _used_link() -> None:
    op.create_table(
        "used_link",
        words("digest"),
        instant("used_at"),
        primary("used_link", "digest"),
    )


def _web_session() -> None:
    op.create_table(
        "web_session",
        words("digest"),
        words("contact"),
        instant("created_at"),
        instant("expires_at"),
        primary("web_session", "digest"),
    )
