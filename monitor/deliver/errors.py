"""What can become of an attempt to send, and what to do about it.

    DeliveryError
    ├── NotSent          certainly not posted: try again, not before `retry_after`
    ├── Ambiguous        nobody knows: look it up once a late commit would show, then decide
    ├── MessageRefused   this message, as it is: once as plain text, then the dead letters
    ├── FirstGone        the message to edit or to reply to cannot be had any more: post anew
    ├── ChannelRefused   any message, in this channel: hold its alerts, tell ops once, others go on
    ├── AccountRefused   any message, anywhere: hold everything, never the dead letters
    └── LookUpRefused    the history may not be read: the policy for unknown outcomes decides

No message of these holds a token or a webhook's address: they go to logs and to ops.
"""
# ruff: noqa: N818  # they are outcomes, and read as such where they are raised and caught

from __future__ import annotations

from datetime import timedelta


class DeliveryError(Exception):
    """Anything that keeps an alert from being delivered now. Its text is safe to show and to log."""


class NotSent(DeliveryError):
    """The attempt did not reach the channel. `retry_after` is how long the receiver asks us to wait."""

    def __init__(self, reason: str, retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class Ambiguous(DeliveryError):
    """The message may or may not have been posted: a lost reply, a time-out, a server error."""


class MessageRefused(DeliveryError):
    """The receiver will never take this message in this form."""


class FirstGone(DeliveryError):
    """The message to edit or reply to was deleted, or may no longer be edited."""


class ChannelRefused(DeliveryError):
    """The channel takes nothing from us: archived, missing, not joined, restricted."""


class AccountRefused(DeliveryError):
    """The token is invalid, revoked or lacks a scope, or the workspace refuses the app."""


class LookUpRefused(DeliveryError):
    """The token may not read this channel's history."""


# https://docs.slack.dev/reference/methods/chat.postMessage/ and chat.update, "Errors". Of the ambiguous ones
# Slack says that some part of the operation may have succeeded.
_AMBIGUOUS = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout"})
_NOT_SENT = frozenset({"ratelimited", "rate_limited", "team_added_to_org"})
_GONE = frozenset(
    {
        "message_not_found",
        "thread_not_found",
        "cant_update_message",
        "edit_window_closed",
        "cannot_reply_to_message",
    }
)
_ACCOUNT = frozenset(
    {
        "access_denied", "account_inactive", "accesslimited", "deprecated_endpoint", "ekm_access_denied",
        "enterprise_is_restricted", "invalid_auth", "message_limit_exceeded", "method_deprecated",
        "missing_scope", "no_active_hooks", "no_permission", "no_service", "no_service_id", "no_team",
        "not_allowed_token_type", "not_authed", "org_login_required", "team_access_not_granted",
        "team_disabled", "team_not_found", "token_expired", "token_revoked", "two_factor_setup_required",
        "invalid_token", "user_not_found",
    }
)  # fmt: skip
_MESSAGE_PREFIXES = ("invalid_", "msg_", "metadata_", "too_many_", "no_text", "attachment_")


def refusal(code: str, *, retry_after: timedelta | None = None) -> DeliveryError:
    """Return what an error code of Slack's Web API or of an incoming webhook means for delivery.

    A code that is not known is laid to the channel: its alerts wait and ops hear of it, nothing is lost.
    """
    if code in _AMBIGUOUS:
        return Ambiguous(code)
    if code in _NOT_SENT:
        return NotSent(code, retry_after)
    if code in _GONE:
        return FirstGone(code)
    if code in _ACCOUNT:
        return AccountRefused(code)
    if code.startswith(_MESSAGE_PREFIXES):
        return MessageRefused(code)
    return ChannelRefused(code)
