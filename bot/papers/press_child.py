"""The press (印刷) in a process of its own: JSON in, one picture or document out, then it ends.

Typesetting in the serving process would keep what it took; this one gives all of
it back. It imports nothing of ours, so that it starts at once.
"""

import json
import sys
from pathlib import Path

import typst
from noto_cjk_sans_otc import FONT_PATH

TEMPLATES = Path(__file__).parent / "templates"


def main() -> None:
    """Read a job, write the lengths of its files as a line of JSON, then the files."""
    job = json.load(sys.stdin.buffer)
    made = typst.compile(
        str(TEMPLATES / f"{job['template']}.typ"),
        root=str(TEMPLATES),
        font_paths=[str(Path(str(FONT_PATH)).parent)],
        ignore_system_fonts=True,
        format=job["form"],
        ppi=job["ppi"],
        sys_inputs={"sheet": json.dumps(job["sheet"], ensure_ascii=False)},
        timestamp=0,
    )
    files = made if isinstance(made, list) else [made]
    out = sys.stdout.buffer
    out.write(json.dumps([len(file or b"") for file in files]).encode() + b"\n")
    for file in files:
        out.write(file or b"")


if __name__ == "__main__":
    main()
