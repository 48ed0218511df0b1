"""What holds of every reading of any text: nothing raises, every span lies in the words, every id is one item's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from recoupe.intake.take import take
from recoupe.model import Reading, Value
from recoupe.reading.pipeline import Reader

KINDS = ("names", "times", "places", "actors", "figures", "statements", "events")
TOKENS = """
Le général Ekman a déclaré mercredi 24 juillet que 766 soldats sur 950 avaient quitté « Niamey » . ; : , » “ ” ’ - – aurait dément
The army said on Monday at least 54 people were killed near Agadez U.S. M. etc. (AFP) 2024 1er août d’ici à la fin qui qu’il
n’a pas signé l’accord une dizaine de milliers d’euros $100 million 64,27 % 10 20
"""
WORDS = st.sampled_from([*TOKENS.split(), "\n", "\n\n"])
NEWS = st.lists(WORDS, max_size=60).map(" ".join)
NASTY = [
    "", " ", "\n\n\n", "«", "« « « »", '"' * 50, "(" * 200, "😀🇳🇪", "\u202e\u200bNiamey", "Ａｇａｄｅｚ", "a\u0301" * 50,
    "\0\x1b", "北京 2024年", "1" * 400, "1.000.000,00 " * 50, "et " * 300, "M. " * 100, "le 31 février 2024",
    "99 999 999 999 999 999 999 999 morts", "Il a dit que " * 60, "«\u00a0a\u00a0» " * 60, "A-t-il dit.", "NIAMEY (AFP) –",
    "NIAMEY, 31 février 2024 (AFP) - Rien.",
]  # fmt: skip


def spans(item: Any) -> Iterator[tuple[int, int]]:
    """Every span of an item that is in the same part of the dispatch as the item."""
    for name in ("span", "trigger", "evidence", "cue", "speaker_span"):
        value = getattr(item, name, None)
        if value is not None:
            yield value
    for name in ("parts", "mentions"):
        yield from getattr(item, name, ())
    for source in getattr(item, "via", ()):
        yield source.span


def check(reading: Reading) -> None:
    lengths = {"text": len(reading.dispatch.text), "title": len(reading.dispatch.title)}
    ids: set[str] = set()
    for kind in KINDS:
        for item in getattr(reading, kind):
            assert item.id not in ids
            ids.add(item.id)
            assert item.rule
            longest = lengths[getattr(item, "in_", "text")]
            for start, end in spans(item):
                assert 0 <= start < end <= max(longest, lengths["text"]), (item, start, end)
            if hasattr(item, "text") and hasattr(item, "span"):
                words = reading.dispatch.title if item.in_ == "title" else reading.dispatch.text
                assert words[slice(*item.span)] == item.text
    refer(reading, ids)
    for start, end in reading.sentences:
        assert 0 <= start < end <= lengths["text"]
    assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading) == reading


def refer(reading: Reading, ids: set[str]) -> None:
    """Whatever an item points to is there."""
    for kind in KINDS:
        for item in getattr(reading, kind):
            for name in ("actor", "place", "time", "statement", "speaker", "parent", "anchor_id", "of_figure", "part_of"):
                value = getattr(item, name, None)
                assert value is None or value in ids, (item, name)
            for name in ("actors", "recipients", "figures", "speakers", "addressees", "denied_by", "members"):
                assert all(value in ids for value in getattr(item, name, ())), (item, name)
            for name in ("places", "times"):
                assert all(value.id in ids for value in getattr(item, name, ()) if isinstance(value, Value))


@pytest.mark.model
@pytest.mark.parametrize("lang", ["fr", "en"])
class TestAnyText:
    @given(text=NEWS, title=st.lists(WORDS, max_size=8).map(" ".join))
    @example(text="Niamey", title="Niamey")
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_made_of_the_words_of_news(self, reader: Reader, lang: str, text: str, title: str) -> None:
        check(reader.read(take({"text": text, "title": title, "lang": lang, "published": "2024-07-25"})))

    @given(text=st.text(max_size=200))
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_made_of_anything(self, reader: Reader, lang: str, text: str) -> None:
        check(reader.read(take({"text": text, "title": text[:20], "lang": lang})))

    @pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
    def test_nasty(self, reader: Reader, lang: str, text: str) -> None:
        check(reader.read(take({"text": text, "title": text[:60], "lang": lang})))

    def test_the_same_twice(self, reader: Reader, lang: str) -> None:
        text = "Le ministre a dit lundi que 12 soldats avaient quitté Niamey. The army said 12 soldiers left on Monday."
        taken = take({"text": text, "lang": lang, "published": "2024-07-25"})
        assert msgspec.json.encode(reader.read(taken)) == msgspec.json.encode(reader.read(taken))
