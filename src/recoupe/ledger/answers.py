"""Where one source of a dispatch answers another: it denies what the other said, or blames somebody else for it.

Compared are voices that stand near each other, of two origins. A denial that tells what it denies must share words or a matter
with what was said; «c'est faux» takes up what was said last. Two accusations must be of one deed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from recoupe.ledger.occurrences import Key
from recoupe.ledger.sides import disagreement
from recoupe.ledger.values import Disagreement
from recoupe.ledger.voices import Voice

BEFORE = 3
BESIDE = 2
FEW_WORDS = 3
ABOUT = 120


def answers(heard: Sequence[Voice], text: str, story: str | None) -> list[Disagreement]:
    """What the voices of one dispatch hold against each other. text: that of the dispatch."""
    found = [
        disagreement(
            _about(claim, text),
            "happened",
            {"happened": [(claim.report, claim.origin)], "denied": [(reply.report, reply.origin)]},
            story,
        )
        for claim, reply in _denials(heard)
    ]
    for one, two in _accusations(heard):
        sides = {_blamed(one): [(one.report, one.origin)], _blamed(two): [(two.report, two.origin)]}
        found.append(disagreement(_about(one, text), "actor", sides, story))
    return [d for d in found if d is not None]


def _denials(heard: Sequence[Voice]) -> Iterator[tuple[Voice, Voice]]:
    """Each denial with what it denies: of what was said shortly before, what shares most with it, the nearest on a tie."""
    for reply in heard:
        if reply.denies is None:
            continue
        before = [v for v in heard if v.denies is None and _precedes(v, reply) and v.origin != reply.origin]
        scored = [(_fits(claim, reply), -n, claim) for n, claim in enumerate(reversed(before))]
        best = max(scored, key=lambda s: s[:2], default=None)
        if best is not None and best[0] > 0:
            yield best[2], reply


def _precedes(claim: Voice, reply: Voice) -> bool:
    return claim.at < reply.at and 0 <= reply.sentence - claim.sentence <= BEFORE


def _fits(claim: Voice, reply: Voice) -> float:
    shared = _shared(claim, reply)
    if reply.denies in ("flat", "untrue") and claim.attributed:
        return 1.0 + shared
    return shared if claim.attributed or shared > 1 else 0.0


def _shared(one: Voice, two: Voice) -> int:
    """Words and matters in common; a word that names a matter counts once."""
    return max(len(one.words & two.words), len(one.matters & two.matters))


def _accusations(heard: Sequence[Voice]) -> Iterator[tuple[Voice, Voice]]:
    """Accusations near each other, of one deed and of others."""
    blaming = [v for v in heard if v.blamed and v.attributed and v.denies is None]
    for n, one in enumerate(blaming):
        for two in blaming[n + 1 :]:
            near = two.sentence - one.sentence <= BESIDE and one.origin != two.origin and not one.blamed & two.blamed
            if near and (one.sentence == two.sentence or _shared(one, two) or len(two.words) <= FEW_WORDS):
                yield one, two


def blamed_otherwise(
    heard: Sequence[Voice], occurrence_of: Mapping[Key, str], about: Mapping[str, str], story: str | None
) -> list[Disagreement]:
    """Of each event, whom several dispatches blame for it, where they name others. about: summaries of occurrences by id."""
    by_occurrence: dict[str, list[Voice]] = {}
    for voice in heard:
        name = occurrence_of.get((voice.report.dispatch, voice.deed or ""))
        if name is not None and voice.denies is None and any(not k.startswith("named:") for k in voice.blamed):
            by_occurrence.setdefault(name, []).append(voice)
    found = []
    for name, blaming in sorted(by_occurrence.items()):
        groups: list[tuple[frozenset[str], list[Voice]]] = []
        for voice in blaming:
            n = next((n for n, (keys, _) in enumerate(groups) if keys & voice.blamed), len(groups))
            keys, members = groups[n] if n < len(groups) else (frozenset[str](), [])
            groups[n : n + 1] = [(keys | voice.blamed, [*members, voice])]
        if len({v.report.dispatch for _, members in groups for v in members}) > 1:
            sides = {_blamed(members[0]): [(v.report, v.origin) for v in members] for _, members in groups}
            found.append(disagreement(about.get(name, ""), "actor", sides, story))
    return [d for d in found if d is not None]


def _blamed(voice: Voice) -> str:
    return ", ".join(voice.blamed_names)


def _about(voice: Voice, text: str) -> str:
    start, end = voice.report.span
    return " ".join(text[start:end].split())[:ABOUT]
