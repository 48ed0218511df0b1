"""The events that frames see in a parsed document, before they are tied to actors, times and places: what, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from recoupe.reading.events.arguments import Candidate, best_candidate
from recoupe.reading.events.frames import Lexicon
from recoupe.reading.events.stance import Stance, StanceRules

VOID = frozenset({"none", "failed"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """One candidate and how it is told. parent: the trigger of the event of words whose content or occasion it is."""

    candidate: Candidate
    stance: Stance
    parent: Token | None = None


def _asked(candidate: Candidate) -> bool:
    """Whether an event stands in a question."""
    last = candidate.trigger.token.sent[-1]
    return "?" in (last.text, last.nbor(-1).text if last.i else "")


def scan(doc: Doc, lexicon: Lexicon, rules: StanceRules) -> list[Sighting]:
    """Every frame that stands in a document, in order: one a word, none within another's words or as its thing."""
    found: list[Candidate] = []
    for token, triggers in lexicon.triggers(doc):
        if found and (token.i <= found[-1].trigger.last.i or token.i == found[-1].trigger.token.i):
            continue
        best = best_candidate(triggers, lexicon, rules.governors)
        if best is not None:
            found.append(best)
    contents = {
        t.i: (c.trigger.frame.content, c.trigger.token) for c in found if c.trigger.frame.content for t in c.of("content")
    }
    things = {t.i for c in found for t in c.of("object")} - {c.trigger.token.i for c in found if c.trigger.kind == "verb"}
    told = [c for c in found if c.trigger.token.i not in things and not _asked(c)]
    spoken = {t.i: c.trigger.token for c in found for t in c.of("content", "about")}
    sightings = [Sighting(c, rules.stance(c, contents), rules.spoken_of(c, spoken)) for c in told]
    return [s for s in sightings if s.stance.modality not in VOID]
