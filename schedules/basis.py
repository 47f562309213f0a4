"""The legal basis (政策依据) at work: documents as data, administrators told in time."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from domain.basis import Basis, Policy, ending, policy_of
from domain.membership import Role
from domain.period import village_day
from domain.rulebook import Adoption
from schedules.announcing import to_people
from schedules.jobs import Errand
from storage.outbox import Draft

FILE: Final = Path(__file__).parent / "policies.toml"


@dataclass(frozen=True, slots=True)
class PolicyEnding:
    """A policy that ends in ``days`` days; negative once it has ended."""

    policy: Policy
    days: int


@cache
def policies() -> tuple[Policy, ...]:
    """Return the documents of the towns, as the file beside this module lists them."""
    with FILE.open("rb") as file:
        return tuple(Policy(**one) for one in tomllib.load(file)["policy"])


def basis_on(errand: Errand, adoption: Adoption) -> Basis:
    """Return what may be named as the basis now: a policy in force, else the adoption."""
    today = village_day(errand.now)
    policy = policy_of(policies(), town=errand.village.town, day=today)
    if policy is not None:
        return Basis(policy.title, policy.starts_on, policy.ends_on)
    return Basis(adoption.meeting, adoption.held_on)


def warn(errand: Errand) -> tuple[Draft, ...]:
    """Tell the administrators 90, 30 and 0 days before the town's policy ends, once each."""
    today = village_day(errand.now)
    found = ending(policies(), town=errand.village.town, day=today)
    if found is None:
        return ()
    policy, mark = found
    people = errand.books.people.holders(errand.village.id, Role.ADMINISTRATOR)
    result = PolicyEnding(policy, (policy.ends_on - today).days)
    return to_people(errand, people, result, key=f"policy:{policy.ends_on}:{mark}")
