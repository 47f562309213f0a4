"""Rulebook files (细则文件): checked, kept as a version, written back."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.cli.office import CommandFailed, WrongUse, office, standing, village_named
from bot.papers import rulebook_toml
from bot.papers.rulebook_check_words import CHECK_WORDS
from bot.papers.rulebook_problem import Problem
from bot.replies import cli as words
from bot.replies.rulebook_findings import word_check, word_finding, word_problem
from domain.rulebook import Rulebook
from domain.rulebook_check import check, refusals
from domain.rulebook_finding import Finding
from storage.doors import StoredRulebook

TOML: Final = ".toml"
EXCEL: Final = ".xlsx"


@dataclass(frozen=True, slots=True)
class Checked:
    """A rulebook file as read, with everything that stands against it."""

    rulebook: Rulebook
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]

    @property
    def is_adoptable(self) -> bool:
        """Whether a village may put it to the vote."""
        return not self.problems and not refusals(self.findings)

    @property
    def words(self) -> str:
        """Everything at once, one line each."""
        return word_check(self.problems, self.findings)


def checked_draft() -> Checked:
    """Check the draft that ships with the product."""
    return _checked(rulebook_toml.draft(), ())


def checked_file(file: Path) -> Checked:
    """Check a file.

    Raises:
        WrongUse: It is not there, or its name says that it is no rulebook.

    """
    kind = _kind(file)
    standing(file)
    if kind == TOML:
        return _checked(*rulebook_toml.load(file))
    from bot.papers.rulebook_excel import read_rulebook  # noqa: PLC0415 - openpyxl is slow to load

    return _checked(*read_rulebook(file))


def _kind(file: Path) -> str:
    kind = file.suffix.lower()
    if kind not in {TOML, EXCEL}:
        raise WrongUse(words.RULEBOOK_SUFFIX.format(name=file.name))
    return kind


def _checked(rulebook: Rulebook, problems: tuple[Problem, ...]) -> Checked:
    """Items that cannot be read are missing, so nothing is found of them until they are mended."""
    findings = () if problems else check(rulebook, words=CHECK_WORDS)
    return Checked(rulebook, problems, findings)


def facts(checked: Checked) -> dict[str, Any]:
    """Return what ``--json`` tells."""
    return {
        "version": checked.rulebook.version,
        "items": len(checked.rulebook.items),
        "adoptable": checked.is_adoptable,
        "problems": [
            {"line": p.line, "item": p.code, "text": word_problem(p)} for p in checked.problems
        ],
        "findings": [
            {
                "severity": f.severity.value,
                "code": f.code.value,
                "item": f.item,
                "text": word_finding(f),
            }
            for f in checked.findings
        ],
    }


def keep_file(file: Path, *, village: str) -> tuple[Checked, StoredRulebook | None, str]:
    """Keep a file that can be adopted as a version; None is stored of any other.

    Raises:
        CommandFailed: No such village, or it has another text under this version.

    """
    checked = checked_file(file)
    if not checked.is_adoptable:
        return checked, None, village
    version = checked.rulebook.version
    body = rulebook_toml.dumps(checked.rulebook)
    with office() as at, at.open_books() as books:
        found = village_named(books, village)
        stored = StoredRulebook(found.id, version, body, hashlib.sha256(body.encode()).hexdigest())
        if not books.rulebooks.store(stored, at=at.now):
            raise CommandFailed(words.RULEBOOK_OTHER.format(village=found.name, version=version))
    return checked, stored, found.name


def write_file(to: Path, *, village: str, version: str, is_forced: bool) -> str:
    """Write a stored version to a file and return the village's name.

    Raises:
        CommandFailed: No such village or version, or the file is there already.

    """
    kind = _kind(to)
    if to.exists() and not is_forced:
        raise CommandFailed(words.FILE_EXISTS.format(file=to))
    with office() as at, at.reading() as books:
        found = village_named(books, village)
        stored = books.rulebooks.get(found.id, version)
    if stored is None:
        raise WrongUse(words.RULEBOOK_UNKNOWN.format(village=found.name, version=version))
    if kind == TOML:
        to.write_text(stored.body, encoding="utf-8")
        return found.name
    from bot.papers.rulebook_excel import write_rulebook  # noqa: PLC0415 - as above

    rulebook, problems = rulebook_toml.loads(stored.body)
    assert not problems, problems
    write_rulebook(rulebook, to)
    return found.name
