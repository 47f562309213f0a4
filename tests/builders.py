"""Values of the domain with everything filled in; a test names only what it is about."""

from datetime import UTC, date, datetime
from typing import Any

from domain.basis import Basis
from domain.claim import Act, Claim, ClaimKey, ClaimOrigin, ClaimState, Sha256
from domain.ledger import EntryKind, Posting
from domain.membership import HouseholdId, Person, PersonId, Role
from domain.objection import Objection, ObjectionState
from domain.period import Month, Quarter, month_of
from domain.points import Points
from domain.publication import Publication, PublicationState, Snapshot, digest
from domain.rulebook import Adoption, Caps, Filer, Item, Kind, Rulebook
from storage.evidence import Photo
from storage.mail import Received
from storage.outbox import Draft

TODAY = date(2026, 9, 16)
NOON = datetime(2026, 9, 16, 4, 0, tzinfo=UTC)
ACCOUNT = "wechat"


def an_act(**changes: Any) -> Act:
    """An act under A101 on 16 September."""
    return Act(**({"item": "A101", "occurred_on": TODAY} | changes))


def a_claim(number: int = 1, *, act: Act | None = None, **changes: Any) -> Claim:
    """A submitted claim of household 1, filed by person 1, with one photo, worth a point."""
    done = act or an_act()
    values: dict[str, Any] = {
        "key": ClaimKey(done.occurred_on.year, number),
        "household": HouseholdId(1),
        "act": done,
        "state": ClaimState.SUBMITTED,
        "origin": ClaimOrigin.CLAIM,
        "rulebook_version": "draft-2026",
        "effective_month": month_of(done.occurred_on),
        "filed_by": PersonId(1),
        "filed_at": NOON,
        "expected": Points(10),
    }
    return Claim(**(values | changes))


def an_item(code: str = "A101", **changes: Any) -> Item:
    """An item worth one point, 4 a month, with a photo, that villagers claim."""
    values: dict[str, Any] = {
        "code": code,
        "name": "生活垃圾分类投放",
        "kind": Kind.FIXED,
        "filer": Filer.VILLAGER,
        "points": Points(10),
        "caps": Caps(month=Points(40)),
        "photos_min": 1,
    }
    return Item(**(values | changes))


def a_rulebook(*items: Item, **changes: Any) -> Rulebook:
    """A rulebook of the items given, or of one item."""
    return Rulebook(**({"version": "test", "items": items or (an_item(),)} | changes))


def an_adoption(**changes: Any) -> Adoption:
    """A record that puts draft-2026 in force from 1 January 2026."""
    values: dict[str, Any] = {
        "version": "draft-2026",
        "meeting": "村民代表会议",
        "held_on": date(2025, 12, 10),
        "present": 42,
        "votes_for": 39,
        "votes_against": 3,
        "votes_women": 18,
        "published_on": date(2025, 12, 12),
        "published_at": "村公告栏",
        "in_force_on": date(2026, 1, 1),
    }
    return Adoption(**(values | changes))


def a_person(number: int = 1, *roles: Role, household: int | None = 1, **changes: Any) -> Person:
    """A person of household 1 with the roles given."""
    home = None if household is None else HouseholdId(household)
    values = {"name": f"某{number}", "household": home, "roles": frozenset(roles)}
    return Person(PersonId(number), **(values | changes))


def a_posting(cause: str = "claim:2026:1:award", **changes: Any) -> Posting:
    """An award of one point to household 1 in September."""
    values: dict[str, Any] = {
        "household": HouseholdId(1),
        "kind": EntryKind.AWARD,
        "points": Points(10),
        "cause": cause,
        "effective_month": Month(2026, 9),
        "actors": (PersonId(1), PersonId(3)),
        "reason": "",
        "item": "A101",
    }
    return Posting(**(values | changes))


def a_photo(name: str = "a", *, looks: int = 0) -> Photo:
    """A stored photo; ``looks`` is its perceptual hash."""
    return Photo(Sha256(name * 8), f"sent-{name}", looks, "image/jpeg", 800, 600, 25_000)


def an_objection(**changes: Any) -> Objection:
    """An open objection of household 1 to claim 1, raised at noon."""
    values: dict[str, Any] = {
        "year": 2026,
        "number": 1,
        "household": HouseholdId(1),
        "claim": ClaimKey(2026, 1),
        "quarter": Quarter(2026, 3),
        "person": PersonId(1),
        "words": "少算了",
        "state": ObjectionState.RAISED,
        "raised_at": NOON,
        "due_on": TODAY,
    }
    return Objection(**(values | changes))


def a_received(message_id: str = "m1", **changes: Any) -> Received:
    """A direct message of 张三 at noon."""
    values: dict[str, Any] = {
        "account": ACCOUNT,
        "message_id": message_id,
        "room": None,
        "contact": "zhang",
        "sent_at": NOON,
        "digest": "d" * 64,
        "body": '{"text": "你好"}',
    }
    return Received(**(values | changes))


def a_draft(key: str = "reply:1", **changes: Any) -> Draft:
    """A direct reply to 张三."""
    values: dict[str, Any] = {
        "account": ACCOUNT,
        "room": None,
        "contact": "zhang",
        "text": f"回复 {key}",
    }
    return Draft(key, **(values | changes))


def a_final_publication(quarter: Quarter) -> Publication:
    """An edition of a quarter that nobody can object to any more; it lists nobody."""
    basis = Basis("村民代表会议", date(2025, 12, 10), None)
    snapshot = Snapshot(quarter, 0, 0, "draft-2026", basis, basis, 0, "0" * 64, ())
    shown = quarter.months[-1].end
    at = datetime(shown.year, shown.month, 1, 4, tzinfo=UTC)
    return Publication(
        1,
        PublicationState.FINAL,
        snapshot,
        digest(snapshot, edition=1),
        at,
        released_at=at,
        final_at=at,
    )
