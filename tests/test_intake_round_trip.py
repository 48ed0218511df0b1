"""One set of dispatches, in by every format, gives the same reading.

The same are words (title, text), language, day of publication, outlet, credited agencies, dateline, and every item of the
reading. The id, the reference, the hour and what a format says besides may differ.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from intake_samples import SAMPLES, kinds, page, written
from recoupe.errors import InputError
from recoupe.intake.draft import Given
from recoupe.intake.sources import Collector
from recoupe.model import Dispatch
from recoupe.reading.pipeline import Reader


def dispatches(*sources: Path, **given: str) -> list[Dispatch]:
    found = list(Collector(Given(**given)).collect(sources))
    assert not [one for one in found if isinstance(one, InputError)]
    return [one for one in found if isinstance(one, Dispatch)]


def same(dispatch: Dispatch) -> tuple[Any, ...]:
    """What must be the same of a dispatch, whichever format it came by."""
    day = (dispatch.published or "")[:10]
    return dispatch.title, dispatch.text, dispatch.lang, day, dispatch.outlet, dispatch.agencies, dispatch.dateline


@pytest.fixture(scope="module")
def expected() -> list[tuple[Any, ...]]:
    from recoupe.intake.take import take

    return [same(take(sample.row)) for sample in SAMPLES]


@pytest.mark.parametrize("kind", kinds())
def test_every_format_gives_the_same_dispatches(kind: str, tmp_path: Path, expected: list[tuple[Any, ...]]) -> None:
    assert [same(one) for one in dispatches(written(tmp_path, kind))] == expected


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_so_does_a_file_each(kind: str, tmp_path: Path, expected: list[tuple[Any, ...]]) -> None:
    found = []
    for sample in SAMPLES:
        path = tmp_path / f"{sample.slug}.{'txt' if kind == 'plain' else 'html'}"
        path.write_text(f"{sample.title}\n\n{sample.text}" if kind == "plain" else page(sample), encoding="utf-8")
        found += dispatches(path, outlet=sample.outlet, published=sample.published[:10])
    assert [same(one) for one in found] == expected


@pytest.mark.model
def test_and_the_same_reading(tmp_path: Path, reader: Reader) -> None:
    """What a reading rests on (words, language, moment of publication) is read once, however many formats it came by."""
    told: dict[tuple[str, ...], Dispatch] = {}
    for kind in kinds():
        folder = tmp_path / kind
        folder.mkdir()
        told.update({(d.title, d.text, d.lang, d.published or ""): d for d in dispatches(written(folder, kind))})
    read: dict[str, set[bytes]] = {}
    for dispatch in told.values():
        items = msgspec.structs.replace(reader.read(dispatch), dispatch=None)  # type: ignore[arg-type]
        read.setdefault(dispatch.title, set()).add(msgspec.json.encode(items))
    assert {title: len(readings) for title, readings in read.items()} == {sample.title: 1 for sample in SAMPLES}
