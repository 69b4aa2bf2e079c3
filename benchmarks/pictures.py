"""Make the pictures of the README: the page of a made-up newsroom, and a Slack alert out of the demo.

Everything else is real but Slack, whose Block Kit is drawn here. It is no script, for the parser's processes
would import all of it again, into their little memory: cd benchmarks && python -c "import pictures as p;
p.make('../docs/images')"
"""

from __future__ import annotations

import asyncio
import io
import shutil
import sys
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any, Literal

from PIL import Image
from playwright.async_api import Browser, async_playwright
from rich.console import Console

ROOT = Path(__file__).parents[1]
sys.path += [str(ROOT / "tests"), str(ROOT / "tests" / "journeys")]

from fakes.desk import NOW  # noqa: E402
from fakes.newsroom_desk import newsroom_desk  # noqa: E402
from fakes.slack import FakeSlack  # noqa: E402
from newsroom import CONFIG, QUICK, Newsroom  # noqa: E402

from monitor.app.demo import FEEDS, samples  # noqa: E402
from monitor.app.office import Office, now  # noqa: E402
from monitor.app.reload import LiveSettings  # noqa: E402
from monitor.app.roles import make_deliverer  # noqa: E402
from monitor.app.settings import load_settings  # noqa: E402
from monitor.extract.gazetteer import load_gazetteer  # noqa: E402
from monitor.store import EmbeddedRedis, Store  # noqa: E402
from monitor.web.access import Access  # noqa: E402
from monitor.web.server import Pages  # noqa: E402
from monitor.web.serving import listen, serve  # noqa: E402
from monitor.wire.feeds import FeedFile  # noqa: E402
from monitor.wire.replay import ReplayWire  # noqa: E402

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
WIDTH, HEIGHT = 1100, 1260
SLACK = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 18px 22px; font: 15px/1.47 Lato, system-ui, sans-serif;
  color: #1d1c1d; background: #fff; }
.message { display: grid; grid-template-columns: 36px 1fr; gap: 10px; }
.face { width: 36px; height: 36px; border-radius: 6px; background: #b45309; color: #fff; text-align: center;
  font: bold 20px/36px system-ui; }
small { color: #616061; } .app { background: #e8e8e8; border-radius: 3px; padding: 0 4px; font-size: 10px; }
a { color: #1264a3; text-decoration: none; } .section { white-space: pre-wrap; }
blockquote { margin: 4px 0; padding-left: 12px; border-left: 4px solid #ddd; }
</style><div class="message"><div class="face">N</div><div>
<b>Newswire Monitor</b> <span class="app">APP</span>
"""


async def main(folder: Path) -> None:
    """Run the demo's releases through the monitor and take the pictures."""
    async with FakeSlack() as slack, ReplayWire(FEEDS, clock=now) as wire:
        settings = replace(load_settings(CONFIG), feeds=FeedFile(feeds=wire.settings()))
        environ = {"SLACK_BOT_TOKEN": slack.token, "SLACK_API_URL": slack.url}
        with EmbeddedRedis.throwaway() as server:
            async with await Store.open(server.socket) as store:
                office = Office(
                    LiveSettings(settings), store, environ, Console(file=io.StringIO()), asyncio.Event()
                )
                room = Newsroom(office, wire, slack)
                for releases in samples().values():
                    wire.publish(*releases)
                    await room.poll()
                    await room.read()
                await delivered(office, slack)
                messages = slack.messages("layoffs")
                (alert,) = (message for message in messages if "IEC Electronics" in message["text"])
                # Only now: the parser's processes must not come of one with so many threads.
                async with async_playwright() as playwright:
                    browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                    await page(browser, "light", folder / "page.png")
                    await page(browser, "dark", folder / "page-dark.png")
                    await picture(browser, drawn(alert["blocks"]), folder / "slack.png")
                    await browser.close()


async def delivered(office: Office, slack: FakeSlack) -> None:
    """Deliver until the alert that is wanted has come."""
    delivering = asyncio.create_task(make_deliverer(office, QUICK).run())
    for _ in range(600):
        if any("IEC Electronics" in message["text"] for message in slack.messages("layoffs")):
            break
        await asyncio.sleep(0.1)
    delivering.cancel()
    await asyncio.gather(delivering, return_exceptions=True)


async def page(browser: Browser, scheme: Literal["light", "dark"], file: Path) -> None:
    """Take the picture of the layoffs as the page shows them."""
    gazetteer = load_gazetteer()
    pages = Pages(newsroom_desk(gazetteer), Access(), lambda: NOW, gazetteer)
    listening, stop = listen("127.0.0.1", 0), asyncio.Event()
    serving = asyncio.create_task(serve(pages.app(), listening, stop))
    view = await browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme=scheme)
    await view.goto(f"http://127.0.0.1:{listening.getsockname()[1]}/layoffs", wait_until="networkidle")
    shot = await view.screenshot()
    # A few dozen colours: a palette halves the file, and nobody sees it.
    Image.open(io.BytesIO(shot)).convert("RGB").quantize(256).save(file, optimize=True)
    stop.set()
    await serving


async def picture(browser: Browser, html: str, file: Path) -> None:
    """Take the picture of a piece of HTML."""
    view = await browser.new_page(viewport={"width": 760, "height": 100})
    await view.set_content(html)
    await view.screenshot(path=file, full_page=True)


def drawn(blocks: list[dict[str, Any]]) -> str:
    """Return rich text blocks as Slack shows them; a block or element of another kind is an error."""
    parts = [part for block in blocks if block["type"] == "rich_text" for part in block["elements"]]
    tags = {"rich_text_section": 'div class="section"', "rich_text_quote": "blockquote"}
    said = "".join(
        f"<{tags[part['type']]}>{''.join(map(_element, part['elements']))}</{tags[part['type']].split()[0]}>"
        for part in parts
    )
    return f"{SLACK}{said}</div></div>"


def _element(element: dict[str, Any]) -> str:
    if element["type"] == "date":
        at = datetime.fromtimestamp(element["timestamp"], UTC)
        return f"<small>{at:%b} {at.day} {at:%H:%M}</small>"
    words = escape(element["text"])
    if element["type"] == "link":
        return f'<a href="{escape(element["url"])}">{words}</a>'
    return f"<b>{words}</b>" if element.get("style", {}).get("bold") else words


def make(folder: str) -> None:
    """Make the pictures."""
    asyncio.run(main(Path(folder)))
