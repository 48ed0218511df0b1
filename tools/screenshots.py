"""Makes the pictures of docs/web.md from the example dispatches: python tools/screenshots.py [FOLDER]

Each page is opened in Chromium, at a desk's width or a phone's, in light or dark, as a person would see it.
"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
import threading
import time
from importlib.resources import files
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from recoupe import collect
from recoupe.ledger import Ledger
from recoupe.model import Dispatch
from recoupe.web import Served, create_app

DOCS = Path(__file__).parent.parent / "docs" / "web"
EXAMPLES = Path(str(files("recoupe") / "examples" / "niger-2024"))
DESK, PHONE = {"width": 1360, "height": 1000}, {"width": 390, "height": 844}
STORY = "/stories/all"
SHOTS = (
    ("story", STORY, DESK, "light", "en-GB", ""),
    ("story-below", STORY, DESK, "light", "en-GB", "#figures"),
    ("story-dark", STORY, DESK, "dark", "fr-FR", ""),
    ("story-phone", STORY, PHONE, "light", "en-GB", "#map"),
    ("story-filtered", f"{STORY}?type=RETREAT&from=2024-05-01", DESK, "light", "en-GB", ""),
    ("reader", "/dispatches/{ekman}?item=f1", DESK, "light", "en-GB", ""),
    ("reader-dark", "/dispatches/{ekman}", DESK, "dark", "fr-FR", ""),
    ("sources", f"{STORY}/sources", DESK, "light", "en-GB", ""),
    ("review", f"{STORY}/review", DESK, "light", "en-GB", ""),
    ("read", "/read", DESK, "light", "en-GB", ""),
    ("home", "/", DESK, "light", "en-GB", ""),
)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS
    folder.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as held, Ledger(Path(held) / "niger-2024.db") as ledger:
        ledger.add_all(d for d in collect(EXAMPLES) if isinstance(d, Dispatch))
        ekman = next(d.id for d in ledger.page()[0] if "Ekman" in d.title)
        listening = socket.create_server(("127.0.0.1", 0))
        app = create_app(Served(ledger=ledger.address), ledger)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        base = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for name, path, size, scheme, lang, at in SHOTS:
                context = browser.new_context(viewport=size, color_scheme=scheme, locale=lang, reduced_motion="reduce")  # type: ignore[arg-type]
                shoot(context.new_page(), base + path.format(ekman=ekman), at, folder / f"{name}.png")
                context.close()
            browser.close()
        server.should_exit = True
        thread.join(5)


def shoot(tab: Page, address: str, at: str, into: Path) -> None:
    """One picture. at: what is brought to the top."""
    tab.goto(address)
    if at:
        tab.locator(at).evaluate("part => scrollTo(0, part.getBoundingClientRect().top + scrollY - 70)")
    tab.wait_for_timeout(200)
    tab.screenshot(path=into)


if __name__ == "__main__":
    main()
