"""Copies: dispatches that are one copy (an agency's text reprinted, cut, recast, retitled), and so one source.

Two texts are compared by the runs of words they share, typography, accents and figures apart. Whether two dispatches are
copies depends on those two alone; groups are what such pairs connect. The index holds a text's winnowed fingerprints
(Schleimer, Wilkerson and Aiken, 2003): every run of RUN + WINDOW - 1 words that two texts share gives them one in common, so
that a new dispatch meets only those it shares a run with. Both constants and the thresholds are explained at `alike`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from recoupe.ledger.groups import connected
from recoupe.ledger.values import Copy
from recoupe.letters import unaccented
from recoupe.model import Dispatch

RUN = 4
WINDOW = 8
COMMON = 400
COPIED = 0.45
COPIED_FROM_CREDITED = 0.35
SHARED_RUNS = 12
OWN_RUNS = 30
PROPOSED = 2
PROPOSED_SHARE = 6

WORD = re.compile(r"[^\W\d_]{2,}")
QUOTED = re.compile(r"«[^«»\n]{1,600}»|“[^“”\n]{1,600}”|<<[^<>\n]{1,600}>>|\"[^\"\n]{1,600}\"")


@dataclass(frozen=True)
class Wording:
    """What is compared of a text: the hashes of its runs of words; own: of those outside quotations, where enough are left."""

    runs: frozenset[int]
    own: frozenset[int]
    credits: frozenset[str]
    outlet: str
    day: str | None


def plain_words(text: str) -> list[str]:
    """The words of a text without case, accents, figures and one-letter elisions."""
    plain = unaccented(text, "NFKD")
    return WORD.findall(plain.lower())


def run_hashes(text: str) -> list[int]:
    """A signed 64-bit hash of every run of RUN words, in order."""
    words = plain_words(text)
    runs = (" ".join(words[i : i + RUN]) for i in range(max(0, len(words) - RUN + 1)))
    return [int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), signed=True) for run in runs]


def fingerprints(dispatch: Dispatch) -> frozenset[int]:
    """The smallest hash of every WINDOW consecutive runs: what the index keeps of a text."""
    hashes = run_hashes(dispatch.text)
    return frozenset(min(hashes[i : i + WINDOW]) for i in range(max(1, len(hashes) - WINDOW + 1)) if hashes)


def wording(dispatch: Dispatch) -> Wording:
    """The parts of a dispatch that say whether it is a copy."""
    credited = {name for name in (dispatch.agency, *dispatch.agencies) if name}
    runs = frozenset(run_hashes(dispatch.text))
    own = frozenset(h for part in QUOTED.split(dispatch.text) for h in run_hashes(part))
    return Wording(
        runs=runs,
        own=own if len(own) >= OWN_RUNS else runs,
        credits=frozenset(" ".join(plain_words(name)) for name in credited),
        outlet=" ".join(plain_words(dispatch.outlet or "")),
        day=dispatch.published[:10] if dispatch.published else None,
    )


def containment(a: Wording, b: Wording) -> float:
    """The share of the shorter text's own runs that stand in the other: two accounts may share a long quotation."""
    shorter, longer = (a, b) if len(a.own) <= len(b.own) else (b, a)
    return len(shorter.own & longer.runs) / len(shorter.own) if shorter.own else 0.0


def alike(a: Wording, b: Wording) -> bool:
    """Are these one copy?

    A recast lead, dropped paragraphs and changed words leave most of the shorter text's runs of four words in place; two
    accounts of one event share its quotations and names, which stays well below. Where one credits the other's outlet, or
    both credit one agency, less is asked. SHARED_RUNS keeps briefs that share one formula apart.
    """
    if len(a.runs & b.runs) < SHARED_RUNS:
        return False
    return containment(a, b) >= (COPIED_FROM_CREDITED if credited(a, b) else COPIED)


def credited(a: Wording, b: Wording) -> bool:
    """Does one name the other's outlet as its source, or do both name one agency?"""
    return bool(a.outlet and a.outlet in b.credits) or bool(b.outlet and b.outlet in a.credits) or bool(a.credits & b.credits)


def find_copies(
    dispatches: Sequence[Dispatch], pairs: Iterable[tuple[str, str]] | None = None, known: dict[str, Wording] | None = None
) -> tuple[Copy, ...]:
    """Groups of copies among these dispatches. pairs: those that an index proposes; found here where none are given.

    known: what was compared of dispatches before, by id; it is added to.
    """
    by_id = {d.id: d for d in dispatches}
    compared: dict[str, Wording] = {} if known is None else known

    def of(name: str) -> Wording:
        if name not in compared:
            compared[name] = wording(by_id[name])
        return compared[name]

    proposed = sorted(set(pairs)) if pairs is not None else proposals({d.id: fingerprints(d) for d in dispatches})
    same = [(a, b) for a, b in proposed if a in by_id and b in by_id and alike(of(a), of(b))]
    return tuple(copy_of([by_id[name] for name in group]) for group in connected(same))


def proposals(prints: Mapping[str, Collection[int]]) -> list[tuple[str, str]]:
    """Pairs of dispatches that share enough fingerprints; those of more than COMMON dispatches are set phrases."""
    holders: dict[int, list[str]] = {}
    for name in sorted(prints):
        for mark in prints[name]:
            holders.setdefault(mark, []).append(name)
    shared: dict[tuple[str, str], int] = {}
    for names in holders.values():
        if len(names) <= COMMON:
            for i, a in enumerate(names):
                for b in names[i + 1 :]:
                    shared[a, b] = shared.get((a, b), 0) + 1
    sizes = {name: len(set(marks)) for name, marks in prints.items()}
    return sorted((a, b) for (a, b), count in shared.items() if enough(count, sizes[a], sizes[b]))


def enough(shared: int, size: int, other: int) -> bool:
    """Do two texts share enough fingerprints to be compared? Copies share about as large a part of them as of their runs."""
    return shared >= max(PROPOSED, min(size, other) / PROPOSED_SHARE)


def copy_of(members: Sequence[Dispatch]) -> Copy:
    """These dispatches as one group of copies."""
    ordered = sorted(members, key=lambda d: (d.published or "9999", d.id))
    agencies = [d.agency for d in ordered if d.agency]
    return Copy(
        id=copy_id(ordered[0].id),
        agency=agencies[0] if agencies else None,
        dispatches=tuple(d.id for d in ordered),
        first=ordered[0].id,
    )


def copy_id(dispatch: str) -> str:
    """The id of the group of copies that this dispatch was first seen in."""
    return "c" + dispatch
