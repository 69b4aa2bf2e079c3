"""From a page to the text of its article. Pure, but hostile pages make it slow: run it in the sandbox."""

from __future__ import annotations

from monitor.wire.clean import plain_text, without_markup
from monitor.wire.errors import NoArticleError

MIN_LETTERS = 80
"""Less than this (a sentence) is a cookie banner or an error message, not an article."""


def article_text(page: bytes, url: str, selector: str = "") -> str:
    """Return the article's text, an empty line between paragraphs, at most `clean.MAX_TEXT` code points.

    Args:
        page: HTML as fetched, decompressed.
        url: Where it was found, for the error.
        selector: CSS selector of the element that holds the article; empty: trafilatura finds it.

    Raises:
        NoArticleError: If nothing on the page is an article.
    """
    text = _selected(page, selector) if selector else _main(page)
    if len(text) < MIN_LETTERS:
        where = f"the selector {selector!r} finds no text" if selector else "no article is to be found"
        raise NoArticleError(f"{where} at {url[:200]}")
    return text


def _main(page: bytes) -> str:
    import trafilatura  # a second or two to load, for the few items that need it

    found = trafilatura.extract(page, include_comments=False, include_tables=True, deduplicate=False)
    return plain_text((found or "").replace("\n", "\n\n"))


def _selected(page: bytes, selector: str) -> str:
    from lxml import etree, html

    try:
        tree = html.fromstring(page)
    except (etree.ParserError, ValueError):
        return ""
    pieces = (
        etree.tostring(found, encoding="unicode", with_tail=False) for found in tree.cssselect(selector)
    )
    return plain_text("\n\n".join(without_markup(piece) for piece in pieces))
