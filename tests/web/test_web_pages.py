from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes.desk import FEEDS, NOW, MemoryDesk, story
from starlette.testclient import TestClient

from monitor.extract.gazetteer import Gazetteer, load_gazetteer
from monitor.model import Change, ChangeKind, Revision, Source
from monitor.web.access import Access
from monitor.web.server import Pages

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.web.keeping.PATIENCE", timedelta(seconds=20))


@pytest.fixture
def desk() -> MemoryDesk:
    return MemoryDesk([story()], FEEDS)


@pytest.fixture
def page(desk: MemoryDesk, gazetteer: Gazetteer) -> Iterator[TestClient]:
    with TestClient(Pages(desk, Access(), lambda: NOW, gazetteer).app()) as client:
        yield client


def locked(desk: MemoryDesk, gazetteer: Gazetteer, access: Access) -> TestClient:
    return TestClient(Pages(desk, access, lambda: NOW, gazetteer).app(), follow_redirects=False)


def test_now_says_in_one_sentence_what_needs_a_look(page: TestClient) -> None:
    said = page.get("/").text
    assert "1 of 2 feeds needs a look." in said
    assert 'class="verdict red"' in said
    assert "410: the feed is gone" in said
    assert "Harlow Instruments (NASDAQ: HRLW)" in said


def test_all_green_is_said_too(desk: MemoryDesk, page: TestClient) -> None:
    desk.states = FEEDS[:1]
    assert page.get("/api/now").json()["feeds"] == {"alpha": {"light": "green", "why": "ok"}}


def test_the_table_finds_by_words_place_and_size(page: TestClient) -> None:
    for query in ("words=harlow dayton", "country=US", "stage=confirmed", "kind=layoff", "jobs=120"):
        said = page.get(f"/layoffs?{query}").text
        assert "<dt>announcements</dt><dd>1</dd>" in said
        assert "<dt>jobs</dt><dd>120</dd>" in said
    for query in ("words=acme", "country=DE", "stage=denied", "kind=closure", "jobs=121"):
        said = page.get(f"/layoffs?{query}").text
        assert "<dt>announcements</dt><dd>0</dd>" in said
        assert "None that fits." in said


def test_the_pictures_show_the_week_the_reason_the_place_and_the_race(page: TestClient) -> None:
    said = page.get("/layoffs").text
    assert "23 Nov 2026: 120 jobs" in said
    assert "demand" in said
    assert "<title>Dayton, OH, US: 120 jobs</title></circle>" in said
    assert '<th scope="row">United States</th>' in said
    assert '<th scope="row">Ohio</th>' in page.get("/layoffs?country=US").text
    assert "1 of 1" in said
    assert "40 s" in said


def test_a_story_shows_its_evidence_in_the_text_its_sources_and_where_it_went(page: TestClient) -> None:
    said = page.get("/layoffs/s1").text
    assert '<mark class="jobs" title="jobs">120 positions</mark>' in said
    assert '<mark class="place" title="place">Dayton, Ohio</mark>' in said
    assert "GlobeNewswire" in said
    assert "#layoffs: revision 1, for everything — sent" in said
    assert "<strong>large</strong> → #large: filtered" in said
    assert "size: 120 jobs; wanted 500 jobs or more: stopped" in said
    assert '<a href="/items/1-0" title="why it was taken for this">explained</a>' in said


def test_a_story_shows_how_it_grew_each_change_with_before_after_and_who_told_it(page: TestClient) -> None:
    said = page.get("/layoffs/s1").text
    rows = [re.sub(r"\s*<[^>]+>\s*", "|", row) for row in re.findall(r"<tr>(.*?)</tr>", said, re.DOTALL)]
    cells = [[cell for cell in row.split("|") if cell] for row in rows]
    assert ["1", "24 Nov 2026 11:00:00", "first report", "–", "120 jobs", "PR Newswire"] in cells
    assert ["2", "24 Nov 2026 11:00:40", "headcount", "about 100", "120", "GlobeNewswire"] in cells
    assert ["also on", "PR Newswire", "GlobeNewswire"] in cells


def test_a_story_of_before_histories_were_kept_says_so(desk: MemoryDesk, page: TestClient) -> None:
    known = desk.all["s1"]
    headcount = known.layoff.headcount
    assert headcount
    desk.all["s1"] = replace(known, revisions=(), earlier=(replace(headcount, low=90, high=90),))
    said = page.get("/layoffs/s1").text
    assert "This is revision 2; 2 of its revisions are kept no longer. Numbers before: 90." in said


def test_a_text_that_is_kept_no_longer_leaves_the_proving_sentence(
    desk: MemoryDesk, page: TestClient
) -> None:
    known = desk.all["s1"]
    desk.all["s1"] = replace(known, sources=(replace(known.sources[0], item="9-9"),))
    assert "will cut 120 positions at its plant" in page.get("/layoffs/s1").text


def test_items_are_listed_with_what_was_decided_of_each(page: TestClient) -> None:
    said = page.get("/items").text
    assert '<a href="/items/3-0">Acme opens a plant</a>' in said
    assert "<td>no rule</td>" in said
    assert "<strong>2</strong> of the newest 2 items" in said


def test_items_are_found_by_words_feed_and_decision(page: TestClient) -> None:
    for query in ("words=opens", "words=beta", "reason=no_rule"):
        said = page.get(f"/items?{query}").text
        assert "<strong>1</strong> of the newest 2 items" in said
        assert "/items/3-0" in said


@pytest.mark.parametrize("what", ["1-0", "https://wire.example/1"])
def test_an_item_is_found_by_its_id_and_link(page: TestClient, what: str) -> None:
    answer = page.get("/items", params={"words": what}, follow_redirects=False)
    assert answer.headers["location"] == "/items/1-0"


def test_an_item_shows_its_way_rules_facts_and_watchlists(page: TestClient) -> None:
    said = page.get("/items/1-0").text
    assert "<dt>decision</dt><dd>announced</dd>" in said
    assert "<td>job-cuts</td><td>lead</td><td>cut</td>" in said
    assert "does not count: hidden" in said
    assert "What would change it: without rule job-cuts." in said
    assert "next to a job word +2" in said
    assert "size: 120 jobs; wanted 500 jobs or more: stopped" in said
    assert '<a href="/layoffs/s1">its story</a>' in said


def test_an_item_that_is_not_kept_is_a_404(page: TestClient) -> None:
    assert page.get("/items/9-9").status_code == 404


def test_an_unknown_story_is_a_404(page: TestClient) -> None:
    assert page.get("/layoffs/none").status_code == 404


def test_a_pasted_text_is_shown_in_its_zones(page: TestClient) -> None:
    said = page.post("/try", data={"title": "Acme cuts jobs", "text": "Acme will cut 12 jobs."}).text
    assert "<small>title</small>" in said
    assert "Acme will cut 12 jobs." in said


@pytest.mark.parametrize("path", ["/", "/layoffs", "/layoffs/s1", "/feeds", "/alerts.rss"])
def test_outside_text_never_becomes_markup(desk: MemoryDesk, page: TestClient, path: str) -> None:
    bad: Source = replace(story().sources[0], title=HOSTILE, wire=HOSTILE, link="javascript:alert(1)")
    told = Revision(1, NOW, HOSTILE, HOSTILE, (Change(ChangeKind.FIRST, HOSTILE, HOSTILE),))
    desk.all["s1"] = replace(story(who=HOSTILE), sources=(bad,), revisions=(told,))
    desk.states = (replace(FEEDS[1], note=HOSTILE),)
    said = page.get(path).text
    assert "<script" not in said
    assert "<img src=x" not in said
    assert 'href="javascript' not in said


def test_pasted_markup_stays_text(page: TestClient) -> None:
    said = page.post("/try", data={"title": HOSTILE, "text": HOSTILE}).text
    assert "<script" not in said
    assert "<img src=x" not in said


def test_every_answer_keeps_itself_to_itself(page: TestClient) -> None:
    for path in ("/", "/layoffs", "/static/style.css", "/metrics", "/none"):
        headers = page.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["x-content-type-options"] == "nosniff"


def test_without_redis_the_page_says_so(desk: MemoryDesk, page: TestClient) -> None:
    desk.away = True
    answer = page.get("/")
    assert (answer.status_code, "Redis does not answer" in answer.text) == (503, True)
    assert page.get("/readyz").status_code == 503
    assert page.get("/healthz").status_code == 200


def test_the_newest_stories_are_not_read_at_every_look(desk: MemoryDesk, page: TestClient) -> None:
    for _ in range(3):
        page.get("/layoffs")
    assert desk.asked == 1


def test_metrics_are_named_by_prometheus_conventions(page: TestClient) -> None:
    said = page.get("/metrics").text
    assert 'newswire_monitor_queue_waiting{queue="items"} 3.0' in said
    assert 'newswire_monitor_admitted_total{reason="duplicate"} 4.0' in said
    assert 'newswire_monitor_feed_up{feed="beta"} 0.0' in said


def test_a_token_is_asked_for_and_remembered(desk: MemoryDesk, gazetteer: Gazetteer) -> None:
    client = locked(desk, gazetteer, Access(token="open sesame"))
    assert client.get("/").status_code == 401
    assert client.get("/", headers={"accept": "text/html"}).headers["location"] == "/login"
    assert client.post("/login", data={"token": "wrong"}).status_code == 401
    assert client.post("/login", data={"token": "open sesame"}).status_code == 303
    assert client.get("/").status_code == 200
    assert "open sesame" not in str(client.cookies.items())


def test_a_bearer_or_a_trusted_proxy_is_let_in(desk: MemoryDesk, gazetteer: Gazetteer) -> None:
    client = locked(desk, gazetteer, Access(token="t"))
    assert client.get("/metrics", headers={"authorization": "Bearer t"}).status_code == 200
    behind = locked(desk, gazetteer, Access(header="X-Forwarded-User"))
    assert behind.get("/").status_code == 401
    assert behind.get("/", headers={"x-forwarded-user": "anna"}).status_code == 200


def test_access_shows_no_secret() -> None:
    assert "sesame" not in repr(Access(token="sesame"))


REFUSED = "config/feeds.yaml:3:5: unknown key 'ulr' — did you mean 'url'?\n    ulr: x\n    ^"


@pytest.mark.parametrize("path", ["/", "/layoffs", "/layoffs/s1", "/feeds", "/try"])
def test_a_refused_configuration_is_shown_on_every_page(
    desk: MemoryDesk, page: TestClient, path: str
) -> None:
    desk.refusals = {"one-poll-1": REFUSED, "one-read-1": REFUSED}
    said = page.get(path).text
    assert said.count("config/feeds.yaml:3:5") == 1
    assert "one-poll-1, one-read-1" in said
    desk.refusals = {}
    assert "config/feeds.yaml" not in page.get(path).text


def test_a_refused_configuration_is_amber_and_said_to_programs(desk: MemoryDesk, page: TestClient) -> None:
    desk.states, desk.refusals = FEEDS[:1], {"one-run-1": REFUSED}
    said = page.get("/api/now").json()
    assert said["light"] == "amber"
    assert said["configuration"]["refused"] == {"one-run-1": REFUSED}


def test_strangers_see_no_line_of_the_configuration(desk: MemoryDesk, gazetteer: Gazetteer) -> None:
    desk.refusals = {"one-run-1": REFUSED}
    client = locked(desk, gazetteer, Access(token="t"))
    for path in ("/login", "/static/none", "/"):
        assert "feeds.yaml" not in client.get(path).text


def test_a_feed_shows_what_it_covered_its_gaps_and_its_pace(page: TestClient) -> None:
    said = page.get("/feeds").text
    assert "covered: 21 Nov 12:00 to 23 Nov 10:00" in said
    assert "gap: 23 Nov 10:00 to 23 Nov 12:00" in said
    assert "covered: 23 Nov 12:00 to 24 Nov 12:00" in said
    assert '<td class="number">5 h</td>' in said  # 20 entries deep, 4 new ones an hour
    assert '<td class="number">2 min</td>' in said


async def test_a_warm_page_has_read_the_stories_before_the_first_look(
    desk: MemoryDesk, gazetteer: Gazetteer
) -> None:
    pages = Pages(desk, Access(), lambda: NOW, gazetteer)
    await pages.keep_up()
    assert desk.asked == 1
    assert "Harlow Instruments" in TestClient(pages.app()).get("/layoffs").text
    assert desk.asked == 1


def test_rules_are_shown_with_how_often_each_counted(page: TestClient) -> None:
    said = page.get("/rules").text
    assert '<th scope="row">job-cuts</th><td class="number">+5</td><td class="number">31</td>' in said
    assert '<th scope="row">sports</th><td class="number">-5</td><td class="number">0</td>' in said


def test_tests_and_dead_rules_are_looked_for_when_asked(page: TestClient) -> None:
    assert "53" not in page.get("/rules").text
    said = page.get("/rules?check").text
    assert "<strong>53</strong> tests passed, <strong>1</strong> failed, <strong>1</strong> remarks" in said
    assert "&lt;b&gt;Acme&lt;/b&gt;: wanted silence" in said
    assert "idle: sports" in said
