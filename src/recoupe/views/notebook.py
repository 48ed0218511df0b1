"""A reading, or a ledger's brief, in a notebook: HTML that needs nothing else."""

from __future__ import annotations

from markupsafe import Markup, escape

from recoupe.ledger import Ledger
from recoupe.model import Part, Reading
from recoupe.views.brief import make_brief
from recoupe.views.facts import Facts, Table
from recoupe.views.marks import marks, segments
from recoupe.views.page import to_html
from recoupe.views.reading import source_line
from recoupe.views.safe import visible

COLOURS = {"event": "#fbd5d0", "figure": "#fff1b8", "time": "#cfe8f5", "place": "#d5efd8", "actor": "#f0dcf5"}
BOX = "border:1px solid #8884;border-radius:8px;padding:.8em 1em;max-width:60em;line-height:1.6"
WORDS = "font-style:italic;opacity:.8"


def reading_html(reading: Reading) -> str:
    """The dispatch with its spans marked, and a table of each kind of item."""
    title = Markup("<b style='font-size:1.15em'>{}</b><br>").format(_marked(reading, "title")) if reading.dispatch.title else ""
    head = Markup("<div style='opacity:.7'>{}</div>").format(visible(source_line(reading.dispatch)))
    body = Markup("<p style='white-space:pre-wrap'>{}</p>").format(_marked(reading, "text"))
    tables = Markup("").join(_table(table) for table in Facts(reading).tables)
    return str(Markup("<div style='{}'>{}{}{}{}</div>").format(BOX, title, head, body, tables))


def ledger_html(ledger: Ledger) -> str:
    """The brief of the whole ledger, as a page within the page."""
    frame = Markup(
        "<iframe sandbox srcdoc='{}' style='width:100%;height:40em;border:1px solid #8884;border-radius:8px'></iframe>"
    )
    return str(frame.format(to_html(make_brief(ledger))))


def _marked(reading: Reading, part: Part) -> Markup:
    text = reading.dispatch.text if part == "text" else reading.dispatch.title
    pieces = []
    for words, over in segments(visible(text), marks(reading, part)):
        kinds = [mark.kind for mark in over]
        shown = next((kind for kind in COLOURS if kind in kinds), None)
        style = f"background:{COLOURS[shown]};color:#111;border-radius:2px;" if shown else ""
        style += "border-bottom:1px dotted;" if "statement" in kinds else ""
        hint = ", ".join(f"{mark.kind} {mark.item}" for mark in over)
        pieces.append(Markup("<span style='{}' title='{}'>{}</span>").format(style, hint, words) if style else escape(words))
    return Markup("").join(pieces)


def _table(table: Table) -> Markup:
    cells = Markup("<td style='text-align:left;vertical-align:top'>{}</td>")
    rows = []
    for fact in table.facts:
        shown = (
            fact.cells
            if table.kind == "time"
            else (*fact.cells, Markup("<span style='{}'>{}</span>").format(WORDS, visible(fact.words)))
        )
        rows.append(Markup("<tr>{}</tr>").format(Markup("").join(cells.format(cell) for cell in (fact.id, *shown))))
    return Markup("<details><summary><b>{}</b> ({})</summary><table>{}</table></details>").format(
        table.title, len(table.facts), Markup("").join(rows)
    )
