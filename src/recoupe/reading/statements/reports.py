"""From acts to drafts: what each act reports, who performs it, to whom, and through whom it came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from recoupe.reading.statements.acts import Act
from recoupe.reading.statements.clauses import Content, after
from recoupe.reading.statements.ground import NOMINAL, Draft, Ground, Phrase, Range
from recoupe.reading.statements.incises import incise, likened
from recoupe.reading.statements.speakers import inverted, phrase, subject, subject_beside


def act_drafts(ground: Ground, found: Iterable[Act]) -> Iterator[Draft]:
    """The drafts of all acts, in order; an act that reports nothing yields none."""
    before: tuple[Act, Phrase | None] | None = None
    told: Draft | None = None
    for act in found:
        who = _shared(ground, act, subject(ground, act), before, told)
        if act.mood == "gerund" and told is not None and _follows(ground, act, told):
            who = told.speaker
        if act.mood == "finite" and not act.passive:
            before = act, who
        if not _may_report(ground, act, who):
            continue
        for cue in (act.cue, *act.others):
            tried = replace(act, cue=cue)
            drafts = [
                d
                for content, before in _contents(ground, tried)
                if (d := _draft(ground, tried, who, content, before)) is not None
            ]
            if drafts and not (act.negated and cue.negated is None):
                yield from drafts
                told = drafts[-1]
                break


def _follows(ground: Ground, act: Act, told: Draft) -> bool:
    """Whether a gerund goes on with what the speaker of an incise does («…», a déclaré X, annonçant …)."""
    if told.speaker is None:
        return False
    beside = told.turn and told.cue[1] <= told.speaker.start < told.speaker.end <= act.first
    goes_on = not told.turn and told.start < act.first and told.end in (act.first - 1, act.first)
    return (
        (beside or goes_on)
        and ground.sentence(act.first) == ground.sentence(told.cue[0])
        and ground.doc[act.first - 1].text == ","
    )


def _shared(
    ground: Ground, act: Act, who: Phrase | None, before: tuple[Act, Phrase | None] | None, told: Draft | None
) -> Phrase | None:
    """The speaker of an act that a conjunction ties to the act before it, where it has none of its own, a thing for one, or one
    of the words before that act's content («urges lawmakers to act and tells …»).
    """
    if before is None or act.mood != "finite" or act.passive or act.pronoun is not None or act.first == 0:
        return who
    earlier, speaker = before
    tied = ground.doc[act.first - 1].pos_ == "CCONJ" and ground.sentence(act.first) == ground.sentence(earlier.first)
    if speaker is None or not tied or ground.quote_of[act.verb.i] != ground.quote_of[earlier.verb.i]:
        return who
    head = ground.doc[who.heads[0]] if who is not None else None
    if head is not None and head.head.i == act.verb.i:
        return who
    thing = head is None or (head.pos_ == "NOUN" and ground.cast.at(head) is None)
    if told is not None and told.cue == earlier.group and told.end == act.first - 1 and head is not None and head.i < told.start:
        return speaker
    return speaker if thing and (head is None or head.i > earlier.verb.i) else who


def _may_report(ground: Ground, act: Act, who: Phrase | None) -> bool:
    """Whether an act tells of words that were spoken: not one's own within one's speech, nor what nobody says."""
    if act.mood == "participle" and not _agent(ground, act):
        return False
    if act.mood == "gerund" and ground.quote_of[act.verb.i] >= 0:
        return False
    if who is not None and (
        ground.lex.has("nobody", ground.doc[who.heads[0]]) or ground.doc[who.heads[0]].lower_ in ground.syntax.labels["relatives"]
    ):
        return False
    first_person = who is not None and ground.lex.has("first-person", ground.doc[who.heads[0]])
    if first_person and ground.quote_of[act.verb.i] >= 0:
        return False
    if act.mood in ("infinitive", "gerund") and act.first > 0 and ground.lex.has("without", ground.doc[act.first - 1]):
        return False
    if act.mood == "infinitive":
        if likened(ground, act) is not None:
            return True
        if ground.quote_of[act.verb.i] >= 0:
            return False
        return (
            who is not None
            and not ground.lex.has("impersonal", ground.doc[who.heads[0]])
            and not _hypothetical(ground, act, first_person)
        )
    return True


def _hypothetical(ground: Ground, act: Act, first_person: bool) -> bool:
    """Whether what governs an infinitive says that it did not happen."""
    governor = act.verb.head
    if ground.lex.has("withheld", governor.lemma_.lower()) and not first_person:
        return True
    return any(ground.lex.has("negation", t) for t in governor.children)


def _contents(ground: Ground, act: Act) -> Iterator[tuple[Content, bool]]:
    """What an act reports: (content, whether it stands before the act). An incise may also open a quotation after it."""
    if act.passive:
        right = after(ground, act)
        subject_ = ground.syntax.child(act.verb, "subject", "passive_subject") or next(
            (t for t in act.verb.lefts if t.dep_.startswith("expl")), None
        )
        told = subject_ is None or ground.lex.has("impersonal", subject_)
        if right is not None and ((right.kind == "clause" and told) or _blamed(ground, act, right)):
            yield right, False
        return
    left = incise(ground, act)
    right = None if left is not None and act.pronoun is not None and ground.lex.has("order", "inversion") else after(ground, act)
    if right is not None and (left is None or right.kind in ("clause", "infinitive", "question")):
        yield right, False
        return
    if left is not None:
        yield left, True
    if right is not None and right.kind == "quote" and ground.doc[right.at].text == ":":
        yield right, False


def _blamed(ground: Ground, act: Act, content: Content) -> bool:
    """Whether a passive names its agent and what it says of its subject («accusés par X d'avoir fui»)."""
    takes = act.cue.takes
    said = content.kind == "fragment" or bool(takes & {"object-infinitive", "object-gerund"})
    return content.kind in ("infinitive", "fragment") and said and _agent(ground, act)


def _agent(ground: Ground, act: Act) -> bool:
    return act.passive and ground.syntax.agent(act.verb) is not None


def _draft(ground: Ground, act: Act, who: Phrase | None, content: Content, before: bool) -> Draft | None:
    parts = [part for part in map(ground.trim, content.parts) if part[1] > part[0]]
    if not parts or not any(t.is_alpha for a, b in parts for t in ground.doc[a:b]):
        return None
    if (
        act.weak
        and content.kind not in ("clause", "quote", "colon")
        and not (content.kind == "infinitive" and parts[0][0] > content.at)
    ):
        return None
    zone = _zone(ground, act, content, before)
    if before and act.pronoun is None:
        who = _beside(ground, act, content.at)
    elif who is None and content.kind in ("quote", "colon") and act.mood == "finite" and not act.passive:
        who = inverted(ground, act.end)
    if who is None and not act.passive and not (before and ground.mark[content.at - 1]):
        return None
    if who is not None and not before and who.start < content.at < who.end:
        last = content.at - (ground.doc[content.at - 1].pos_ == "ADP" and content.at - 1 > who.heads[0])
        who = replace(who, end=last)
    draft = Draft(
        parts=parts,
        cue=act.group,
        force=act.force,
        rule=act.cue.rule,
        zone=zone,
        speaker=who,
        fragment=content.kind == "fragment",
        turn=before,
        quote=content.kind == "quote",
    )
    _chain(ground, act, draft)
    return draft


def _beside(ground: Ground, act: Act, start: int) -> Phrase | None:
    """The speaker of an incise: never a word of the content before it."""
    if start < act.first:
        before = subject_beside(ground, act)
        if before is not None and before.start >= start:
            return before
    return inverted(ground, act.end)


def _zone(ground: Ground, act: Act, content: Content, before: bool) -> Range:
    start, stop = ground.sentence(act.verb.i)
    if before:
        resume = content.parts[1][0] if len(content.parts) > 1 else stop
        return content.at, resume
    floor = max((k for k in range(start, act.first) if ground.doc[k].text == ";"), default=start)
    return floor, content.at


def _chain(ground: Ground, act: Act, draft: Draft) -> None:
    """Fills the addressees and the chain of sources from the words of the reporting clause."""
    doc, lex = ground.doc, ground.lex
    taken = range(draft.speaker.start, draft.speaker.end) if draft.speaker is not None else range(0)
    for i in range(act.end, draft.zone[1]):
        token = doc[i]
        if i in taken or draft.holds(i) or ground.quote_of[i] != ground.quote_of[act.verb.i]:
            continue
        if lex.has("citing", token):
            cited = _noun_after(ground, i + 1, draft.zone[1])
            if cited is not None:
                draft.via = [draft.speaker, *draft.via] if draft.speaker is not None else draft.via
                draft.speaker = cited
                return
    if "source" in act.cue.takes:
        _learnt(ground, act, draft)
        return
    for child in act.verb.children:
        if child.i < act.end or child.i in taken or draft.holds(child.i) or child.i >= draft.zone[1]:
            continue
        if child.dep_ in ("dobj", "dative") and child.pos_ in NOMINAL:
            _address(ground, draft, phrase(ground, child))
    for word, token in ground.syntax.obliques(act.verb):
        inside = act.end <= token.i < draft.zone[1] and token.i not in taken and not draft.holds(token.i)
        if inside and lex.has("addressee", word) and token.pos_ in NOMINAL and token.i not in ground.dated:
            _address(ground, draft, phrase(ground, token))


def _address(ground: Ground, draft: Draft, who: Phrase) -> None:
    draft.addressees.append(who)
    if is_media(ground, who):
        draft.via.append(who)


def is_media(ground: Ground, who: Phrase) -> bool:
    """Whether a phrase names an outlet or an agency."""
    head = ground.doc[who.heads[0]]
    words = ground.page.words(ground.span((who.start, who.end)))
    return ground.lex.has("media-nouns", head.lemma_.lower()) or any(
        name in ground.lex.media for name in (words, words.split("'")[-1], words.split("’")[-1], head.text)
    )


def _learnt(ground: Ground, act: Act, draft: Draft) -> None:
    """«a appris l'AFP auprès de X»: X says it, through the agency."""
    doc, lex = ground.doc, ground.lex
    learner = draft.speaker
    media = learner is not None and is_media(ground, learner)
    impersonal = learner is not None and lex.has("impersonal", doc[learner.heads[0]])
    for i in range(act.end, draft.zone[1]):
        near = lex.has("learnt-near", doc[i]) and i in (act.end, learner.end if learner is not None else act.end)
        if (near or lex.has("learnt-from", doc[i])) and (learner is None or not learner.start <= i < learner.end):
            source = _noun_after(ground, i + 1, draft.zone[1])
            if source is not None:
                draft.speaker = source
                draft.via = [learner] if learner is not None and media else []
                return
    if impersonal or not media:
        draft.speaker = None
    draft.learnt = not media and not impersonal


def _noun_after(ground: Ground, i: int, stop: int) -> Phrase | None:
    for token in ground.doc[i : min(stop, i + 6)]:
        if token.pos_ in NOMINAL and token.i not in ground.dated:
            head = token.head if token.head.i > token.i and token.head.pos_ in NOMINAL and token.head.i - token.i < 4 else token
            return phrase(ground, head)
        if token.is_punct or token.pos_ in ("VERB", "AUX"):
            return None
    return None
