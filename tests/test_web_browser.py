"""The pages as a person uses them, in Chromium, as wide as a desk and a phone: open, filter, follow, type, drop, judge."""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from recoupe.ledger import Ledger
from recoupe.reading.pipeline import Reader
from recoupe.web import Served, create_app
from web_site import example_ledger

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
__all__ = ["example_ledger"]
pytestmark = [pytest.mark.model, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]
REFUSED = "status of 4"  # what the browser notes where the server refuses something
DESK, PHONE = {"width": 1360, "height": 900}, {"width": 390, "height": 844}
STORY = "/stories/all"
TEXT = "Le ministre a annoncé lundi 12 août 2024 à Zinder que 40 soldats avaient quitté la ville."


class Site:
    """A server in a thread, on a copy of the example ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        listening = socket.create_server(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        app = create_app(Served(ledger=ledger.address, port=port), ledger)
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listening]}, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join(5)


@pytest.fixture(scope="module")
def site(example_ledger: Path, reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    copy = shutil.copy(example_ledger, tmp_path_factory.mktemp("site") / "site.db")
    made = Site(Ledger(copy, reader=reader))
    yield made
    made.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def opened(site: Site, browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page of the site; at the end: nothing was asked for elsewhere, and no script failed."""
    asked: list[str] = []
    failed: list[str] = []
    contexts: list[Any] = []

    def open_(path: str, *, size: dict[str, int] = DESK, lang: str = "en-GB", dark: bool = False, scripts: bool = True) -> Any:
        context = browser.new_context(
            base_url=site.url,
            viewport=size,
            locale=lang,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(8_000)
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("pageerror", lambda error: failed.append(str(error)))
        tab.on("console", lambda line: failed.append(line.text) if line.type == "error" and REFUSED not in line.text else None)
        tab.on("dialog", lambda dialog: failed.append(f"a dialog opened: {dialog.message}"))
        tab.goto(path)
        return tab

    yield open_
    for context in contexts:
        context.close()
    assert not failed
    assert not [url for url in asked if not url.startswith((site.url, "data:"))]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_filtering_keeps_the_reader_where_she_is_and_lives_in_the_address(opened: Any, size: dict[str, int]) -> None:
    tab = opened(STORY, size=size)
    before = tab.locator(".events > li").count()
    if size == PHONE:
        tab.locator(".side .filters > summary").click()
    tab.locator(".facet a", has_text="withdrawal").first.click()
    tab.wait_for_url(re.compile("type=RETREAT"))
    assert 0 < tab.locator(".events > li").count() < before
    assert tab.locator(".chip").count() == 1
    tab.reload()
    assert tab.locator(".chip").count() == 1
    tab.locator(".chip").click()
    tab.wait_for_url(re.compile(r"all\??$"))
    assert tab.locator(".events > li").count() == before
    tab.go_back()
    tab.wait_for_selector(".chip")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_is_wider_than_the_page(opened: Any, size: dict[str, int]) -> None:
    tab = opened("/", size=size)
    listed = tab.locator(".dispatches a").first.get_attribute("href")
    for path in ("/", STORY, f"{STORY}/sources", f"{STORY}/review", "/read", "/api", listed):
        tab.goto(path)
        wide = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path


def test_a_figure_is_followed_to_its_words(opened: Any) -> None:
    tab = opened(STORY)
    course = tab.locator(".course").first
    course.locator("summary").first.click()
    course.locator("blockquote a").first.click()
    tab.wait_for_url(re.compile("item=f"))
    lit = tab.locator(".text .m.lit, h1 .m.lit")
    assert any(character.isdigit() for character in "".join(lit.all_inner_texts()))
    assert tab.locator(".claim.lit details[open] .why").is_visible()
    assert "rule" in tab.locator(".claim.lit .why").inner_text()


def test_words_light_their_claim_and_a_claim_its_words(opened: Any) -> None:
    tab = opened("/")
    tab.locator(".dispatches a", has_text="selon le général Ekman").first.click()
    tab.wait_for_selector(".reader")
    tab.locator(".text .m.event").first.hover()
    assert tab.locator(".claim.lit").count() >= 1
    claim = tab.locator(".claim-group[data-kind=figure] .claim").first
    claim.locator("summary").hover()
    assert tab.locator(f".text .m.lit[data-items~={claim.get_attribute('data-items')}]").count() >= 1
    tab.locator(".text .m.event").first.click()
    assert tab.locator(".claim details[open]").count() == 1


def test_kinds_are_switched_and_stay_so(opened: Any) -> None:
    tab = opened("/")
    tab.locator(".dispatches a", has_text="selon le général Ekman").first.click()
    tab.wait_for_selector(".reader")
    group = tab.locator(".claim-group[data-kind=actor]")
    assert group.is_visible()
    tab.keyboard.press("6")
    assert not group.is_visible()
    tab.reload()
    assert not tab.locator(".claim-group[data-kind=actor]").is_visible()
    tab.keyboard.press("6")
    assert tab.locator(".claim-group[data-kind=actor]").is_visible()


def test_the_keyboard_alone_is_enough(opened: Any) -> None:
    tab = opened(STORY)
    tab.keyboard.press("?")
    assert tab.locator("#keys").is_visible()
    tab.keyboard.press("Escape")
    assert not tab.locator("#keys").is_visible()
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    tab.keyboard.press("k")
    assert tab.locator(".events > li").nth(0).evaluate("row => row.classList.contains('lit')")
    tab.keyboard.press("Enter")
    assert tab.locator(".events > li details").nth(0).get_attribute("open") is not None
    tab.keyboard.press("f")
    tab.wait_for_url(re.compile("about=o"))
    tab.keyboard.press("Escape")
    tab.wait_for_url(lambda url: "about" not in url)
    tab.keyboard.press("/")
    tab.keyboard.type("Agadez")
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile("q=Agadez"))
    assert tab.locator(".chip").count() == 1


def test_n_and_p_go_from_claim_to_claim(opened: Any) -> None:
    tab = opened("/")
    tab.locator(".dispatches a", has_text="selon le général Ekman").first.click()
    tab.wait_for_selector(".reader")
    for key, expected in (("n", 0), ("n", 1), ("p", 0)):
        tab.keyboard.press(key)
        focused = tab.evaluate("[...document.querySelectorAll('.claim')].findIndex(c => c.contains(document.activeElement))")
        assert focused == expected


def test_the_language_is_kept(opened: Any) -> None:
    tab = opened(STORY)
    tab.locator(".languages a", has_text="français").click()
    assert tab.locator("html").get_attribute("lang") == "fr"
    assert tab.locator("h1").inner_text().endswith("retrait")
    tab.goto("/read")
    assert tab.locator("h1").inner_text() == "Lire une dépêche"
    assert opened("/read", lang="fr-FR").locator("h1").inner_text() == "Lire une dépêche"


def test_dragging_over_days_zooms(opened: Any) -> None:
    tab = opened(STORY)
    strip = tab.locator(".strip")
    strip.scroll_into_view_if_needed()
    box = strip.bounding_box()
    tab.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] - 30)
    tab.mouse.down()
    tab.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] - 30, steps=5)
    tab.mouse.up()
    tab.wait_for_url(re.compile(r"from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d"))
    assert tab.locator(".chip").count() == 1


def test_the_map_and_the_line_of_days_filter(opened: Any) -> None:
    tab = opened(STORY)
    tab.locator(".map a.spot").first.click()
    tab.wait_for_url(re.compile("place="))
    tab.goto(STORY)
    tab.locator(".timeline a").last.click()
    tab.wait_for_url(re.compile("about=o"))
    assert tab.locator(".events li.chosen details[open]").count() == 1


def test_it_works_without_scripts(opened: Any) -> None:
    tab = opened(STORY, scripts=False)
    tab.locator(".facet a", has_text="withdrawal").first.click()
    assert "type=RETREAT" in tab.url
    tab.locator(".course summary").first.click()
    tab.locator(".course blockquote a").first.click()
    assert tab.locator(".claim.lit details[open] .why").is_visible()


def test_a_dispatch_is_pasted_read_and_added(opened: Any, site: Site) -> None:
    tab = opened("/read")
    tab.locator("textarea").fill(TEXT)
    tab.locator("[name=published]").fill("2024-08-12")
    tab.locator(".paste button.primary").click()
    tab.wait_for_selector(".text .m.figure")
    before = len(site.ledger)
    tab.locator(".keep button").click()
    tab.wait_for_url(re.compile("/dispatches/"))
    assert len(site.ledger) == before + 1


def test_files_are_read_one_after_the_other_and_refusals_named(opened: Any, tmp_path: Path) -> None:
    for name, text in (
        ("a.txt", f"{TEXT} Il pleut."),
        ("b.txt", ""),
        ("c.jsonl", '{"text": "Niamey attend la pluie de lundi soir."}'),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    tab = opened("/read")
    tab.locator("[data-files]").first.set_input_files([tmp_path / name for name in ("a.txt", "b.txt", "c.jsonl")])
    tab.get_by_text("3 / 3").wait_for()
    lines = tab.locator(".taken li").all_inner_texts()
    assert sum("added" in line for line in lines) == 2
    assert sum("refused" in line for line in lines) == 1


def test_judging_by_keys(opened: Any, site: Site) -> None:
    tab = opened(f"{STORY}/review")
    tab.keyboard.press("y")
    assert tab.evaluate("document.activeElement.name") == "who"
    tab.keyboard.type("É. Diallo")
    tab.keyboard.press("Escape")
    first, second = (tab.locator(".queue > li").nth(n).get_attribute("data-id") for n in (0, 1))
    tab.keyboard.press("n")
    tab.wait_for_selector(f".queue > li[data-id={second}]:first-child")
    assert first not in {o.id for o in site.ledger.occurrences()}
    assert "É. Diallo" in tab.locator(".judged li").first.inner_text()
    tab.keyboard.press("u")
    tab.wait_for_selector(f".queue > li[data-id={first}]")
    tab.keyboard.press("e")
    assert tab.locator("dialog[open]").is_visible()
    tab.locator("dialog[open] [name=field]").select_option("place")
    tab.locator("dialog[open] [name=value]").fill("Zinder")
    tab.locator("dialog[open] button.primary").click()
    tab.wait_for_load_state()
    assert "Zinder" in {o.place for o in site.ledger.occurrences()}


def test_judging_by_keys_from_the_story_and_the_reader(opened: Any, site: Site) -> None:
    tab = opened(STORY)
    row = tab.locator(".events > li").nth(0)
    event = row.get_attribute("data-id")
    tab.keyboard.press("j")
    tab.keyboard.press("y")
    tab.locator("#signing input").fill("A. Sow")
    tab.keyboard.press("Enter")
    tab.wait_for_load_state()
    tab.wait_for_selector(f".events > li[data-id={event}]")
    assert "accepted" in next(o.judged for o in site.ledger.occurrences() if o.id == event)
    tab.goto("/")
    tab.locator(".dispatches a", has_text="selon le général Ekman").first.click()
    tab.wait_for_selector(".reader")
    tab.keyboard.press("n")
    target = tab.locator(".claim").first.get_attribute("data-target")
    tab.keyboard.press("x")
    tab.wait_for_selector(".judged li")
    assert "A. Sow" in tab.locator(".judged li").first.inner_text()
    assert target not in tab.locator(".claim").evaluate_all("all => all.map(claim => claim.dataset.target)")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_fault_of_access(opened: Any, dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab = opened("/", dark=dark)
    listed = tab.locator(".dispatches a").first.get_attribute("href")
    others = (f"{STORY}/sources", f"{STORY}/review", "/read")
    for path in (STORY, listed, *(() if dark else others)):
        tab.goto(path)
        tab.evaluate("[...document.querySelectorAll('main details')].slice(0, 14).forEach(d => d.open = true)")
        found = Axe().run(tab, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        faults = [(v["id"], v["nodes"][0]["html"][:160]) for v in found.response["violations"]]
        assert not faults, path
