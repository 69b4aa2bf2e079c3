"""The local Slack against slack-sdk's own client: its answers must be what the client takes from Slack."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import SectionBlock
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from fakes.slack import FakeSlack, Fault

CHANNEL = "C0LAYOFFS"
METADATA = {"event_type": "x", "event_payload": {"alert": "a"}}
LONG_METADATA = {"event_type": "x", "event_payload": {"alert": "a" * 9000}}
LONG_HEADER = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as running:
        yield running


@pytest.fixture
def client(slack: FakeSlack) -> AsyncWebClient:
    return AsyncWebClient(slack.token, base_url=slack.url, timeout=1, retry_handlers=[])


async def post(client: AsyncWebClient, text: str = "hello") -> str:
    return str((await client.chat_postMessage(channel=CHANNEL, text=text, metadata=METADATA))["ts"])


async def test_the_token_is_asked_for(slack: FakeSlack, client: AsyncWebClient) -> None:
    reply = await client.auth_test()
    assert reply["team"] == "Fake"
    assert "chat:write" in reply.headers["X-OAuth-Scopes"]
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await AsyncWebClient("xoxb-wrong", base_url=slack.url).auth_test()


async def test_messages_have_unique_times_and_come_newest_first_page_by_page(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    slack.page = 2
    posted = [await post(client, str(number)) for number in range(5)]
    seen = [
        message["ts"]
        async for page in await client.conversations_history(channel=CHANNEL)
        for message in page["messages"]
    ]
    assert seen == posted[::-1]
    assert len(set(posted)) == 5


async def test_metadata_is_shown_on_request_only(client: AsyncWebClient) -> None:
    await post(client)
    (bare,) = (await client.conversations_history(channel=CHANNEL))["messages"]
    assert "metadata" not in bare
    (full,) = (await client.conversations_history(channel=CHANNEL, include_all_metadata=True))["messages"]
    assert full["metadata"] == METADATA


async def test_history_may_lag_behind(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.history_lag = 60
    await post(client)
    assert (await client.conversations_history(channel=CHANNEL))["messages"] == []
    slack.history_lag = 0
    assert len((await client.conversations_history(channel=CHANNEL))["messages"]) == 1


async def test_replies_stand_in_their_thread_and_are_counted_at_its_root(client: AsyncWebClient) -> None:
    root = await post(client)
    await client.chat_postMessage(channel=CHANNEL, text="more", thread_ts=root)
    (seen,) = (await client.conversations_history(channel=CHANNEL))["messages"]
    assert seen["reply_count"] == 1
    thread = (await client.conversations_replies(channel=CHANNEL, ts=root))["messages"]
    assert [message["text"] for message in thread] == ["hello", "more"]


async def test_an_edit_changes_the_message_and_keeps_its_time(client: AsyncWebClient) -> None:
    ts = await post(client)
    assert (await client.chat_update(channel=CHANNEL, ts=ts, text="changed"))["ts"] == ts
    (seen,) = (await client.conversations_history(channel=CHANNEL))["messages"]
    assert (seen["text"], "edited" in seen) == ("changed", True)


async def test_channels_are_listed_and_told_of(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.channel("ops").archived = True
    listed = (await client.conversations_list())["channels"]
    assert [one["name"] for one in listed] == ["layoffs", "ops"]
    assert (await client.conversations_info(channel="C0OPS0000"))["channel"]["is_archived"]


async def test_a_bucket_of_tokens_limits_the_posts_into_one_channel(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    slack.per_second, slack.burst = 0.2, 2
    await post(client)
    await post(client)
    with pytest.raises(SlackApiError) as caught:
        await post(client)
    assert caught.value.response.status_code == 429
    assert 1 <= int(caught.value.response.headers["Retry-After"]) <= 5
    await client.chat_postMessage(channel="C0OPS0000", text="another channel")


async def test_a_long_text_is_split_unless_there_are_blocks(slack: FakeSlack, client: AsyncWebClient) -> None:
    await post(client, "x" * 9000)
    assert [len(message["text"]) for message in slack.messages(CHANNEL)] == [4000, 4000, 1000]
    await client.chat_postMessage(
        channel=CHANNEL, text="x" * 9000, blocks=[SectionBlock(text="short").to_dict()]
    )
    assert len(slack.messages(CHANNEL)) == 4


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": [SectionBlock(text="x").to_dict()] * 51}, "invalid_blocks"),
        ({"text": "x", "blocks": [LONG_HEADER]}, "invalid_blocks"),
        ({"text": "x", "metadata": LONG_METADATA}, "metadata_too_large"),
        ({"text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
    ],
)
async def test_what_slack_refuses_is_refused(
    client: AsyncWebClient, message: dict[str, object], error: str
) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call("chat.postMessage", json={"channel": CHANNEL, **message})
    assert caught.value.response["error"] == error


async def test_latency_is_waited_for(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.latency = 0.05
    began = asyncio.get_running_loop().time()
    await post(client)
    assert asyncio.get_running_loop().time() - began >= 0.05


@pytest.mark.parametrize(
    ("fault", "stored"),
    [
        (Fault.CLOSE_BEFORE, 0),
        (Fault.CLOSE_AFTER, 1),
        (Fault.RESET_AFTER, 1),
        (Fault.HANG_BEFORE, 0),
        (Fault.HANG_AFTER, 1),
        (Fault.HALF_BODY, 1),
        (Fault.HTML_500_BEFORE, 0),
        (Fault.HTML_500_AFTER, 1),
        (Fault.FATAL, 1),
    ],
)
async def test_a_fault_is_an_error_to_the_client_whether_or_not_it_was_stored(
    slack: FakeSlack, client: AsyncWebClient, fault: Fault, stored: int
) -> None:
    slack.fail(fault)
    with pytest.raises((SlackApiError, aiohttp.ClientError, TimeoutError, ValueError)):
        await post(client)
    assert len(slack.messages(CHANNEL)) == stored


async def test_a_late_message_is_stored_after_the_client_has_given_up(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    slack.fail(Fault.LATE)
    sending = asyncio.create_task(post(client))
    await asyncio.sleep(0.2)
    assert len(slack.messages(CHANNEL)) == 1
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)


async def test_a_webhook_answers_in_words(slack: FakeSlack) -> None:
    hook = AsyncWebhookClient(slack.webhook_url)
    assert (await hook.send(text="hello")).body == "ok"
    slack.account_error = "gone"
    gone = await hook.send(text="hello")
    assert (gone.status_code, gone.body) == (404, "no_service")
