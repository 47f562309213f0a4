"""Writes ``bot/understanding/simplified.py``: needs ``pip install opencc-python-reimplemented``.

Run as ``python -m tests.generators.simplified``; the table holds the single characters
whose simplified form differs, taken from the character list that the library carries.
"""

from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).parents[2] / "bot" / "understanding" / "simplified.py"
WIDTH = 40
ALSO = {
    "著": "着",
    "妳": "你",
    "祂": "他",
    "牠": "它",
    "週": "周",
    "佔": "占",
    "佈": "布",
    "釦": "扣",
}


def pairs() -> dict[str, str]:
    text = files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in text.splitlines():
        old, _, new = line.partition("\t")
        simple = new.split(" ")[0]
        if len(old) == len(simple) == 1 and old != simple and ord(old) <= 0x9FFF >= ord(simple):
            found[old] = simple
    return dict(sorted((found | ALSO).items()))


def lines_of(characters: str) -> str:
    parts = [characters[at : at + WIDTH] for at in range(0, len(characters), WIDTH)]
    return "\n".join(f'    "{part}"' for part in parts)


def main() -> None:
    found = pairs()
    TARGET.write_text(
        '"""Traditional characters and their simplified forms (简繁), by tests/generators/simplified.py."""\n\n'
        "from typing import Final\n\n"
        f"_TRADITIONAL: Final = (\n{lines_of(''.join(found))}\n)\n"
        f"_SIMPLIFIED: Final = (\n{lines_of(''.join(found.values()))}\n)\n"
        "SIMPLIFIED: Final = str.maketrans(_TRADITIONAL, _SIMPLIFIED)\n"
        '"""For ``str.translate``."""\n',
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
