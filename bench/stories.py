"""Measures a ledger against stories told by several dispatches, with the sets' own scorer.

    python bench/stories.py                       the sets that RECOUPE_GOLD names, and the project's own stories
    python bench/stories.py stories --verbose     one of dispatches, stories, own, more; what was missed and what was extra

Readings are kept in the system's temporary directory, by reader, so that a run after a change of the ledger alone is quick.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from recoupe.intake import take
from recoupe.language import rules_hash
from recoupe.ledger import Ledger
from recoupe.model import Dispatch, Reading
from recoupe.reading.pipeline import Reader

CASES = Path(__file__).parent.parent / "tests" / "cases"
KEPT = ("id", "lang", "title", "text", "published", "outlet", "url", "agency")


def sets(gold: Path) -> dict[str, tuple[Path, Path]]:
    """Name to the folder of its dispatches and the file of its truth."""
    return {
        "dispatches": (gold / "dispatches", gold / "stories.json"),
        "stories": (gold / "stories" / "docs", gold / "stories" / "stories.json"),
        "own": (CASES / "stories" / "docs", CASES / "stories" / "stories.json"),
        "more": (CASES / "stories-more" / "docs", CASES / "stories-more" / "stories.json"),
    }


def dispatches(folder: Path) -> Iterator[Dispatch]:
    for path in sorted(folder.glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        yield take({key: row[key] for key in KEPT if row.get(key)})


class Kept:
    """Reads a dispatch once per state of the code that reads."""

    def __init__(self) -> None:
        self.reader: Reader | None = None
        code = Path(__file__).parent.parent / "src" / "recoupe"
        files = [*(code / "reading").rglob("*.py"), *(code / "ontology").rglob("*"), code / "model.py"]
        stamp = max(int(f.stat().st_mtime) for f in files)
        self.folder = Path(tempfile.gettempdir()) / "recoupe-bench-readings" / f"{rules_hash()}-{stamp}"
        self.folder.mkdir(parents=True, exist_ok=True)

    def read(self, dispatch: Dispatch) -> Reading:
        path = self.folder / f"{dispatch.id}.json"
        if path.is_file():
            return msgspec.json.decode(path.read_bytes(), type=Reading)
        self.reader = self.reader or Reader()
        reading = self.reader.read(dispatch)
        path.write_bytes(msgspec.json.encode(reading))
        return reading


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", help="dispatches, stories, own, more")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    given = os.environ.get("RECOUPE_GOLD")
    if not given or not Path(given).is_dir():
        sys.exit("bench: set RECOUPE_GOLD to the folder of the annotated sets")
    gold, kept = Path(given).resolve(), Kept()
    for name, (folder, truth) in sets(gold).items():
        if (options.sets and name not in options.sets) or not truth.is_file():
            continue
        with Ledger(":memory:", reader=kept) as ledger:
            ledger.add_all(dispatches(folder))
            out = Path(tempfile.mkdtemp(prefix="recoupe-bench-")) / f"{name}.json"
            out.write_bytes(msgspec.json.encode(ledger.view()))
        command = [
            sys.executable,
            str(gold / "score_ledger.py"),
            "--gold",
            str(folder),
            "--stories",
            str(truth),
            "--ledger",
            str(out),
        ]
        done = subprocess.run(
            [*command, *(["--verbose"] if options.verbose else [])], capture_output=True, text=True, check=False
        )
        sys.stdout.write(f"== {name}   ({out})\n{done.stdout}{done.stderr}\n")


if __name__ == "__main__":
    main()
