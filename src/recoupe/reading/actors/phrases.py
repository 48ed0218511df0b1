"""Every phrase of a page that may mention an actor: names, states, nouns for people, nationals, pronouns, possessives, relatives.

Found by words and parts of speech, with little help from the parse. Who they are is decided later, in `coreference`.
"""

from __future__ import annotations

from collections.abc import Iterator

from recoupe.reading.actors.extents import content_of, gender_of, left_of, number_of, right_of
from recoupe.reading.actors.roles import Role
from recoupe.reading.actors.scene import Determiner, Phrase, Scene
from recoupe.reading.actors.words import NOMINAL, Words


def find_phrases(scene: Scene) -> list[Phrase]:
    """All phrases, by head. Of two that share a head, the longer is kept."""
    found: dict[int, Phrase] = {}
    for phrase in (*_names(scene), *_states(scene), *_nouns(scene), *_pronouns(scene)):
        present = found.get(phrase.head)
        if present is None or (phrase.form == present.form and phrase.end - phrase.start > present.end - present.start):
            found[phrase.head] = phrase
    phrases = sorted(found.values(), key=lambda p: p.head)
    for phrase in reversed(phrases):
        if phrase.form == "noun":
            scene.nouns[phrase.head] = scene.opening[phrase.left] = phrase
    return phrases


def _names(scene: Scene) -> Iterator[Phrase]:
    words = scene.words
    for name in scene.names:
        if name.kind not in ("person", "organisation"):
            continue
        tokens = scene.page.tokens(name.span)
        if not len(tokens):
            continue
        first, end = tokens.start, tokens.end
        head = next((i for i in range(first, end) if not first <= words.head[i] < end or words.head[i] == i), first)
        left, determiner = _article(scene, first) if name.kind == "organisation" else (first, "bare")
        yield Phrase("name", head, left, first, end, determiner, name=name)


def _article(scene: Scene, start: int) -> tuple[int, Determiner]:
    """First token of a name with its article, and its kind of determiner. An article within a preposition is left out."""
    words, grammar = scene.words, scene.grammar
    before = words.lower[start - 1] if start > words.first(start) else ""
    if before not in grammar.definite:
        return start, "bare"
    return (start if before in grammar.contracted else start - 1), "definite"


def _states(scene: Scene) -> Iterator[Phrase]:
    """Names of states, cities that stand for a government, and palaces that do, where they are no mere place."""
    words, grammar, located = scene.words, scene.grammar, scene.located
    seats = grammar.nations.seats
    taken = -1
    for i, lower in enumerate(words.lower):
        if i < taken or not words.word[i][:1].isupper():
            continue
        place = located.get(i)
        match = scene.state_at(i) if not scene.covered(i, "organisation") else None
        end, codes = match or (i, ())
        metonym = False
        if not codes and lower in seats.by_first and (seat := seats.at(words.lower, i)):
            end, code = seat
            if not _prefixed(scene, i, at=True):
                codes, metonym = (code,), True
        if not codes and place and place.metonym and place.country and words.start[i] == place.span[0]:
            end, codes, metonym = scene.page.tokens(place.span).end, (place.country,), True
        if not codes:
            continue
        taken = end
        if i == 0 and words.lower[end : end + 1] == [":"]:
            continue
        if not metonym and _prefixed(scene, i) and not (place and place.metonym):
            continue
        if grammar.nations.demonym(lower) and end < words.limit(i) and words.pos[end] in NOMINAL:
            continue
        left, determiner = _article(scene, i)
        nation = grammar.nations.by_code.get(codes[0])
        gender, number = (nation.gender, nation.number) if nation and not metonym else ("", "s")
        yield Phrase("state", _head(words, i, end), left, i, end, determiner, gender, number, countries=codes, metonym=metonym)


def _head(words: Words, start: int, end: int) -> int:
    return next((i for i in range(start, end) if not start <= words.head[i] < end or words.head[i] == i), start)


def _prefixed(scene: Scene, i: int, at: bool = False) -> bool:
    """Whether a preposition of place stands before token i. at: a preposition of position too, before a palace."""
    words, grammar = scene.words, scene.grammar
    first = words.first(i)
    for back in range(1, 5):
        if i - back < first:
            return False
        match = grammar.locative.at(words.lower, i - back)
        if match and match[0] == i:
            return True
        if at and back <= 2 and words.lower[i - back] in grammar.at:
            return True
    return False


def _nouns(scene: Scene) -> Iterator[Phrase]:
    words, grammar = scene.words, scene.grammar
    roles, done = grammar.roles, 0
    for i, lower in enumerate(words.lower):
        if i >= done and lower in roles.by_first and not scene.covered(i, "person", "organisation"):
            for end, role in roles.all_at(words.lower, i):
                if role is None:
                    done = end
                    break
                head = i + role.head
                if _is_noun(scene, role, i, head, end):
                    done = end
                    if _in_capacity(scene, i):
                        break
                    yield _noun_phrase(scene, role, i, head, end)
                    break
        if words.word[i][:1].isupper() and (codes := grammar.nations.demonym(lower)) and _is_national(scene, i):
            left, determiner, count = left_of(scene, i)
            stated = codes if len(codes) == 1 else ()
            yield Phrase(
                "nationals",
                i,
                left,
                i,
                right_of(scene, i + 1),
                determiner,
                "",
                number_of(scene, i),
                countries=stated,
                count=count,
            )


def _in_capacity(scene: Scene, start: int) -> bool:
    """Whether a noun says what someone works or serves as, and so mentions nobody: «comme chauffeur», “as a driver”."""
    words, capacity = scene.words, scene.grammar.capacity
    before = start - 1
    while before > words.first(start) and words.lower[before] in scene.grammar.indefinite:
        before -= 1
    return any((match := capacity.at(words.lower, j)) and match[0] == before + 1 for j in range(max(0, before - 3), before + 1))


def _is_noun(scene: Scene, role: Role, start: int, head: int, end: int) -> bool:
    """Whether a form that the table knows is a noun here, and the head of its phrase."""
    words, grammar = scene.words, scene.grammar
    if words.pos[head] in ("AUX", "ADV", "ADP", "DET", "PRON") or (role.capital and not words.word[start][:1].isupper()):
        return False
    opening = start > words.first(start)
    before, tag = (words.lower[start - 1], words.pos[start - 1]) if opening else ("", "")
    after = words.pos[end] if end < words.limit(head) else ""
    if role.strict and before not in grammar.definite:
        return False
    if grammar.head_last:
        if after in NOMINAL and not scene.covered(end, "person") and not _titled(scene, end):
            return False
        return words.pos[head] in NOMINAL or (not role.adjective and words.pos[head] == "ADJ" and before in grammar.determiners)
    if end - start > 1:
        return True
    if (before in grammar.feminine_articles and role.gender == "m") or tag == "NOUN":
        return False
    opened = before in grammar.determiners or before in grammar.prepositions or before.isdigit() or tag == "NUM"
    if not role.adjective:
        return words.pos[head] in NOMINAL or (opened and (words.pos[head] != "VERB" or _participle(scene, head)))
    if tag in ("PROPN", "AUX", "VERB", "ADV", "PRON") or (before and not opened and tag not in ("ADJ", "PUNCT", "CCONJ")):
        return False
    return not (words.pos[head] == "ADJ" and after == "NOUN") and (opened or words.pos[head] in NOMINAL)


def _participle(scene: Scene, i: int) -> bool:
    """Whether a word tagged as a verb is none in fact: a participle after an article."""
    return scene.words.pos[i - 1] == "DET" and scene.page.doc[i].morph.get("VerbForm", []) == ["Part"]


def _titled(scene: Scene, i: int) -> bool:
    """Whether a word of rank or courtesy stands at token i: “Army chief Gen. Gbaguidi”."""
    grammar, lower = scene.grammar, scene.words.lower
    return grammar.rank.at(lower, i) is not None or grammar.courtesy.at(lower, i) is not None


def _is_national(scene: Scene, i: int) -> bool:
    """Whether a capitalised demonym is a noun: «les Haïtiens», “the French”."""
    words, grammar = scene.words, scene.grammar
    after = words.pos[i + 1] if i + 1 < words.limit(i) else ""
    if scene.covered(i, "person", "organisation") or i in scene.located:
        return False
    if after in NOMINAL and not scene.covered(i + 1, "person"):
        return False
    if grammar.head_last:
        before = words.lower[i - 1] if i > words.first(i) else ""
        plural = words.pos[i] in NOMINAL and words.lower[i] in grammar.nations.plurals
        return plural or (before in grammar.definite and after not in ("ADJ", "NOUN", "PROPN"))
    return i == words.first(i) or words.pos[i - 1] not in NOMINAL


def _noun_phrase(scene: Scene, role: Role, start: int, head: int, end: int) -> Phrase:
    words, grammar = scene.words, scene.grammar
    left, determiner, count = left_of(scene, start)
    inner = start
    while (
        inner > left
        and grammar.head_last
        and words.pos[inner - 1] not in ("DET", "NUM")
        and words.lower[inner - 1] not in grammar.determiners
    ):
        inner -= 1
    right = right_of(scene, end)
    number, heads = role.number or number_of(scene, head), []
    before = left - 1 if words.lower[left] not in grammar.of else left
    if before > words.first(start) and words.lower[before] in grammar.of:
        quantity = words.lower[before - 1]
        if quantity in grammar.quantities or quantity in grammar.ones:
            heads.append(before - 1)
            count = quantity
            number = "s" if quantity in grammar.ones else "p"
            left, outer, _ = left_of(scene, before - 1)
            determiner = "indefinite" if quantity in grammar.ones or determiner != "definite" else outer
    countries, modifiers = content_of(scene, min(inner, start), right, start, end)
    owner = next((j for j in range(left, start) if words.lower[j] in grammar.possessives), -1)
    if owner < 0 and left > words.first(left) and words.lower[left - 1] in grammar.relative_owners:
        owner = left - 1
    if owner >= 0 and determiner not in ("indefinite",):
        determiner = "possessive"
    gender = role.gender or gender_of(scene, left, start)
    regional = not countries and any(words.lower[j] in grammar.regional for j in range(min(inner, start), right))
    return Phrase(
        "noun",
        head,
        left,
        inner,
        right,
        determiner,
        gender,
        number,
        role,
        countries,
        modifiers,
        count,
        owner,
        regional,
        heads=tuple(heads),
    )


def _pronouns(scene: Scene) -> Iterator[Phrase]:
    words, grammar = scene.words, scene.grammar
    for i, lower in enumerate(words.lower):
        if lower in grammar.subject_pronouns:
            if lower in grammar.dummies and _impersonal(scene, i):
                continue
            gender, number = grammar.subject_pronouns[lower]
            yield Phrase("pronoun", i, i, i, i + 1, gender=gender, number=number)
        elif lower in grammar.possessives and words.pos[i] != "VERB":
            gender, number = grammar.possessives[lower]
            if lower in grammar.other_pronouns and words.pos[i] == "PRON" and not scene.page.doc[i].morph.get("Poss", []):
                yield Phrase("pronoun", i, i, i, i + 1, gender=gender, number=number)
            else:
                yield Phrase("possessive", i, i, i, i + 1, gender=gender, number=number)
        elif lower in grammar.other_pronouns:
            gender, number = grammar.other_pronouns[lower]
            yield Phrase("pronoun", i, i, i, i + 1, gender=gender, number=number)
        elif lower in grammar.relatives:
            if words.pos[i] in ("PRON", "DET"):
                yield Phrase("relative", i, i, i, i + 1)
        elif lower in grammar.latter.by_first and (match := grammar.latter.at(words.lower, i)):
            end, (gender, number) = match
            noun = end < len(words) and words.pos[end] == "NOUN" and words.pos[end - 1] == "ADJ" and words.head[end - 1] == end
            if not noun:
                head = end - 1 if words.pos[end - 1] in ("ADJ", "NOUN", "PRON") else i
                yield Phrase("latter", head, i, i, end, gender=gender, number=number, heads=tuple(range(i, end)))


def _impersonal(scene: Scene, i: int) -> bool:
    """Whether a pronoun stands for nobody: «il faut», “it seems”. One of its verb's inversion is judged by the words before."""
    words, grammar = scene.words, scene.grammar
    governor = scene.page.doc[words.head[i]]
    if words.dep[i] in grammar.expletives and i < governor.i and governor.lemma_ not in grammar.human_verbs:
        return True
    return i + 1 < len(words) and grammar.impersonal.at(words.lower, i + 1) is not None
