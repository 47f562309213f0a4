"""The first day of a village: from the command line to the first approved claim."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from storage.engine import sqlite_url
from tests.gateway.conftest import needs_npm
from tests.gateway.process import NpmGateway
from tests.gateway.test_story import Village
from tests.gateway.village import ROOT, Jifen
from tests.journeys.stream import faults_of
from tests.pictures import jpeg

pytestmark = pytest.mark.gateway

HEADINGS = ("组", "门牌", "户主", "电话", "户籍人口", "常住人口", "备注", "村")
ROSTER = (
    ("3组", "12号", "张 建国", "13800138000", 4, 3, "", "新桥村"),
    ("三组", "十五号", "王桂英", "", 2, 1, "", "新桥村"),
    ("1", "6", "李国平", "", 3, 3, "", "新桥村"),
    ("2", "3", "陈卫东", "", 3, 2, "", "新桥村"),
    ("合计", "", "4户", "", 12, 9, "", ""),
)
GROUP, COMMITTEE = "villagers@chatroom", "reviewers@chatroom"


class Office:
    """The clerk's terminal: runs `jifen` with one data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.url = sqlite_url(data / "jifen.db")

    def jifen(self, *words: str) -> Any:
        environment = os.environ | {
            "JIFEN_DATABASE_URL": self.url,
            "JIFEN_DATA_DIR": str(self.data),
            "JIFEN_SECRET_KEY": "secret-of-the-tests",
        }
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli.main", *words, "--json"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    (tmp_path / "data").mkdir()
    return Office(tmp_path / "data")


@pytest.fixture
def gateway() -> Iterator[NpmGateway]:
    needs_npm()
    with NpmGateway() as running:
        for person in ("zhang", "wang", "li", "chen"):
            running.contact(f"@{person}", person)
        people = ("@zhang", "@wang", "@li", "@chen", running.bot_id)
        running.room(GROUP, topic="新桥村民群", members=people)
        running.room(COMMITTEE, topic="审核委员会", members=("@li", "@chen", running.bot_id))
        yield running


def roster(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    for row in ROSTER:
        sheet.append(row)
    book.save(path)
    return path


def found(office: Office, path: Path) -> dict[str, str]:
    """Init, import, adopt; return the slip codes by head."""
    village = office.jifen("init", "--town", "示范镇", "--village", "新桥村")
    assert village["villages"][0]["name"] == "新桥村"
    assert len(village["villages"][0]["admin_code"].replace("-", "")) == 10
    imported = office.jifen("households", "import", str(roster(path)), "--village", "新桥村")
    assert imported["accepted"] + imported["normalised"] == 4
    assert imported["rejected"] == 1
    codes = office.jifen("households", "codes", "--village", "新桥村")
    return {one["head"]: one["code"] for one in codes}


def adopt(office: Office) -> None:
    office.jifen(
        *("rulebook", "adopt", "--village", "新桥村", "--version", "draft-2026"),
        *("--meeting", "村民代表会议", "--date", "2026-01-10", "--present", "42"),
        *("--for", "39", "--against", "3", "--women", "18"),
        *("--published-on", "2026-01-13", "--published-at", "村公告栏"),
    )


def bind_everyone(story: Village, office: Office, slips: dict[str, str]) -> None:
    for purpose, room in (("villagers", GROUP), ("committee", COMMITTEE)):
        code = office.jifen("rooms", "invite", "--village", "新桥村", "--purpose", purpose)["code"]
        story.says("@li", f"绑定本群 {code}", room=room)
        story.hears("新桥村", to=room)
    for person, head in (("@li", "李国平"), ("@chen", "陈卫东"), ("@zhang", "张建国")):
        story.says(person, f"绑定 {slips[head]}", room=None)
        story.hears("绑好了", head, "同意", to=person)
    for person in ("@li", "@chen"):
        invited = office.jifen("roles", "invite", "--village", "新桥村", "--role", "committee")
        story.says(person, f"绑定 {invited['code']}", room=None)
        story.hears("审核委员", to=person)


def test_a_village_opens_and_counts_its_first_point(
    office: Office, gateway: NpmGateway, tmp_path: Path
) -> None:
    slips = found(office, tmp_path / "花名册.xlsx")
    with Jifen(office.url, office.data, gateway) as jifen:
        story = Village(gateway, jifen.start())
        bind_everyone(story, office, slips)
        story.says("@zhang", "申报 垃圾分类", room=GROUP)
        story.hears("还没有表决通过积分细则", to=GROUP)
        adopt(office)
        story.says("@wang", "绑定 3组15号 王桂英", room=None)
        told = {story.hears("王桂英家"), story.hears("王桂英家")}
        assert any("确认绑定 1" in one for one in told)
        story.says("@chen", "确认绑定 1", room=COMMITTEE)
        assert {"绑好了" in story.hears("王桂英家") for _ in range(2)} == {True, False}
        story.says("@wang", "同意", room=None)
        story.hears("已记下您同意", to="@wang")
        story.says("@wang", "申报 报修 村口路灯坏了", room=GROUP)
        story.hears("#1", "还差1张照片", to=GROUP)
        story.shows("@wang", jpeg(1), room=GROUP)
        story.hears("收到", "王桂英家 #1", "地点村口")
        story.says("@li", "通过 1", room=COMMITTEE)
        assert any("审核通过,+2分" in one for one in (story.hears("#1"), story.hears("#1")))
        jifen.stop()
    [claim] = office.jifen("claims", "--village", "新桥村")
    month = claim["effective_month"]
    assert claim | {"occurred_on": "", "item": ""} == {
        "year": int(month[:4]),
        "effective_month": month,
        "quantity": None,
        "tier": None,
        "number": 1,
        "household": "3组15号",
        "item": "",
        "state": "approved",
        "points": 2,
        "occurred_on": "",
        "place": "村口",
        "photos": 1,
        "filed_by": "wang",
        "approvals": ["li"],
    }
    [entry] = office.jifen("ledger", "--village", "新桥村", "--year", "2026")
    assert (entry["seq"], entry["kind"], entry["points"]) == (1, "award", 2)
    assert entry["cause"].startswith("claim:2026:1:")
    assert office.jifen("verify")["clean"] is True
    assert faults_of(office.url, gateway, account="wechaty:bot") == []
