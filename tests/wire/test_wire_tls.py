"""Hosts whose certificate does not do: one clear line, and the next feed goes on."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import trustme
from polls import Clock, polling
from rawserver import RawServer, http, item, rss

from monitor.model import FeedStatus
from monitor.store import Store
from monitor.wire.feeds import Feed
from monitor.wire.sandbox import Sandbox

GOOD = http(rss(item(1)))


@pytest.fixture
def authority(monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority that is trusted during the test."""
    made = trustme.CA()
    context = ssl.create_default_context()
    made.configure_trust(context)
    monkeypatch.setattr("aiohttp.connector._SSL_CONTEXT_VERIFIED", context)
    return made


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(workers=1) as box:
        yield box


def shown(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def over_tls(server: RawServer, name: str) -> Feed:
    feed = server.feed(name)
    return feed.model_copy(update={"url": feed.url.replace("http:", "https:")})


async def test_a_certificate_that_does_not_do_costs_a_line_and_the_next_feed_goes_on(
    authority: trustme.CA, store: Store, sandbox: Sandbox
) -> None:
    valid = authority.issue_cert("127.0.0.1")
    expired = authority.issue_cert("127.0.0.1", not_after=datetime.now(UTC) - timedelta(days=1))
    foreign = authority.issue_cert("other.example.com")
    unknown = trustme.CA().issue_cert("127.0.0.1")
    async with (
        RawServer(GOOD, tls=shown(expired)) as late,
        RawServer(GOOD, tls=shown(foreign)) as wrong,
        RawServer(GOOD, tls=shown(unknown)) as stranger,
        RawServer(GOOD) as plain,
        RawServer(GOOD, tls=shown(valid)) as good,
        polling(store, sandbox, Clock()) as polls,
    ):
        servers = {"late": late, "wrong": wrong, "stranger": stranger, "plain": plain, "good": good}
        told = {name: await polls.poll(over_tls(server, name)) for name, server in servers.items()}
        assert [server.requests for server in (late, wrong, stranger)] == [[], [], []]
    assert told["late"].note == "127.0.0.1 shows no valid TLS certificate: certificate has expired"
    assert "IP address mismatch" in told["wrong"].note
    assert "unable to get local issuer certificate" in told["stranger"].note
    assert told.pop("good").status is FeedStatus.OK
    assert {report.status for report in told.values()} == {FeedStatus.UNREACHABLE}
    assert all(report.note and "\n" not in report.note for report in told.values())
