"""Where the lines that need a look go (问题清单): settled before anything is stored."""

import os
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bot.cli.office import CommandFailed, WrongUse
from bot.replies import cli as words


@dataclass(frozen=True, slots=True)
class ProblemFile:
    """A file that is not there yet; ``taken`` is the one whose name it could not have."""

    path: Path
    taken: Path | None = None


def problem_file(chosen: Path | None, *, of: Path) -> ProblemFile:
    """Return where the problems of a file go: what was chosen, else beside it.

    A file that is there is never written over: 花名册-问题.xlsx, which somebody may be
    mending, is followed by 花名册-问题-2.xlsx.

    Raises:
        CommandFailed: No .xlsx, the file that is read itself, or a folder nobody can write to.

    """
    wanted = chosen or of.with_name(words.PROBLEMS_NAME.format(stem=of.stem))
    if wanted.suffix.lower() != ".xlsx":
        raise WrongUse(words.PROBLEMS_SUFFIX.format(name=wanted.name))
    if wanted.resolve() == of.resolve():
        raise WrongUse(words.PROBLEMS_ITSELF.format(name=of.name))
    if not wanted.parent.is_dir() and chosen:
        raise WrongUse(words.PROBLEMS_FOLDER.format(folder=wanted.parent))
    if wanted.parent.is_dir() and not os.access(wanted.parent, os.W_OK):
        raise CommandFailed(words.PROBLEMS_LOCKED.format(folder=wanted.parent))
    if not wanted.exists():
        return ProblemFile(wanted)
    numbered = (wanted.with_stem(f"{wanted.stem}-{number}") for number in count(2))
    return ProblemFile(next(path for path in numbered if not path.exists()), wanted)


def written_to(file: ProblemFile | None) -> str:
    """Say where the problems are, or nothing."""
    if file is None:
        return ""
    taken = words.PROBLEMS_TAKEN.format(name=file.taken.name) if file.taken else ""
    return words.IMPORT_PROBLEMS.format(file=file.path) + taken


def more_lines(left: int, file: ProblemFile | None) -> str:
    """Say how many lines are not shown, and where they can be seen."""
    return (words.IMPORT_MORE if file else words.IMPORT_MORE_UNWRITTEN).format(count=left)
