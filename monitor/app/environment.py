"""The environment as the program uses it: with secrets read from the files that it names."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.secrets import SecretError, secret

SECRETS = (
    "SLACK_BOT_TOKEN",
    "SLACK_WEBHOOK_URL",
    "SLACK_APP_TOKEN",
    "REDIS_URL",
    "NEWSWIRE_MONITOR_WEB_TOKEN",
)


def with_secrets(environ: Mapping[str, str]) -> Mapping[str, str]:
    """Return the environment with its secrets in it, those of files too.

    Raises:
        SecretError: naming every file that cannot be used, and every secret that is given twice.
    """
    found, wrong = dict(environ), []
    for name in SECRETS:
        try:
            value = secret(name, environ)
        except SecretError as error:
            wrong.append(str(error))
        else:
            if value:
                found[name] = value
    if wrong:
        raise SecretError("\n".join(wrong))
    return found
