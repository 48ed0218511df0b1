"""What texts say came of a pledge, in so many words: kept, early, late, missed, broken («avec deux jours de retard»).

Each such sentence goes to the one commitment that it fits best, and to none where it fits two alike. Where it says by how much,
the day that was due follows and must be the commitment's own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from recoupe.language import language
from recoupe.ledger.entities import fold
from recoupe.ledger.features import Setting
from recoupe.ledger.matters import stems
from recoupe.ledger.pledges import Pledge, counted, due_of, named, worded
from recoupe.ledger.values import CommitmentStatus, Report
from recoupe.ledger.whenwhere import day_of
from recoupe.model import Dispatch, Reading, Span

KINDS: dict[str, CommitmentStatus] = {
    "broken": "broken",
    "late": "met_late",
    "early": "met_early",
    "missed": "missed",
    "kept": "met",
}
ALONE = frozenset({"late", "early"})
PAST_DUE = frozenset({"late", "missed"})
FITS = 1.8
CLEARLY = 0.3
DAY_NAMED = 1.2
DUE_COUNTED = 1.7


@dataclass(frozen=True)
class Recall:
    """A sentence that says what came of a pledge. due: the day that it puts the pledge at, where it says by how much."""

    copy: str
    lang: str
    report: Report
    day: dt.date
    kind: str
    happened: dt.date | None
    due: dt.date | None
    dates: frozenset[dt.date]
    names: frozenset[str]
    words: frozenset[str]
    values: frozenset[float]

    @property
    def order(self) -> tuple[dt.date, Report]:
        return self.day, self.report

    @property
    def status(self) -> CommitmentStatus:
        return KINDS[self.kind]


def outcome_in(text: str, lang: str) -> tuple[str, int | None] | None:
    """What a sentence says came of a pledge, and by how many days; None where it says nothing of the kind."""
    words = fold(text)
    recalled = _patterns(lang)["recall"][0].search(words)
    for kind in KINDS:
        if kind in ALONE or recalled:
            for pattern in _patterns(lang)[kind]:
                if found := pattern.search(words):
                    return kind, _days(found, lang)
    return None


def recalls(reading: Reading, first: Dispatch) -> Iterator[Recall]:
    """The sentences of a text that say what came of a pledge."""
    day, text = day_of(reading.dispatch.published), reading.dispatch.text
    before: dt.date | None = None
    for sentence in reading.sentences if day is not None else ():
        dates = [d for t in reading.times if t.in_ == "text" and _within(t.span, sentence) and (d := day_of(t.end)) is not None]
        past = [d for d in dates if day is not None and d <= day]
        words = text[sentence[0] : sentence[1]]
        found = outcome_in(words, reading.dispatch.lang)
        if found is not None and day is not None:
            kind, by = found
            happened = (past[0] if past else before) if kind not in ("missed", "broken") else None
            due = None
            if by is not None and happened is not None:
                due = happened + dt.timedelta(days=by if kind == "early" else -by)
            report = Report(dispatch=reading.dispatch.id, item=f"sentence:{sentence[0]}", span=sentence)
            yield Recall(
                copy=first.id,
                lang=reading.dispatch.lang,
                report=report,
                day=day,
                kind=kind,
                happened=happened,
                due=due,
                dates=frozenset(dates),
                names=frozenset(
                    w
                    for n in reading.names
                    if n.in_ == "text" and _within(n.span, sentence)
                    for w in fold(n.text).split()
                    if len(w) > 3
                ),
                words=stems(words),
                values=frozenset(f.value for f in reading.figures if _within(f.span, sentence) and f.value is not None),
            )
        before = past[-1] if past else before


def assign(groups: Sequence[Sequence[Pledge]], told: Sequence[Recall], setting: Setting) -> dict[int, list[Recall]]:
    """Of each commitment, by its place in `groups`, what texts say came of it, in order of publication."""
    found: dict[int, list[Recall]] = {}
    for recall in sorted(told, key=lambda r: r.order):
        scored = sorted(((_fits(members, recall, setting), -i) for i, members in enumerate(groups)), reverse=True)
        if scored and scored[0][0] >= FITS and (len(scored) == 1 or scored[0][0] - scored[1][0] >= CLEARLY):
            found.setdefault(-scored[0][1], []).append(recall)
    return found


def _fits(members: Sequence[Pledge], recall: Recall, setting: Setting) -> float:
    """How surely a sentence is about this commitment: later, of one content, and of one due day."""
    earlier = [p for p in members if p.day is not None and p.day < recall.day and p.copy != recall.copy]
    when = due_of(members)
    if not earlier or (when is not None and when.start > recall.day and recall.kind in PAST_DUE):
        return 0.0
    score = 0.0
    if when is not None and recall.due is not None:
        slack = 1 if abs((recall.due - (recall.happened or recall.due)).days) < 7 else 2
        if abs((recall.due - when.end).days) > slack:
            return 0.0
        score = DUE_COUNTED
    elif any(p.dates & recall.dates for p in earlier) or (when and any(abs((d - when.end).days) <= 1 for d in recall.dates)):
        score = DAY_NAMED
    content = [
        named(p.names, recall.names, setting)
        + worded(p.words, recall.words, p.lang, recall.lang)
        + counted(p.values, recall.values)
        for p in earlier
    ]
    return score + max(content)


def _within(span: Span, sentence: Span) -> bool:
    return sentence[0] <= span[0] < sentence[1]


def _days(found: re.Match[str], lang: str) -> int | None:
    if "number" not in found.re.groupindex or found["number"] is None:
        return None
    table = language(lang).table("outcomes")
    numbers, lengths = _pairs(table["numbers"]), _pairs(table["days"])
    number = int(found["number"]) if found["number"].isdigit() else numbers[found["number"]]
    return number * lengths[found["unit"]]


def _pairs(text: str) -> dict[str, int]:
    return {word: int(n) for word, n in (pair.split("=") for pair in text.split())}


@cache
def _patterns(lang: str) -> dict[str, tuple[re.Pattern[str], ...]]:
    table = language(lang).table("outcomes")
    numbers, lengths = "|".join(_pairs(table["numbers"])), "|".join(_pairs(table["days"]))
    amount = rf"(?P<number>\d{{1,3}}|{numbers}) (?P<unit>{lengths})"
    made = {kind: tuple(re.compile(rf"\b{p.replace('{n}', amount)}\b") for p in table[kind]) for kind in KINDS}
    return made | {"recall": (re.compile(rf"\b(?:{'|'.join(table['recall'])})\b"),)}
