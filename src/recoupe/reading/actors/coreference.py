"""Who is meant: descriptions, pronouns, possessives and relatives joined to the actors named before.

Invariant: where two antecedents remain, none is taken and the page keeps both.
"""

from __future__ import annotations

from collections import Counter

from recoupe.reading.actors.chains import Chain, Chains
from recoupe.reading.actors.pronouns import Pronouns
from recoupe.reading.actors.scene import Phrase, Scene
from recoupe.reading.actors.sorts import bodies_of_sort, people_of_sort
from recoupe.reading.actors.titles import affiliate, describe
from recoupe.reading.actors.words import fold

REACH = 2
FAR = 5


class Resolver:
    """Resolves the phrases of one page in their order."""

    def __init__(self, scene: Scene, chains: Chains, home: str | None, talk: Counter[str]) -> None:
        self.scene = scene
        self.chains = chains
        self.home = home
        self.talk = talk
        self.states: dict[str, Chain] = {}
        self.groups: dict[str, list[Chain]] = {}
        self.recent: list[tuple[Phrase, Chain]] = []
        self.regional = frozenset(fold(word) for word in scene.grammar.regional)
        self.pronouns = Pronouns(scene, chains, self.recent)
        for chain in chains.all:
            if chain.cls and chain.kind != "person":
                self.groups.setdefault(chain.cls, []).append(chain)

    def resolve(self, phrases: list[Phrase]) -> None:
        """Gives every phrase its actor, or none."""
        self.opening: dict[int | None, Phrase] = {p.left: p for p in phrases if p.form == "state"}
        self.ending: dict[int | None, Phrase] = {p.end: p for p in phrases if p.form == "state"}
        for phrase in phrases:
            chain = self.chains.at(phrase.head) or self._antecedent(phrase)
            if chain is not None:
                if self.chains.at(phrase.head) is None:
                    self.chains.put(phrase, chain)
                for head in phrase.heads:
                    self.chains.of_phrase.setdefault(head, chain)
                if phrase.form not in ("relative", "possessive"):
                    self.recent.append((phrase, chain))

    def _antecedent(self, phrase: Phrase) -> Chain | None:
        if phrase.form == "state":
            return self._state(phrase)
        if phrase.form == "noun":
            return self._noun(phrase)
        if phrase.form == "nationals":
            return self._nationals(phrase)
        if phrase.form in ("pronoun", "possessive", "relative", "latter"):
            return self.pronouns.antecedent(phrase)
        return None

    def _state(self, phrase: Phrase) -> Chain | None:
        codes = phrase.countries
        if len(codes) > 1:
            told = [code for code in codes if self.talk[code]]
            codes = (max(told, key=lambda code: self.talk[code]),) if told else ()
        if not codes:
            self.scene.page.abstain(
                self.scene.text(phrase.start, phrase.end), "country", "two states bear this name", phrase.countries
            )
            return None
        return self.state(codes[0], self.scene.text(phrase.start, phrase.end))

    def state(self, code: str, called: str = "") -> Chain:
        """The chain of a state, which its government shares. called: its name where it is no state of the table."""
        chain = self.states.get(code)
        if chain is None:
            nation = self.scene.grammar.nations.by_code.get(code)
            name = nation.name if nation else called or code
            chain = Chain("state", name, "actors.state", cls="state", gender=nation.gender if nation else "", countries=(code,))
            chain.sectors = ("GOV",)
            chain.number = nation.number if nation else "s"
            chain.basis["country"] = "stated"
            self.states[code] = self.chains.new(chain)
        return chain

    def _nationals(self, phrase: Phrase) -> Chain | None:
        text = self.scene.text(phrase.start, phrase.end)
        if phrase.number == "s" and phrase.determiner == "definite":
            people = [c for c in self.chains.people() if c.countries == phrase.countries and c.phrases[0].head < phrase.head]
            if len(people) == 1:
                return people[0]
        for chain in self.groups.get("nationals", ()):
            if chain.countries == phrase.countries and phrase.determiner != "indefinite" and chain.number == phrase.number:
                return chain
        chain = Chain(
            "group", text, "actors.nationals", cls="nationals", number=phrase.number, countries=phrase.countries, sectors=("CVL",)
        )
        return self._add("nationals", chain)

    def _add(self, cls: str, chain: Chain) -> Chain:
        self.groups.setdefault(cls, []).append(chain)
        return self.chains.new(chain)

    def _noun(self, phrase: Phrase) -> Chain | None:
        role = phrase.role
        assert role is not None
        countries = self._country(phrase)
        if role.cls == "state":
            codes = countries or ((self.home,) if self.home else ())
            if len(codes) != 1:
                return self._group(phrase, codes)
            return self.state(codes[0], self.scene.text(phrase.start, phrase.end))
        if role.cls == "country":
            return self._beside(phrase) or self._land(phrase)
        if role.anaphoric:
            return self._organisation(phrase)
        if role.person and phrase.number == "s" and phrase.determiner in ("definite", "demonstrative", "possessive"):
            held = self._holder(phrase)
            if held is not None:
                return held
        return self._group(phrase, countries)

    def _country(self, phrase: Phrase) -> tuple[str, ...]:
        if phrase.countries:
            return phrase.countries
        if phrase.owner >= 0 and (owner := self.chains.at(phrase.owner)) and owner.country:
            return owner.countries
        return ()

    def _beside(self, phrase: Phrase) -> Chain | None:
        """The state beside a description of it: «la France, ancienne puissance coloniale»."""
        lower = self.scene.words.lower
        for start, end, comma in ((phrase.end + 1, None, phrase.end), (None, phrase.left - 1, phrase.left - 1)):
            if 0 <= comma < len(lower) and lower[comma] == ",":
                other = self.opening.get(start) if start is not None else self.ending.get(end)
                if other is not None and len(other.countries) == 1 and phrase.number == "s":
                    return self.state(other.countries[0])
        return None

    def _land(self, phrase: Phrase) -> Chain | None:
        """«le pays», «l'ancienne puissance coloniale», «son voisin»."""
        assert phrase.role is not None
        ruler = self.scene.grammar.nations.rulers.get(self.home or "")
        if phrase.role.base in self.scene.grammar.colonial and phrase.number == "s":
            return self.state(ruler) if ruler else None
        if phrase.countries and len(phrase.countries) == 1 and phrase.number == "s":
            return self.state(phrase.countries[0])
        if phrase.number == "s" and phrase.determiner in ("definite", "demonstrative"):
            return self._this_land(phrase)
        if phrase.number == "s" and phrase.owner >= 0 and (owner := self.chains.at(phrase.owner)) and owner.country:
            return self.state(owner.country)
        if phrase.number == "p":
            return self._pair(phrase)
        return None

    def _pair(self, phrase: Phrase) -> Chain:
        text = self.scene.text(phrase.start, phrase.end)
        states = self._counted(phrase, ("state",))
        if states:
            chain = Chain("state", text, "actors.pair", cls="pair", number="p", members=states)
            chain.countries = tuple(sorted(code for s in states for code in s.countries))
            return self._add("pair", chain)
        return self._add(
            "country", Chain("group", text, "actors.states", cls="country", number="p", national=False, sectors=("GOV",))
        )

    def _counted(self, phrase: Phrase, kinds: tuple[str, ...]) -> list[Chain]:
        """The actors of these kinds that a definite number takes up («les trois organisations»), where as many were just told."""
        count = self.scene.grammar.counts.get(phrase.count)
        if count is None or phrase.determiner not in ("definite", "demonstrative"):
            return []
        told = list(dict.fromkeys(chain for _, chain in reversed(self.recent) if chain.kind in kinds and chain.number == "s"))
        here = self.scene.words.sentence[phrase.head]
        another = len(told) > count and self.scene.words.sentence[told[count].latest] >= here - 1
        return [] if len(told) < count or another else told[:count]

    def _this_land(self, phrase: Phrase) -> Chain | None:
        """«le pays»: that of the dispatch, or the only one just told of, where its region is said («le pays est-africain»)."""
        words = self.scene.words
        here = words.sentence[phrase.head]
        told = [(here - words.sentence[p.head], p, chain) for p, chain in self.recent if chain.kind == "state"]
        near = {chain.country: chain for distance, _, chain in told if distance <= 1}
        led = any(distance == 1 and words.dep[p.head] in self.scene.grammar.subjects for distance, p, _ in told)
        at_home = any(distance <= FAR and chain.country == self.home for distance, _, chain in told)
        if phrase.modifiers:
            regional = phrase.modifiers <= self.regional | self.scene.grammar.continents
            return next(iter(near.values())) if regional and len(near) == 1 else None
        if self.home is not None:
            return None if led and not at_home else self.state(self.home)
        return next(iter(near.values())) if len(near) == 1 else None

    def _organisation(self, phrase: Phrase) -> Chain | None:
        """«l'organisation», where one organisation was named a moment before; «les deux organisations», where two were."""
        if members := self._counted(phrase, ("organisation", "armed_group")) if phrase.number == "p" else []:
            sectors = tuple(dict.fromkeys(code for member in members for code in member.sectors))
            text = self.scene.text(phrase.start, phrase.end)
            chain = Chain("group", text, "actors.pair", cls="pair", number="p", members=members, sectors=sectors, national=False)
            return self._add("pair", chain)
        if phrase.determiner not in ("definite", "demonstrative") or phrase.number == "p":
            return None
        if any(word not in self.regional for word in phrase.modifiers):
            return None
        here, fits = self.scene.words.sentence[phrase.head], set(phrase.role.fits if phrase.role else ())
        found = [
            chain
            for earlier, chain in reversed(self.recent)
            if chain.kind in ("organisation", "armed_group")
            and chain.phrases[0].form == "name"
            and here - self.scene.words.sentence[earlier.head] <= REACH
            and (not fits or not chain.sectors or fits & set(chain.sectors))
            and not self.credited(earlier)
        ]
        choices = list(dict.fromkeys(found))
        if len(choices) == 1:
            return choices[0]
        if choices:
            self._abstain(phrase, choices)
        return None

    def credited(self, phrase: Phrase) -> bool:
        """Whether a mention stands in the dateline."""
        line = self.scene.page.dateline
        return line is not None and line[0] <= self.scene.words.start[phrase.head] < line[1]

    def _holder(self, phrase: Phrase) -> Chain | None:
        """The person whose title or function a description names."""
        role = phrase.role
        assert role is not None
        function = self.scene.grammar.functions.at(self.scene.words.lower, phrase.start)
        further = phrase.modifiers
        if function is not None:
            further -= {fold(word) for word in self.scene.words.lower[phrase.start : function[0]]}
        choices = []
        for chain in self.chains.people():
            if chain.latest > phrase.head and not any(p.head < phrase.head for p in chain.phrases) and not function:
                continue
            same = role.base in chain.heads or (function is not None and function[1] in chain.functions)
            title = (self.scene.grammar.full_rank.get(word, word) for word in (chain.title or "").lower().split())
            titled = role.base.lower() in (rank := " ".join(title), rank.rpartition(" ")[2])
            if not (same or titled):
                continue
            if phrase.countries and chain.countries and phrase.countries != chain.countries:
                continue
            if further and not further & chain.words:
                continue
            choices.append(chain)
        if len(choices) > 1 and phrase.countries:
            choices = [chain for chain in choices if chain.countries == phrase.countries] or choices
        if len(choices) > 1:
            full = [chain for chain in choices if phrase.modifiers and phrase.modifiers <= chain.words]
            choices = full or choices
        if len(choices) > 1:
            here = self.scene.words.sentence[phrase.head]
            near = [
                c
                for c in choices
                if any(here - REACH <= self.scene.words.sentence[p.head] <= here and p.head < phrase.head for p in c.phrases)
            ]
            choices = near if len(near) == 1 else choices
        if len(choices) == 1:
            describe(self.scene, self.chains, choices[0], phrase)
            return choices[0]
        if choices:
            self._abstain(phrase, choices)
        return None

    def _group(self, phrase: Phrase, countries: tuple[str, ...]) -> Chain:
        role = phrase.role
        assert role is not None
        organ = role.kind in ("organisation", "state")
        match = self._same_group(phrase, countries, organ) or self._taken_up(phrase, countries) or self._of_sort(phrase)
        if match is not None:
            match.told(countries, "stated")
            match.words |= phrase.modifiers
            self._rename(match, phrase)
            return match
        chain = Chain(
            "group" if role.kind == "state" else role.kind,
            self.scene.text(phrase.start, phrase.end),
            f"actors.{role.name}",
            cls=role.cls,
            gender=phrase.gender,
            number=phrase.number,
            organ=organ,
            words=set(phrase.modifiers),
            heads={role.base},
        )
        chain.told(countries, "stated")
        affiliate(self.scene, self.chains, chain, phrase, phrase.end)
        if phrase.owner >= 0 and self.chains.at(phrase.owner) is None:
            chain.national = False
        if role.person and phrase.number == "s":
            chain.role = chain.name
        return self._add(role.cls, chain)

    def _same_group(self, phrase: Phrase, countries: tuple[str, ...], organ: bool) -> Chain | None:
        role = phrase.role
        assert role is not None
        headline = phrase.determiner == "bare"
        if phrase.determiner == "indefinite" and not organ and not phrase.count:
            return None
        for chain in reversed(self.groups.get(role.cls, [])):
            if countries and chain.countries and countries != chain.countries:
                continue
            if countries and not chain.countries and (chain.basis.get("country") or self._foreign(countries, chain)):
                continue
            if chain.number != phrase.number and not organ and not chain.organ:
                continue
            if organ != chain.organ and ":" in role.cls:
                continue
            if not chain.phrases or chain.phrases[0].head > phrase.head:
                continue
            if organ and ":" in role.cls and role.base not in chain.heads:
                continue
            if phrase.determiner == "indefinite" and not self._recounted(phrase, chain):
                continue
            if not phrase.modifiers <= chain.words and not (organ and not chain.words and not headline):
                continue
            return chain
        return None

    def _of_sort(self, phrase: Phrase) -> Chain | None:
        """Who was named before and is now called by their sort."""
        found = bodies_of_sort(self.scene, self.recent, phrase) or people_of_sort(self.scene, self.chains.people(), phrase)
        if len(found) > 1:
            self._abstain(phrase, found)
        if len(found) != 1 or phrase.role is None:
            return None
        found[0].sectors = found[0].sectors or phrase.role.sectors
        return found[0]

    def _foreign(self, countries: tuple[str, ...], chain: Chain) -> bool:
        """Whether a stated country cannot be that of a chain told without one: «la police … la police belge» in French news."""
        told_in_text = any(self.scene.words.start[p.head] >= self.scene.page.body for p in chain.phrases)
        return told_in_text and (self.home is not None or not chain.organ) and countries != (self.home,)

    def _taken_up(self, phrase: Phrase, countries: tuple[str, ...]) -> Chain | None:
        """Those told of before whom a definite noun of another sort means: «un homme … le suspect».

        Whoever is so called must have acted: who was shot at is no suspect.
        """
        role = phrase.role
        assert role is not None
        if not role.takes_up or phrase.determiner not in ("definite", "demonstrative") or phrase.modifiers:
            return None
        here = self.scene.words.sentence[phrase.head]
        found = []
        for chain in self.chains.all:
            told = chain.phrases and chain.rule.removeprefix("actors.") in role.takes_up and chain.number == phrase.number
            if not told or chain.phrases[0].determiner not in ("indefinite", "bare") or chain.phrases[0].head > phrase.head:
                continue
            near = here - self.scene.words.sentence[chain.latest] <= FAR
            unlike = bool(countries and chain.countries and countries != chain.countries)
            unlike = unlike or bool(phrase.gender and chain.gender and phrase.gender != chain.gender)
            did = role.name in role.takes_up or self.scene.words.dep[chain.phrases[0].head] in self.scene.grammar.active
            if near and did and not unlike:
                found.append(chain)
        if len(found) != 1:
            return None
        found[0].sectors = tuple(dict.fromkeys((*role.sectors, *found[0].sectors)))
        found[0].national = found[0].national and role.national
        self.groups.setdefault(role.cls, []).append(found[0])
        return found[0]

    def _recounted(self, phrase: Phrase, chain: Chain) -> bool:
        """Whether a counted group is that of the headline, told again."""
        title = self.scene.page.body
        counted = any(p.count and self.scene.words.start[p.head] < title for p in chain.phrases)
        return counted and len(chain.phrases) == 1 and bool(phrase.count)

    def _rename(self, chain: Chain, phrase: Phrase) -> None:
        text = self.scene.text(phrase.start, phrase.end)
        if phrase.countries and len(text.split()) <= 6 and len(chain.name.split()) < len(text.split()):
            chain.name = text

    def _abstain(self, phrase: Phrase, choices: list[Chain]) -> None:
        text = self.scene.text(phrase.start if phrase.form == "noun" else phrase.left, phrase.end)
        self.scene.page.abstain(text, "actor", "two antecedents remain", tuple(chain.name for chain in choices))
