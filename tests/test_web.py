"""The pages as a browser without scripts meets them: they answer, filter, lead to the words, judge, and let nobody else in."""

from __future__ import annotations

import csv
import importlib.util
import io
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html as trees

from recoupe.intake import take
from recoupe.ledger import Ledger
from recoupe.web import Served
from recoupe.web.served import is_loopback
from web_site import BASE, HTML, TestClient, client, client_of, csrf_of, example_ledger, own_ledger

__all__ = ["client", "example_ledger", "own_ledger"]
pytestmark = pytest.mark.model
STORY = "/stories/all"
VIEWS = ("/", STORY, f"{STORY}/sources", f"{STORY}/review", "/read", "/search?q=retrait", "/api")
NASTY = "\"><img src=x onerror=alert(1)><script>alert(2)</script>'{{7*7}}</title>"


def page(client: TestClient, path: str, **headers: str) -> Any:
    answer = client.get(path, headers={**HTML, **headers})
    assert answer.status_code == 200, (path, answer.status_code, answer.text[:300])
    return trees.fromstring(answer.text)


def said(client: TestClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.text[:300])
    return answer.json()


@pytest.mark.parametrize("path", VIEWS)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_view_answers_in_both_languages(client: TestClient, path: str, lang: str) -> None:
    tree = page(client, path, **{"accept-language": lang})
    assert tree.get("lang") == lang
    assert tree.xpath("//main//h1")


def test_a_filter_is_an_address_and_leaves_what_it_names(client: TestClient) -> None:
    whole = said(client, f"{STORY}?format=json")
    filtered = said(client, f"{STORY}?type=RETREAT&format=json")
    assert 0 < len(filtered["rows"]) < len(whole["rows"])
    assert {row["line"]["what"] for row in filtered["rows"]} == {"withdrawal"}
    assert len(filtered["chips"]) == 1
    period = said(client, f"{STORY}?from=2024-07-01&to=2024-07-31&format=json")
    assert period["rows"]
    assert all("2024" in row["line"]["when"] for row in period["rows"])


@pytest.mark.parametrize("name", ["actor", "place", "type", "status", "modality", "outlet", "lang"])
def test_a_filter_leaves_as_many_events_as_it_says(client: TestClient, name: str) -> None:
    facets = {facet["name"]: facet for facet in said(client, f"{STORY}?format=json")["facets"]}
    for option in facets[name]["options"][:2]:
        left = said(client, f"{STORY}{option['href']}&full=timeline&format=json")
        assert len(left["rows"]) + len(left["undated"]) == option["count"], option


def test_choosing_one_thing_leaves_what_is_about_it(client: TestClient) -> None:
    whole = said(client, f"{STORY}?format=json")
    chosen = whole["figures"][0]
    left = said(client, f"{STORY}{chosen['choose']}&format=json")
    assert [figure["course"]["id"] for figure in left["figures"]] == [chosen["course"]["id"]]
    assert 0 < len(left["rows"]) + len(left["undated"]) < len(whole["rows"])


def test_words_are_searched_without_accents(client: TestClient) -> None:
    found = said(client, f"{STORY}?q=septembre+accord&format=json")
    assert not found["empty"]
    assert said(client, f"{STORY}?q=xylophone&format=json")["empty"]


def test_a_day_that_is_none_is_refused(client: TestClient) -> None:
    answer = client.get(f"{STORY}?from=yesterday", headers=HTML)
    assert answer.status_code == 422
    assert "2024-07-24" in answer.text


def test_every_view_has_its_twins(client: TestClient) -> None:
    for path in ("/", STORY, f"{STORY}/sources", f"{STORY}/review"):
        assert said(client, f"{path}?format=json")
        table = client.get(f"{path}?format=csv")
        assert table.headers["content-type"].startswith("text/csv")
        rows = list(csv.DictReader(io.StringIO(table.text.lstrip("\ufeff"))))
        assert rows, path
    assert client.get(f"{STORY}?format=csv&table=nothing").status_code == 422


def test_a_quote_leads_to_its_words_lit(client: TestClient) -> None:
    tree = page(client, STORY)
    link = tree.xpath("//article[contains(@class,'course')]//blockquote//a/@href")[0]
    path, _, item = link.partition("#")
    reader = page(client, path)
    lit = "".join(reader.xpath("//span[contains(concat(' ',@class,' '),' lit ')]//text()"))
    assert re.search(r"\d", lit)
    assert reader.xpath(f"//span[@id='{item}']")
    assert reader.xpath("//li[contains(@class,'claim') and contains(@class,'lit')]//details[@open]")


def test_the_text_is_whole_and_unchanged_in_the_reader(client: TestClient) -> None:
    for listed in said(client, "/?format=json")["dispatches"]:
        shown = said(client, f"/dispatches/{listed['id']}?format=json")
        text = client.get(f"/api/v1/dispatches/{listed['id']}").json()["dispatch"]["text"]
        words = "\n".join("".join(piece["words"] for piece in paragraph) for paragraph in shown["paragraphs"])
        assert words.split("\n") == [line for line in text.split("\n") if line.strip()]


def test_everything_has_a_permanent_address(client: TestClient) -> None:
    view = said(client, "/api/v1/stories")["items"][0]
    whole = said(client, f"/api/v1/stories/{view['id']}")
    for kind in ("occurrences", "series", "commitments", "disagreements"):
        one = whole[kind][0]
        assert page(client, f"/stories/{view['id']}/{one['id']}").xpath("//blockquote")
        assert client.get(f"/id/{one['id']}", headers=HTML).headers["location"].endswith(one["id"])
    dispatch = whole["dispatches"][0]["id"]
    assert page(client, f"/dispatches/{dispatch}/e1").xpath("//blockquote//mark")
    assert client.get(f"/dispatches/{dispatch[:10]}", headers=HTML).headers["location"] == f"/dispatches/{dispatch}"
    assert client.get("/dispatches/nothing", headers=HTML).status_code == 404


def test_a_judgement_is_signed_shown_and_undone(own_ledger: Ledger) -> None:
    client = client_of(own_ledger)
    event = own_ledger.occurrences()[0].id
    sent = {"csrf": csrf_of(client), "verb": "reject", "target": event, "back": f"{STORY}/review", "who": ""}
    assert client.post("/judgements", data=sent).status_code == 422
    done = client.post("/judgements", data={**sent, "who": "É. Diallo", "why": "another affair"})
    assert (done.status_code, done.headers["location"]) == (303, f"{STORY}/review")
    tree = page(client, f"{STORY}/review")
    assert event not in {o.id for o in own_ledger.occurrences()}
    assert "É. Diallo" in tree.xpath("string(//ol[@class='judged'])")
    assert tree.xpath("//input[@name='who']/@value")[0] == "É. Diallo"
    undo = tree.xpath("//ol[@class='judged']//input[@name='target']/@value")[0]
    client.post("/judgements", data={**sent, "who": "É. Diallo", "verb": "undo", "target": undo})
    assert event in {o.id for o in own_ledger.occurrences()}


def test_many_are_judged_at_once_and_wait_no_more(own_ledger: Ledger) -> None:
    client = client_of(own_ledger)
    before = said(client, f"{STORY}/review?type=RETREAT&format=json")
    sent = {"csrf": csrf_of(client), "verb": "accept", "who": "A. B.", "target": before["ids"], "back": "/"}
    assert client.post("/judgements", data=sent).status_code == 303
    after = said(client, f"{STORY}/review?type=RETREAT&format=json")
    assert (after["waiting"], after["done"]) == (0, before["waiting"])


def test_two_events_are_merged_from_the_desk(own_ledger: Ledger) -> None:
    client = client_of(own_ledger)
    two = [o.id for o in own_ledger.occurrences() if o.type == "AID"][:2]
    sent = {"csrf": csrf_of(client), "verb": "merge", "who": "A. B.", "target": two, "back": "/"}
    client.post("/judgements", data=sent)
    assert len({o.id for o in own_ledger.occurrences()} & set(two)) == 1
    assert {client.get(f"{STORY}/{one}", headers=HTML).status_code for one in two} == {200}


def test_a_pasted_dispatch_is_read_at_once_and_kept_when_asked(own_ledger: Ledger) -> None:
    client = client_of(own_ledger)
    text = "Le ministre a annoncé lundi 12 août 2024 à Zinder que 40 soldats avaient quitté la ville."
    sent = {"csrf": csrf_of(client), "text": text, "title": "Zinder", "published": "2024-08-12", "outlet": "Le Fil"}
    before = len(own_ledger)
    read = client.post("/read", data=sent)
    assert read.status_code == 200
    assert "40 soldats" in read.text
    assert len(own_ledger) == before
    kept = client.post("/dispatches", data=sent)
    assert len(own_ledger) == before + 1
    assert "Zinder" in client.get(kept.headers["location"], headers=HTML).text


def test_nothing_that_a_dispatch_says_is_markup(own_ledger: Ledger) -> None:
    text = f"Le général {NASTY} a annoncé lundi à Niamey le retrait de 200 soldats. « {NASTY} », a déclaré {NASTY}."
    row = {"text": text, "title": NASTY, "outlet": NASTY, "agency": NASTY, "id": NASTY, "url": "javascript:alert(3)"}
    taken = take({**row, "published": "2024-07-24", "lang": "fr"})
    own_ledger.add(taken)
    own_ledger.judge("accept", f"{taken.id}/e1", who=NASTY, why=NASTY)
    client = client_of(own_ledger)
    own = [f"/dispatches/{taken.id}", f"/dispatches/{taken.id}/e1", f"/stories/{taken.id}", f"/stories/{taken.id}/review"]
    asked = [f"/dispatches/{taken.id}?item={NASTY}", f"{STORY}?q={NASTY}", f"{STORY}?actor={NASTY}", f"/search?q={NASTY}"]
    for path in (*VIEWS, *own, *asked):
        answer = client.get(path, headers=HTML)
        tree = trees.fromstring(answer.text)
        assert len(tree.xpath("//script")) == 1, path
        assert not tree.xpath("//img | //@*[starts-with(name(), 'on')] | //@style"), path
        assert not [h for h in tree.xpath("//@href | //@action | //@src") if not h.startswith(("/", "#", "?", "http"))], path
        assert "49" not in tree.xpath("string(//h1)"), path
    assert "onerror=alert" in page(client, f"/dispatches/{taken.id}").xpath("string(//main)")


def test_no_cell_of_a_table_is_a_formula(own_ledger: Ledger) -> None:
    own_ledger.add(
        take({"text": "Il a plu lundi à Niamey.", "title": "=1+1", "outlet": "@x", "published": "2024-07-24", "lang": "fr"})
    )
    table = client_of(own_ledger).get("/?format=csv").text.lstrip("\ufeff")
    assert {"'=1+1", "'@x"} <= {cell for row in csv.reader(io.StringIO(table)) for cell in row}


def test_headers_keep_a_page_to_itself(client: TestClient) -> None:
    for path in ("/", "/static/page.css", "/api/v1/dispatches", "/nothing"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert not re.search("unsafe|http", policy)
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("host", "status"),
    [("127.0.0.1:8765", 200), ("localhost:8765", 200), ("[::1]:8765", 200), ("news.example.org", 421), ("", 421)],
)
def test_only_our_own_names_are_answered_to(client: TestClient, host: str, status: int) -> None:
    assert client.get("/", headers={**HTML, "host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 201),
        ({"origin": BASE}, 201),
        ({"origin": BASE, "sec-fetch-site": "same-origin"}, 201),
        ({"origin": "http://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
    ],
)
def test_another_site_changes_nothing(own_ledger: Ledger, headers: dict[str, str], status: int) -> None:
    body = {"verb": "accept", "targets": [own_ledger.occurrences()[0].id], "who": "A. B."}
    assert client_of(own_ledger).post("/api/v1/judgements", json=body, headers=headers).status_code == status


def test_a_form_without_our_mark_is_refused(own_ledger: Ledger) -> None:
    client = client_of(own_ledger)
    sent = {"verb": "accept", "target": "x", "who": "A. B.", "back": "/"}
    assert client.post("/judgements", data=sent).status_code == 403
    assert client.post("/judgements", data={**sent, "csrf": csrf_of(client_of(own_ledger))}).status_code == 403


def test_back_is_never_elsewhere(own_ledger: Ledger) -> None:
    client = client_of(own_ledger)
    for path in ("//evil.example", "https://evil.example", "/\\evil.example", "/\r\nset-cookie: a=b"):
        assert client.get("/language/fr", params={"next": path}).headers["location"] == "/"


def test_a_token_is_asked_for_everywhere_but_kept_out_of_addresses(own_ledger: Ledger) -> None:
    client = client_of(own_ledger, token="sesame")
    assert client.get("/api/v1/dispatches").status_code == 401
    assert client.get("/api/v1/dispatches", headers={"authorization": "Bearer sesame"}).status_code == 200
    asked = client.get("/", headers=HTML)
    assert asked.status_code == 401
    assert 'name="token"' in asked.text
    shown = client.get("/?token=sesame&after=x", headers=HTML)
    assert (shown.status_code, shown.headers["location"]) == (303, "/?after=x")
    assert client.get("/", headers=HTML).status_code == 200
    assert client_of(own_ledger, token="sesame").get("/?token=wrong", headers=HTML).status_code == 401


def test_the_token_can_be_typed(own_ledger: Ledger) -> None:
    client = client_of(own_ledger, token="sesame")
    sent = {"csrf": csrf_of(client, "/unlock"), "token": "sesame", "back": "/"}
    assert client.post("/unlock", data={**sent, "token": "wrong"}).status_code == 401
    assert client.post("/unlock", data=sent).status_code == 303
    assert client.get("/", headers=HTML).status_code == 200


@pytest.mark.parametrize(("host", "local"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)])
def test_what_is_loopback(host: str, local: bool) -> None:
    assert is_loopback(host) == local


def test_a_name_of_ones_own_is_answered_to() -> None:
    served = Served(ledger="x", names=frozenset({"news.example.org"}))
    assert served.answers_to("news.example.org:8765")
    assert not served.answers_to("news.example.org.evil.example")


def test_every_message_is_translated() -> None:
    path = Path(__file__).parent.parent / "tools" / "messages.py"
    spec = importlib.util.spec_from_file_location("messages", path)
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    for catalogue in tool.ROOT.glob("locale/*/messages.po"):
        made = tool.updated(catalogue)
        missing = [m.id for m in made if m.id and not (all(m.string) if isinstance(m.string, tuple) else m.string)]
        assert not missing, "run tools/messages.py and translate"
        assert not list(made.check())


def test_templates_ask_for_nothing_elsewhere() -> None:
    folder = Path(__file__).parent.parent / "src" / "recoupe" / "web"
    for path in (*folder.glob("templates/*.j2"), *folder.glob("static/*")):
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|@import|\bsafe\b\s*}}|innerHTML", text), path.name
