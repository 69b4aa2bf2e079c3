"""The page in a real browser. Screenshots are kept in build/screenshots."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from fakes.desk import FEEDS, NOW, MemoryDesk, story
from fakes.newsroom_desk import newsroom_desk
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from monitor.extract.gazetteer import load_gazetteer
from monitor.web.access import Access
from monitor.web.server import Pages
from monitor.web.serving import listen, serve

CHROMIUM = shutil.which("chromium")
SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
# Without these Chromium looks up hosts of its maker at every start.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
LOUD = ("error", "warning")
PAGES = [
    "/",
    "/layoffs",
    "/layoffs?country=US",
    "/layoffs/s1",
    "/items",
    "/items/1-0",
    "/feeds",
    "/rules?check",
    "/try",
    "/login",
    "/nowhere",
]

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the page is not tried in a browser"),
]


@contextmanager
def served(pages: Pages) -> Iterator[str]:
    """Serve pages from a thread of their own, for the browser's calls block this one."""
    listening = listen("127.0.0.1", 0)
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(serve(pages.app(), listening, stop),))
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()
        listening.close()


@pytest.fixture(scope="module", autouse=True)
def _patient() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("monitor.web.keeping.PATIENCE", timedelta(seconds=20))
        yield


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(Pages(MemoryDesk([story()], FEEDS), Access(), lambda: NOW, load_gazetteer())) as found:
        yield found


@pytest.fixture(scope="module")
def newsroom() -> Iterator[str]:
    gazetteer = load_gazetteer()
    with served(Pages(newsroom_desk(gazetteer), Access(), lambda: NOW, gazetteer)) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits_a_phone(
    browser: Browser, newsroom: str, path: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(
        base_url=newsroom,
        color_scheme=scheme,
        viewport={"width": 390, "height": 800},
        bypass_csp=True,  # axe comes as a script, which the page's own policy refuses
    )
    page = context.new_page()
    page.goto(path)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390)])
@pytest.mark.parametrize("path", PAGES[:-1])
def test_a_page_of_a_newsroom_opens_without_a_word_in_the_console(
    browser: Browser, newsroom: str, path: str, scheme: Literal["light", "dark"], width: int
) -> None:
    view = ViewportSize(width=width, height=850)
    context = browser.new_context(base_url=newsroom, color_scheme=scheme, viewport=view)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text) if message.type in LOUD else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path, wait_until="networkidle")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    name = path.strip("/").translate(str.maketrans("/?=", "---")) or "now"
    page.screenshot(path=SCREENSHOTS / f"{name}-{scheme}-{width}.png", full_page=True)
    context.close()
    assert said == []


def test_from_the_light_to_the_proof(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 2 feeds needs a look.")
    page.get_by_role("link", name="Layoffs", exact=True).click()
    page.get_by_label("Words").fill("dayton")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Harlow Instruments").click()
    expect(page.locator("mark.jobs").first).to_have_text("120 positions")


def test_everything_is_reached_by_keyboard(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    for _ in ("the name", "Now", "Layoffs"):
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Layoffs", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_title("Layoffs · Newswire Monitor")


def test_what_did_not_alert_is_explained(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Items", exact=True).click()
    page.get_by_label("Words, link or id").fill("https://wire.example/1")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="What the rules say")).to_be_visible()
    page.get_by_text("What was weighed for each fact").click()
    expect(page.get_by_text("next to a job word +2")).to_be_visible()


def test_a_text_can_be_tried(page: Page) -> None:
    page.goto("/try")
    page.get_by_label("Headline").fill("Acme cuts jobs")
    page.get_by_label("Text").fill("Acme will cut 12 jobs.")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="The text in its zones")).to_be_visible()


def test_logging_in_opens_the_page(browser: Browser) -> None:
    pages = Pages(MemoryDesk([story()], FEEDS), Access(token="sesame"), lambda: NOW, load_gazetteer())
    with served(pages) as address:
        page = browser.new_page(base_url=address)
        page.goto("/")
        page.get_by_label("Token").fill("sesame")
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("1 of 2 feeds needs a look.")
        page.close()
