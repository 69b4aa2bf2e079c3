"""Commands that run the monitor."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import typer
from rich.console import Console

from monitor.cli.common import CONFIG, ConfigOption, environment, told

app = typer.Typer()


@app.command(epilog="Example: newswire-monitor demo")
def demo(config: ConfigOption = CONFIG) -> None:
    """Run the whole monitor once on sample releases, served by a local wire, into this terminal."""
    from monitor.app.demo import run as run_demo

    with told():
        asyncio.run(run_demo(config, Console()))


@app.command(epilog="Example: SLACK_BOT_TOKEN=… newswire-monitor run")
def run(config: ConfigOption = CONFIG) -> None:
    """Poll, read, deliver and serve the page in this process, on an embedded Redis or on REDIS_URL."""
    _serve(config, ("poll", "read", "deliver", "web"))


@app.command(epilog="Example: REDIS_URL=redis://localhost newswire-monitor poll")
def poll(config: ConfigOption = CONFIG) -> None:
    """Poll the feeds and admit new items. Needs REDIS_URL."""
    _serve(config, ("poll",))


@app.command(epilog="Example: REDIS_URL=redis://localhost newswire-monitor read")
def read(config: ConfigOption = CONFIG) -> None:
    """Classify and extract admitted items and queue their alerts. Needs REDIS_URL."""
    _serve(config, ("read",))


@app.command(epilog="Example: REDIS_URL=redis://localhost SLACK_BOT_TOKEN=… newswire-monitor deliver")
def deliver(config: ConfigOption = CONFIG) -> None:
    """Deliver queued alerts to Slack or this terminal. Needs REDIS_URL."""
    _serve(config, ("deliver",))


@app.command(epilog="Example: REDIS_URL=redis://localhost newswire-monitor web")
def web(config: ConfigOption = CONFIG) -> None:
    """Serve the page, at http://127.0.0.1:8787 unless monitor.yaml says otherwise. Needs REDIS_URL."""
    _serve(config, ("web",))


def _serve(config: Path, roles: tuple[str, ...]) -> None:
    import uvloop

    from monitor.app import logs
    from monitor.app.roles import serve
    from monitor.app.settings import load_settings

    with told():
        logs.configure(sys.stderr)
        settings = load_settings(config)
        if len(roles) > 1 and not settings.monitor.web.enabled:
            roles = tuple(role for role in roles if role != "web")
        uvloop.run(serve(settings, roles, environment(), Console()))
