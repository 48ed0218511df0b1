"""Every frame reads its own examples and leaves its counter-examples alone; the tables say only what the ontology knows."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from pathlib import Path

import pytest

from recoupe.language import language
from recoupe.ontology import contexts, types
from recoupe.reading.events.frame_examples import Example, coverage
from recoupe.reading.events.frames import Frame, lexicon
from recoupe.reading.events.scan import Sighting, scan
from recoupe.reading.events.stance import stance_rules
from recoupe.reading.parser import Parser

LANGUAGES = ("fr", "en")
FRAMES = [pytest.param(code, frame, id=frame.rule) for code in LANGUAGES for frame in lexicon(code).frames]
MODALITIES = {"planned", "demanded", "threatened", "denied", "rumoured", "hypothetical", "none", None}


@pytest.fixture(scope="module")
def seen() -> dict[tuple[str, str], dict[str, list[Sighting]]]:
    """What was seen in the examples of each file of frames, so that each is parsed once."""
    return {}


def sightings(parser: Parser, code: str, name: str) -> dict[str, list[Sighting]]:
    """What is seen in each example sentence of a file of frames, parsed together, a paragraph each."""
    frames = [f for f in lexicon(code).frames if f.rule.split(".")[2] == name]
    texts = list(dict.fromkeys([Example.of(e).text for f in frames for e in f.examples] + [t for f in frames for t in f.counter]))
    doc = parser.parse("\n\n".join(texts), language(code))
    starts, at = [], 0
    for text in texts:
        starts.append(at)
        at += len(text) + 2
    found: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in scan(doc, lexicon(code), stance_rules(code)):
        offset = sighting.candidate.trigger.token.idx
        n = max(i for i, start in enumerate(starts) if start <= offset)
        found[texts[n]].append(sighting)
    for text, start in zip(texts, starts, strict=True):
        found[text].append(start)  # type: ignore[arg-type]
    return found


def failures(frame: Frame, found: dict[str, list[Sighting]]) -> list[str]:
    wrong = []
    for marked in frame.examples:
        example = Example.of(marked)
        *seen, start = found[example.text]
        mine = [s for s in seen if s.candidate.trigger.frame.rule == frame.rule]
        hit = [s for s in mine if example.trigger[0] <= s.candidate.trigger.start.idx - start < example.trigger[1]]
        if not hit:
            others = ", ".join(s.candidate.trigger.frame.rule for s in seen)
            wrong.append(f"not seen (seen: {others or 'nothing'}): {marked}")
            continue
        for roles, spans in ((("actor",), example.actors), (("recipient", "about"), example.recipients)):
            heads = [t.idx - start for t in hit[0].candidate.of(*roles)]
            wrong += [
                f"{roles[0]} {example.text[a:b]!r} not found: {marked}" for a, b in spans if not any(a <= h < b for h in heads)
            ]
        if hit[0].stance.modality != example.modality:
            wrong.append(f"{hit[0].stance.modality}: {marked}")
    for text in frame.counter:
        if any(s.candidate.trigger.frame.rule == frame.rule for s in found[text][:-1]):
            wrong.append(f"seen: {text}")
    return wrong


@pytest.mark.model
@pytest.mark.parametrize(("code", "frame"), FRAMES)
def test_examples(parser: Parser, seen: dict[tuple[str, str], dict[str, list[Sighting]]], code: str, frame: Frame) -> None:
    key = (code, frame.rule.split(".")[2])
    if key not in seen:
        seen[key] = sightings(parser, *key)
    wrong = failures(frame, seen[key])
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


@pytest.mark.parametrize(("code", "frame"), FRAMES)
def test_frame_says_what_the_ontology_knows(code: str, frame: Frame) -> None:
    assert frame.type in types()
    assert frame.mode is None or frame.mode in types()[frame.type].modes
    assert set(frame.contexts) <= set(contexts())
    assert frame.content in MODALITIES
    assert frame.examples, "a frame has at least one example"
    known = {kind for kinds in lexicon(code).classes.values() for kind in kinds} | lexicon(code).names | lexicon(code).pronouns
    for place in (*frame.verb.values(), *frame.noun.values()):
        assert place.classes | place.refused <= known


def test_coverage_in_the_docs() -> None:
    path = Path(__file__).parent.parent / "docs" / "frames.md"
    written = path.read_text(encoding="utf-8")
    current = re.sub(r"(<!-- coverage -->\n).*?(<!-- end -->)", lambda m: f"{m[1]}{coverage()}\n{m[2]}", written, flags=re.S)
    if os.environ.get("UPDATE_DOCS"):
        path.write_text(current, encoding="utf-8")
    assert current == written or os.environ.get("UPDATE_DOCS"), "run UPDATE_DOCS=1 pytest tests/test_frames.py -k coverage"
