"""Measures how much faster two workers read an archive than one, in elapsed time, so on a machine that does nothing else.

python bench/workers.py [--texts 400]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from speed import source, texts

from recoupe.intake.sources import Collector
from recoupe.scale import Work, code


def measure(limit: int) -> list[str]:
    dispatches = texts(limit)
    took = {}
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "in.jsonl"
        rows = ({"id": d.ref, "text": d.text, "published": d.published, "lang": "fr"} for d in dispatches)
        archive.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        for workers in (1, 2):
            begun = time.perf_counter()
            code(archive, Path(folder) / f"{workers}.jsonl", Work(Collector()), workers=workers)
            took[workers] = time.perf_counter() - begun
        same = (Path(folder) / "1.jsonl").read_bytes() == (Path(folder) / "2.jsonl").read_bytes()
    idle = max(0.0, (os.cpu_count() or 1) - os.getloadavg()[0])
    return [
        f"{len(dispatches)} texts of {source()}: one process {took[1]:.1f} s, two workers {took[2]:.1f} s with their start, "
        f"{took[1] / took[2]:.2f} times as fast (target 1.8; cores idle: about {idle:.0f}); "
        f"{'the same' if same else 'ANOTHER'} output"
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=400)
    sys.stdout.write("\n".join(measure(parser.parse_args().texts)) + "\n")


if __name__ == "__main__":
    main()
