"""The words a line rests on: each report quoted in its sentence, with its outlet; reports of one copy are quoted once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from recoupe.ledger.values import ListedDispatch, Report
from recoupe.model import Part, Reading, Span
from recoupe.views.phrases import Phrases

LONGEST_SIDE = 140


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a dispatch. before, after: the rest of their sentence. also: outlets that printed the same copy."""

    words: str
    before: str
    after: str
    outlet: str
    when: str
    dispatch: str
    item: str
    lang: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quoter:
    """Quotes reports out of readings. listed: the dispatches of the ledger, by id, with their groups of copies."""

    readings: Mapping[str, Reading]
    listed: Mapping[str, ListedDispatch]
    say: Phrases

    def quotes(self, reports: Iterable[Report]) -> tuple[Quote, ...]:
        """One quote a copy, by day of publication."""
        by_copy: dict[str, list[Report]] = {}
        for report in sorted(reports, key=lambda report: (self._published(report), report)):
            by_copy.setdefault(self.listed[report.dispatch].copy or report.dispatch, []).append(report)
        return tuple(self._quote(same) for same in by_copy.values())

    def outlet(self, dispatch: str) -> str:
        """Who published a dispatch."""
        return self.listed[dispatch].publisher

    def _published(self, report: Report) -> str:
        return self.listed[report.dispatch].published or "9999"

    def _quote(self, same: list[Report]) -> Quote:
        report, reading = same[0], self.readings[same[0].dispatch]
        before, words, after = in_sentence(reading, report.span, report.in_)
        own = self.outlet(report.dispatch)
        others = dict.fromkeys(self.outlet(other.dispatch) for other in same[1:] if other.dispatch != report.dispatch)
        published = reading.dispatch.published
        return Quote(
            words=words,
            before=before,
            after=after,
            outlet=own,
            when=self.say.days(published, published),
            dispatch=report.dispatch,
            item=report.item,
            lang=reading.dispatch.lang,
            also=tuple(outlet for outlet in others if outlet != own),
        )


def in_sentence(reading: Reading, span: Span, part: Part) -> tuple[str, str, str]:
    """The words of a span with what stands before and after them in their sentence, on one line, cut where it is long."""
    text = reading.dispatch.text if part == "text" else reading.dispatch.title
    edges = reading.sentences if part == "text" else ()
    start = max((s for s, _ in edges if s <= span[0]), default=0)
    end = min((e for _, e in edges if e >= span[1]), default=len(text))
    before, words, after = (" ".join(text[a:b].split()) for a, b in ((start, span[0]), span, (span[1], end)))
    blank_before = " " if text[max(span[0] - 1, 0) : span[0]].isspace() else ""
    blank_after = " " if text[span[1] : span[1] + 1].isspace() else ""
    return _cut_left(before) + (blank_before if before else ""), words, (blank_after if after else "") + _cut_right(after)


def _cut_left(text: str) -> str:
    return text if len(text) <= LONGEST_SIDE else "… " + text[-LONGEST_SIDE:].partition(" ")[2]


def _cut_right(text: str) -> str:
    return text if len(text) <= LONGEST_SIDE else text[:LONGEST_SIDE].rpartition(" ")[0] + " …"
