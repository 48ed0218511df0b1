"""Figures that lean on one another: parts of a whole, elided nouns, kinds that a coordination or a list shares.

Works on drafts in page order; a draft is settled from those before it, save that a verb after a coordination governs all of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, cast

from recoupe.model import Basis, FigureKind, Number
from recoupe.reading.figures.bounds import Quantity
from recoupe.reading.figures.kinds import HARM, Verdict, gap
from recoupe.reading.figures.table import FigureTable
from recoupe.reading.figures.units import Unit, is_participle
from recoupe.reading.figures.words import Words

LIST_OPENERS = {":", "(", ",", "–", "—"}
SHARED_GAP = 6
ANTECEDENT_WITHIN = 5
LOOK_BACK = 40
SUM = 10**6
LASTING = ("kidnapped", "arrested", "missing", "displaced", "troops")
LASTING_STATES = ("released", "remaining", "returned", "arrived", "present", "left")


@dataclass(slots=True)
class Draft:
    """One figure on the way: what its own words say, then what it takes from its neighbours."""

    quantity: Quantity
    unit: Unit
    verdict: Verdict
    left: int
    end: int
    of: Number | None = None
    whole: int | None = None
    unit_text: str | None = None
    unit_basis: Basis = "stated"
    kind: FigureKind = field(init=False)
    kind_basis: Basis = field(init=False)
    shared: bool = False
    change: Literal["total", "increment"] = "total"
    role: str | None = None

    def __post_init__(self) -> None:
        self.kind, self.kind_basis = self.verdict.kind, self.verdict.basis

    @property
    def own_kind(self) -> bool:
        """Whether its own words say what happened."""
        return self.verdict.link != "default"

    def take_kind(self, kind: FigureKind) -> None:
        self.kind, self.kind_basis, self.shared = kind, "discourse", True


def settle(words: Words, drafts: list[Draft], table: FigureTable) -> None:
    """Fills in wholes, kinds and elided units, in place."""
    for k, draft in enumerate(drafts):
        _coordinated_left(words, drafts, k, table)
        if draft.whole is None and draft.of is None:
            _find_whole(words, drafts, k, table)
    for k in range(len(drafts) - 2, -1, -1):
        _coordinated_right(words, drafts, k, table)
    for k, draft in enumerate(drafts):
        _inserted(words, drafts, draft)
        _list_of_parts(words, drafts, k, table)
    for k, draft in enumerate(drafts):
        _inherit(words, drafts, k, table)
        if draft.kind == "percent" and draft.unit.head:
            _elided_base(words, drafts, k, table)
        elif draft.unit_text is None:
            _elided_unit(words, drafts, k, table)


def _countable(draft: Draft) -> bool:
    return draft.kind not in ("percent", "money")


def _same_sentence(words: Words, a: Draft, b: Draft) -> bool:
    return words.sentences[a.quantity.number[0]] == words.sentences[b.quantity.number[0]]


def _coordination(words: Words, a: Draft, b: Draft, table: FigureTable) -> bool:
    """Whether b is joined to a: «12 soldats maliens et 3 civils»."""
    if not _same_sentence(words, a, b) or not 0 < b.quantity.words[0] - a.end <= SHARED_GAP:
        return False
    between = gap(words, (a.end, a.end), b.quantity.words)
    if all(word in table.mids for word in between):
        return True
    if between[-1] not in table.joins:
        return False
    return not any(
        w in table.copulas or (w in table.fences and w not in table.joins) or is_participle(words, a.end + i, table)
        for i, w in enumerate(between)
    )


def _coordinated_left(words: Words, drafts: list[Draft], k: int, table: FigureTable) -> None:
    """A verb before a coordination governs all of it: «a tué 12 soldats et 3 civils»."""
    if k == 0 or drafts[k].own_kind or not _countable(drafts[k]):
        return
    first = drafts[k - 1]
    shared = first.verdict.link == "left" or first.shared
    if shared and _coordination(words, first, drafts[k], table) and _may_share(words, drafts[k], first.kind, table):
        drafts[k].take_kind(first.kind)


def _coordinated_right(words: Words, drafts: list[Draft], k: int, table: FigureTable) -> None:
    """A verb after a coordination governs all of it: «12 soldats et 3 civils ont été tués»."""
    draft, then = drafts[k], drafts[k + 1]
    if draft.own_kind or draft.shared or not _countable(draft):
        return
    right = then.verdict.link == "right" or (then.shared and then.whole is None) or draft.unit.kind == "elided"
    if right and _coordination(words, draft, then, table) and _may_share(words, draft, then.kind, table):
        draft.take_kind(then.kind)


def _inserted(words: Words, drafts: list[Draft], part: Draft) -> None:
    """Of «28 personnes, dont onze enfants, sont mortes» the verb after the insert is the whole's."""
    whole = drafts[part.whole] if part.whole is not None else None
    if whole and not whole.own_kind and part.verdict.link == "right" and words.low(part.end) == "," and _countable(whole):
        whole.take_kind(part.kind)


def _may_share(words: Words, draft: Draft, kind: FigureKind, table: FigureTable) -> bool:
    noun = words.low(draft.unit.head[0]) if draft.unit.head else ""
    return kind != "other" and not (kind in HARM and noun in table.things)


def _find_whole(words: Words, drafts: list[Draft], k: int, table: FigureTable) -> None:
    """«dont 12», «46 d'entre eux», «les huit autres»: the whole is the nearest earlier figure that has room for the part."""
    draft = drafts[k]
    before = table.parts.end(words, draft.quantity.words[0])
    after = table.parts.start(words, draft.unit.end)
    inside = before is not None and before[1] == "before"
    of_them = after is not None and after[1] == "after"
    if inside:
        for j in range(k - 1, max(-1, k - LOOK_BACK), -1):
            whole = drafts[j]
            if not _same_sentence(words, whole, draft):
                break
            if _countable(whole) and whole.whole is None and whole.quantity.size >= draft.quantity.size:
                draft.whole, draft.role = j, "part"
                return
    elif of_them:
        _antecedent(words, drafts, k)
    elif draft.unit.more == "other" and words.low(draft.quantity.words[0] - 1) in table.definite:
        _rest(words, drafts, k)


def _antecedent(words: Words, drafts: list[Draft], k: int) -> None:
    draft = drafts[k]
    sentence = words.sentences[draft.quantity.number[0]]
    for j in range(k - 1, max(-1, k - LOOK_BACK), -1):
        whole = drafts[j]
        if sentence - words.sentences[whole.quantity.number[0]] > ANTECEDENT_WITHIN:
            return
        people = _countable(whole) and whole.whole is None and whole.quantity.form != "fraction"
        if people and whole.quantity.size > draft.quantity.size:
            draft.whole, draft.role = j, "part"
            return


def _rest(words: Words, drafts: list[Draft], k: int) -> None:
    """«les huit autres» are of the whole of which the other part was told just before, where the sum says so."""
    for j in range(k - 1, max(-1, k - 4), -1):
        part = drafts[j]
        if part.whole is not None and part.quantity.size + drafts[k].quantity.size <= drafts[part.whole].quantity.size:
            drafts[k].whole, drafts[k].role = part.whole, "part"
            return


def _list_of_parts(words: Words, drafts: list[Draft], k: int, table: FigureTable) -> None:
    """«huit morts : deux gendarmes et six soldats»: figures listed after another that add up to it are its parts."""
    whole = drafts[k]
    if whole.whole is not None or not _countable(whole) or whole.unit.kind != "noun":
        return
    total: Number = 0
    opened = False
    for j in range(k + 1, min(k + 8, len(drafts))):
        part = drafts[j]
        if part.quantity.value is None or part.whole is not None or not (_countable(part) and _same_sentence(words, whole, part)):
            return
        between = gap(words, (drafts[j - 1].end, drafts[j - 1].end), part.quantity.words)
        opened = opened or bool(LIST_OPENERS & set(between))
        if part.kind in HARM and part.verdict.link != "default" and part.kind != whole.kind:
            return
        total += part.quantity.value
        if total >= whole.quantity.size:
            if total == whole.quantity.size and opened and j > k + 1:
                for i in range(k + 1, j + 1):
                    drafts[i].whole, drafts[i].role = k, "part"
            return


def _inherit(words: Words, drafts: list[Draft], k: int, table: FigureTable) -> None:
    """A part has the kind of its whole; a figure with no noun and no verb that of the one before it in its sentence."""
    draft = drafts[k]
    if draft.whole is not None:
        whole = drafts[draft.whole]
        if draft.of is None:
            draft.of = whole.quantity.value
        if not draft.own_kind and _countable(draft):
            draft.take_kind(whole.kind)
    elif draft.unit.kind == "elided" and draft.kind == "other" and draft.kind_basis == "default":
        first = next((d for d in reversed(drafts[max(0, k - LOOK_BACK) : k]) if _countable(d)), None)
        if draft.quantity.scale >= SUM and k and drafts[k - 1].kind == "money":
            first = drafts[k - 1]
        told = words.low(draft.unit.end) in table.copulas
        same = first is not None and _same_sentence(words, first, draft) and not told
        near = first is not None and words.sentences[draft.quantity.number[0]] - words.sentences[first.quantity.number[0]] <= 1
        lasting = first is not None and first.kind in LASTING and draft.verdict.state in LASTING_STATES
        if first and (same or (near and lasting)):
            draft.take_kind(first.kind)


def _elided_base(words: Words, drafts: list[Draft], k: int, table: FigureTable) -> None:
    """«64 % des suffrages, contre 30 %»: the second share is of the same."""
    draft = drafts[k]
    if k and draft.unit.head and table.units.start(words, draft.unit.head[0]) and drafts[k - 1].kind == "percent":
        first = drafts[k - 1]
        contrasted = table.licence_before.end(words, draft.quantity.words[0]) is not None
        if contrasted and _same_sentence(words, first, draft) and first.unit_text:
            draft.unit_text, draft.unit_basis = first.unit_text, "discourse"


def _subject(words: Words, draft: Draft, table: FigureTable) -> str | None:
    """The noun before the verb: «les agressions sont passées de 35 à 105»."""
    before = range(draft.quantity.words[0] - 1, draft.left - 1, -1)
    if not any(words.low(i) in table.changes or words.low(i) in table.passive for i in before):
        return None
    for i in before:
        low = words.low(i)
        plain = words.kind(i) == "word" and low not in table.function_words and not is_participle(words, i, table)
        if plain and low.endswith(table.plural) and low not in table.changes and not low.endswith(table.not_heads):
            return words.at(i)
    return None


def _subject_kind(words: Words, draft: Draft, table: FigureTable) -> FigureKind | None:
    """The kind that the subject's words give: «le nombre de personnes déplacées a été porté à 265 000»."""
    for i in range(draft.left, draft.quantity.words[0]):
        said = table.nouns.get(words.low(i)) or table.totals.get(words.low(i))
        if said:
            return cast(FigureKind, said)
        for _, cue in table.cues.all(words, i):
            if cue.field == "kind" and cue.role == "participle" and cue.plural is not False:
                return cast(FigureKind, cue.value)
    return None


def _alike(words: Words, other: Draft, draft: Draft, table: FigureTable) -> bool:
    """Whether two figures may count the same noun: no sums for people, no things for those whom something happened to."""
    if _countable(other) != _countable(draft) or other.unit.kind == "percent":
        return False
    if other.whole is not None and draft.whole is None:
        return False
    noun = words.low(other.unit.head[0]) if other.unit.head else ""
    return not draft.own_kind or noun not in table.things


def _elided_unit(words: Words, drafts: list[Draft], k: int, table: FigureTable) -> None:
    """The noun counted elsewhere: that of the whole, of an earlier figure of the sentence, of the last figure of the kind."""
    draft = drafts[k]
    if draft.unit.head is not None:
        return
    candidates = [drafts[draft.whole]] if draft.whole is not None else []
    earlier = [d for d in reversed(drafts[max(0, k - LOOK_BACK) : k]) if d.unit_text and _alike(words, d, draft, table)]
    candidates += [d for d in earlier if _same_sentence(words, d, draft)]
    candidates += [d for d in earlier if d.kind == draft.kind and d.kind != "other"]
    candidates += [
        d for d in drafts[k + 1 : k + LOOK_BACK] if d.unit_text and _same_sentence(words, d, draft) and d.kind == draft.kind
    ]
    if not candidates and draft.own_kind:
        candidates = earlier[:1]
    if not candidates and table.strong.end(words, draft.quantity.words[0]):
        draft.unit_text, draft.unit_basis = _subject(words, draft, table), "syntax"
        kind = _subject_kind(words, draft, table)
        if draft.kind == "other" and kind:
            draft.kind, draft.kind_basis = kind, "syntax"
    elif candidates:
        draft.unit_text, draft.unit_basis = candidates[0].unit_text, "discourse"
