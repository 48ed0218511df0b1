"""Reads a text's times in order, each against the day of publication and against what the text told before it.

What a narrative time («la veille», «deux ans plus tard», «vers 10 heures») is counted from: a dated time of its own sentence,
else the last one of the main line, which leaves out who said it when, flashbacks and what merely qualifies a noun.
Where the main line stands far from publication and nothing ties the time to it, both are kept and none is chosen.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace

from recoupe.model import Span
from recoupe.reading.layout import breaks
from recoupe.reading.times import notation
from recoupe.reading.times.calendar import Period, around, coarser
from recoupe.reading.times.match import Expression, expressions, plain
from recoupe.reading.times.meaning import (
    Bounded,
    Counted,
    Hour,
    Length,
    Meaning,
    Shifted,
    Undated,
    Window,
    day_of_month,
    kind,
    needs_day,
    needs_told,
    years,
)
from recoupe.reading.times.place import Dated, Scene
from recoupe.reading.times.resolve import resolve
from recoupe.reading.times.table import Grammar
from recoupe.reading.times.tense import NONE, Verb, governing
from recoupe.reading.times.told import Memory, Told

MAIN_LINE_DAYS = 8
LOOK_BACK = 60
NOUN = re.compile(r"[^\W\d]{4,}")
COUNTS_BOTH_WAYS = "it may be counted from what was told or from the day of publication"


@dataclass(frozen=True, slots=True)
class Reading:
    """One time as read. counted_from: index of the reading that it was counted from."""

    start: int
    end: int
    rule: str
    meaning: Meaning
    kind: str
    dated: Dated
    counted_from: int | None
    clock: str | None
    zone: str | None
    edtf: str | None
    timex3: str | None

    @property
    def grain(self) -> str | None:
        if self.clock:
            return "minute"
        if isinstance(self.meaning, Length):
            return self.meaning.unit
        return self.dated.period.grain if self.dated.period else None


@dataclass
class _Story:
    grammar: Grammar
    text: str
    published: dt.date | None
    dateline: Span
    low: str = field(init=False)
    starts: list[int] = field(init=False)
    found: list[Expression] = field(init=False)
    memory: Memory = field(init=False)
    scene: Scene = field(init=False)
    events: dict[str, Period] = field(default_factory=dict)
    previous: tuple[int, Verb] = (-1, NONE)

    def __post_init__(self) -> None:
        self.low = plain(self.text)
        self.found = expressions(self.grammar, self.text, self.low)
        self.starts = breaks(self.text, self.grammar.abbreviations) if self.found else []
        self.scene = Scene(self.published)
        self.memory = Memory(self.dateline)
        self.survey()

    def survey(self) -> None:
        """What the whole text tells: years, days of the week named in full, and the days of events («l'attaque du 3 mai»)."""
        named: set[int] = set()
        weekdays: dict[int, dt.date] = {}
        for item in self.found:
            named.update(years(item.meaning))
        self.scene = replace(self.scene, years=frozenset(named))
        for item in self.found:
            day = day_of_month(item.meaning)
            period = resolve(day, self.scene).period if day else None
            if day is None or period is None:
                continue
            if day.weekday:
                weekdays.setdefault(day.weekday, period.start)
            for noun in self.dated_nouns(item):
                self.events.setdefault(noun, period)
        self.scene = replace(self.scene, weekdays=weekdays)

    def dated_nouns(self, item: Expression) -> list[str]:
        """Nouns that the date qualifies."""
        before = self.low[max(0, item.start - LOOK_BACK) : item.start]
        if self.grammar.event_before.search(before):
            return NOUN.findall(before)[-2:]
        following = self.grammar.event_after.match(self.low, item.end)
        return NOUN.findall(following[0])[-1:] if following else []

    def sentence(self, at: int) -> tuple[int, int, int]:
        """Number, start and end of the sentence at an offset."""
        number = max(bisect_right(self.starts, at) - 1, 0)
        start = self.starts[number] if self.starts else 0
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.low)
        return number, start, end

    def read(self) -> list[Reading]:
        out: list[Reading] = []
        for item in self.found:
            out.append(self.one(len(out), item))
            period = out[-1].dated.period
            if item.last is not None and period is not None:
                out.append(_second_end(out[-1], period, item.last, len(out) - 1))
        return out

    def one(self, index: int, item: Expression) -> Reading:
        number, start, end = self.sentence(item.start)
        of_noun = self.of_noun(item)
        verb = self.verb(item, (start, end), of_noun)
        scene = replace(self.scene, leaning=verb.leaning, firm=verb.firm, year=self.year_of(item))
        source, dated = self.date(item, number, scene)
        if dated.period is not None:
            point, bounded = _point(item.meaning, dated.period), isinstance(item.meaning, Bounded)
            self.memory.add(Told(index, point, number, item.end, of_noun, verb.background, verb.speech, bounded))
        hour = notation.hour_of(item.meaning)
        return Reading(
            start=item.start,
            end=item.end,
            rule=item.rule,
            meaning=item.meaning,
            kind=kind(item.meaning),
            dated=dated,
            counted_from=source.index if source else None,
            clock=notation.clock(hour),
            zone=hour.zone if hour else None,
            edtf=notation.edtf(item.meaning, dated.period, dated.approx, dated.open_start, dated.open_end),
            timex3=notation.timex3(item.meaning, dated.period),
        )

    def verb(self, item: Expression, sentence: Span, of_noun: bool) -> Verb:
        """The verb that governs a time; of «lundi et mardi» both have the same, as has a clause without one («et deux mardi»)."""
        if isinstance(item.meaning, Length | Undated | Window):
            return NONE
        end, before = self.previous
        if end > sentence[0] and self.grammar.coordination.fullmatch(self.low, end, item.start):
            verb = before
        else:
            verb = governing(self.grammar, self.low, (item.start, item.end), sentence, of_noun)
            if verb is NONE and end > sentence[0] and not of_noun:
                verb = before
        self.previous = (item.end, verb)
        return verb

    def date(self, item: Expression, number: int, scene: Scene) -> tuple[Told | None, Dated]:
        """The days of an expression, and what they were counted from."""
        need = needs_told(item.meaning)
        if need is None:
            return None, resolve(item.meaning, scene)
        if isinstance(need, Hour):
            source = self.memory.day(number)
            return source, resolve(item.meaning, replace(scene, told=source.period if source else None))
        if isinstance(need, Bounded):
            source = self.memory.latest(number, fresh=True)
            return None, resolve(item.meaning, replace(scene, told=source.period if source else None))
        return self.counted(item, need, number, scene)

    def from_event(self, item: Expression, need: Shifted | Counted, number: int, scene: Scene) -> tuple[Told | None, Dated]:
        """Counted from an event: the day that it explains, else the day that the text gives the event elsewhere."""
        beside = self.beside(item, number)
        if beside is not None and need.unit not in ("second", "minute"):
            return beside, Dated(beside.period, "syntax", "narrative")
        dated = [noun for noun in NOUN.findall(need.event or "") if noun in self.events]
        if not dated:
            return None, Dated(anchor="narrative", reason="the day of the event that it is counted from is not told")
        return None, resolve(item.meaning, replace(scene, told=self.events[dated[-1]]))

    def counted(self, item: Expression, need: Meaning, number: int, scene: Scene) -> tuple[Told | None, Dated]:
        """Counted from what was told; from that or from publication where the text does not decide: then from neither."""
        if isinstance(need, Shifted | Counted) and need.event is not None:
            return self.from_event(item, need, number, scene)
        same = isinstance(need, Shifted) and need.offset == 0
        source = self.memory.latest(number, fresh=True, days=needs_day(need), nearest=0 if same else 1)
        today = Period(self.published, self.published, "day") if self.published else None
        if source is None:
            return None, self.uncounted(item, scene, today)
        if isinstance(need, Shifted) and same and coarser(source.period.grain, need.unit):
            return None, Dated(anchor="narrative", reason="what was told is coarser than that")
        dated = resolve(item.meaning, replace(scene, told=source.period))
        if source.sentence == number:
            return source, replace(dated, basis="syntax")
        back = isinstance(need, Counted) and need.direction < 0
        if today is None or not back or -MAIN_LINE_DAYS <= source.period.distance(today.start) <= 1:
            return source, dated
        other = resolve(item.meaning, replace(scene, told=today)).period
        if other is None or dated.period is None or dated.period == other:
            return source, dated
        return None, Dated(anchor="narrative", reason=COUNTS_BOTH_WAYS, candidates=(_slash(dated.period), _slash(other)))

    def uncounted(self, item: Expression, scene: Scene, today: Period | None) -> Dated:
        """Nothing told to count from: the one candidate left is kept as a candidate."""
        other = resolve(item.meaning, replace(scene, told=today)).period if today else None
        reason = "what it is counted from is not told"
        return Dated(anchor="narrative", reason=reason, candidates=(_slash(other),) if other else ())

    def beside(self, item: Expression, number: int) -> Told | None:
        """The day that the expression explains: the one before it («jeudi, trois jours après l'attaque»), or after a comma the
        one day on which the sentence says that something happened."""
        last = self.memory.times[-1] if self.memory.times else None
        if last is None or last.sentence != number:
            return None
        explained = last.period.grain == "day" and not last.bounded
        if explained and self.grammar.apposition.fullmatch(self.low, last.end, item.start):
            return last
        after_comma = self.low[max(0, item.start - 3) : item.start].rstrip().endswith(",")
        return self.memory.day_of(number) if after_comma else None

    def of_noun(self, item: Expression) -> bool:
        """Whether the time merely qualifies a noun («l'attaque de lundi»)."""
        return self.grammar.complement.search(self.low[max(0, item.start - 12) : item.start]) is not None

    def year_of(self, item: Expression) -> int | None:
        """The year that a bracket follows: «en 2019 (en mars et en juin)»."""
        bracket = self.low.rfind("(", max(0, item.start - LOOK_BACK), item.start)
        if bracket < 0 or ")" in self.low[bracket : item.start]:
            return None
        return self.memory.year_at(bracket)


def read(grammar: Grammar, text: str, published: dt.date | None, dateline: Span = (0, 0)) -> list[Reading]:
    """Every time expression of a text, in order. dateline: the span of the line that says where the text was sent from."""
    return _Story(grammar, text, published, dateline).read()


def _point(meaning: Meaning, period: Period) -> Period:
    """What later times are counted from: of «depuis mars», March."""
    if not (isinstance(meaning, Bounded) and meaning.how == "since"):
        return period
    return around(period.start, period.grain if period.grain in ("month", "year") else "day")


def _second_end(whole: Reading, period: Period, start: int, index: int) -> Reading:
    """The second end of an interval as a time of its own: what is counted in 1990 and in 1999 is told by «entre 1990 et 1999»."""
    end = around(period.end, period.grain if period.grain in ("month", "year") else "day")
    meaning = Shifted(end.grain, 0)
    return replace(
        whole,
        start=start,
        rule=f"second_end({whole.rule})",
        meaning=meaning,
        kind="date",
        dated=replace(whole.dated, period=end, open_start=False, open_end=False, reason=""),
        counted_from=index,
        edtf=notation.edtf(meaning, end, whole.dated.approx, False, False),
        timex3=notation.timex3(meaning, end),
    )


def _slash(period: Period) -> str:
    return period.start.isoformat() if period.start == period.end else f"{period.start}/{period.end}"
