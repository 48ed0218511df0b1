"""Actors as coreference chains over the whole dispatch: who is mentioned, as what, of which state.

Invariant: every mention belongs to one actor; every person's name is a mention of some actor, or was left open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from recoupe.model import Actor, Name, Place
from recoupe.reading.actors.adjectives import read_adjectives
from recoupe.reading.actors.chains import Chain, Chains
from recoupe.reading.actors.coreference import Resolver
from recoupe.reading.actors.grammar import grammar
from recoupe.reading.actors.offices import look_up
from recoupe.reading.actors.organisations import read_organisations
from recoupe.reading.actors.people import read_people
from recoupe.reading.actors.phrases import find_phrases
from recoupe.reading.actors.scene import Phrase, Scene
from recoupe.reading.cast import Cast, Mention
from recoupe.reading.page import Page

STATELESS = frozenset(("IGO", "NGO", "UAF", "REB", "CRM"))
HEADLINE_WEIGHT = 3
SLUG_WEIGHT = 9


def read_actors(page: Page, names: Sequence[Name], places: Sequence[Place]) -> Cast:
    """Who is on the page, with every mention."""
    if not len(page.doc):
        return Cast()
    scene = Scene.of(page, grammar(page.language.code), names, places)
    phrases = find_phrases(scene)
    talk = talked_of(scene, phrases)
    home = home_of(talk)
    chains = Chains()
    read_organisations(scene, phrases, chains)
    read_people(scene, phrases, chains)
    for chain in chains.people():
        look_up(chain, page.published, talk)
    resolver = Resolver(scene, chains, home, talk)
    resolver.resolve(phrases)
    for chain in chains.all:
        _follow_owner(chain, chains)
        placed = chain.kind != "person" or bool(chain.sectors)
        if placed and chain.national and home and not STATELESS & set(chain.sectors) and chain.kind != "armed_group":
            chain.told((home,), "discourse")
    phrases = sorted((*phrases, *read_adjectives(scene, phrases, resolver)), key=lambda p: p.head)
    return cast_of(scene, phrases, chains)


def _follow_owner(chain: Chain, chains: Chains) -> None:
    """One who is described as an organisation's own («son émissaire») is of no state, if it is of none."""
    for phrase in chain.phrases:
        owner = chains.at(phrase.owner) if phrase.owner >= 0 else None
        if owner is not None and (owner.kind in ("organisation", "armed_group") or STATELESS & set(owner.sectors)):
            chain.part_of = chain.part_of or owner
            if not owner.national and not chain.countries:
                chain.national = False


def talked_of(scene: Scene, phrases: Sequence[Phrase]) -> Counter[str]:
    """How much of the talk each state has: its names, places and nationals, those of the headline counted thrice."""
    talk: Counter[str] = Counter()
    body = scene.page.body
    for phrase in phrases:
        weight = HEADLINE_WEIGHT if scene.words.start[phrase.head] < body else 1
        if len(phrase.countries) == 1:
            talk[phrase.countries[0]] += weight
    dateline = scene.page.dateline
    seen = set()
    for i, place in scene.located.items():
        if place.country and place.id not in seen and not (dateline and place.span[1] <= dateline[1]):
            seen.add(place.id)
            talk[place.country] += HEADLINE_WEIGHT if scene.words.start[i] < body else 1
    lower, nations = scene.words.lower, scene.grammar.nations
    for i, word in enumerate(lower):
        if word in nations.demonyms and len(nations.demonyms[word]) == 1 and not scene.covered(i, "person"):
            talk[nations.demonyms[word][0]] += HEADLINE_WEIGHT if scene.words.start[i] < body else 1
        elif i not in scene.located and (match := scene.state_at(i)) and len(match[1]) == 1:
            talk[match[1][0]] += HEADLINE_WEIGHT if scene.words.start[i] < body else 1
    if body and (slug := scene.state_at(0)) and len(slug[1]) == 1 and lower[slug[0]] == ":":
        talk[slug[1][0]] += SLUG_WEIGHT
    return talk


def home_of(talk: Counter[str]) -> str | None:
    """The state that the dispatch is about, or None where two are as much talked of."""
    ranked = talk.most_common(2)
    if not ranked:
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else None


def cast_of(scene: Scene, phrases: Sequence[Phrase], chains: Chains) -> Cast:
    """The chains as actors, numbered in page order, and their mentions."""
    used = sorted((c for c in chains.all if c.phrases), key=lambda c: min(p.start for p in c.phrases))
    number = {id(chain): f"a{n}" for n, chain in enumerate(used, 1)}
    mentions = []
    heads: dict[int, str] = {}
    for phrase in phrases:
        chain = chains.at(phrase.head)
        if chain is None:
            continue
        actor = number[id(chain)]
        mentions.append(Mention(scene.span(phrase.left, phrase.end), phrase.head, actor))
        inside = range(phrase.left, phrase.end if phrase.form in ("name", "state") else phrase.head)
        for i in (*inside, *phrase.heads):
            heads.setdefault(i, actor)
    for mention in mentions:
        heads[mention.head] = mention.actor
    return Cast(tuple(_actor(scene, chain, number) for chain in used), tuple(mentions), heads)


def _actor(scene: Scene, chain: Chain, number: dict[int, str]) -> Actor:
    spans = {scene.span(p.left, p.end) for p in chain.phrases if p.form not in ("relative", "possessive")}
    return Actor(
        id=number[id(chain)],
        name=chain.name,
        kind=chain.kind,
        country=chain.country,
        countries=chain.countries,
        sectors=chain.sectors,
        title=chain.title,
        role=chain.role,
        members=tuple(number[id(m)] for m in chain.members if id(m) in number),
        part_of=number.get(id(chain.part_of)) if chain.part_of else None,
        mentions=tuple(sorted(spans)),
        metonym=bool(chain.phrases)
        and all(p.metonym for p in chain.phrases if p.form == "state")
        and any(p.metonym for p in chain.phrases),
        rule=chain.rule,
        basis=chain.basis,
    )
