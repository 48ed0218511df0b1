"""Every claim as a W3C Web Annotation: what it says as a body, the words it rests on as a target with two selectors.

TextQuoteSelector finds the words again where the page has changed around them; TextPositionSelector counts code points from
the beginning of the dispatch's text, as the recommendation asks. Claims in a headline are selected in it alone, by quote.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from recoupe.export.bundle import Bundle
from recoupe.ledger.values import Report

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
OWN = {"recoupe": "https://w3id.org/recoupe/ns#"}
AROUND = 32


def write(bundle: Bundle, out: BinaryIO) -> None:
    """Writes one annotation page's worth: a collection whose first page holds every annotation."""
    items = list(_annotations(bundle))
    made = {
        "@context": [CONTEXT, OWN],
        "id": "urn:recoupe:ledger",
        "type": "AnnotationCollection",
        "total": len(items),
        "first": {"id": "urn:recoupe:ledger:1", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    out.write(msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")


def _annotations(bundle: Bundle) -> Iterator[dict[str, Any]]:
    view = bundle.view
    body: dict[str, Any]
    for o in view.occurrences:
        body = {"recoupe:type": o.type, "recoupe:status": o.status, "recoupe:start": o.start, "recoupe:end": o.end}
        yield from _of(bundle, o.id, o.summary, body, o.reports)
    for s in view.series:
        for point in s.points:
            known = (point.value, point.low, point.high)
            body = {
                "recoupe:measure": s.measure,
                "recoupe:value": next((v for v in known if v is not None), None),
            }
            yield from _of(bundle, s.id, s.measure, body | {"recoupe:asOf": point.as_of}, point.reports)
    for c in view.commitments:
        body = {"recoupe:kind": c.kind, "recoupe:status": c.status, "recoupe:dueEnd": c.due_end}
        yield from _of(bundle, c.id, c.what, body, c.reports)


def _of(bundle: Bundle, name: str, says: str, body: dict[str, Any], reports: tuple[Report, ...]) -> Iterator[dict[str, Any]]:
    for report in reports:
        yield {
            "id": f"urn:recoupe:{name}:{report.dispatch}:{report.item}",
            "type": "Annotation",
            "motivation": "classifying",
            "body": {
                "id": f"urn:recoupe:{name}",
                "type": "TextualBody",
                "value": says,
                "format": "text/plain",
                **{key: value for key, value in body.items() if value is not None},
            },
            "target": {"source": _source(bundle, report), "selector": _selectors(bundle, report)},
        }


def _source(bundle: Bundle, report: Report) -> dict[str, Any]:
    dispatch = bundle.readings[report.dispatch].dispatch
    source = {"id": dispatch.url or f"urn:recoupe:{dispatch.id}", "type": "Text", "language": dispatch.lang}
    return source | ({"recoupe:published": dispatch.published} if dispatch.published else {})


def _selectors(bundle: Bundle, report: Report) -> list[dict[str, Any]]:
    dispatch = bundle.readings[report.dispatch].dispatch
    text = dispatch.title if report.in_ == "title" else dispatch.text
    start, end = report.span
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(start - AROUND, 0) : start],
        "suffix": text[end : end + AROUND],
    }
    return [quote] if report.in_ == "title" else [quote, {"type": "TextPositionSelector", "start": start, "end": end}]
