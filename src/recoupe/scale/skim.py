"""Reading an archive: times and figures come from the whole text, all else from the sentences that may tell something.

The parser sees a copy of the text in which the other sentences are blank, so that every offset holds. A dispatch in which no
sentence may tell anything is not parsed; one in which most may is parsed whole, and loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from recoupe.language import language
from recoupe.model import Dispatch, Reading, Span
from recoupe.reading.page import Page
from recoupe.reading.parser import no_words
from recoupe.reading.pipeline import Reader, batches, text_of
from recoupe.scale.wanted import wanted

WHOLE = 0.8
SHOWN = re.compile(r"[^\n]")


@dataclass
class Skimmer:
    """Reads as its reader does, and parses less. whole: the share of a text from which all of it is parsed."""

    reader: Reader
    whole: float = WHOLE

    def read_many(self, dispatches: Iterable[Dispatch]) -> Iterator[Reading]:
        """One reading a dispatch, in order. Where nothing was parsed it holds times and figures alone."""
        for together in batches(dispatches):
            pages = self._lay_out(together)
            yield from (self.reader.read_page(page) if len(page.doc) else self.reader.read_text(page) for page in pages)

    def _lay_out(self, dispatches: Sequence[Dispatch]) -> list[Page]:
        lang = language(dispatches[0].lang)
        search = wanted(lang.code)
        pages, asked = [], []
        for dispatch in dispatches:
            text, body, forced = text_of(dispatch)
            sentences = search.sentences(text, forced)
            outline = tuple(span for span, _ in sentences)
            page = Page(dispatch=dispatch, language=lang, text=text, body=body, doc=no_words(), outline=outline)
            pages.append(page)
            kept = self._kept(sentences, body)
            if kept:
                asked.append((page, blanked(text, kept), (*(start for start, _ in kept), *forced)))
        docs = self.reader.parser.parse_all([(copy, starts) for _, copy, starts in asked], lang) if asked else []
        for (page, _, _), doc in zip(asked, docs, strict=True):
            page.doc = doc
        return pages

    def _kept(self, sentences: Sequence[tuple[Span, bool]], body: int) -> list[Span]:
        """What is parsed: the sentences that may tell something, the one before each, the headline and the first one."""
        telling = {k for k, (_, tells) in enumerate(sentences) if tells}
        if not telling:
            return []
        first = next((k for k, (span, _) in enumerate(sentences) if span[0] >= body), 0)
        kept = {*range(first + 1), *telling, *(k - 1 for k in telling if k)}
        spans = [span for k, (span, _) in enumerate(sentences) if k in kept]
        length = sum(end - start for (start, end), _ in sentences)
        return [span for span, _ in sentences] if sum(b - a for a, b in spans) > self.whole * length else spans


def blanked(text: str, kept: Iterable[Span]) -> str:
    """The text with all but some spans blank; lines and offsets are as they were."""
    parts, last = [], 0
    for start, end in kept:
        parts += [SHOWN.sub(" ", text[last:start]), text[start:end]]
        last = end
    return "".join((*parts, SHOWN.sub(" ", text[last:])))
