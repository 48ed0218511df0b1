"""Where sources of one dispatch answer each other, and what a text only calls to mind."""

from __future__ import annotations

import msgspec
import pytest

from recoupe.language import language, languages
from recoupe.ledger import LedgerView, derive
from recoupe.ledger.allusions import allusions
from recoupe.ledger.cues import denying, earlier_count, tally
from recoupe.ledger.matters import matters
from telling import Telling


def reads(kind: str, text: str, lang: str) -> bool:
    if kind == "tallies":
        return tally(text, lang) is not None
    if kind == "earlier":
        return earlier_count(text, lang)
    found = denying(text, lang)
    return found is not None and found.kind == {"denials": "content", "retorts": "retort"}.get(kind, kind)


def cases(side: str) -> list[tuple[str, str, str]]:
    tables = ((lang, language(lang).table("disputes")[side]) for lang in languages())
    return [(lang, kind, text) for lang, table in tables for kind, texts in table.items() for text in texts]


@pytest.mark.parametrize(("lang", "kind", "text"), cases("examples"))
def test_examples(lang: str, kind: str, text: str) -> None:
    assert reads(kind, text, lang)


@pytest.mark.parametrize(("lang", "kind", "text"), cases("not"))
def test_not(lang: str, kind: str, text: str) -> None:
    assert not reads(kind, text, lang)


@pytest.mark.parametrize("table", ["disputes", "matters", "deeds"])
def test_the_tables_hold_the_same_in_every_language(table: str) -> None:
    def shape(lang: str) -> dict[str, list[str]]:
        held = language(lang).table(table)
        return {key: sorted(value) if isinstance(value, dict) else [] for key, value in held.items()}

    assert len({str(sorted(shape(lang).items())) for lang in languages()}) == 1


def test_matters_are_one_across_languages() -> None:
    assert matters("La trêve et l'échange de prisonniers", "fr") == matters("The ceasefire and the swap of detainees", "en")
    assert matters("un cessez-le-feu", "fr") == {"truce"}  # no fire


def of(view: LedgerView, field: str) -> list[set[str]]:
    return [{side.value for side in d.sides} for d in view.disagreements if d.field == field]


def test_a_denial_stands_against_what_was_said() -> None:
    t = Telling("a", "2024-05-06", "Le syndicat Sedoma dit que deux dockers sont détenus. La mairie de Kaya dément.")
    t.actor("Le syndicat Sedoma").actor("La mairie de Kaya").statement("deux dockers sont détenus", "Le syndicat Sedoma")
    assert of(derive([t.reading]), "happened") == [{"happened", "denied"}]


def test_a_denial_of_something_else_does_not() -> None:
    t = Telling(
        "a", "2024-05-06", "Le syndicat Sedoma dit que deux dockers sont détenus. La mairie de Kaya dément avoir vendu le port."
    )
    t.actor("Le syndicat Sedoma").actor("La mairie de Kaya").statement("deux dockers sont détenus", "Le syndicat Sedoma")
    assert of(derive([t.reading]), "happened") == []


def counts(second: str, value: float, *, actor: str) -> LedgerView:
    t = Telling("a", "2024-05-06", f"La police de Kaya dit avoir arrêté sept personnes. {actor} parle de {second}.")
    t.actor("La police de Kaya")
    if actor != "La police":
        t.actor(actor)
    t.statement("avoir arrêté sept personnes", "La police de Kaya")
    t.figure("sept personnes", 7, "arrested", unit="personnes", statement="avoir arrêté sept personnes")
    return derive([t.figure(second, value, "arrested", unit="personnes").reading])


def test_counts_of_two_sources_side_by_side() -> None:
    assert of(counts("22 interpellations", 22, actor="Le syndicat Sedoma"), "arrested") == [{"7", "22"}]
    assert of(counts("sept interpellations", 7, actor="Le syndicat Sedoma"), "arrested") == []


def test_two_who_blame_each_other() -> None:
    t = Telling("a", "2024-05-06", "Le Front Uni accuse la Garde Noire de ce tir. La Garde Noire met en cause le Front Uni.")
    t.actor("Le Front Uni", "armed_group").actor("la Garde Noire", "armed_group")
    t.event("accuse", "ACCUSE", actors=("Le Front Uni",), recipients=("la Garde Noire",))
    t.event("met en cause", "ACCUSE", actors=("la Garde Noire",), recipients=("Le Front Uni",))
    assert of(derive([t.reading]), "actor") == [{"Le Front Uni", "la Garde Noire"}]


def test_who_is_blamed_blames_in_turn() -> None:
    t = Telling("a", "2024-05-06", "Hier, le Front Uni accuse la Garde Noire ; celle-ci accuse le Front Uni.")
    t.actor("le Front Uni", "armed_group").actor("la Garde Noire", "armed_group")
    t.event("accuse la", "ACCUSE", actors=("le Front Uni",), recipients=("la Garde Noire",))
    t.event("accuse le", "ACCUSE", recipients=("le Front Uni",))
    assert of(derive([t.reading]), "actor") == [{"le Front Uni", "la Garde Noire"}]


def raid(ref: str, day: str, text: str) -> Telling:
    return Telling(ref, day, text, outlet=ref).place("Tassara").place("Niger", kind="country")


def test_an_allusion_is_laid_to_what_it_names() -> None:
    told = raid("a", "2024-05-05", "Des hommes ont tué trois gardes samedi à Tassara, au Niger, dit Moussa Alio.")
    told.actor("Moussa Alio", "person").time("samedi", "2024-05-04").event("ont tué", "ASSAULT", time="samedi", place="Tassara")
    later = raid("b", "2024-06-01", "Depuis l'attaque de Tassara, au Niger, Moussa Alio ne sort plus.").actor(
        "Moussa Alio", "person"
    )
    (occurrence,) = derive([told.reading, later.reading]).occurrences
    assert len({r.dispatch for r in occurrence.reports}) == 2


@pytest.mark.parametrize("text", ["Une attaque est possible à Tassara, au Niger.", "Le marché de Tassara, au Niger, est vide."])
def test_what_is_no_allusion(text: str) -> None:
    assert allusions(raid("a", "2024-05-05", text).reading) == ()


def test_an_accord_of_two_days_is_one_accord_and_a_disagreement() -> None:
    views = []
    tellings = (
        ("a", "4 mai", "2024-05-04", "Le Front Uni et la Garde Noire ont signé un accord de paix le 4 mai à Tassara, au Niger."),
        (
            "b",
            "5 mai",
            "2024-05-05",
            "C'est le 5 mai, à Tassara, au Niger, que Le Front Uni et la Garde Noire ont signé un accord.",
        ),
    )
    for ref, words, day, text in tellings:
        t = raid(ref, "2024-05-09", text)
        t.actor("Le Front Uni", "armed_group").actor("la Garde Noire", "armed_group").time(words, day)
        who = ("Le Front Uni", "la Garde Noire")
        views.append(t.event("ont signé un accord", "AGREE", actors=who, time=words, place="Tassara").reading)
    view = derive(views)
    assert len(view.occurrences) == 1
    assert of(view, "date") == [{"2024-05-04", "2024-05-05"}]


def test_a_promise_not_to_do_it_is_broken_where_it_is_done() -> None:
    text = "Le Front Uni s'est engagé à ne pas attaquer Tassara, au Niger."
    made = (
        raid("a", "2024-05-05", text)
        .actor("Le Front Uni", "armed_group")
        .event("attaquer", "ASSAULT", "denied", actors=("Le Front Uni",))
    )
    done = raid("b", "2024-05-20", "Le Front Uni a attaqué dimanche un poste à Tassara, au Niger.").actor(
        "Le Front Uni", "armed_group"
    )
    done.time("dimanche", "2024-05-19").event("a attaqué", "ASSAULT", actors=("Le Front Uni",), time="dimanche", place="Tassara")
    (commitment,) = derive([made.reading]).commitments
    assert (commitment.kind, commitment.status) == ("promise", "open")
    assert [c.status for c in derive([made.reading, done.reading]).commitments] == ["broken"]


@pytest.mark.parametrize(
    "text",
    ["Les chauffeurs pris à Tassara, au Niger, sont libres.", "Moussa a revu les femmes enlevées le 4 mai à Tassara, au Niger."],
)
def test_a_participle_calls_to_mind(text: str) -> None:
    later = raid("b", "2024-06-01", text)
    if "4 mai" in text:
        later.time("le 4 mai", "2024-05-04")
    (found,) = allusions(later.reading)
    assert (found.event.type, found.event.mode, found.event.place is not None) == ("ASSAULT", "abduct", True)
    assert (found.event.start == "2024-05-04") is ("4 mai" in text)


@pytest.mark.parametrize(
    "text", ["Deux gardes ont été pris à Tassara, au Niger.", "Moussa a pris la route de Tassara, au Niger."]
)
def test_a_verb_that_was_not_read_is_no_allusion(text: str) -> None:
    assert allusions(raid("a", "2024-05-05", text).reading) == ()


def test_an_event_is_not_the_one_that_it_is_dated_by() -> None:
    text = "Des hommes ont enlevé les chauffeurs cinq jours après l'assaut du 4 mai à Tassara, au Niger."
    t = raid("a", "2024-06-01", text).time("4 mai", "2024-05-04")
    t.event(text[:-1], "ASSAULT", mode="abduct")
    t.items["events"][0] = msgspec.structs.replace(t.items["events"][0], trigger=(10, 19))
    views = derive([t.reading])
    quotes = {t.dispatch.text[r.span[0] : r.span[1]] for o in views.occurrences for r in o.reports}
    assert quotes == {"Des hommes ont enlevé les chauffeurs", "assaut du 4 mai à Tassara"}


def test_a_denial_is_of_what_was_told_before_it() -> None:
    text = "Une frappe a tué six éleveurs samedi à Tassara, au Niger, dit Moussa Alio. La Garde Noire nie avoir tiré."
    t = raid("a", "2024-05-06", text).actor("Moussa Alio", "person").actor("La Garde Noire", "armed_group")
    t.time("samedi", "2024-05-04").statement("Une frappe a tué six éleveurs samedi à Tassara", "Moussa Alio")
    t.statement("avoir tiré", "La Garde Noire")
    t.event("a tué", "ASSAULT", time="samedi", place="Tassara", statement="Une frappe a tué six éleveurs samedi à Tassara")
    t.event("avoir tiré", "ASSAULT", "denied", actors=("La Garde Noire",), statement="avoir tiré", denied_by=("La Garde Noire",))
    view = derive([t.reading])
    assert [o.status for o in view.occurrences] == ["contested"]
    assert of(view, "happened") == [{"happened", "denied"}]


def counted(ref: str, text: str, words: str, value: float, kind: str, **rest: str) -> Telling:
    t = raid(ref, f"2024-05-0{len(ref)}", text).actor("Moussa Alio", "person")
    return t.figure(words, value, kind, **rest)


def test_a_count_without_its_noun_answers_the_one_before() -> None:
    text = "Neuf morts, dont un enfant, à Tassara, au Niger. La Ligue des veuves en dénombrait seize à la même heure."
    t = counted("a", f"{text} Moussa Alio s'est tu.", "Neuf morts", 9, "dead", unit="morts")
    t.actor("La Ligue des veuves").figure("seize", 16, "other")
    assert of(derive([t.reading]), "dead") == [{"9", "16"}]


def test_one_number_of_two_things() -> None:
    tellings = [
        counted("a", "12 400 déplacés à Tassara, au Niger, dit Moussa Alio.", "12 400 déplacés", 12400, "displaced"),
        counted("bb", "Moussa Alio compte 12 400 déplacés. Il est à Tassara, au Niger.", "12 400 déplacés", 12400, "displaced"),
        counted("ccc", "À Tassara, au Niger, Moussa Alio pleure 12 400 morts.", "12 400 morts", 12400, "dead"),
    ]
    view = derive([t.reading for t in tellings])
    assert of(view, "displaced") == [{"12400 displaced", "12400 dead"}]
    assert not of(derive([t.reading for t in tellings[1:]]), "displaced")


def test_a_turnout_told_as_a_score() -> None:
    one = counted(
        "a", "La participation est de 61,7 % à Tassara, au Niger, dit Moussa Alio.", "61,7 %", 61.7, "percent", unit="%"
    )
    two = counted("bb", "À Tassara, au Niger, Moussa Alio a eu 61,7 % des voix.", "61,7 % des voix", 61.7, "percent", unit="voix")
    assert of(derive([one.reading, two.reading]), "ballots") == [{"61.7 ballots", "61.7 turnout"}]
