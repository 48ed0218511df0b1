"""People by name: which names are one person's, what they are called, and what they are said to be."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from recoupe.reading.actors_chains import Chain, Chains
from recoupe.reading.actors_phrases import Phrase, Scene
from recoupe.reading.actors_words import NOMINAL, fold

ALIKE = 85.0
LONGEST_ROLE = 16


@dataclass(slots=True)
class Naming:
    """One mention of a person by name. parts: its words, folded; title: the words of rank or courtesy before it."""

    phrase: Phrase
    text: str
    parts: tuple[str, ...]
    title: str = ""
    rank: bool = False
    gender: str = ""
    before: int = 0


def read_people(scene: Scene, phrases: list[Phrase], chains: Chains) -> None:
    """A chain for every person named, with title and role. Surnames that two people bear are left open."""
    namings = [_naming(scene, p) for p in phrases if p.form == "name" and p.name and p.name.kind == "person"]
    bearers: list[tuple[Chain, Naming]] = []
    for naming in sorted(namings, key=lambda n: (-len(n.parts), n.phrase.head)):
        matches = list(dict.fromkeys(chain for chain, full in bearers if _same(naming, full)))
        if len(matches) > 1:
            matches = _choose(naming, matches)
        if len(matches) > 1:
            scene.page.abstain(naming.text, "actor", "two people bear this name", tuple(m.name for m in matches))
            continue
        if matches:
            chain = matches[0]
        else:
            chain = chains.new(Chain("person", naming.text, "actors.person", gender=naming.gender))
            bearers.append((chain, naming))
        chains.put(naming.phrase, chain)
        chain.gender = chain.gender or naming.gender
        if naming.title and (naming.rank or not chain.title):
            chain.title = naming.title
            if naming.rank and "MIL" not in chain.sectors:
                chain.sectors = (*chain.sectors, "MIL")
    for chain in chains.people():
        chain.phrases.sort(key=lambda p: p.head)
    ending = {p.end: p for p in reversed(phrases) if p.form == "noun"}
    starting = {p.left: p for p in reversed(phrases) if p.form == "noun"}
    for naming in sorted(namings, key=lambda n: n.phrase.head):
        if found := chains.at(naming.phrase.head):
            _read_role(scene, naming, found, chains, phrases, ending, starting)


def _naming(scene: Scene, phrase: Phrase) -> Naming:
    words, grammar = scene.words, scene.grammar
    text = scene.text(phrase.start, phrase.end)
    naming = Naming(phrase, text, tuple(fold(part) for part in text.replace("’", "'").split()), before=phrase.start)
    first = words.first(phrase.start)
    j = phrase.start
    while j > first:
        for back in (4, 3, 2, 1):
            k = j - back
            if k < first:
                continue
            courtesy = grammar.courtesy.at(words.lower, k)
            if courtesy and courtesy[0] == j:
                naming.gender = naming.gender or courtesy[1]
                naming.title = scene.text(k, naming.before if naming.rank else j) if not naming.title else naming.title
                j = naming.before = k
                break
            rank = grammar.rank.at(words.lower, k)
            if rank and rank[0] == j:
                naming.title, naming.rank = scene.text(k, j), True
                j = naming.before = k
                break
        else:
            break
    given = naming.parts[0] if len(naming.parts) > 1 else ""
    if not naming.gender and (given in grammar.feminine_given or given.partition("-")[0] in grammar.feminine_given):
        naming.gender = "f"
    elif not naming.gender and naming.rank:
        naming.gender = "m"
    while j > first and words.lower[j - 1] in grammar.determiners and naming.title:
        j -= 1
    naming.before = j
    return naming


def _same(short: Naming, full: Naming) -> bool:
    """Whether the parts of a name are, in order, among those of a longer one, spelling apart; a lone word is a surname."""
    if short.gender and full.gender and short.gender != full.gender and len(short.parts) == 1:
        return False
    rest = iter(full.parts)
    if not all(any(_alike(part, other) for other in rest) for part in short.parts):
        return False
    if len(short.parts) == 1 and len(full.parts) > 1 and short.title and _alike(short.parts[0], full.parts[0]):
        return _alike(short.parts[0], full.parts[-1])
    return True


def _alike(a: str, b: str) -> bool:
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1 or (len(a) == 2 and a[1] == "."):
        return a[:1] == b[:1]
    return min(len(a), len(b)) >= 5 and a[0] == b[0] and ratio(a, b) >= ALIKE


def _choose(naming: Naming, matches: list[Chain]) -> list[Chain]:
    """Of several people who bear a surname, those whose last name it is; then the one called so before by a longer name."""
    last = naming.parts[-1]
    surnamed = [m for m in matches if fold(m.name.split()[-1]) == last]
    if len(surnamed) == 1:
        return surnamed
    often = sorted(matches, key=lambda m: -len(m.phrases))
    if len(often[0].phrases) > len(often[1].phrases) and len(naming.parts) == 1:
        return often[:1]
    return matches


def _read_role(
    scene: Scene,
    naming: Naming,
    chain: Chain,
    chains: Chains,
    phrases: list[Phrase],
    ending: dict[int, Phrase],
    starting: dict[int, Phrase],
) -> None:
    """Takes the descriptions that stand in apposition to a name into its chain."""
    for phrase in (_before(scene, naming, ending, phrases), _after(scene, naming, starting)):
        if phrase is None or chains.at(phrase.head) is not None:
            continue
        chains.put(phrase, chain)
        describe(scene, chain, phrase)


def _before(scene: Scene, naming: Naming, ending: dict[int, Phrase], phrases: list[Phrase]) -> Phrase | None:
    """«le Premier ministre arménien, Nikol Pachinian», “Benue governor's spokesman Tersoo Kula”."""
    words = scene.words
    edge = naming.before
    comma = edge > words.first(naming.phrase.start) and words.lower[edge - 1] in (",", "(", "«", "-", "–")
    if comma:
        edge -= 1
    inner = ending.get(edge)
    if inner is None or not _one(inner):
        return None
    if comma:
        outer = [p for p in phrases if p.form == "noun" and p.end == edge and p.left <= inner.left and _one(p)]
        chosen = min(outer, key=lambda p: p.left)
        if chosen.determiner in ("bare", "indefinite") and chosen.left != words.first(chosen.left) and chosen.owner < 0 and not chosen.heads:
            return None
        return chosen
    nearest = [p for p in phrases if p.form == "noun" and p.end == edge and _one(p)]
    return max(nearest, key=lambda p: p.start)


def _after(scene: Scene, naming: Naming, starting: dict[int, Phrase]) -> Phrase | None:
    """«Brice Oligui Nguema, chef de la garde républicaine.», “Felix Iorakaa, a farmer who lost three relatives”."""
    words = scene.words
    end, limit = naming.phrase.end, words.limit(naming.phrase.head)
    if end >= limit or words.lower[end] not in (",", "("):
        return None
    j = end + 1
    if j + 2 < limit and (words.pos[j] == "NUM" or words.lower[j].isdigit()):
        comma = next((k for k in range(j, min(j + 4, limit)) if words.lower[k] == ","), None)
        j = comma + 1 if comma else j
    phrase = starting.get(j) or next((starting[k] for k in range(j, min(j + 4, limit)) if k in starting and _lead(scene, j, k)), None)
    if phrase is None or not _one(phrase):
        return None
    after = _stretch(scene, phrase)
    closes = after >= limit or words.pos[after] in ("PUNCT", "PRON", "SCONJ") or words.lower[after] in scene.grammar.relatives
    if words.lower[end] == "(" or phrase.determiner in ("bare", "indefinite"):
        return phrase
    return phrase if closes and words.lower[after : after + 1] != [scene.grammar.code] else None


def _lead(scene: Scene, j: int, k: int) -> bool:
    return all(scene.words.pos[i] in ("ADV", "ADJ", "DET", "NUM", "ADP") for i in range(j, k))


def _one(phrase: Phrase) -> bool:
    return phrase.role is not None and phrase.role.person and phrase.number == "s"


def _stretch(scene: Scene, phrase: Phrase) -> int:
    """Where the whole description ends: at a comma, a verb, a pronoun."""
    words = scene.words
    limit, j = min(words.limit(phrase.head), phrase.start + LONGEST_ROLE), phrase.end
    while j < limit and words.pos[j] in ("ADP", "DET", "NOUN", "PROPN", "ADJ", "CCONJ", "NUM") and not scene.covered(j, "person"):
        if words.pos[j] == "DET" and words.pos[j - 1] not in ("ADP", "CCONJ"):
            break
        if words.pos[j] == "NOUN" and words.pos[j - 1] in NOMINAL and not scene.grammar.head_last:
            break
        j += 1
    while j > phrase.end and words.pos[j - 1] in ("ADP", "DET", "CCONJ"):
        j -= 1
    return j


def describe(scene: Scene, chain: Chain, phrase: Phrase) -> None:
    """What a description tells of the one it describes: role, sectors, country, gender."""
    role = phrase.role
    if role is None:
        return
    words = scene.words
    named = any(scene.named.get(j) is not None and scene.named[j].kind == "person" for j in range(phrase.end, phrase.end + 1))
    end = phrase.end if named else _stretch(scene, phrase)
    start = phrase.left if phrase.heads else phrase.start
    while start > phrase.left and words.pos[start - 1] == "ADJ":
        start -= 1
    text = scene.text(start, end)
    if chain.kind == "person" and (chain.role is None or (len(text) > len(chain.role) and chain.basis.get("role") == "discourse")):
        chain.role = text
    chain.heads.add(role.base)
    chain.words |= phrase.modifiers
    if function := scene.grammar.functions.at(words.lower, phrase.head if phrase.head < phrase.start else phrase.start):
        chain.functions.add(function[1])
    chain.sectors = tuple(dict.fromkeys((*chain.sectors, *role.sectors)))
    chain.gender = chain.gender or role.gender
    if not role.national:
        chain.national = False
    chain.told(phrase.countries, "stated")
