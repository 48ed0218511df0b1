"""People by name: which names are one person's, what they are called, and what they are said to be."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from recoupe.reading.actors.chains import Chain, Chains
from recoupe.reading.actors.scene import Phrase, Scene
from recoupe.reading.actors.titles import national_before, read_titles
from recoupe.reading.actors.words import fold

ALIKE = 85.0


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
    bearers: dict[str, list[tuple[Chain, Naming]]] = {}
    for naming in sorted(namings, key=lambda n: (-len(n.parts), n.phrase.head)):
        if _byname(scene, naming):
            continue
        likely = bearers.get(naming.parts[-1][:1], ())
        matches = list(dict.fromkeys(chain for chain, full in likely if _same(naming, full)))
        if len(matches) > 1:
            matches = _choose(naming, matches)
        if len(matches) > 1:
            scene.page.abstain(naming.text, "actor", "two people bear this name", tuple(m.name for m in matches))
            continue
        if matches:
            chain = matches[0]
        else:
            chain = chains.new(Chain("person", naming.text, "actors.person", gender=naming.gender))
            for initial in {part[:1] for part in naming.parts}:
                bearers.setdefault(initial, []).append((chain, naming))
        chains.put(naming.phrase, chain)
        chain.gender = chain.gender or naming.gender
        if naming.title and (naming.rank or not chain.title):
            chain.title = naming.title
            if naming.rank and "MIL" not in chain.sectors:
                chain.sectors = (*chain.sectors, "MIL")
    for naming in namings:
        _take_byname(scene, naming, namings, chains)
    for chain in chains.people():
        chain.phrases.sort(key=lambda p: p.head)
    nationals = {p.end: p for p in phrases if p.form == "nationals"}
    _take_surnames(scene, phrases, chains)
    for naming in sorted(namings, key=lambda n: n.phrase.head):
        if found := chains.at(naming.phrase.head):
            for i in range(naming.before, naming.phrase.start):
                if i in scene.nouns and chains.at(i) is None:
                    chains.put(scene.nouns[i], found)
            national_before(scene, chains, found, naming.before, nationals)
            read_titles(scene, chains, found, naming.phrase, naming.before)


def _byname(scene: Scene, naming: Naming) -> bool:
    """Whether a name is introduced as another name of someone: «Jimmy Chérizier, alias Barbecue»."""
    start = naming.before
    return start > scene.words.first(start) and scene.words.lower[start - 1] in scene.grammar.aka


def _take_byname(scene: Scene, naming: Naming, namings: list[Naming], chains: Chains) -> None:
    if not _byname(scene, naming):
        return
    ends = (naming.before - 1, naming.before - 2)
    owner = next((chains.at(n.phrase.head) for n in namings if n.phrase.end in ends), None)
    chains.put(naming.phrase, owner or chains.new(Chain("person", naming.text, "actors.person", gender=naming.gender)))


def _take_surnames(scene: Scene, phrases: list[Phrase], chains: Chains) -> None:
    """Adds the mentions of known people by a surname that was not read as a name."""
    words = scene.words
    surnames: dict[str, list[Chain]] = {}
    for chain in chains.people():
        if " " in chain.name:
            surnames.setdefault(fold(chain.name.split()[-1]), []).append(chain)
    if not surnames:
        return
    taken = {p.head for p in phrases}
    for i, word in enumerate(words.word):
        if word[:1].isupper() and len(word) > 3 and i not in scene.named and i not in scene.located and i not in taken:
            bearers = surnames.get(fold(word), ())
            if len(bearers) == 1 and words.pos[i] in ("PROPN", "NOUN"):
                phrase = Phrase("name", i, i, i, i + 1)
                phrases.append(phrase)
                chains.put(phrase, bearers[0])
    phrases.sort(key=lambda p: p.head)


def _naming(scene: Scene, phrase: Phrase) -> Naming:
    words, grammar = scene.words, scene.grammar
    start = phrase.start
    while start < phrase.end - 1 and (word := _dignity(scene, start, phrase.end - 1)) and not word[3]:
        start = word[0]
    text = scene.text(start, phrase.end)
    naming = Naming(phrase, text, tuple(fold(part) for part in text.split()), before=start)
    first, j = words.first(phrase.start), start
    while j > first:
        match = next(((k, word) for k in range(max(first, j - 4), j) if (word := _dignity(scene, k, j)) and word[0] == j), None)
        if match is None:
            break
        k, (_, gender, rank, kept) = match
        naming.gender = naming.gender or gender
        if rank or not naming.title:
            naming.title, naming.rank = scene.text(k, j), rank
        if kept and len(naming.parts) == 1:
            naming.text = scene.text(k, phrase.end)
        j = k
    if not naming.title and (word := _dignity(scene, start, phrase.end - 1)):
        naming.title, naming.gender = scene.text(start, word[0]), naming.gender or word[1]
    given = naming.parts[0] if len(naming.parts) > 1 else ""
    if not naming.gender and (given in grammar.feminine_given or given.partition("-")[0] in grammar.feminine_given):
        naming.gender = "f"
    elif not naming.gender and naming.rank:
        naming.gender = "m"
    if naming.title and j > first and words.lower[j - 1] in grammar.determiners - grammar.contracted:
        j -= 1
    naming.before = phrase.left = j
    return naming


def _dignity(scene: Scene, i: int, limit: int) -> tuple[int, str, bool, bool] | None:
    """Of the title that begins at token i: its end, its gender, whether it is a rank, whether it may belong to a name."""
    lower, grammar = scene.words.lower, scene.grammar
    for table, kept in ((grammar.courtesy, False), (grammar.dignity, True)):
        if (match := table.at(lower, i)) and match[0] <= limit:
            return match[0], match[1], False, kept
    if (rank := grammar.rank.at(lower, i)) and rank[0] <= limit:
        return rank[0], "", True, False
    return None


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
