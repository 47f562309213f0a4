"""Rulebook files and their adoption by command."""

from datetime import date
from pathlib import Path

from bot.papers.rulebook_toml import draft, dumps
from storage.unit_of_work import OpenBooks
from tests.bot.cli.conftest import ADOPTING, Jifen
from tests.storage.filled import VILLAGE


def test_the_shipped_draft_is_stored_by_its_adoption(founded: Jifen, open_books: OpenBooks) -> None:
    told = founded.json(*ADOPTING, "--village", VILLAGE)
    assert told == {
        "village": VILLAGE,
        "version": "draft-2026",
        "in_force_on": "2026-01-12",
        "recorded": True,
    }
    with open_books() as books:
        in_force = books.rulebooks.in_force(1, date(2026, 1, 12))
        assert books.rulebooks.in_force(1, date(2026, 1, 11)) is None
    assert in_force is not None
    assert in_force[0] == "draft-2026"
    assert founded.json(*ADOPTING, "--village", VILLAGE)["recorded"] is False


def test_no_version_comes_into_force_without_a_sound_record(founded: Jifen) -> None:
    few = [word if word != "39" else "20" for word in ADOPTING]
    assert "一半" in founded.error(*few, "--village", VILLAGE, code=2)
    other = [word if word != "draft-2026" else "other" for word in ADOPTING]
    assert "other" in founded.error(*other, "--village", VILLAGE, code=2)
    early = (*ADOPTING, "--village", VILLAGE, "--in-force-on", "2026-01-01")
    assert "公示" in founded.error(*early, code=2)
    founded.error(*ADOPTING, "--village", VILLAGE, "--in-force-on", "soon", code=2)


def test_a_day_to_come_or_another_record_of_a_version_is_refused(founded: Jifen) -> None:
    future = {"2026-01-10": "2999-01-10", "2026-01-12": "2999-01-13"}
    later = [future.get(word, word) for word in ADOPTING]
    assert "不能晚于今天" in founded.error(*later, "--village", VILLAGE, code=2)
    told = founded.json(*ADOPTING, "--village", VILLAGE, "--in-force-on", "2999-01-01")
    assert told["recorded"] is True
    for change in ({"18": "17"}, {"2026-01-12": "2026-01-13"}):
        other = [change.get(word, word) for word in ADOPTING]
        line = founded.error(*other, "--village", VILLAGE, "--in-force-on", "2999-01-01")
        assert "登记过的不能改" in line
    assert "登记过的不能改" in founded.error(*ADOPTING, "--village", VILLAGE)


def test_a_rulebook_is_checked_kept_and_written_back(founded: Jifen, tmp_path: Path) -> None:
    told = founded.json("rulebook", "check", "--draft")
    assert set(told) == {"version", "items", "adoptable", "problems", "findings"}
    assert (told["version"], told["items"], told["adoptable"]) == ("draft-2026", 96, True)
    file = tmp_path / "r.toml"
    file.write_text(dumps(draft()).replace("draft-2026", "qinglong-1"), encoding="utf-8")
    kept = founded.json("rulebook", "import", file, "--village", VILLAGE)
    assert (kept["village"], kept["version"], kept["items"]) == (VILLAGE, "qinglong-1", 96)
    named = ("--village", VILLAGE, "--version", "qinglong-1", "--to")
    excel, text = tmp_path / "r.xlsx", tmp_path / "again.toml"
    assert founded.json("rulebook", "export", *named, excel)["file"] == str(excel)
    assert founded.json("rulebook", "import", excel, "--village", VILLAGE) == kept
    founded("rulebook", "export", *named, text)
    assert text.read_text(encoding="utf-8") == file.read_text(encoding="utf-8")
    assert "--force" in founded.error("rulebook", "export", *named, text)
    founded("rulebook", "export", *named, text, "--force")


def test_an_unfit_rulebook_is_refused_with_everything_at_once(
    founded: Jifen, tmp_path: Path
) -> None:
    file = tmp_path / "r.toml"
    file.write_text('version = "x"\n[[items]]\ncode = "A1"\nnmae = "y"\n', encoding="utf-8")
    told = founded.json("rulebook", "check", file, code=1)
    assert told["adoptable"] is False
    assert len(told["problems"]) > 1
    founded("rulebook", "import", file, "--village", VILLAGE, code=1)
    assert "r.md" in founded.error("rulebook", "check", tmp_path / "r.md", code=2)
    founded.error("rulebook", "check", code=2)


def test_another_text_under_the_same_version_is_refused(founded: Jifen, tmp_path: Path) -> None:
    file = tmp_path / "r.toml"
    body = dumps(draft())
    file.write_text(body, encoding="utf-8")
    founded("rulebook", "import", file, "--village", VILLAGE)
    changed = body.replace("claim_deadline_days = 30", "claim_deadline_days = 29")
    assert changed != body
    file.write_text(changed, encoding="utf-8")
    assert "draft-2026" in founded.error("rulebook", "import", file, "--village", VILLAGE)
