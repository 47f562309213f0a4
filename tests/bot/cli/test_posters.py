"""Posters by command: what was frozen is what is printed; honours, rounds and vouchers."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from domain.points import show
from domain.publication import Publication
from storage.unit_of_work import books_on
from tests.bot.cli.conftest import Jifen
from tests.bot.papers.archive import VILLAGE, archive
from tests.bot.papers.printed import RARE, pages, tight

HERE = ("--village", VILLAGE)
PICTURE_BYTES_MAX = 1_000_000


@pytest.fixture
def publication(engine: Engine) -> Publication:
    with books_on(engine)() as books:
        kept = archive(books)
    engine.dispose()
    return kept


@pytest.fixture
def jifen_there(publication: Publication, jifen_on: Jifen) -> Jifen:
    assert publication.snapshot.lines
    return jifen_on


@pytest.mark.parametrize("paper", ["A3", "a4"])
def test_the_board_holds_the_snapshot_to_the_letter(
    publication: Publication, jifen_on: Jifen, tmp_path: Path, paper: str
) -> None:
    told = jifen_on.json(
        "poster", "publication", *HERE, "--paper", paper, "--to", tmp_path / "p.pdf"
    )
    snapshot = publication.snapshot
    assert told["households"] == len(snapshot.lines)
    text = "".join(pages((tmp_path / "p.pdf").read_bytes()))
    for line in snapshot.lines:
        row = f"{line.group_no}组{line.name}{show(line.quarter_points)}{show(line.year_points)}"
        assert f"{line.shown_place or '—'}{row}" in text
    for said in (f"第{snapshot.chain_seq}笔", snapshot.rulebook_version, "2026年10月19日止",
                 tight(" ".join(snapshot.chain_head)), "村民代表会议通过", f"{RARE[0]}**{RARE[-1]}"):  # fmt: skip
        assert said in text, said
    assert RARE not in text
    assert "张三" not in text


def test_the_picture_for_the_chat_is_small(jifen_there: Jifen, tmp_path: Path) -> None:
    jifen_there("poster", "notice", *HERE, "--period", "2026-Q3", "--to", tmp_path / "n.png")
    content = (tmp_path / "n.png").read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) < PICTURE_BYTES_MAX
    jifen_there("poster", "notice", *HERE, "--to", tmp_path / "n.pdf")
    [text] = pages((tmp_path / "n.pdf").read_bytes())
    assert "10月19日前说" in text


def test_every_honour_of_a_year_has_its_certificate(jifen_there: Jifen, tmp_path: Path) -> None:
    command = ("poster", "certificate", *HERE, "--year", "2026", "--to")
    assert jifen_there.json(*command, tmp_path / "c.pdf")["certificates"] == 2
    first, second = pages((tmp_path / "c.pdf").read_bytes())
    for said in ("张三家:", "2026年度积分优秀家庭", "全年得170分,列全村第1名", "编号:2026-001"):
        assert said in first, said
    for said in (f"{RARE}家:", "最美家庭", "编号:2026-002", "幸福村积分制审核委员会"):
        assert said in second, said
    assert "印好了1张证书" in jifen_there(*command, tmp_path / "1.pdf", "--household", "3组15号")
    [only] = pages((tmp_path / "1.pdf").read_bytes())
    assert only == second
    assert "3组99号" in jifen_there.error(
        *command, tmp_path / "9.pdf", "--household", "3组99号", code=2
    )


def test_a_round_s_catalogue_and_vouchers_are_printed(jifen_there: Jifen, tmp_path: Path) -> None:
    where = (*HERE, "--year", "2026", "--round", "1", "--to")
    assert jifen_there.json("poster", "catalogue", *where, tmp_path / "c.pdf")["goods"] == 2
    [text] = pages((tmp_path / "c.pdf").read_bytes())
    for said in ("洗衣液2050瓶2瓶", '=HYPERLINK("http://x")250袋不限', "9月20日到9月26日"):
        assert said in text, said
    assert jifen_there.json("poster", "vouchers", *where, tmp_path / "v.pdf")["vouchers"] == 1
    [text] = pages((tmp_path / "v.pdf").read_bytes())
    assert "2026-12026年9月16日3组12号张三洗衣液240李会计" in text
    assert "共1张凭证,用去40分" in text
    jifen_there("poster", "catalogue", *HERE, "--year", "2026", "--to", tmp_path / "shown.pdf")


@pytest.mark.parametrize(
    ("command", "words", "code"),
    [
        ("publication --period 2026-Q2", "2026-Q2的公示", 1),
        ("notice --period 2025-Q4", "2025-Q4的公示", 1),
        ("certificate --year 2025", "2025年没有要打印的荣誉", 1),
        ("catalogue --year 2026 --round 2", "没有第2轮兑换", 2),
        ("catalogue --year 2025", "2025年没有兑换", 1),
        ("vouchers --year 2026 --round 3", "没有第3轮兑换", 2),
    ],
)
def test_what_is_not_there_is_said(
    jifen_there: Jifen, tmp_path: Path, command: str, words: str, code: int
) -> None:
    kind, *rest = command.split()
    said = jifen_there.error("poster", kind, *HERE, *rest, "--to", tmp_path / "x.pdf", code=code)
    assert words in said
    assert not (tmp_path / "x.pdf").exists()


def test_before_anything_happened_there_is_nothing_to_print(founded: Jifen, tmp_path: Path) -> None:
    for kind, words in (("publication", "还没有发布过公示"), ("certificate", "没有要打印的荣誉"),
                        ("vouchers", "没有兑换")):  # fmt: skip
        here = ("--village", "1", "--to", tmp_path / "x.pdf")
        assert words in founded.error("poster", kind, *here)


@pytest.mark.parametrize("kind", ["publication", "participation", "redemption", "rulebook"])
def test_each_archive_is_written_as_a_table(jifen_there: Jifen, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"{kind}.xlsx"
    told = jifen_there.json("export", kind, *HERE, "--year", "2026", "--to", file)
    assert told["file"] == str(file)
    assert told["rows"] > 0
    assert file.read_bytes().startswith(b"PK")
    assert "JSON:" in jifen_there("export", kind, "--help")


def test_a_year_without_rules_has_no_rulebook_to_write(founded: Jifen, tmp_path: Path) -> None:
    there = ("--village", "1", "--year", "2020", "--to", tmp_path / "r.xlsx")
    assert "没有有效的细则" in founded.error("export", "rulebook", *there)


@pytest.mark.parametrize("kind", ["publication", "notice", "certificate", "catalogue", "vouchers"])
def test_each_poster_has_its_help(jifen: Jifen, kind: str) -> None:
    assert "JSON:" in jifen("poster", kind, "--help")
