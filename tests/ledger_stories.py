"""Two stories as nine readings made by hand: a raid with hostages in Niger, a ceasefire in the Horn of Africa."""

from __future__ import annotations

from recoupe.model import Reading
from telling import Telling

WIRE = (
    "Des hommes armés ont enlevé samedi douze ouvriers d'un chantier à Bankilaré, dans l'ouest du Niger, après avoir tué deux "
    "gardes, a indiqué dimanche la société Sahel Routes. Les assaillants sont arrivés à moto peu avant le lever du jour et ont "
    "fouillé chaque baraque l'une après l'autre. Le gouvernement a promis de sécuriser la route avant le 30 mai."
)
RECAST = (
    "Encore un rapt dans l'ouest. Des hommes armés ont enlevé samedi 12 ouvriers d’un chantier à Bankilaré, dans l’ouest du "
    "Niger, après avoir tué deux gardes, a indiqué dimanche la société Sahel Routes. Les assaillants sont arrivés à moto peu "
    "avant le lever du jour et ont fouillé chaque baraque l’une après l’autre."
)


def wire() -> Reading:
    t = Telling("wire", "2024-05-05", WIRE, outlet="AFP", agency="AFP")
    t.place("Bankilaré").place("Niger", kind="country").actor("Sahel Routes").time("samedi", "2024-05-04")
    t.time("avant le 30 mai", "2024-05-05", "2024-05-30").actor("gouvernement", "state", "NER")
    t.statement("Des hommes armés ont enlevé samedi douze ouvriers", "Sahel Routes")
    t.event(
        "ont enlevé",
        "ASSAULT",
        mode="abduct",
        time="samedi",
        place="Bankilaré",
        statement="Des hommes armés ont enlevé samedi douze ouvriers",
    )
    t.figure("douze ouvriers", 12, "kidnapped", events=("ont enlevé",), unit="ouvriers")
    t.figure("deux", 2, "dead", events=("ont enlevé",), unit="gardes")
    t.event("sécuriser la route", "MOBILIZE", "planned", actors=("gouvernement",), time="avant le 30 mai")
    return t.reading


def recast() -> Reading:
    t = Telling("recast", "2024-05-06", RECAST, outlet="Le Fleuve", agency="AFP")
    t.place("Bankilaré").place("Niger", kind="country").actor("Sahel Routes").time("samedi", "2024-05-04")
    t.event("ont enlevé", "ASSAULT", mode="abduct", time="samedi", place="Bankilaré").figure(
        "12 ouvriers", 12, "kidnapped", events=("ont enlevé",)
    )
    return t.reading


def union() -> Reading:
    t = Telling(
        "union", "2024-05-07", "Fifteen workers were seized at Bankilare in Niger on Saturday, "
        "a builders' union said of Sahel Routes.",
        outlet="Reuters", lang="en",
    )  # fmt: skip
    t.place("Bankilare").place("Niger", kind="country").actor("builders' union").actor("Sahel Routes").time(
        "Saturday", "2024-05-04"
    )
    t.event("were seized", "ASSAULT", mode="abduct", time="Saturday", place="Bankilare")
    t.figure("Fifteen workers", 15, "kidnapped", events=("were seized",), unit="workers")
    return t.reading


def toll() -> Reading:
    t = Telling(
        "toll", "2024-05-12", "À Bankilaré, au Niger, quatre gardes sont morts dans l'attaque du 4 mai "
        "contre Sahel Routes, selon l'hôpital.", outlet="RFI"
    )  # fmt: skip
    t.place("Bankilaré").place("Niger", kind="country").actor("Sahel Routes").time("4 mai", "2024-05-04").actor("l'hôpital")
    t.event("l'attaque", "ASSAULT", time="4 mai", place="Bankilaré", recipients=("Sahel Routes",))
    t.figure("quatre gardes", 4, "dead", events=("l'attaque",), unit="gardes")
    return t.reading


def secured() -> Reading:
    t = Telling(
        "secured", "2024-05-28", "L'armée a sécurisé la route de Bankilaré lundi 27 mai, a dit le gouvernement "
        "du Niger à Sahel Routes.", outlet="Studio"
    )  # fmt: skip
    t.place("Bankilaré").place("Niger", kind="country").actor("Sahel Routes").time("lundi 27 mai", "2024-05-27")
    t.actor("gouvernement", "state", "NER").event(
        "a sécurisé", "MOBILIZE", time="lundi 27 mai", place="Bankilaré", actors=("gouvernement",)
    )
    return t.reading


def wrong_year() -> Reading:
    t = Telling(
        "slip",
        "2024-06-20",
        "L'attaque de Bankilaré, au Niger, le 4 mai 2023, avait visé Sahel Routes et douze ouvriers.",
        outlet="Le Soir",
    )
    t.place("Bankilaré").place("Niger", kind="country").actor("Sahel Routes").time("4 mai 2023", "2023-05-04")
    t.event("L'attaque", "ASSAULT", time="4 mai 2023", place="Bankilaré", recipients=("Sahel Routes",))
    t.figure("douze ouvriers", 12, "kidnapped", events=("L'attaque",), unit="ouvriers")
    return t.reading


def signed() -> Reading:
    t = Telling(
        "signed",
        "2024-05-20",
        "L'Éthiopie et l'Érythrée ont signé dimanche à Massaoua un cessez-le-feu, a dit Yonas Tekle.",
        outlet="AFP",
    )
    t.place("Massaoua", "ERI").actor("Éthiopie", "state", "ETH").actor("Érythrée", "state", "ERI").actor(
        "Yonas Tekle", "person", "ERI"
    )
    t.time("dimanche", "2024-05-19").event(
        "ont signé", "AGREE", time="dimanche", place="Massaoua", actors=("Éthiopie", "Érythrée")
    )
    return t.reading


def denied() -> Reading:
    t = Telling("denied", "2024-05-25", "Yonas Tekle accuse l'Éthiopie d'un tir sur Massaoua vendredi.", outlet="Asmara Post")
    t.place("Massaoua", "ERI").actor("Éthiopie", "state", "ETH").actor("Yonas Tekle", "person", "ERI").time(
        "vendredi", "2024-05-24"
    )
    t.event("un tir", "ASSAULT", time="vendredi", place="Massaoua", actors=("Éthiopie",))
    return t.reading


def denial() -> Reading:
    t = Telling(
        "denial",
        "2024-05-26",
        "Ethiopia denied any shelling of Massaoua on Friday and any talk with Yonas Tekle.",
        outlet="Addis Times",
        lang="en",
    )
    t.place("Massaoua", "ERI").actor("Ethiopia", "state", "ETH").actor("Yonas Tekle", "person", "ERI").time(
        "Friday", "2024-05-24"
    )
    t.event("shelling", "ASSAULT", "denied", time="Friday", place="Massaoua", actors=("Ethiopia",))
    return t.reading


def readings() -> list[Reading]:
    return [make() for make in (wire, recast, union, toll, secured, wrong_year, signed, denied, denial)]
