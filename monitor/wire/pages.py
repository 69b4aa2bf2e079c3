"""How a page that a feed leads to is fetched."""

from __future__ import annotations

from urllib.parse import urlsplit

from monitor.wire.feeds import Feed


def page_of(link: str, feed: Feed) -> Feed:
    """Return the settings with which to fetch a page that a feed leads to.

    The feed's credentials and its leave to use private networks are for the feed's own host only.
    """
    own = urlsplit(link).hostname == feed.host
    return feed.model_copy(
        update={
            "url": link,
            "headers": feed.headers if own else {},
            "basic_auth": feed.basic_auth if own else None,
            "token": feed.token if own else None,
            "allow_private_networks": feed.allow_private_networks and own,
        }
    )
