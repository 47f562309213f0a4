"""The deploy files speak of the same settings as the program and its documents."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
FILES = ["Dockerfile", "compose.yaml", "jifen.service", "Caddyfile", ".env.example"]
NAMES = {f"JIFEN_{name.upper()}" for name in Settings.model_fields}
PROXY = {"JIFEN_DOMAIN"}
"""Read by the proxy and the compose file alone."""
_NAME = re.compile(r"JIFEN_[A-Z0-9_]*[A-Z0-9]")
_LINE = re.compile(r"^#?([A-Z0-9_]+)=(.*)$", re.MULTILINE)


def text_of(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def tool(name: str) -> str:
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.mark.parametrize("name", FILES)
def test_a_deploy_file_names_no_setting_that_is_not_one(name: str) -> None:
    assert set(_NAME.findall(text_of(name))) <= NAMES | PROXY


def test_the_example_lists_every_setting_with_its_default() -> None:
    listed = {n: v for n, v in _LINE.findall(text_of(".env.example")) if n.startswith("JIFEN_")}
    assert set(listed) == NAMES | PROXY
    for name, field in Settings.model_fields.items():
        default = field.default
        if isinstance(default, SecretStr):
            default = default.get_secret_value()
        assert listed[f"JIFEN_{name.upper()}"] == ("" if default is None else str(default)), name


def test_every_setting_is_documented_for_the_operator() -> None:
    documented = set(_NAME.findall((ROOT / "docs" / "operations.md").read_text(encoding="utf-8")))
    assert documented >= NAMES | PROXY


def test_every_variable_of_the_compose_file_is_in_the_example() -> None:
    asked = set(re.findall(r"\$\{([A-Z0-9_]+)", text_of("compose.yaml")))
    assert asked <= {name for name, _ in _LINE.findall(text_of(".env.example"))}


def test_containers_start_in_any_order_and_jifen_believes_the_proxy_alone() -> None:
    compose = text_of("compose.yaml")
    services = dict(re.findall(r"^  (\w+):\n((?:    .*\n|\n)+)", compose, re.MULTILINE))
    assert "network_mode" not in compose
    assert "ports:" not in services["jifen"]
    networks = {
        name: set(found[1].split(", "))
        for name, body in services.items()
        if (found := re.search(r"^    networks: \[(.*)\]$", body, re.MULTILINE))
    }
    assert {name for name, of in networks.items() if "front" in of} == {"jifen", "proxy"}
    assert networks["jifen"] & networks["proxy"] == {"front"}  # its name leads there alone
    trusted = re.search(r"JIFEN_TRUSTED_PROXIES: (.*)", services["jifen"])
    subnet = re.search(r"- subnet: (.*)", compose)
    assert trusted is not None
    assert subnet is not None
    assert trusted[1] == subnet[1]
    default = trusted[1].removeprefix("${FRONT_SUBNET:-").removesuffix("}")
    assert len(Settings(_env_file=None, trusted_proxies=default).proxies) == 1


def test_no_image_is_the_latest_one() -> None:
    images = re.findall(r"^    image: (.*)$", text_of("compose.yaml"), re.MULTILINE)
    assert not [image for image in images if "latest" in image]


def test_the_image_takes_along_every_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found = project["tool"]["setuptools"]["packages"]["find"]["include"]
    packages = {name.rstrip("*") for name in found}
    copied = set(re.findall(r"^COPY (\w+) \./\1$", text_of("Dockerfile"), re.MULTILINE))
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert copied == packages
    assert {f"!{name}" for name in packages | {"requirements.lock", "pyproject.toml"}} <= set(
        allowed
    )


def test_image_and_unit_run_by_a_user_of_their_own() -> None:
    stage = text_of("Dockerfile").rpartition("FROM ")[2]
    assert re.search(r"^USER [1-9]\d*$", stage, re.MULTILINE)
    assert "--require-hashes" in text_of("Dockerfile")
    assert "User=jifen" in text_of("jifen.service")
    assert "ProtectSystem=strict" in text_of("jifen.service")


def test_no_secret_stands_in_a_deploy_file() -> None:
    for name, value in _LINE.findall(text_of(".env.example")):
        if re.search("SECRET|PASSWORD|TOKEN|ACCESS_KEY", name):
            assert value == "", name


def test_hadolint_has_nothing_against_the_dockerfile() -> None:
    command = [tool("hadolint"), str(DEPLOY / "Dockerfile")]
    checked = subprocess.run(command, check=False, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


def test_systemd_has_nothing_against_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "jifen.service"
    unit.write_text(text_of("jifen.service").replace("/opt/jifen/bin/jifen", "/bin/true"))
    command = [tool("systemd-analyze"), "verify", "--man=no", str(unit)]
    checked = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")
