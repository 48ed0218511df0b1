"""Pages as sites make them: what is the article, what is cut and said, and which dates are not believed."""

from __future__ import annotations

import datetime as dt
import io
from html import escape
from typing import Any

import pytest

from recoupe.errors import InputError
from recoupe.intake.boilerplate import said, trim
from recoupe.intake.markup import fragment, paragraphs
from recoupe.intake.sources import Collector
from recoupe.language import language, languages
from recoupe.model import Dispatch

NOW = dt.datetime(2024, 8, 1, 12, tzinfo=dt.UTC)
PARAGRAPHS = (
    "Le marché de Gorom-Gorom a rouvert jeudi, dix mois après l’attaque qui l’avait fermé, a annoncé le maire.",
    "« Les commerçants sont revenus d’eux-mêmes », a-t-il déclaré devant une soixantaine de vendeurs.",
    "Le gouverneur promet une patrouille par jour jusqu’à la fin du mois d’août.",
)


def taken(html: str, now: dt.datetime = NOW) -> Dispatch:
    (found,) = Collector(stdin=io.BytesIO(html.encode()), now=now).collect(["-"])
    assert isinstance(found, Dispatch), found
    return found


def page(*, head: str = "", before: str = "", between: str = "", after: str = "", outside: str = "") -> str:
    first, *rest = (f"<p>{escape(line)}</p>" for line in PARAGRAPHS)
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Gorom-Gorom : le marché rouvre | Le Sahélien</title>'
        '<meta property="og:title" content="Gorom-Gorom : le marché rouvre"><meta property="og:site_name" content="Le Sahélien">'
        f"{head}</head><body>{outside}<main><article><h1>Gorom-Gorom : le marché rouvre</h1>{before}{first}{between}"
        f"{''.join(rest)}{after}</article></main></body></html>"
    )


def cuts(dispatch: Dispatch) -> dict[str, str]:
    return {cut["text"]: cut["kind"] for cut in dispatch.extra.get("cut", ())}


AROUND = [
    (
        "read_also",
        '<p class="lire-aussi"><a href="/a">Lire aussi : Dori sans couvre-feu</a></p>',
        "Lire aussi : Dori sans couvre-feu",
    ),
    (
        "read_also",
        "<p><strong>À lire également</strong> : <a href='/b'>La pluie à Djibo</a></p>",
        "À lire également : La pluie à Djibo",
    ),
    (
        "read_also",
        '<aside class="related-posts"><h3>Nos choix</h3><ul><li>Un titre de plus</li></ul></aside>',
        "Nos choix Un titre de plus",
    ),
    (
        "caption",
        '<figure><img src="a.jpg"><figcaption>Le marché en 2019. © Awa Sy</figcaption></figure>',
        "Le marché en 2019. © Awa Sy",
    ),
    ("ticker", '<div class="flash-info"><span>11:02</span> Séisme au large des Tonga</div>', "11:02 Séisme au large des Tonga"),
    ("share", '<div class="social-share">Partager sur Facebook</div>', "Partager sur Facebook"),
    ("share", "<p>Suivez-nous sur WhatsApp</p>", "Suivez-nous sur WhatsApp"),
    ("newsletter", '<div id="newsletter"><p>Chaque soir, l’essentiel</p></div>', "Chaque soir, l’essentiel"),
    ("newsletter", "<p>Abonnez-vous pour lire nos enquêtes</p>", "Abonnez-vous pour lire nos enquêtes"),
    ("advert", '<div class="ads">Achetez un tracteur</div>', "Achetez un tracteur"),
    ("advert", "<p>Publicité</p>", "Publicité"),
    ("stamp", "<p>Publié le 25 juillet 2024 à 18h40</p>", "Publié le 25 juillet 2024 à 18h40"),
]


@pytest.mark.parametrize(("kind", "html", "words"), AROUND, ids=[words for _, _, words in AROUND])
@pytest.mark.parametrize("where", ["before", "between", "after"])
def test_what_stands_in_an_article_and_is_none_of_it(kind: str, html: str, words: str, where: str) -> None:
    found = taken(page(**{where: html}))
    assert found.text.split("\n") == list(PARAGRAPHS)
    assert cuts(found)[words] == kind


def test_what_stands_around_it() -> None:
    menu = (
        '<nav><a href="/">Accueil</a> <a href="/sport">Sport</a></nav><div class="bandeau">En direct : la bourse de Lagos</div>'
    )
    comments = (
        '<section id="comments"><h2>3 commentaires</h2><p>Bravo au maire, il fallait le faire depuis longtemps.</p></section>'
    )
    found = taken(
        page(outside=menu, after=comments).replace("</body>", "<footer>© 2024 Le Sahélien, tous droits réservés</footer></body>")
    )
    assert found.text.split("\n") == list(PARAGRAPHS)
    kinds = cuts(found)
    assert kinds["Accueil Sport"] == "menu"
    assert kinds["En direct : la bourse de Lagos"] == "ticker"
    assert kinds["3 commentaires Bravo au maire, il fallait le faire depuis longtemps."] == "comments"
    assert kinds["© 2024 Le Sahélien, tous droits réservés"] == "outside the article"


def test_an_article_in_a_box_with_a_misleading_name_is_kept() -> None:
    html = page().replace("<main>", '<div class="social"><main class="related">').replace("</main>", "</main></div>")
    assert taken(html).text.split("\n") == list(PARAGRAPHS)


def test_so_is_one_that_makes_no_paragraphs() -> None:
    text = "<br><br>".join(escape(line) for line in PARAGRAPHS)
    found = taken(f'<html><head><title>Gorom-Gorom</title></head><body><div class="social">{text}</div></body></html>')
    assert found.text.split("\n") == list(PARAGRAPHS)


def test_the_words_after_what_is_cut_stay() -> None:
    tree = fragment("<p>Avant <span class='share'>Partager</span> après.</p>")
    assert [cut.text for cut in trim(tree)] == ["Partager"]
    assert paragraphs(tree) == ["Avant après."]


def rows() -> list[Any]:
    return [
        pytest.param(row, id=f"{code}-{row['text'][:40]}")
        for code in languages()
        for row in language(code).table("intake")["around"]
    ]


@pytest.mark.parametrize("row", rows())
def test_lines_that_say_what_they_are(row: dict[str, Any]) -> None:
    assert (said(row["text"], linked=row.get("linked", False)) or "nothing") == row["is"]


class TestWhoAndWhen:
    def test_title_outlet_byline_and_agency(self) -> None:
        head = '<meta name="author" content="Awa Sy avec AFP"><meta property="article:published_time" content="2024-07-25">'
        found = taken(page(head=head))
        assert (found.title, found.outlet) == ("Gorom-Gorom : le marché rouvre", "Le Sahélien")
        assert "Awa Sy" in found.extra["byline"]
        assert found.agency == "AFP"
        assert (found.published, found.published_basis) == ("2024-07-25", "metadata")

    @pytest.mark.parametrize(
        "byline",
        [
            '<p class="byline">Par Le Sahélien avec Reuters</p>',
            '<span itemprop="author">Reuters</span>',
            '<a rel="author" href="/">Reuters</a>',
        ],
    )
    def test_an_agency_that_signs(self, byline: str) -> None:
        assert taken(page(before=byline)).agency == "Reuters"

    def test_a_dateline(self) -> None:
        found = taken(page().replace("Le marché de Gorom", "DORI (Burkina Faso), 25 juillet 2024 (AIB) – Le marché de Gorom", 1))
        assert found.dateline is not None
        assert (found.dateline.place, found.dateline.date, found.agency) == ("DORI", "2024-07-25", "AIB")

    def test_a_date_that_is_still_to_come_is_not_believed(self) -> None:
        head = '<meta property="article:published_time" content="2031-02-03T08:00:00Z">'
        found = taken(page(head=head))
        assert (found.published, found.published_basis) == (None, "unknown")
        assert found.extra["doubts"] == ["dated 2031-02-03, which is still to come"]

    def test_the_next_best_one_is(self) -> None:
        head = '<meta property="article:published_time" content="2031-02-03"><link rel="canonical" href="https://s.example/2024/07/25/a">'
        found = taken(page(head=head))
        assert (found.published, found.published_basis) == ("2024-07-25", "url")

    @pytest.mark.parametrize(("day", "believed"), [("2024-08-02", True), ("2024-08-03", False)])
    def test_tomorrow_is_today_somewhere(self, day: str, believed: bool) -> None:
        found = taken(page(head=f'<meta property="article:published_time" content="{day}">'))
        assert (found.published == day) is believed

    def test_a_date_against_its_weekday_is_not_believed(self) -> None:
        head = '<meta property="article:published_time" content="2024-07-25">'
        found = taken(page(head=head, before="<time>lundi 25 juillet 2024</time>"))
        assert found.published is None
        assert found.extra["doubts"] == ["the page says «lundi 25 juillet 2024», and that day was a Thursday"]

    def test_nor_is_that_of_a_dateline(self) -> None:
        found = taken(page().replace("Le marché de Gorom", "DORI, lundi 25 juillet 2024 (AIB) – Le marché de Gorom", 1))
        assert found.published is None
        assert any("was no such weekday" in doubt for doubt in found.extra["doubts"])

    def test_one_that_its_weekday_bears_out_is(self) -> None:
        head = '<meta property="article:published_time" content="2024-07-25">'
        found = taken(page(head=head, before="<time>jeudi 25 juillet 2024</time>"))
        assert found.published == "2024-07-25"
        assert "doubts" not in found.extra

    def test_what_a_person_says_is_believed(self) -> None:
        from recoupe.intake.draft import Given

        (found,) = Collector(Given(published="2031-02-03"), stdin=io.BytesIO(page().encode()), now=NOW).collect(["-"])
        assert isinstance(found, Dispatch)
        assert found.published == "2031-02-03"


@pytest.mark.parametrize(
    "html",
    ["<html></html>", "<html><body><nav>Accueil</nav></body></html>", "<p></p>", "<html><body><script>1</script></body></html>"],
)
def test_a_page_without_an_article(html: str) -> None:
    (found,) = Collector(stdin=io.BytesIO(html.encode())).collect(["-"])
    assert isinstance(found, InputError)
    assert "no article is found" in str(found) or "no web page" in str(found)
