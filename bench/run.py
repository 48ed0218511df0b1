"""Measures the readings against the annotated sets that RECOUPE_GOLD names, with the sets' own scorers.

    python bench/run.py dispatches wikinews times ranges statements names roots stories     all where none is named
    python bench/run.py dispatches --errors events                                          what was missed and what was extra
    python bench/run.py wikinews-held                                                       the third kept aside: never tune on it
    python bench/run.py --freeze                                                            writes bench/frozen/*.txt

Prints what the scorers print. The readings stay in a folder of the system's temporary directory, for looking at.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from recoupe.intake import take
from recoupe.model import Reading
from recoupe.ontology import coded_as
from recoupe.reading.pipeline import Reader

HERE = Path(__file__).parent
SUITES = {
    "dispatches": "dispatches",
    "wikinews": "wikinews",
    "wikinews-held": "wikinews",
    "times": "times/fr-timebank-1999.jsonl",
    "ranges": "numbers/ranges-odd.jsonl",
    "statements": "statements/sequoia-fr.jsonl",
    "names-2016": "winer-fr/2016",
    "names-2018": "winer-fr/2018",
    "roots": "plover/plv-train.tsv",
    "stories": "stories/docs",
}
ANNOTATED = ("dispatches", "wikinews", "wikinews-held")


def gold_folder() -> Path:
    folder = os.environ.get("RECOUPE_GOLD")
    if not folder or not Path(folder).is_dir():
        sys.exit("bench: set RECOUPE_GOLD to the folder of the annotated sets")
    return Path(folder).resolve()


def annotated(gold: Path, suite: str) -> list[Path]:
    """The annotated dispatches of a suite. A third of wikinews, chosen by a hash of the name, is kept aside."""
    paths = sorted((gold / SUITES[suite]).glob("*.json"))
    if not suite.startswith("wikinews"):
        return paths
    held = {path for path in paths if hashlib.sha256(path.stem.encode()).digest()[0] % 3 == 0}
    return [path for path in paths if (path in held) == (suite == "wikinews-held")]


def inputs(gold: Path, suite: str) -> Iterator[dict[str, str]]:
    """Rows as JSON Lines intake takes them."""
    if suite in ANNOTATED or suite == "stories":
        for path in annotated(gold, suite):
            row = json.loads(path.read_text(encoding="utf-8"))
            yield {k: row[k] for k in ("id", "lang", "title", "text", "published", "outlet", "url", "agency") if row.get(k)}
    else:
        command = [sys.executable, str(gold / "suites.py"), "inputs", str(gold / SUITES[suite])]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        yield from (json.loads(line) for line in printed.splitlines())


def read_suite(reader: Reader, gold: Path, suite: str, folder: Path) -> Path:
    out = folder / f"{suite}.jsonl"
    with out.open("wb") as stream:
        for row in inputs(gold, suite):
            reading = reader.read(take(row))
            stream.write(msgspec.json.encode(as_coded(reading) if suite == "roots" else reading) + b"\n")
    return out


def as_coded(reading: Reading) -> Reading:
    """The reading with the types that PLOVER codes its events as, and without those that it leaves out."""
    types = [(e, coded_as(e.type, e.modality, agreed=e.object is not None)) for e in reading.events]
    return msgspec.structs.replace(reading, events=tuple(msgspec.structs.replace(e, type=t) for e, t in types if t))


def score(gold: Path, suite: str, readings: Path, extra: list[str]) -> str:
    """What the set's scorer prints."""
    if suite in ANNOTATED:
        chosen = readings.parent / f"{suite}-gold"
        chosen.mkdir()
        for path in annotated(gold, suite):
            (chosen / path.name).symlink_to(path)
        command = ["score.py", "--gold", str(chosen), "--readings", str(readings), *extra]
    elif suite == "stories":
        return "readings only: the ledger's scorer is run by bench/stories.py\n"
    else:
        command = ["suites.py", suite.split("-")[0], str(gold / SUITES[suite]), str(readings)]
    done = subprocess.run([sys.executable, str(gold / command[0]), *command[1:]], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def figures_of(report: str) -> str:
    """The report without the lines that quote the texts, which are others'."""
    return "".join(line for line in report.splitlines(keepends=True) if not line.startswith(("- ", "+ ")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=", ".join(SUITES))
    parser.add_argument("--errors", help="events, figures, statements, dates, places or people")
    parser.add_argument("--lang")
    parser.add_argument("--freeze", action="store_true")
    options = parser.parse_args()
    unknown = set(options.suites) - set(SUITES)
    if unknown:
        parser.error(f"no such suite: {', '.join(sorted(unknown))}; there are {', '.join(SUITES)}")
    gold, reader = gold_folder(), Reader()
    extra = (["--errors", options.errors] if options.errors else []) + (["--lang", options.lang] if options.lang else [])
    folder = Path(tempfile.mkdtemp(prefix="recoupe-bench-"))
    for suite in options.suites or SUITES:
        readings = read_suite(reader, gold, suite, folder)
        report = score(gold, suite, readings, extra)
        sys.stdout.write(f"== {suite}   ({readings})\n{report}\n")
        if options.freeze:
            (HERE / "frozen").mkdir(exist_ok=True)
            (HERE / "frozen" / f"{suite}.txt").write_text(figures_of(report), encoding="utf-8")


if __name__ == "__main__":
    main()
