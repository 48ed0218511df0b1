"""Readings made by hand from a few words each, for tests that need no parser."""

from __future__ import annotations

from typing import Any

from recoupe.intake import take
from recoupe.model import Actor, Event, Figure, Name, Place, ReaderInfo, Reading, Span, Statement, Time

READER = ReaderInfo(version="test", models={}, rules="none")


class Telling:
    """One dispatch and what it says. Items are named by their words, which stand once in the text."""

    def __init__(self, ref: str, published: str, text: str, *, outlet: str = "", lang: str = "fr", **given: Any) -> None:
        row = {"id": ref, "lang": lang, "text": text, "published": published, "outlet": outlet or f"Journal {ref}", **given}
        self.dispatch = take(row)
        self.items: dict[str, list[Any]] = {
            k: [] for k in ("names", "times", "places", "actors", "figures", "statements", "events")
        }
        self.ids: dict[str, str] = {}

    def _span(self, words: str) -> Span:
        start = self.dispatch.text.index(words)
        return start, start + len(words)

    def _add(self, group: str, words: str, item: Any) -> Telling:
        self.items[group].append(item)
        self.ids[words] = item.id
        return self

    def _id(self, group: str) -> str:
        return f"{group[0]}{len(self.items[group]) + 1}"

    def name(self, words: str, kind: str = "person") -> Telling:
        made = Name(id=self._id("names"), span=self._span(words), text=words, kind=kind, rule="test")  # type: ignore[arg-type]
        self.items["names"].append(made)
        return self

    def time(self, words: str, start: str, end: str | None = None, **rest: Any) -> Telling:
        rest = {"grain": "day" if end is None else "month", **rest}
        made = Time(
            id=self._id("times"),
            span=self._span(words),
            text=words,
            kind="date",
            start=start,
            end=end or start,
            rule="test",
            **rest,
        )
        return self._add("times", words, made)

    def place(self, words: str, country: str = "NER", kind: str = "city", **rest: Any) -> Telling:
        self.name(words, "place")
        made = Place(
            id=self._id("places"),
            span=self._span(words),
            text=words,
            name=words,
            kind=kind,
            country=country,
            rule="test",
            **rest,  # type: ignore[arg-type]
        )
        return self._add("places", words, made)

    def actor(self, words: str, kind: str = "organisation", country: str | None = None, **rest: Any) -> Telling:
        if kind == "person":
            self.name(words)
        elif kind != "group":
            self.name(words, "organisation")
        made = Actor(
            id=self._id("actors"), name=words, kind=kind, country=country, mentions=(self._span(words),), rule="test", **rest
        )  # type: ignore[arg-type]
        return self._add("actors", words, made)

    def figure(
        self, words: str, value: float | None, kind: str = "dead", *, events: tuple[str, ...] = (), **rest: Any
    ) -> Telling:
        rest = {"low": value, "high": value, **rest}
        for key in ("actor", "place", "statement"):
            if key in rest:
                rest[key] = self.ids[rest[key]]
        made = Figure(
            id=self._id("figures"), span=self._span(words), text=words, value=value, kind=kind, rule="test",  # type: ignore[arg-type]
            events=tuple(self.ids[e] for e in events), **rest,
        )  # fmt: skip
        return self._add("figures", words, made)

    def statement(self, words: str, speaker: str | None = None, **rest: Any) -> Telling:
        made = Statement(
            id=self._id("statements"), span=self._span(words), parts=(self._span(words),), kind="indirect",
            speaker=self.ids[speaker] if speaker else None, rule="test", **rest,
        )  # fmt: skip
        return self._add("statements", words, made)

    def event(self, words: str, type: str, modality: str = "asserted", **rest: Any) -> Telling:
        at: dict[str, Any] = {
            k: tuple(self.ids[w] for w in rest.pop(k, ())) for k in ("actors", "recipients", "figures", "denied_by")
        }
        at |= {k: self.ids[rest.pop(k)] for k in ("time", "place", "statement") if k in rest}
        if "time" in at:
            when = next(t for t in self.items["times"] if t.id == at["time"])
            at |= {"start": when.start, "end": when.end}
        made = Event(
            id=self._id("events"),
            trigger=self._span(words),
            evidence=self._span(words),
            type=type,
            modality=modality,
            rule="test",
            **at,
            **rest,  # type: ignore[arg-type]
        )
        return self._add("events", words, made)

    @property
    def reading(self) -> Reading:
        text = self.dispatch.text
        ends = [i + 1 for i, c in enumerate(text) if c == "."] or [len(text)]
        sentences = tuple(zip([0, *ends[:-1]], ends, strict=True))
        return Reading(reader=READER, dispatch=self.dispatch, sentences=sentences, **{k: tuple(v) for k, v in self.items.items()})
