"""The main path: one dispatch in, one reading out. Each stage is one file of this folder and adds one kind of item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

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


@dataclass
class Reader:
    """Reads dispatches. Holds the parser's models, so make one and keep it."""

    settings: Settings = field(default_factory=Settings)
    parser: Parser = field(init=False)

    def __post_init__(self) -> None:
        self.parser = Parser(self.settings)

    def read(self, dispatch: Dispatch) -> Reading:
        """What one dispatch says. Raises UnknownLanguage where `dispatch.lang` is not read."""
        page = self.lay_out(dispatch)
        names = read_names(page)
        times = read_times(page)
        places = read_places(page, names)
        cast = read_actors(page, names, places)
        statements = read_statements(page, cast, times, places)
        figures = read_figures(page, times)
        events = read_events(page, cast, times, places, figures, statements)
        figures = tie_figures(page, figures, cast, times, places, statements, events)

        def localised(items: Sequence) -> tuple:  # type: ignore[type-arg]
            return tuple(page.localise(item) for item in items)

        return Reading(
            reader=self.info(dispatch.lang),
            dispatch=dispatch,
            sentences=tuple(
                (s.start_char - page.body, s.end_char - page.body) for s in page.sentences if s.start_char >= page.body
            ),
            names=localised(names),
            times=localised(times),
            places=localised(places),
            actors=localised(cast.actors),
            figures=localised(figures),
            statements=localised(statements),
            events=localised(events),
            abstentions=tuple(page.abstentions),
        )

    def lay_out(self, dispatch: Dispatch) -> Page:
        """The dispatch as one parsed document: its headline, a blank line, its text."""
        lang = language(dispatch.lang)
        head = dispatch.title + HEADLINE_BREAK if dispatch.title.strip() else ""
        text = head + dispatch.text
        forced = [len(head) + dispatch.dateline.span[1]] if dispatch.dateline else []
        credit = tail(dispatch.text)
        if credit:
            forced.append(len(head) + credit[0])
        doc = self.parser.parse(text, lang, extra_breaks=tuple(forced))
        return Page(dispatch=dispatch, language=lang, text=text, body=len(head), doc=doc)

    def info(self, lang: str) -> ReaderInfo:
        """What identifies this reader for one language."""
        return ReaderInfo(version=__version__, models={lang: self.parser.model(lang)}, rules=rules_hash())
