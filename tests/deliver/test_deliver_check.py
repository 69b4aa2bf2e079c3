from __future__ import annotations

from pathlib import Path

from fakes.slack import FakeSlack
from ruamel.yaml import YAML

from monitor.deliver.check import check
from monitor.deliver.slack import SlackChannel


async def test_a_sound_set_up_is_all_good_and_nothing_is_posted() -> None:
    async with FakeSlack() as slack:
        findings = await check(SlackChannel(slack.token, url=slack.url), ["#layoffs", "C0OPS0000"])
        assert all(finding.good for finding in findings)
        assert findings[0].note == "newswire in Fake"
        assert not slack.calls("chat.postMessage")


async def test_what_is_wrong_is_named_all_at_once_with_what_to_do() -> None:
    async with FakeSlack() as slack:
        slack.scopes.remove("groups:history")
        slack.channel("layoffs").member = False
        findings = await check(SlackChannel(slack.token, url=slack.url), ["#layoffs", "#nowhere", "#ops"])
    wrong = {finding.subject: finding for finding in findings if not finding.good}
    assert set(wrong) == {"groups:history", "#layoffs", "#nowhere"}
    assert wrong["#layoffs"].note == "not_in_channel"
    assert "/invite" in wrong["#layoffs"].advice


async def test_optional_scopes_are_told_of_and_no_fault() -> None:
    async with FakeSlack() as slack:
        before = {one.subject: one for one in await check(SlackChannel(slack.token, url=slack.url), [])}
        slack.scopes += ["files:write", "commands"]
        after = {one.subject: one for one in await check(SlackChannel(slack.token, url=slack.url), [])}
    assert before["files:write"].good
    assert before["files:write"].note.endswith("optional: digests come without a chart")
    assert before["commands"].note.endswith("optional: there is no /layoffs")
    assert after["files:write"].note == after["commands"].note == "granted"


async def test_a_bad_token_is_the_only_finding() -> None:
    async with FakeSlack() as slack:
        (finding,) = await check(SlackChannel("xoxb-wrong", url=slack.url), ["#layoffs"])
    assert (finding.subject, finding.good, finding.note) == ("token", False, "invalid_auth")


def test_the_manifest_asks_for_what_the_check_wants() -> None:
    manifest = YAML(typ="safe").load(Path(__file__).parents[2] / "config" / "slack-app.yaml")
    asked = set(manifest["oauth_config"]["scopes"]["bot"])
    assert asked == {*FakeSlack().scopes, "metadata.message:read"}
