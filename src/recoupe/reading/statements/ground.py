"""What every finder of statements stands on: the page's tokens with the quotations around them, and drafts of statements.

Positions are token indices, ends exclusive. A draft becomes a statement in `statements`, once all drafts of the page are known.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from recoupe.model import Basis, Force, Span, Time
from recoupe.reading.cast import Cast
from recoupe.reading.page import Page
from recoupe.reading.statements.cues import Lexicon, lexicon
from recoupe.reading.statements.quotes import Quote, dialogue, quotations
from recoupe.reading.syntax import Syntax, syntax

Range = tuple[int, int]
BREAKS = frozenset({";", ":"})
COMMAS = frozenset({",", "—", "–", "-", "--", "("})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
VERBAL = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """Who speaks, as named at one place. heads: one a coordinated member; owner: the head that the words are about."""

    start: int
    end: int
    heads: tuple[int, ...]


@dataclass
class Draft:
    """A statement in the making. parts: its content, in token ranges; zone: where its cue's own time and place may stand;
    whole: content and source as one phrase, where the content has no verb («30 selon le syndicat»).
    """

    parts: list[Range]
    cue: Range
    force: Force
    rule: str
    zone: Range
    speaker: Phrase | None = None
    via: list[Phrase] = field(default_factory=list)
    addressees: list[Phrase] = field(default_factory=list)
    basis: Basis = "syntax"
    fragment: bool = False
    source: bool = False
    turn: bool = False
    whole: Range | None = None
    quote: bool = False
    learnt: bool = False

    @property
    def start(self) -> int:
        return self.parts[0][0]

    @property
    def end(self) -> int:
        return self.parts[-1][1]

    def holds(self, i: int) -> bool:
        return any(a <= i < b for a, b in self.parts)


@dataclass
class Ground:
    """A page as the finders see it. quote_of: innermost quotation of each token, its marks included, or -1."""

    page: Page
    doc: Doc
    lex: Lexicon
    quotes: list[Quote]
    quote_of: list[int]
    mark: list[bool]
    starts: list[int]
    offsets: list[int]
    low: list[str]
    dated: frozenset[int]
    syntax: Syntax
    turns: list[Span]
    cast: Cast

    def sentence(self, i: int) -> Range:
        """The sentence of a token."""
        at = bisect_right(self.starts, i) - 1
        return self.starts[at], self.starts[at + 1] if at + 1 < len(self.starts) else len(self.doc)

    def tokens_of(self, span: Span) -> Range:
        """Tokens that begin inside a span of the page."""
        first = bisect_left(self.offsets, span[0])
        return first, max(first, bisect_left(self.offsets, span[1]))

    def inner(self, quote: int) -> Range:
        return self.tokens_of(self.quotes[quote].inner)

    def outer(self, quote: int) -> Range:
        return self.tokens_of(self.quotes[quote].outer)

    def depth(self, i: int) -> int:
        depth, quote = 0, self.quote_of[i]
        while quote >= 0:
            parent = self.quotes[quote].parent
            depth, quote = depth + 1, -1 if parent is None else parent
        return depth

    def outermost(self, i: int, base: int) -> int:
        """The outermost quotation around a token inside the quotation `base`, or -1."""
        at, found = self.quote_of[i], -1
        while at >= 0 and at != base:
            parent = self.quotes[at].parent
            found, at = at, -1 if parent is None else parent
        return found if at == base else -1

    def within(self, i: int, quote: int) -> bool:
        """Whether a token stands inside a quotation, at any depth; every token stands inside -1."""
        if quote < 0:
            return True
        at = self.quote_of[i]
        while at >= 0 and at != quote:
            parent = self.quotes[at].parent
            at = -1 if parent is None else parent
        return at == quote

    def trim(self, part: Range) -> Range:
        """A range without the blanks, commas and unmatched marks at its ends."""
        start, end = part
        while start < end and self._loose(start, part):
            start += 1
        while end > start and self._loose(end - 1, part):
            end -= 1
        return start, end

    def _loose(self, i: int, part: Range) -> bool:
        token = self.doc[i]
        if self.mark[i]:
            quote = self.quote_of[i]
            first, last = self.outer(quote)
            return not (part[0] <= first and last <= part[1])
        return (
            token.is_space
            or (token.is_punct and token.text not in ("?", "!", "…", "...", "%", ")", "("))
            or token.text in (",", "-")
        )

    def span(self, part: Range) -> Span:
        last = self.doc[part[1] - 1]
        return self.doc[part[0]].idx, last.idx + len(last)

    def is_finite(self, token: Token) -> bool:
        """Whether a token is a verb that makes a clause of its own."""
        if token.pos_ not in VERBAL:
            return False
        forms = token.morph.get("VerbForm", [])
        return not forms or forms[0] == "Fin"


def lay_ground(page: Page, cast: Cast, times: Sequence[Time]) -> Ground:
    """The ground of a page, its quotations found."""
    doc = page.doc
    offsets = [token.idx for token in doc]
    dated = {i for time in times for i in range(bisect_left(offsets, time.span[0]), bisect_left(offsets, time.span[1]))}
    starts = [sentence.start for sentence in doc.sents] or [0]
    quotes = quotations(page.text, [doc[i].idx for i in starts] if len(doc) else [0])
    ground = Ground(
        page=page,
        doc=doc,
        lex=lexicon(page.language.code),
        quotes=quotes,
        quote_of=[-1] * len(doc),
        mark=[False] * len(doc),
        starts=starts,
        offsets=offsets,
        low=[token.lower_ for token in doc],
        dated=frozenset(dated),
        syntax=syntax(page.language.code),
        turns=dialogue(page.text),
        cast=cast,
    )
    for number in range(len(quotes)):
        first, last = ground.outer(number)
        a, b = ground.inner(number)
        for i in range(first, last):
            ground.quote_of[i] = number
            ground.mark[i] = not a <= i < b
    return ground
