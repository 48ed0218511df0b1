"""Measures a whole reading against the parser's own bare pass over the same text, as a ratio in one run.

    python bench/speed.py [--texts 120] [--rounds 3]

Reads real news that RECOUPE_GOLD names (winer-fr, 2016). Each round times the bare pass and the reading of every text in
turn, in processor time, after a round that warms both; the median round counts. Prints the ratio and each stage's share.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from run import gold_folder

from recoupe.intake import take
from recoupe.model import Dispatch
from recoupe.reading import pipeline
from recoupe.reading.pipeline import Reader

STAGES = (
    "read_names",
    "read_times",
    "read_places",
    "read_actors",
    "read_statements",
    "read_figures",
    "read_events",
    "tie_figures",
)


def texts(limit: int) -> list[Dispatch]:
    paths = sorted((gold_folder() / "winer-fr" / "2016").rglob("*.txt"))
    rows = []
    for path in paths[:: max(1, len(paths) // limit)][:limit]:
        text = path.read_text(encoding="utf-8")
        rows.append(take({"id": path.stem, "text": text, "lang": "fr", "published": path.stem[:10].replace("_", "-")}))
    return rows


def timed(spent: dict[str, float], name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
    def run(*args: Any) -> Any:
        start = time.process_time()
        done = stage(*args)
        spent[name] += time.process_time() - start
        return done

    return run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    dispatches, reader = texts(options.texts), Reader()
    bare = reader.parser.pipeline("fr")
    reader.read(dispatches[0])
    spent: dict[str, float] = defaultdict(float)
    for name in STAGES:
        setattr(pipeline, name, timed(spent, name, getattr(pipeline, name)))
    rounds = []
    for _ in range(options.rounds + 1):
        spent.clear()
        bare_time = whole_time = 0.0
        for dispatch in dispatches:
            start = time.process_time()
            bare(dispatch.text)
            middle = time.process_time()
            reader.read(dispatch)
            bare_time += middle - start
            whole_time += time.process_time() - middle
        rounds.append((whole_time / bare_time, bare_time, whole_time, dict(spent)))
    rounds = sorted(rounds[1:], key=lambda r: r[0])
    ratio, bare_time, whole_time, stages = rounds[len(rounds) // 2]
    characters = sum(len(d.text) for d in dispatches)
    every = ", ".join(f"{r[0]:.2f}" for r in rounds)
    lines = [
        f"{len(dispatches)} texts, {characters} characters",
        f"bare parse {bare_time:.2f} s, reading {whole_time:.2f} s, ratio {ratio:.2f} (rounds: {every})",
        *(f"  {name:16} {100 * stages.get(name, 0) / bare_time:5.1f} % of the bare parse" for name in STAGES),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
