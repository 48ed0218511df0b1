"""Measures all that docs/performance.md speaks of, prints it, and adds it with the day and the machine to speed-history.md.

python bench/all.py [--texts 120]        make bench
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import archive
import cold
import peers
import speed
import workers

HERE = Path(__file__).parent


def machine() -> str:
    """The class of the machine, and how busy it is."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())
    return f"{os.cpu_count()} cores, {model}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"


def parts(limit: int) -> Iterator[list[str]]:
    yield [f"{limit} texts of {speed.source()}", *speed.report(speed.measure(limit, 3))]
    yield archive.measure(limit, HERE / "archive.svg")
    yield cold.measure(3)
    yield workers.measure(3 * limit)
    yield peers.measure(limit // 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=120)
    options = parser.parse_args()
    heading = f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M}, {machine()}"
    told = []
    for lines in parts(options.texts):
        sys.stdout.write("\n".join(lines) + "\n\n")
        sys.stdout.flush()
        told += [*lines, ""]
    with (HERE / "speed-history.md").open("a", encoding="utf-8") as history:
        history.write(f"\n## {heading}\n\n```text\n" + "\n".join(told).strip() + "\n```\n")


if __name__ == "__main__":
    main()
