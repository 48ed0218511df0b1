"""A dispatch with every word that was read in it: marked in the text, listed beside it, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recoupe.ledger.values import Judgement
from recoupe.model import Actor, Event, Figure, Part, Place, Reading, Statement, Time, Value
from recoupe.views.countries import country
from recoupe.views.facts import Facts
from recoupe.views.marks import Mark, marks, segments
from recoupe.views.safe import visible
from recoupe.web.indexed import nation
from recoupe.web.pages.frame import Link
from recoupe.web.pages.why import Judged, Why, judged, why
from recoupe.web.say import Say

BEGINNING = 70
KINDS = ("event", "figure", "statement", "time", "place", "actor")


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that are marked alike. kinds, items: of the marks over them; starts: what begins here; lit: asked for."""

    words: str
    kinds: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    starts: str = ""
    lit: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One item: what it says, the words it rests on, and why. note: what it is told as, where not as a fact."""

    id: str
    target: str
    kind: str
    what: str
    details: tuple[str, ...]
    note: str
    words: str
    page: str
    lit: bool
    why: Why


@dataclass(frozen=True, slots=True)
class Claims:
    """The items of one kind."""

    kind: str
    label: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class ReaderPage:
    """A dispatch as received, and its reading. kept: the ledger holds it; copies: the same copy elsewhere.

    open: how much was left open; judgements: what people decided of it; source: the safe address that it came from.
    """

    id: str
    kept: bool
    lang: str
    outlet: str
    agency: str
    when: str
    basis: str
    dateline: str
    source: str
    title: tuple[Segment, ...]
    title_plain: str
    paragraphs: tuple[tuple[Segment, ...], ...]
    groups: tuple[Claims, ...]
    open: int
    story: str
    copies: tuple[Link, ...]
    before: str
    after: str
    judgements: tuple[Judged, ...]
    draft: dict[str, str]


def reader_page(
    reading: Reading,
    say: Say,
    *,
    kept: bool = True,
    lit: str = "",
    story: str = "",
    copies: tuple[Link, ...] = (),
    around: tuple[str, str] = ("", ""),
    judgements: Iterable[Judgement] = (),
    draft: dict[str, str] | None = None,
) -> ReaderPage:
    """The page of a reading. lit: the item whose words are lit; around: the dispatches before and after it."""
    taken, phrases = reading.dispatch, say.phrases
    mine = [j for j in judgements if any(t == taken.id or t.startswith(taken.id + "/") for t in j.targets)]
    undoing = [j for j in judgements if j.verb == "undo" and {m.id for m in mine}.intersection(j.targets)]
    return ReaderPage(
        id=taken.id,
        kept=kept,
        lang=taken.lang,
        outlet=taken.outlet or taken.agency or taken.ref or "",
        agency=taken.agency if taken.agency and taken.agency != taken.outlet else "",
        when=phrases.days(taken.published, taken.published) or phrases.table["no_date"],
        basis=phrases.say(taken.published_basis),
        dateline=taken.dateline.place or "" if taken.dateline else "",
        source=taken.url if taken.url and taken.url.startswith(("https://", "http://")) else "",
        title=tuple(_segments(reading, "title", lit)),
        title_plain=taken.title or " ".join(taken.text[:90].split()) + "…",
        paragraphs=tuple(_paragraphs(_segments(reading, "text", lit))),
        groups=tuple(_groups(reading, say, lit)),
        open=len(reading.abstentions),
        story=story,
        copies=copies,
        before=around[0],
        after=around[1],
        judgements=judged([*mine, *undoing], say),
        draft=draft or {},
    )


def _segments(reading: Reading, part: Part, lit: str) -> Iterator[Segment]:
    text = visible(reading.dispatch.text if part == "text" else reading.dispatch.title)
    begun: set[str] = set()
    for words, over in segments(text, marks(reading, part)):
        fresh = [mark.item for mark in over if mark.item not in begun and not (part == "text" and _titled(reading, mark))]
        begun.update(mark.item for mark in over)
        kinds = tuple(kind for kind in KINDS if any(mark.kind == kind for mark in over))
        items = tuple(dict.fromkeys(mark.item for mark in over))
        yield Segment(words, kinds, items, " ".join(fresh), lit in items)


def _titled(reading: Reading, mark: Mark) -> bool:
    """Does the item's first mark stand in the headline?"""
    return mark.kind == "actor" and any(a.id == mark.item and a.title_mentions for a in reading.actors)


def _paragraphs(pieces: Iterable[Segment]) -> Iterator[tuple[Segment, ...]]:
    """The pieces cut at line ends; empty lines are left out."""
    line: list[Segment] = []
    for piece in pieces:
        first, *others = piece.words.split("\n")
        line += [Segment(first, piece.kinds, piece.items, piece.starts, piece.lit)] if first else []
        for words in others:
            if any(p.words.strip() for p in line):
                yield tuple(line)
            line = [Segment(words, piece.kinds, piece.items, "", piece.lit)] if words else []
    if any(p.words.strip() for p in line):
        yield tuple(line)


def _groups(reading: Reading, say: Say, lit: str) -> Iterator[Claims]:
    told = _Told(reading, say, lit)
    groups: tuple[tuple[str, str, Iterable[Claim]], ...] = (
        ("event", say("Events"), map(told.event, reading.events)),
        ("figure", say("Figures"), map(told.figure, reading.figures)),
        ("statement", say("Statements"), map(told.statement, reading.statements)),
        ("time", say("Times"), map(told.time, reading.times)),
        ("place", say("Places"), map(told.place, reading.places)),
        ("actor", say("Actors"), map(told.actor, reading.actors)),
    )
    for kind, label, claims in groups:
        yield Claims(kind, label, tuple(claims))


@dataclass(frozen=True)
class _Told:
    reading: Reading
    say: Say
    lit: str

    def claim(self, kind: str, item: Value, what: str, details: Iterable[str], words: str, note: str = "") -> Claim:
        id_: str = item.id  # type: ignore[attr-defined]
        target = f"{self.reading.dispatch.id}/{id_}"
        return Claim(
            id=id_,
            target=target,
            kind=kind,
            what=visible(what),
            details=tuple(visible(d) for d in details if d),
            note=note,
            words=visible(words),
            page=f"/dispatches/{target}",
            lit=id_ == self.lit,
            why=why(self.reading, item, self.say),
        )

    def event(self, e: Event) -> Claim:
        phrases = self.say.phrases
        arrow = " → " if e.recipients else ""
        who = f"{self.named(e.actors)}{arrow}{self.named(e.recipients)}".strip()
        where = self.spot(e.place) or nation(e.country, self.say.lang)
        note = "" if e.modality == "asserted" else phrases("modality", e.modality)
        words = Facts(self.reading).words(e.evidence, e.in_)
        return self.claim("event", e, phrases("types", e.type), (who, where, phrases.days(e.start, e.end)), words, note)

    def figure(self, f: Figure) -> Claim:
        phrases = self.say.phrases
        many = phrases.quantity(f.value, f.low, f.high, f.approx, f.of)
        what = " ".join(part for part in (many, f.unit or phrases("kinds", f.kind)) if part)
        state = phrases("states", f.state) if f.state else ""
        whose = self.named((f.actor,)) if f.actor else ""
        words = Facts(self.reading).words(f.span, f.in_)
        return self.claim("figure", f, what, (state, whose, self.spot(f.place), phrases.days(f.as_of, f.as_of)), words)

    def statement(self, s: Statement) -> Claim:
        facts, phrases = Facts(self.reading), self.say.phrases
        speaker = self.named((s.speaker,)) if s.speaker else " ".join((s.speaker_text or "").split())
        via = phrases.say("via", ", ".join(source.text for source in s.via)) if s.via else ""
        when = next((phrases.days(t.start, t.end) for t in self.reading.times if t.id == s.time), "")
        words = " … ".join(facts.words(part, s.in_) for part in s.parts)
        what = f"{speaker or phrases.say('unnamed')} · {phrases('force', s.force)}"
        return self.claim("statement", s, what, (via, when, self.spot(s.place), phrases.quote(_cut(words))), words)

    def time(self, t: Time) -> Claim:
        phrases = self.say.phrases
        days = phrases.days(None if t.open_start else t.start, None if t.open_end else t.end)
        when = " ".join(part for part in (days, t.clock or "") if part)
        what = phrases.table["about"].format(when) if t.approx and when else when or t.timex3 or t.text
        return self.claim("time", t, what, (phrases.quote(" ".join(t.text.split())),), Facts(self.reading).words(t.span, t.in_))

    def place(self, p: Place) -> Claim:
        details = (nation(p.country, self.say.lang) if p.kind != "country" else "", self.say(p.precision) if p.precision else "")
        note = self.say("where it was sent from") if p.dateline else self.say("stands for a government") if p.metonym else ""
        return self.claim("place", p, country(p.name, self.say.lang), details, Facts(self.reading).words(p.span, p.in_), note)

    def actor(self, a: Actor) -> Claim:
        where = nation(a.country, self.say.lang)
        said = list(dict.fromkeys(Facts(self.reading).words(span) for span in a.mentions))
        details = (self.say(a.kind.replace("_", " ")), a.title or a.role or "", where if where != a.name else "")
        return self.claim("actor", a, country(a.name, self.say.lang), details, " · ".join(said[:6]))

    def named(self, ids: Iterable[str]) -> str:
        names = {actor.id: actor.name for actor in self.reading.actors}
        return ", ".join(country(names.get(one, one), self.say.lang) for one in ids)

    def spot(self, place: str | None) -> str:
        return next((country(p.name, self.say.lang) for p in self.reading.places if p.id == place), "")


def _cut(words: str) -> str:
    """The beginning of long words."""
    return words if len(words) <= BEGINNING else words[:BEGINNING].rpartition(" ")[0] + " …"
