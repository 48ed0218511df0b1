"""Counts, sums and shares, with their bounds, units and kinds.

Read from the text alone, so that an archive needs no parser: numerals, then their bounds, then what is counted, then whether
it is a figure at all, then what happened to those counted, then what figures take from one another.
"""

from __future__ import annotations

from collections.abc import Sequence

from recoupe.model import Basis, Figure, Number, Time
from recoupe.reading.figures.bounds import Quantity, bounded_after, read_quantities
from recoupe.reading.figures.counted import counted
from recoupe.reading.figures.kinds import scene
from recoupe.reading.figures.numbers import read_numerals
from recoupe.reading.figures.table import FigureTable, figure_table
from recoupe.reading.figures.ties import tie_figures
from recoupe.reading.figures.units import Unit, read_unit
from recoupe.reading.figures.wholes import Draft, settle
from recoupe.reading.figures.words import Words, lay_out, token_pattern
from recoupe.reading.page import Page

__all__ = ["read_figures", "tie_figures"]

WHOLE_WITHIN = 3
NEXT = 8
STATES = {"dead": "killed"} | {kind: kind for kind in ("injured", "missing", "kidnapped", "arrested", "displaced")}


def read_figures(page: Page, times: Sequence[Time]) -> tuple[Figure, ...]:
    """Every figure of the page, in order, spans in page offsets; a number inside a time expression is none."""
    table = figure_table(page.language)
    words = lay_out(page.text, [start for start, _ in page.sentence_spans], token_pattern(table.sign_prefixes, table.suffixes))
    barred = {i for a, b in [t.span for t in times] + ([page.dateline] if page.dateline else []) for i in range(a, b)}
    numerals = [
        n for n in read_numerals(words, table) if words.starts[n.i] not in barred and words.ends[n.j - 1] - 1 not in barred
    ]
    drafts = _drafts(words, read_quantities(words, numerals, table), table)
    settle(words, drafts, table)
    code = page.language.code
    return tuple(_figure(page, words, drafts, k, f"figures.{code}.") for k in range(len(drafts)))


def _drafts(words: Words, quantities: list[Quantity], table: FigureTable) -> list[Draft]:
    drafts: list[Draft] = []
    k = 0
    while k < len(quantities):
        quantity = quantities[k]
        unit = read_unit(words, quantity, table)
        quantity, end = bounded_after(words, quantity, unit.end, table)
        if end == unit.end and unit.head and words.low(end) not in table.function_words:
            quantity, beyond = bounded_after(words, quantity, end + 1, table)
            end = beyond if beyond > end + 1 else end
        whole = _whole(words, quantity, unit, quantities[k + 1 : k + 2], end, table)
        k += 1
        of = None
        if whole:
            of, unit, end = whole
            if unit.kind == "money" and quantity.scale == 1:
                quantity = quantity.scaled(quantities[k].scale)
            k += 1
        starts = [q.words[0] for q in quantities[k : k + NEXT] if q.form != "article"]
        around = scene(words, quantity, unit, drafts[-1].end if drafts else 0, starts, table)
        draft = Draft(quantity, unit, around.read(), around.left, max(end, unit.end), of=of)
        if unit.head:
            start, stop = words.span(unit.head)
            draft.unit_text = words.text[start:stop]
        if table.increment.end(words, quantity.words[0]):
            draft.change = "increment"
        if unit.more and not (unit.more == "other" and words.low(quantity.words[0] - 1) in table.definite):
            draft.change = "increment"
        if counted(words, draft, drafts[-1] if drafts else None, table):
            drafts.append(draft)
    return drafts


def _whole(
    words: Words, quantity: Quantity, unit: Unit, then: list[Quantity], end: int, table: FigureTable
) -> tuple[Number, Unit, int] | None:
    """«X sur Y», «X des Y otages»: the whole, the unit (that of the whole where the part has none) and where the words end."""
    if not then or then[0].form == "article" or unit.kind in ("measure", "percent", "money"):
        return None
    for k in range(end, min(end + WHOLE_WITHIN, then[0].words[0])):
        found = table.wholes.start(words, k)
        direct = k == end and not unit.head and ((found is not None and found[1] == "share") or quantity.form != "article")
        if found and found[0] in (then[0].words[0], then[0].number[0]) and (found[1] == "far" or direct):
            of = read_unit(words, then[0], table)
            shares = (
                of.kind == "money"
                and found[1] == "near"
                and not unit.head
                and quantity.form in ("digits", "words")
                and quantity.scale == 1
            )
            if (of.kind in ("measure", "percent", "money") and not shares) or then[0].size < quantity.size:
                return None
            return then[0].size, unit if unit.head else of, max(of.end, end)
        if words.kind(k) != "word" or words.low(k) in table.function_words:
            return None
    return None


def _figure(page: Page, words: Words, drafts: list[Draft], k: int, prefix: str) -> Figure:
    draft = drafts[k]
    quantity = draft.quantity
    last = max(quantity.words[1], draft.unit.head[1] if draft.unit.head else 0)
    span = words.span((quantity.words[0], max(last, draft.end if draft.of is not None and draft.whole is None else last)))
    start, end = span
    bases: dict[str, Basis] = {"kind": draft.kind_basis}
    if draft.unit_text:
        bases["unit"] = draft.unit_basis
    return Figure(
        id=f"f{k + 1}",
        span=span,
        text=page.text[start:end],
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        approx=quantity.approx,
        unit=draft.unit_text,
        kind=draft.kind,
        of=draft.of,
        of_figure=f"f{draft.whole + 1}" if draft.whole is not None else None,
        state=draft.verdict.state or STATES.get(draft.kind),
        change=draft.change,
        rule=prefix + quantity.rule,
        basis=bases,
    )
