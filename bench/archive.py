"""Measures the reading of an archive: how fast, and what is lost, when only sentences that may tell something are parsed.

    python bench/archive.py [--texts 120] [--plot bench/archive.svg]

Speed is against spaCy's own bare pass over the same text in the same run, in processor time: over the texts as they are, and
over mixes of texts made of sentences that may tell something and of sentences that may not. Loss is against the whole reading.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from speed import bare_pipeline, seconds, source, texts

from recoupe.intake import take
from recoupe.model import Dispatch, Reading
from recoupe.reading.pipeline import AT_A_TIME, Reader
from recoupe.scale.skim import Skimmer
from recoupe.scale.wanted import wanted

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
SIZE = 1_200


def items(reading: Reading) -> dict[str, set[object]]:
    """What must not be lost, as values that can be compared."""
    actor = {a.id: a.name for a in reading.actors}
    place = {p.id: p.name for p in reading.places}

    def named(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(actor.get(i, place.get(i, i)) for i in ids))

    return {
        "events": {(e.in_, e.trigger, e.type, e.modality) for e in reading.events},
        "events with all arguments": {
            (e.in_, e.trigger, e.type, e.modality, named(e.actors), named(e.recipients), place.get(e.place or ""), e.start, e.end)
            for e in reading.events
        },
        "arguments": {
            (e.in_, e.trigger, role, name)
            for e in reading.events
            for role, names in (("actor", named(e.actors)), ("recipient", named(e.recipients)))
            for name in names
        },
        "figures": {(f.in_, f.span, f.value, f.low, f.high, f.kind, f.unit) for f in reading.figures},
        "dates": {(t.in_, t.span, t.kind, t.start, t.end) for t in reading.times},
        "statements": {(s.in_, s.span, s.kind) for s in reading.statements},
        "speakers": {(s.in_, s.span, named((s.speaker,))) for s in reading.statements if s.speaker},
    }


def losses(whole: Sequence[Reading], skimmed: Sequence[Reading]) -> dict[str, tuple[int, int]]:
    """Of each kind: how many of the whole reading's are not in the other, and how many there are."""
    found: dict[str, tuple[int, int]] = {}
    for one, other in zip(whole, skimmed, strict=True):
        had, has = items(one), items(other)
        for kind, values in had.items():
            lost, count = found.get(kind, (0, 0))
            found[kind] = (lost + len(values - has[kind]), count + len(values))
    return found


def pools(dispatches: Sequence[Dispatch]) -> tuple[list[Dispatch], list[Dispatch]]:
    """Texts of sentences that tell nothing, and of sentences that may tell something, of about one length."""
    search = wanted("fr")
    held: dict[bool, list[str]] = {False: [], True: []}
    for dispatch in dispatches:
        for (start, end), tells in search.sentences(dispatch.text):
            held[tells].append(" ".join(dispatch.text[start:end].split()))
    return _texts(held[False]), _texts(held[True])


def _texts(sentences: Sequence[str]) -> list[Dispatch]:
    made, text = [], ""
    for sentence in sentences:
        text += sentence + "\n"
        if len(text) > SIZE:
            made.append(take({"text": text, "lang": "fr", "published": "2016-06-15"}))
            text = ""
    return made


def plot(points: Sequence[tuple[float, float, float]], path: Path) -> None:
    """Speed against the share of text that may tell something, as an SVG of its own."""
    top = max(max(whole, skim) for _, whole, skim in points) * 1.1

    steps = range(0, int(top) + 1, max(1, int(top) // 6))

    def at(share: float, speed: float) -> str:
        return f"{60 + 480 * share:.0f},{300 - 260 * speed / top:.0f}"

    def line(values: Iterable[tuple[float, float]], colour: str) -> str:
        dots = [at(*value) for value in values]
        circles = "".join(f'<circle cx="{d.split(",")[0]}" cy="{d.split(",")[1]}" r="3" fill="{colour}"/>' for d in dots)
        return f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{" ".join(dots)}"/>{circles}'

    marks = "".join(f'<text x="52" y="{300 - 260 * n / top + 4:.0f}" text-anchor="end">{n}</text>' for n in steps) + "".join(
        f'<text x="{60 + 480 * s:.0f}" y="318" text-anchor="middle">{s:.0%}</text>' for s in SHARES
    )
    x, y = at(0, 1).split(",")
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 350" font-family="sans-serif" font-size="12">'
        f'<path d="M60 40V300H540" fill="none" stroke="#444"/><path d="M{x} {y}H540" stroke="#999" stroke-dasharray="4"/>'
        f"{marks}{line([(s, w) for s, w, _ in points], '#777')}{line([(s, k) for s, _, k in points], '#0a6')}"
        '<text x="60" y="24">Speed, times spaCy\'s bare pass (dashed): whole reading (grey), skimming (green)</text>'
        '<text x="300" y="340" text-anchor="middle">Share of the text in dispatches that may tell something</text></svg>\n',
        encoding="utf-8",
    )


def curve(dispatches: Sequence[Dispatch], reader: Reader, skimmer: Skimmer, bare: object) -> list[tuple[float, float, float]]:
    quiet, telling = pools(dispatches)
    count = 32
    points = []
    for share in SHARES:
        many = round(count * share)
        mix = [(telling * count)[k] for k in range(many)] + [(quiet * count)[k] for k in range(count - many)]
        spent = [min(seconds(do) for _ in range(2)) for do in (
            lambda: [bare(d.text) for d in mix],  # type: ignore[operator]  # noqa: B023
            lambda: list(reader.read_many(mix)),  # noqa: B023
            lambda: list(skimmer.read_many(mix)),  # noqa: B023
        )]  # fmt: skip
        points.append((share, spent[0] / spent[1], spent[0] / spent[2]))
    return points


def measure(limit: int, path: Path | None) -> list[str]:
    dispatches, reader, bare = texts(limit), Reader(), bare_pipeline()
    skimmer = Skimmer(reader)
    whole, skimmed = list(reader.read_many(dispatches)), list(skimmer.read_many(dispatches))
    found = [(end - start, tells) for d in dispatches for (start, end), tells in wanted("fr").sentences(d.text)]
    share = sum(n for n, tells in found if tells) / sum(n for n, _ in found)
    one, piped, read, skim = (
        min(seconds(do) for _ in range(2))
        for do in (
            lambda: [bare(d.text) for d in dispatches],
            lambda: list(bare.pipe([d.text for d in dispatches], batch_size=AT_A_TIME)),
            lambda: list(reader.read_many(dispatches)),
            lambda: list(skimmer.read_many(dispatches)),
        )
    )
    lines = [
        f"{len(dispatches)} texts of {source()}: {share:.0%} of the text is in sentences that may tell something",
        f"bare one by one {one:.2f} s, piped {piped:.2f} s; whole reading {read:.2f} s; skimming {skim:.2f} s",
        f"skimming is {one / skim:.2f} times as fast as the bare pass (target 1.7), {piped / skim:.2f} times the piped one, "
        f"{read / skim:.2f} times the whole reading",
        *(
            f"  lost {kind}: {lost} of {count} ({lost / max(1, count):.1%})"
            for kind, (lost, count) in losses(whole, skimmed).items()
        ),
    ]
    if path is not None:
        points = curve(dispatches, reader, skimmer, bare)
        plot(points, path)
        lines += [f"  share {share:.0%}: whole {w:.2f}, skimming {k:.2f} times the bare pass" for share, w, k in points]
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=120)
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    sys.stdout.write("\n".join(measure(options.texts, options.plot)) + "\n")


if __name__ == "__main__":
    main()
