"""Pages with sentences and no parse, as archive mode reads them, and figures as one line each."""

from __future__ import annotations

import datetime as dt
from functools import cache

import spacy
from spacy.tokens import Doc

from recoupe.language import language
from recoupe.model import Dispatch, Figure
from recoupe.reading.layout import breaks, parsed_copy
from recoupe.reading.page import Page


@cache
def tokenizer(code: str) -> spacy.language.Language:
    return spacy.blank(code)


def unparsed_page(text: str, lang: str, published: dt.date | None = None) -> Page:
    """A page whose sentences begin where the layout says, with no tags and no tree."""
    copy = parsed_copy(text)
    doc = tokenizer(lang)(copy)
    starts = breaks(copy, frozenset(language(lang).info["abbreviations"]))
    begin_sentences(doc, starts)
    day = published.isoformat() if published else None
    return Page(
        dispatch=Dispatch(id="d", lang=lang, text=text, published=day), language=language(lang), text=text, body=0, doc=doc
    )


def begin_sentences(doc: Doc, starts: list[int]) -> None:
    waiting = sorted(starts)
    for token in doc:
        begins = token.i == 0
        while waiting and token.idx + len(token) > waiting[0] and not token.is_space:
            begins = True
            waiting.pop(0)
        token.is_sent_start = begins


def line(figure: Figure) -> str:
    """«17.. morts dead of 30»: N exact, N.. at least, ..N at most, ~N about, ~N.. at least and vague, N..M a range."""
    value, low, high = figure.value, figure.low, figure.high
    if value is not None and low == high:
        said = str(value) if low is not None else f"~{value}"
    elif low is not None and high is not None:
        said = f"{low}..{high}"
    else:
        said = f"{'~' if figure.approx else ''}{low if low is not None else ''}..{high if high is not None else ''}"
    of = f"of {figure.of}" if figure.of is not None else ""
    more = "more" if figure.change == "increment" else ""
    return " ".join(part for part in (said, figure.unit or "", figure.kind, of, more) if part)
