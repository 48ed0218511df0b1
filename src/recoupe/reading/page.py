"""A dispatch laid out for reading: headline and text as one document, parsed once.

Stages work in page offsets: the headline first, a blank line, then `dispatch.text`. `Page.localise` turns an item's spans
into the contract's offsets and says whether it stands in the headline. `page.doc` has the same offsets as `page.text`,
in plainer typography. No spaCy object leaves `reading/` in a value.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar, get_type_hints

import msgspec
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from recoupe.language import Language
from recoupe.model import Abstention, Dispatch, Source, Span, Value

V = TypeVar("V", bound=Value)
SPAN_SHAPES = {Span: "one", Span | None: "one", tuple[Span, ...]: "many", tuple[Source, ...]: "sources"}


@dataclass
class Page:
    """One dispatch on the way to its reading.

    body: page offset at which `dispatch.text` begins; published: day of publication, or None.
    abstentions: what the stages left open, in the order they met it. outline: the sentences of the text, where not all of
    them were parsed.
    """

    dispatch: Dispatch
    language: Language
    text: str
    body: int
    doc: Doc
    abstentions: list[Abstention] = field(default_factory=list)
    outline: tuple[Span, ...] | None = None

    @property
    def published(self) -> dt.date | None:
        value = self.dispatch.published
        return dt.date.fromisoformat(value[:10]) if value else None

    @property
    def sentences(self) -> list[Tokens]:
        return list(self.doc.sents)

    @property
    def sentence_spans(self) -> tuple[Span, ...]:
        """Every sentence of the text, parsed or not, in page offsets."""
        return self.outline if self.outline is not None else tuple((s.start_char, s.end_char) for s in self.doc.sents)

    @property
    def dateline(self) -> Span | None:
        """The dateline, in page offsets."""
        line = self.dispatch.dateline
        return (line.span[0] + self.body, line.span[1] + self.body) if line else None

    def words(self, span: Span) -> str:
        """The original words of a span."""
        return self.text[span[0] : span[1]]

    def span(self, tokens: Tokens | Token) -> Span:
        """Page offsets of a token or a run of tokens."""
        if isinstance(tokens, Token):
            return tokens.idx, tokens.idx + len(tokens)
        return tokens.start_char, tokens.end_char

    def tokens(self, span: Span) -> Tokens:
        """The tokens that a span touches; empty where it touches none."""
        found = self.doc.char_span(*span, alignment_mode="expand")
        return found if found is not None else self.doc[0:0]

    def token_at(self, offset: int) -> Token | None:
        """The token that covers an offset, or the one before it."""
        i = bisect_right(self._starts, offset) - 1
        return self.doc[i] if i >= 0 else None

    def in_title(self, span: Span) -> bool:
        return span[0] < self.body

    def abstain(self, about: str, field: str, reason: str, candidates: tuple[str, ...] = ()) -> None:
        """Keeps what was left open. about: an item's id, or the words where no item was made."""
        self.abstentions.append(Abstention(about=about, field=field, reason=reason, candidates=candidates))

    def localise(self, item: V) -> V:
        """The item in the contract's offsets. Of a chain's mentions, those in the headline go to `title_mentions`."""
        changes: dict[str, Any] = {}
        shapes = _span_fields(type(item))
        for name, shape in shapes.items():
            value = getattr(item, name)
            if value is None:
                continue
            if name == "mentions" and "title_mentions" in shapes:
                changes["mentions"] = tuple(self._shift(s) for s in value if not self.in_title(s))
                changes["title_mentions"] = tuple(s for s in value if self.in_title(s))
            elif name == "title_mentions":
                continue
            elif shape == "one":
                changes[name] = self._shift(value)
            elif shape == "many":
                changes[name] = tuple(self._shift(s) for s in value)
            else:
                changes[name] = tuple(msgspec.structs.replace(s, span=self._shift(s.span)) for s in value)
        anchor = getattr(item, "span", None) or getattr(item, "trigger", None)
        if anchor and hasattr(item, "in_"):
            changes["in_"] = "title" if self.in_title(anchor) else "text"
        return msgspec.structs.replace(item, **changes)

    def _shift(self, span: Span) -> Span:
        return span if self.in_title(span) else (span[0] - self.body, span[1] - self.body)

    @property
    def _starts(self) -> list[int]:
        starts: list[int] | None = self.doc.user_data.get("starts")
        if starts is None:
            starts = self.doc.user_data["starts"] = [token.idx for token in self.doc]
        return starts


@cache
def _span_fields(kind: type[Value]) -> dict[str, str]:
    return {name: SPAN_SHAPES[hint] for name, hint in get_type_hints(kind).items() if hint in SPAN_SHAPES}
