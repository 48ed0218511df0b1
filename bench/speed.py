"""Measures a whole reading against spaCy's own bare pass over the same text, as a ratio in one run.

    python bench/speed.py [--texts 120] [--rounds 3]

Reads real news that RECOUPE_GOLD names (winer-fr, 2016), the example dispatches where it names none. Each round times spaCy as
it loads its own pipeline and the reading of every text in turn, in processor time, after a round that warms both; the median
round counts. One by one, then several at a time (`pipe`, `read_many`). Prints the ratios and each stage's share.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import spacy

from recoupe.errors import InputError
from recoupe.intake import take
from recoupe.intake.sources import Collector
from recoupe.model import Dispatch
from recoupe.patterns import remembered
from recoupe.reading import pipeline
from recoupe.reading.pipeline import AT_A_TIME, Reader

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
    """French news: of winer-fr, 2016, every so many in the order of their names; else the examples, again and again."""
    gold = os.environ.get("RECOUPE_GOLD")
    if not gold:
        with as_file(files("recoupe") / "examples") as folder:
            taken = [d for d in Collector().collect([folder]) if not isinstance(d, InputError) and d.lang == "fr"]
        return (taken * (limit // len(taken) + 1))[:limit]
    paths = sorted((Path(gold) / "winer-fr" / "2016").rglob("*.txt"))
    rows = []
    for path in paths[:: max(1, len(paths) // limit)][:limit]:
        text = path.read_text(encoding="utf-8")
        rows.append(take({"id": path.stem, "text": text, "lang": "fr", "published": path.stem[:10].replace("_", "-")}))
    return rows


def source() -> str:
    return "winer-fr 2016" if os.environ.get("RECOUPE_GOLD") else "example dispatches (RECOUPE_GOLD is not set)"


def bare_pipeline() -> Any:
    """spaCy's pipeline as it loads it."""
    name = "fr_core_news_md"
    with remembered(name, f"{version('spacy')}-{version(name)}"):
        return spacy.load(name)


def timed(spent: dict[str, float], name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
    def run(*args: Any) -> Any:
        start = time.process_time()
        done = stage(*args)
        spent[name] += time.process_time() - start
        return done

    return run


def seconds(do: Callable[[], Any]) -> float:
    """Processor time of a call."""
    start = time.process_time()
    do()
    return time.process_time() - start


def measure(limit: int, rounds: int) -> dict[str, float]:
    """Median processor times in seconds: bare, piped, one, many, parsed, and of each stage."""
    dispatches, reader, bare = texts(limit), Reader(), bare_pipeline()
    reader.read(dispatches[0])
    spent: dict[str, float] = defaultdict(float)
    stages = {name: getattr(pipeline, name) for name in STAGES}
    found: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds + 1):
        total: dict[str, float] = defaultdict(float)
        spent.clear()
        for name, stage in stages.items():
            setattr(pipeline, name, timed(spent, name, stage))
        for dispatch in dispatches:
            total["bare"] += seconds(lambda d=dispatch: bare(d.text))  # type: ignore[misc]
            total["one"] += seconds(lambda d=dispatch: reader.read(d))  # type: ignore[misc]
        for name, stage in stages.items():
            setattr(pipeline, name, stage)
        total |= spent
        total["parsed"] = total["one"] - sum(spent.values())
        total["piped"] = seconds(lambda: list(bare.pipe([d.text for d in dispatches], batch_size=AT_A_TIME)))
        total["many"] = seconds(lambda: list(reader.read_many(dispatches)))
        for name, value in total.items():
            found[name].append(value)
    middle = sorted(range(1, rounds + 1), key=lambda k: found["one"][k] / found["bare"][k])[rounds // 2]
    return {"characters": sum(len(d.text) for d in dispatches)} | {name: values[middle] for name, values in found.items()}


def report(t: dict[str, float]) -> list[str]:
    return [
        f"one by one: bare {t['bare']:.2f} s, reading {t['one']:.2f} s, ratio {t['one'] / t['bare']:.2f} (target 1.25)",
        f"several at a time: bare {t['piped']:.2f} s, reading {t['many']:.2f} s, ratio {t['many'] / t['piped']:.2f}",
        f"{t['characters'] / t['many'] / 1000:.0f},000 characters a second and core",
        f"  {'parse and page':16} {100 * t['parsed'] / t['bare']:5.1f} % of the bare pass",
        *(f"  {name:16} {100 * t.get(name, 0) / t['bare']:5.1f} % of the bare pass" for name in STAGES),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    lines = [f"{options.texts} texts of {source()}", *report(measure(options.texts, options.rounds))]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
