"""From a feed's markup to plain text. Every pattern here runs in time linear in the text."""

from __future__ import annotations

import html
import re
import unicodedata

MAX_MARKUP = 262_144
MAX_TEXT = 65_536
MAX_LINE = 1_024

# Neither seen nor meant: C0 and C1 controls, soft hyphen, zero-width and bidirectional controls (Unicode 16,
# chapters 9.2 and 23.2), surrogates, interlinear annotation, tags, non-characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_LINE_END = re.compile("\r\n|[\r\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r" ?\n(?: ?\n)+ ?")
_LINE_EDGE = re.compile(r" ?\n ?")
# A tag ends at its ">" outside quotes; where quotes do not pair, at the next ">". Neither way looks past the
# next "<", and an unclosed comment or script takes the rest, so no text is read twice.
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<unread>script|style)\b.*?(?:</(?P=unread)\s*>|\Z)"
    r"|<!\[CDATA\[|\]\]>"
    r"|<[!?][^<>]*>"
    r"|</?(?P<name>[a-z][^\s<>/]*)(?:(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+|[^<>]*)>",
    re.DOTALL | re.IGNORECASE,
)
_PARAGRAPHS = frozenset(
    {"p", "div", "ul", "ol", "dl", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"section", "article", "header", "footer", "pre", "hr", "figure"}
)
_LINES = frozenset({"br", "li", "tr", "td", "th", "dt", "dd", "figcaption", "caption"})


def plain_line(text: str, limit: int = MAX_LINE) -> str:
    """Return the text as one line: nothing invisible, single blanks, NFC, at most `limit` code points."""
    return " ".join(_visible(text[: 4 * limit]).split())[:limit].rstrip()


def plain_text(text: str, limit: int = MAX_TEXT) -> str:
    r"""Return the text with lines kept, an empty line ("\n\n") between paragraphs, nothing invisible, NFC."""
    spaced = _BLANKS.sub(" ", _LINE_END.sub("\n", _visible(text[: 4 * limit])))
    return _LINE_EDGE.sub("\n", _EMPTY_LINES.sub("\n\n", spaced)).replace("\n\n\n", "\n\n").strip()[:limit]


def without_markup(markup: str) -> str:
    """Return the text of HTML: tags, comments, scripts and styles gone, character references decoded.

    Where paragraphs are marked up, line ends of the source are blanks, as in a browser; else they stay.
    """
    markup = markup[:MAX_MARKUP]
    marked_up = any(
        (match["name"] or "").lower() in _PARAGRAPHS | _LINES for match in _MARKUP.finditer(markup)
    )
    if marked_up:
        markup = markup.replace("\r", " ").replace("\n", " ")
    return html.unescape(_MARKUP.sub(_spacing, markup))


def _spacing(match: re.Match[str]) -> str:
    name = (match["name"] or "").lower()
    if name in _PARAGRAPHS:
        return "\n\n"
    return "\n" if name in _LINES else ""


def _visible(text: str) -> str:
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
