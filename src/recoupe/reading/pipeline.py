"""The main path: one dispatch in, one reading out. Each stage is one file of this folder and adds one kind of item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from recoupe import __version__
from recoupe.language import language, rules_hash
from recoupe.model import Dispatch, ReaderInfo, Reading
from recoupe.reading.actors import read_actors
from recoupe.reading.events import read_events
from recoupe.reading.figures import read_figures, tie_figures
from recoupe.reading.layout import tail
from recoupe.reading.names import read_names
from recoupe.reading.page import Page
from recoupe.reading.parser import Parser
from recoupe.reading.places import read_places
from recoupe.reading.statements import read_statements
from recoupe.reading.times import read_times
from recoupe.settings import Settings

HEADLINE_BREAK = "\n\n"
AT_A_TIME = 16
LARGEST = 50_000  # characters that are parsed together


@dataclass
class Reader:
    """Reads dispatches. Holds the parser's models, so make one and keep it."""

    settings: Settings = field(default_factory=Settings)
    parser: Parser = field(init=False)

    def __post_init__(self) -> None:
        self.parser = Parser(self.settings)

    def read(self, dispatch: Dispatch) -> Reading:
        """What one dispatch says. Raises UnknownLanguage where `dispatch.lang` is not read."""
        return self.read_page(self.lay_out(dispatch))

    def read_many(self, dispatches: Iterable[Dispatch]) -> Iterator[Reading]:
        """The readings of dispatches, in order: those of `read`, at less cost, since the parser takes several at a time."""
        for together in batches(dispatches):
            yield from map(self.read_page, self.lay_out_all(together))

    def read_page(self, page: Page) -> Reading:
        """What a page that is laid out says."""
        names = read_names(page)
        times = read_times(page)
        places = read_places(page, names)
        cast = read_actors(page, names, places)
        statements = read_statements(page, cast, times, places)
        figures = read_figures(page, times)
        events = read_events(page, cast, times, places, figures, statements)
        figures = tie_figures(page, figures, cast, times, places, statements, events)
        return self._reading(
            page,
            names=names,
            times=times,
            places=places,
            actors=cast.actors,
            figures=figures,
            statements=statements,
            events=events,
        )

    def read_text(self, page: Page) -> Reading:
        """What is read from the text alone: times and figures."""
        times = read_times(page)
        return self._reading(page, times=times, figures=read_figures(page, times))

    def _reading(self, page: Page, **items: Sequence[Any]) -> Reading:
        """The reading of a page: its items in the contract's offsets."""
        return Reading(
            reader=self.info(page.language.code),
            dispatch=page.dispatch,
            sentences=tuple((start - page.body, end - page.body) for start, end in page.sentence_spans if start >= page.body),
            abstentions=tuple(page.abstentions),
            **{kind: tuple(map(page.localise, found)) for kind, found in items.items()},
        )

    def lay_out(self, dispatch: Dispatch) -> Page:
        """The dispatch as one parsed document: its headline, a blank line, its text."""
        (page,) = self.lay_out_all([dispatch])
        return page

    def lay_out_all(self, dispatches: Sequence[Dispatch]) -> list[Page]:
        """Dispatches of one language as parsed documents."""
        laid = [text_of(dispatch) for dispatch in dispatches]
        lang = language(dispatches[0].lang)
        docs = self.parser.parse_all([(text, forced) for text, _, forced in laid], lang)
        return [
            Page(dispatch=dispatch, language=lang, text=text, body=body, doc=doc)
            for dispatch, (text, body, _), doc in zip(dispatches, laid, docs, strict=True)
        ]

    def info(self, lang: str) -> ReaderInfo:
        """What identifies this reader for one language."""
        return ReaderInfo(version=__version__, models={lang: self.parser.model(lang)}, rules=rules_hash())


def batches(dispatches: Iterable[Dispatch]) -> Iterator[list[Dispatch]]:
    """Neighbours of one language, as many as the parser takes at a time."""
    together: list[Dispatch] = []
    for dispatch in dispatches:
        size = sum(len(one.text) for one in together)
        if together and (len(together) == AT_A_TIME or size > LARGEST or dispatch.lang != together[0].lang):
            yield together
            together = []
        together.append(dispatch)
    if together:
        yield together


def text_of(dispatch: Dispatch) -> tuple[str, int, tuple[int, ...]]:
    """A page's text, the offset of its body, and offsets that begin a sentence whatever stands there."""
    head = dispatch.title + HEADLINE_BREAK if dispatch.title.strip() else ""
    forced = [len(head) + dispatch.dateline.span[1]] if dispatch.dateline else []
    credit = tail(dispatch.text)
    if credit:
        forced.append(len(head) + credit[0])
    return head + dispatch.text, len(head), tuple(forced)
