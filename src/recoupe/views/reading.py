"""A reading in a terminal: the dispatch with its spans coloured, then what was read, each with its words."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from recoupe.model import Dispatch, Part, Reading
from recoupe.views.facts import Facts, Table
from recoupe.views.marks import marks
from recoupe.views.safe import one_line, visible

STYLES = {
    "time": "cyan",
    "place": "green",
    "actor": "magenta",
    "figure": "yellow",
    "statement": "italic",
    "event": "bold red",
}


def render_reading(reading: Reading) -> RenderableType:
    """The reading, to be printed by a Rich console."""
    return Group(*_parts(reading))


def source_line(dispatch: Dispatch) -> str:
    """Outlet, agency, date and what the date rests on: "Le Fil · AFP · 2024-07-24 (text) · fr · 3f2a9c…"."""
    date = f"{dispatch.published[:10]} ({dispatch.published_basis})" if dispatch.published else "date unknown"
    credit = None if dispatch.agency == dispatch.outlet else dispatch.agency
    return " · ".join(part for part in (dispatch.outlet, credit, date, dispatch.lang, dispatch.ref, dispatch.id) if part)


def _parts(reading: Reading) -> Iterator[RenderableType]:
    dispatch = reading.dispatch
    yield Rule(style="dim")
    if dispatch.title:
        yield _marked(reading, "title", "bold")
    yield Text(one_line(source_line(dispatch)), style="dim")
    yield Text()
    yield Padding(_marked(reading, "text"), (0, 2))
    yield Text()
    yield _legend()
    for table in Facts(reading).tables:
        yield from _listed(table)
    if reading.abstentions:
        yield Text(f"left open: {len(reading.abstentions)} (see --json)", style="dim")


def _marked(reading: Reading, part: Part, style: str = "") -> Text:
    text = Text(visible(reading.dispatch.text.rstrip() if part == "text" else reading.dispatch.title), style=style)
    for mark in marks(reading, part):
        text.stylize(STYLES[mark.kind], *mark.span)
    return text


def _legend() -> Text:
    return Text("  ").append_text(Text("  ").join(Text(kind, style=style) for kind, style in STYLES.items()))


def _listed(table: Table) -> Iterator[RenderableType]:
    """Two lines an item: what was read, and the words."""
    yield Text()
    yield Text(table.title, style=f"bold {STYLES[table.kind]}")
    for fact in table.facts:
        line = Text(f"{fact.id:>4}  ", style="dim")
        line.append(visible(" · ".join(cell for cell in fact.cells if cell)), style="default")
        yield line
        if table.kind != "time":
            yield Padding(Text(visible(fact.words), style="italic dim"), (0, 0, 0, 6))
