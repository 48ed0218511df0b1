"""Names as they stand in the text, before they are resolved to anything.

The statistical model proposes; known organisations, the gazetteer and the words around correct its spans and kinds and add
what it missed. A name lies within one line; articles, titles and functions are no part of it. One string has one kind in a
dispatch, unless each mention has evidence of its own.
"""

from __future__ import annotations

from recoupe.model import Name
from recoupe.reading.names.evidence import weigh
from recoupe.reading.names.lexicon import lexicon
from recoupe.reading.names.spans import Candidate, candidates
from recoupe.reading.names.words import words
from recoupe.reading.page import Page


def read_names(page: Page) -> tuple[Name, ...]:
    """Every name of the page, in order, spans in page offsets."""
    lex, w = lexicon(page.language.code), words(page.doc)
    names: list[Name] = []
    for candidate in kept(weigh(w, candidates(page.doc, w, lex), lex)):
        span, kind = w.span(candidate.start, candidate.end), candidate.kind
        rule = f"names.{page.language.code}.{candidate.rule}"
        if kind is not None:
            names.append(Name(id=f"n{len(names) + 1}", span=span, text=page.words(span), kind=kind, rule=rule))
    return tuple(names)


def kept(found: list[Candidate]) -> list[Candidate]:
    """Of candidates that overlap, the one with the most evidence."""
    best: list[Candidate] = []
    taken: set[int] = set()
    for candidate in sorted(found, key=lambda c: (-c.strength, -(c.end - c.start), c.start)):
        tokens = range(candidate.start, candidate.end)
        if candidate.kind is not None and not taken.intersection(tokens):
            taken.update(tokens)
            best.append(candidate)
    return sorted(best, key=lambda c: c.start)
