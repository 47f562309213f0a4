"""Proofs of completeness: everything that can come out has words, everything offered is understood."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import bot
import domain
import schedules
import storage
from bot import dialogue
from bot.commands.asking import HelpTold
from bot.commands.case import Answer, Notice
from bot.desks import CONFIDENTIAL, DESKS, READ_ONLY, NumberMissing
from bot.papers import rulebook_toml
from bot.papers.claim_rows import ClaimHeadingMissing
from bot.replies.asking import KINDS, STATES
from bot.replies.binding import ROLES
from bot.replies.phrases import BOUNDS
from bot.replies.refusals import CONFLICTS, FAULTS, WORDS, refused
from bot.replies.refusals import STATES as DECIDED_STATES
from bot.replies.results import RESULTS, word
from bot.understanding.plain import PlainReader
from bot.understanding.reading import Intent, Scene, Surroundings, Utterance
from domain.claim import ClaimDecided, ClaimState
from domain.evidence import PhotoFault
from domain.household import RosterHeadingMissing, RosterUnreadable
from domain.ledger import EntryKind
from domain.membership import NotAllowed, Role
from domain.refusal import Refusal
from domain.rulebook import AdoptionRefused
from domain.scoring import Bound
from tests.fakes import MORNING

IN_FILES_ONLY: dict[type[Refusal], str] = {
    RosterUnreadable: "bot/replies/roster.py: an Excel file, at the command line",
    RosterHeadingMissing: "bot/replies/roster.py: an Excel file, at the command line",
    ClaimHeadingMissing: "bot/replies/paper_rows.py: an Excel file, at the command line",
}
"""Refusals that no message of a villager brings about; their words stand where the file is read."""

CLI_ONLY = "bot.cli"


def _modules() -> Iterator[ModuleType]:
    for package in (domain, storage, schedules, bot):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" not in found.name:
                yield importlib.import_module(found.name)


def _kinds(base: type[Refusal]) -> Iterator[type[Refusal]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _kinds(kind)


@pytest.fixture(scope="module")
def refusals() -> set[type[Refusal]]:
    """Every refusal that the four packages know."""
    for _ in _modules():
        continue
    ours = ("bot.", "domain.", "storage.", "schedules.")
    return {kind for kind in _kinds(Refusal) if kind.__module__.startswith(ours)}


def test_every_refusal_that_can_reach_a_person_is_worded(refusals: set[type[Refusal]]) -> None:
    spoken = {k for k in refusals if not k.__module__.startswith(CLI_ONLY)}
    assert {k.__name__ for k in spoken - WORDS.keys() - IN_FILES_ONLY.keys()} == set()


def test_no_words_are_kept_for_a_refusal_that_is_gone(refusals: set[type[Refusal]]) -> None:
    assert set(WORDS) <= refusals
    assert set(IN_FILES_ONLY) <= refusals
    assert not set(IN_FILES_ONLY) & set(WORDS)


def test_every_result_of_a_desk_has_words() -> None:
    results = {
        kind
        for module in _modules()
        if module.__name__.startswith("bot.commands.")
        or module.__name__ in {"bot.desks", "bot.dialogue", "schedules.upkeep"}
        for kind in vars(module).values()
        if isinstance(kind, type)
        and kind.__module__ == module.__name__
        and hasattr(kind, "__dataclass_fields__")
    }
    inner = {
        "Case", "Tools", "Notice", "Answer", "Album", "Filing", "Amount", "Overruled", "Waiting", "Bar", "Wanted",
        "Clerk", "RowOutcome", "Twin", "Stance",
    }  # fmt: skip
    assert {k.__name__ for k in results - RESULTS.keys()} - inner == set()
    assert not {Answer, Notice} & RESULTS.keys()


def test_every_intent_has_a_desk_or_answers_an_open_question() -> None:
    of_dialogue = {Intent.CANCEL, Intent.CHOICE}
    of_chat = {Intent.WEB}
    assert set(Intent) - DESKS.keys() == of_dialogue | of_chat
    assert set(DESKS) | of_chat >= READ_ONLY | CONFIDENTIAL
    assert {dialogue.QUANTITY, dialogue.TIER, dialogue.PHOTO} == dialogue.OF_DRAFT


@pytest.mark.parametrize(
    ("values", "worded"),
    [
        (ClaimState, STATES),
        (set(ClaimState) - {ClaimState.DRAFT}, DECIDED_STATES),
        (EntryKind, KINDS),
        (Role, ROLES),
        (Bound, BOUNDS),
        (PhotoFault, FAULTS),
        (["own", "relative", "filed", "relayed"], CONFLICTS),
    ],
    ids=["state", "decided", "entry", "role", "bound", "photo", "conflict"],
)
def test_every_value_that_is_said_has_its_word(values: set[str], worded: dict[object, str]) -> None:
    assert set(values) == set(worded)


@pytest.mark.parametrize("state", list(ClaimState))
def test_a_decided_claim_is_named_in_every_state(state: ClaimState) -> None:
    assert refused(ClaimDecided(7, state, "李会计")).startswith("#7 ")


@pytest.mark.parametrize("role", list(Role))
def test_what_is_not_allowed_is_refused_politely_for_every_role(role: Role) -> None:
    assert refused(NotAllowed(role)).endswith("。")


@pytest.mark.parametrize("intent", list(Intent))
def test_a_missing_number_is_asked_for_with_an_example(intent: Intent) -> None:
    assert "23" in refused(NumberMissing(intent))


def test_every_fault_of_an_adoption_has_its_word() -> None:
    source = Path(importlib.import_module("domain.rulebook").__file__ or "")
    reasons = re.findall(r'AdoptionRefused\("(\w+)"\)', source.read_text(encoding="utf-8"))
    assert len(reasons) >= 6
    assert all(refused(AdoptionRefused(reason)) for reason in reasons)


def _offered(role: Role | None) -> list[str]:
    """Return every command that the help offers, one each."""
    roles = frozenset() if role is None else frozenset({role})
    text = word((HelpTold(roles, is_bound=True),)) + word((HelpTold(frozenset(), is_bound=False),))
    lines = [line for line in text.splitlines() if not line.endswith(":")]
    commands = []
    for line in lines:
        told = re.sub(r"\(.*\)", "", line)
        told = re.sub(r".*(?:比如|就说|可以说):", "", told)
        commands += [part.strip() for part in told.split("、") if part.strip()]
    return commands


@pytest.mark.parametrize("role", [None, *Role])
def test_every_command_of_the_help_is_understood(role: Role | None) -> None:
    reader, rulebook = PlainReader(), rulebook_toml.draft()
    for command in _offered(role):
        utterance = Utterance(command, Scene.DIRECT, role or Role.VILLAGER, MORNING)
        reading = reader.read(utterance, Surroundings(rulebook))
        assert reading.intent not in {None, Intent.HELP}, command
        assert reading.intent in {*DESKS, Intent.WEB}, command


def test_the_examples_in_the_refusals_are_understood() -> None:
    reader, rulebook = PlainReader(), rulebook_toml.draft()
    for command in ("更正 23 昨天", "更正 23 3小时", "撤回 23", "看图 23", "进度 23", "细则",
                    "通过 23", "通过 23 1分", "调整 23 2分 数量写错", "调整 23 2小时 数量写错", "我家不在本村", "绑定 3组12号 张三",
                    "进度", "我家多少分", "待审", "确认绑定 1", "拒绝绑定 1", "申报 垃圾分类"):  # fmt: skip
        utterance = Utterance(command, Scene.DIRECT, Role.COMMITTEE, MORNING)
        reading = reader.read(utterance, Surroundings(rulebook))
        assert reading.intent not in {None, Intent.HELP}, command
        assert not reading.asks, command


def test_a_sentence_never_shows_an_exception_or_a_placeholder() -> None:
    for told in (*STATES.values(), *FAULTS.values()):
        assert not re.search(r"[{}]|None|Error", told)
