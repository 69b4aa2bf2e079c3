"""The roles of the program and how they start, run side by side, and stop.

Each role is a coroutine that runs until `stop` is set and then finishes what is in flight.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial

import structlog
from rich.console import Console

from monitor.app.articles import ArticleDesk
from monitor.app.digests import DigestDesk
from monitor.app.feeds import FeedWatch
from monitor.app.interaction import InteractionDesk
from monitor.app.muting import sweep
from monitor.app.office import BLOCK, Office, RoleError, every, now, open_store, until_stopped
from monitor.app.reader import Articles, ItemReader
from monitor.app.reload import LiveSettings
from monitor.app.rulebook import compiled
from monitor.app.settings import Settings
from monitor.app.webdesk import ExposedError, StoreDesk, access
from monitor.deliver.choose import choose
from monitor.deliver.deliverer import Deliverer
from monitor.deliver.policy import Policy
from monitor.deliver.slack import DEFAULT_URL
from monitor.deliver.socket import SocketDesk
from monitor.deliver.terminal import TerminalChannel
from monitor.extract.assessment import Assessment, assess_item
from monitor.extract.gazetteer import load_gazetteer
from monitor.model import Item
from monitor.rules.language import RuleFile
from monitor.store import Store
from monitor.web.keeping import FRESH
from monitor.web.server import Pages
from monitor.web.serving import listen
from monitor.web.serving import serve as serve_page
from monitor.wire.articles import ArticleReader
from monitor.wire.feeds import Feed, Hosts
from monitor.wire.fetch import Fetcher
from monitor.wire.poll import Poller, PollReport
from monitor.wire.read import Reader
from monitor.wire.robots import Robots
from monitor.wire.sandbox import Sandbox
from monitor.wire.schedule import PollSchedule

GRACE = timedelta(seconds=4)
HOUSEKEEPING = timedelta(minutes=1)
WATCH = timedelta(minutes=1)
RELEASE = timedelta(seconds=2)
REPORT = timedelta(seconds=2)
POLICY = Policy()

log = structlog.get_logger(__name__)


async def serve(
    settings: Settings, roles: Sequence[str], environ: Mapping[str, str], console: Console
) -> None:
    """Run roles until SIGTERM or SIGINT, then end cleanly.

    Raises:
        RoleError: a role was asked for on its own without a shared Redis.
        StoreError: Redis cannot be had.
    """
    if "REDIS_URL" not in environ and len(roles) == 1:
        raise RoleError(
            f"'{roles[0]}' works with other processes on one Redis: set REDIS_URL, "
            "or start all roles in one process with 'newswire-monitor run'"
        )
    if "deliver" in roles and environ.get("SLACK_APP_TOKEN", "").strip():
        roles = (*roles, "interact")
    stop, live = asyncio.Event(), LiveSettings(settings)
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    loop.add_signal_handler(signal.SIGHUP, live.ask)
    async with open_store(settings, environ) as store:
        office = Office(live, store, environ, console, stop)
        # Late, for the channel of ops may change with the settings.
        async with (
            live.watched(lambda key, text: office.ops.tell(key, text)),
            every(REPORT, lambda: report(office, roles)),
        ):
            await run_roles(office, roles)


async def report(office: Office, roles: Sequence[str]) -> None:
    """Let the page know whether this process refuses its configuration."""
    process = office.consumer("-".join(roles))
    await office.store.house.refuse(process, office.live.problem, now())


async def run_roles(office: Office, roles: Sequence[str]) -> None:
    """Run roles side by side until `stop` is set. One that fails stops the others and raises."""
    log.info("started", roles=list(roles))
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(ROLES[role](office), name=role) for role in roles]
        for task in tasks:
            task.add_done_callback(lambda _: office.stop.set())
    log.info("stopped", roles=list(roles))


async def poll(office: Office) -> None:
    """POLL: fetch every feed when it is due and admit what is new."""
    settings = office.settings
    hosts = Hosts(settings.feeds.hosts)
    async with polling(
        settings.monitor.user_agent, office.store, hosts=hosts, environ=office.environ
    ) as schedule:
        await schedule.start(_polled(settings, hosts))
        watch = FeedWatch(office.store, lambda key, text: office.ops.tell(key, text), now)

        async def renew(settings: Settings) -> None:
            hosts = Hosts(settings.feeds.hosts)
            await schedule.replace(_polled(settings, hosts), hosts)

        office.live.on_change(renew)
        # The feeds as they are configured then, for these may change.
        async with every(WATCH, lambda: watch.look(office.settings.feeds.enabled)):
            await office.stop.wait()
            await schedule.stop(GRACE)


def _polled(settings: Settings, hosts: Hosts) -> list[Feed]:
    return [feed for feed in settings.feeds.enabled if _may_poll(feed, hosts, settings)]


def _may_poll(feed: Feed, hosts: Hosts, settings: Settings) -> bool:
    if hosts.needs_contact(feed) and not settings.monitor.contact:
        log.warning(
            "feed not polled",
            feed=feed.id,
            problem=f"{feed.host} refuses requests without a contact: set it in monitor.yaml",
        )
        return False
    return True


@asynccontextmanager
async def polling(
    user_agent: str,
    store: Store,
    on_report: Callable[[PollReport], None] = lambda _: None,
    *,
    hosts: Hosts | None = None,
    environ: Mapping[str, str] | None = None,
) -> AsyncIterator[PollSchedule]:
    """Build what polls feeds: fetcher, sandboxed parser and schedule."""
    async with Fetcher(user_agent, clock=now, environ=environ) as fetcher, Sandbox() as sandbox:
        poller = Poller(store.feeds, fetcher, Reader(sandbox), clock=now, chance=random.random)
        yield PollSchedule(
            store.feeds, poller.poll, clock=now, chance=random.random, on_report=on_report, hosts=hosts
        )


async def read(office: Office) -> None:
    """READ: decide what becomes of each admitted item."""
    async with article_desk(office) as articles:
        reader = await asyncio.to_thread(make_reader, office, articles)

        async def renew(settings: Settings) -> None:
            reader.renew(await asyncio.to_thread(_warm, settings), settings.watchlists)
            articles.renew(settings.feeds.feeds, settings.watchlists)

        office.live.on_change(renew)
        async with (
            every(HOUSEKEEPING, office.store.house.trim),
            every(HOUSEKEEPING, lambda: sweep(office.store, office.ops, now())),
        ):
            await until_stopped(office.stop, partial(reader.step, BLOCK), "reading")
        await reader.aclose()


@asynccontextmanager
async def article_desk(office: Office) -> AsyncIterator[ArticleDesk]:
    """Build what reads articles: fetcher, sandbox and desk."""
    settings = office.settings
    agent = settings.monitor.user_agent
    async with Fetcher(agent, clock=now, environ=office.environ) as fetcher, Sandbox(workers=1) as sandbox:
        robots = Robots(fetcher, sandbox, agent, now)
        reader = ArticleReader(office.store.articles, fetcher, sandbox, robots)
        yield ArticleDesk(reader, settings.feeds.feeds, settings.watchlists)


def make_reader(office: Office, articles: Articles | None = None) -> ItemReader:
    """Compile the rules, load the gazetteer, and return the reader."""
    settings = office.settings
    return ItemReader(
        office.store.reading(office.consumer("read")),
        _warm(settings),
        settings.watchlists,
        now,
        articles,
    )


def _warm(settings: Settings) -> Callable[[Item], Assessment]:
    """Return what assesses items, at its full pace: the first text loads tables for two seconds."""
    assess = make_assess(settings.rules)
    text = "ACME Corp. said that it will lay off about 100 employees, 5% of its staff, in Dayton, Ohio."
    assess(Item("", "", "", "ACME Corp. to cut 100 jobs", text, "", None, now()))
    return assess


def make_assess(rules: Sequence[RuleFile]) -> Callable[[Item], Assessment]:
    """Return what classifies an item by these rules and extracts its facts."""
    return partial(assess_item, classifier=compiled(rules), gazetteer=load_gazetteer())


async def deliver(office: Office, policy: Policy = POLICY) -> None:
    """DELIVER: post the alerts of the outbox."""
    deliverer = make_deliverer(office, policy)
    digests = DigestDesk(office.store, lambda: office.settings.watchlists, now)
    async with every(RELEASE, digests.step):
        task = asyncio.create_task(deliverer.run(), name="deliverer")
        stopping = asyncio.create_task(office.stop.wait())
        await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for one in (task, stopping):
            one.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def make_deliverer(office: Office, policy: Policy = POLICY) -> Deliverer:
    """Return the deliverer to Slack, a webhook or the terminal, as the environment asks."""
    channel = choose(office.environ, office.console, policy)
    if isinstance(channel, TerminalChannel):
        policy = replace(policy, every=timedelta(0))
    policy = replace(policy, ops=office.settings.monitor.ops_channel)
    # An alert counts as abandoned only when no lease on it can still hold.
    outbox = office.store.outbox(office.consumer("deliver"), abandoned_after=policy.lease * 2)
    return Deliverer(outbox, channel, ops=office.ops, policy=policy)


async def web(office: Office) -> None:
    """WEB: serve the page."""
    part = office.settings.monitor.web
    try:
        allowed = access(part, office.environ)
        listening = listen(part.host, part.port)
    except (ExposedError, OSError) as error:
        log.error("the page is not served", address=f"{part.host}:{part.port}", problem=str(error))
        await office.stop.wait()
        return
    gazetteer = await asyncio.to_thread(load_gazetteer)
    classifiers = [await asyncio.to_thread(compiled, office.settings.rules)]

    async def renew(settings: Settings) -> None:
        classifiers[:] = [await asyncio.to_thread(compiled, settings.rules)]

    office.live.on_change(renew)
    desk = StoreDesk(office.store, lambda: office.settings, lambda: classifiers[0], gazetteer)
    pages = Pages(desk, allowed, now, gazetteer)
    log.info("page", address="http://{}:{}".format(*listening.getsockname()[:2]))
    async with every(FRESH, pages.keep_up):
        await serve_page(pages.app(), listening, office.stop)


async def interact(office: Office) -> None:
    """INTERACT: answer the buttons and commands of Slack, by its Socket Mode."""
    desk = InteractionDesk(office.store, lambda: office.settings, now)
    url = office.environ.get("SLACK_API_URL", "").strip() or DEFAULT_URL
    socket_desk = SocketDesk(office.environ["SLACK_APP_TOKEN"].strip(), desk.answer, url=url)
    task = asyncio.create_task(socket_desk.run(), name="socket")
    await office.stop.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


ROLES: Mapping[str, Callable[[Office], Coroutine[None, None, None]]] = {
    "poll": poll,
    "read": read,
    "deliver": deliver,
    "interact": interact,
    "web": web,
}
