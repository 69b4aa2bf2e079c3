"""Finds what each stretch of a news item is there for: title, dateline, lead, body, boilerplate, quotes.

Titles, datelines, leads, bodies and boilerplate do not overlap and follow the text; QUOTE zones lie inside
them. The body of an employer's own release is a zone of its own. Patterns are bounded, so that hostile text
costs linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from monitor.model import Document, Zone, ZoneKind
from monitor.rules.datelines import dateline_end
from monitor.rules.genre import is_release
from monitor.rules.sentences import sentences

LEAD_SENTENCES = 3
LEAD_CHARACTERS = 700

_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n")
# Where a mark of boilerplate may stand: at the start of a line, or after a sentence.
_OPENING = re.compile(r"[\n.!?\"”)]\s+|\n")
# From these to the end a release speaks of its issuer, not of its news.
_TAIL = re.compile(
    r"""(?:
      About\ (?:the\ )?(?:[A-Z]|\d+[A-Za-z]|[a-z][A-Z])[^\n!?]{0,80}?(?::|[^\S\n]*\n)
    | ABOUT\ [A-Z0-9][^\n.!?]{0,80}(?::|[^\S\n]*\n)
    | \(\(?(?:Additional\ |Writing\ and\ )?(?:[Rr]eporting|Writing|Editing|Compiled)\ (?:and\ \w{1,12}\ )?by\b
    | SOURCE\ [A-Z]
    | View\ original\ content\b
    | \#\ ?\#\ ?\#
    | -\ ?30\ ?-\s*$
    | SIGNATURES?[^\S\n]*\n
    | Item\ 9\.01\b
    )""",
    re.MULTILINE | re.VERBOSE,
)
# So do contacts, where they do not stand at the top.
_CONTACTS = re.compile(
    r"""(?:
      (?:Media|Press|Investor|Company|Corporate|For\ (?:further|more|additional)\ information)s?
        (?:\ (?:and|&|/|or)\ \w{1,12})?(?:\ Relations)?\ [Cc]ontacts?\b
    | (?:MEDIA|PRESS|INVESTOR)S?(?:\ RELATIONS)?\ CONTACTS?\b
    | (?:CONTACTS?|Contacts?|FOR\ FURTHER\ INFORMATION|For\ further\ information|SOURCE|Source)[^\S\n]*:
    | For\ (?:more|further|additional)\ information\b[^\n]{0,40}\b(?:visit|contact|call|see)\b
    )""",
    re.MULTILINE | re.VERBOSE,
)
# These may stand anywhere: they run to the end of the text from its second half, else for a paragraph.
_CAUTION = re.compile(
    r"""(?:
      (?:Cautionary\ (?:Note|Statement|Language|Information)[^\n.]{0,60}\b)?
      (?:Forward[- ]?Looking|FORWARD[- ]?LOOKING)\ (?:Statements?|STATEMENTS?|Information|INFORMATION)
    | Cautionary\ (?:Note|Statement|Language)\b | CAUTIONARY\ (?:NOTE|STATEMENT)
    | Safe\ Harbou?r\b | SAFE\ HARBOU?R\b
    | (?:Certain|Some|Any)\ (?:of\ the\ )?(?:statements?|information)\ (?:contained\ |made\ |set\ forth\ )?
        (?:in|on)\ this\b
    | This\ (?:press\ |news\ )?(?:release|announcement|document|report)\ (?:may\ )?(?:also\ )?
        (?:contains?|includes?)\ (?:certain\ )?(?:[\w"“]{1,14}\ ){0,3}["“]?forward[- ]?looking
    | Statements\ (?:contained\ |made\ )?in\ this\ (?:press\ |news\ )?release\b
    )""",
    re.MULTILINE | re.VERBOSE,
)
# Both begin with what is rare, so that they are fast.
_STRAIGHT = re.compile(r"\"(?<![\w.,!?\"]\")(?=[^\s\"])")
_STRAIGHT_END = re.compile(r"\"(?<=[^\s\"]\")(?!\w)")
_CURLY = re.compile(r"“")
_CURLY_END = re.compile(r"”")
_OWN = {ZoneKind.BODY: ZoneKind.RELEASE}
_QUOTE_WORDS = 4  # fewer are a coinage in quotation marks, not speech


def joined(title: str, text: str) -> str:
    """Return title and text as the one string that every span is an offset into."""
    return f"{title}\n\n{text}" if title.strip() else text


def read_document(title: str, text: str) -> Document:
    r"""Return title and text as one string with its zones.

    The string is `title + "\n\n" + text`, or the text alone when the title is blank; nothing else is
    changed, so offsets into the text are offsets into the string minus a constant.

    Args:
        title: the headline, markup removed; may be empty.
        text: the story or release, markup removed, paragraphs parted by line breaks.
    """
    whole = joined(title, text)
    begin = len(title) + 2 if title.strip() else 0
    zones = [Zone(ZoneKind.TITLE, 0, len(title))] if begin else []
    news = dateline_end(whole, begin)
    if news > begin:
        zones.append(Zone(ZoneKind.DATELINE, begin, news))
    asides = list(_asides(whole, news))
    zones += _told(whole, news, asides)
    zones += [Zone(ZoneKind.BOILERPLATE, start, end) for start, end in asides]
    if is_release(whole, zones):
        zones = [replace(zone, kind=_OWN.get(zone.kind, zone.kind)) for zone in zones]
    zones += [Zone(ZoneKind.QUOTE, start, end) for start, end in _quotes(whole)]
    return Document(whole, tuple(sorted(zones, key=lambda zone: (zone.start, -zone.end))))


def _asides(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of boilerplate after `begin`, in order, none overlapping."""
    tail = _first(_TAIL, text, begin, len(text))
    limit = tail.start() if tail else len(text)
    contacts = _first(_CONTACTS, text, begin + (limit - begin) // 4, limit)
    limit = contacts.start() if contacts else limit
    at = begin
    middle = begin + (len(text) - begin) // 2
    while caution := _first(_CAUTION, text, at, limit):
        if caution.start() >= middle:
            limit = caution.start()
            break
        end = _paragraph_end(text, caution, limit)
        yield caution.start(), end
        at = end
    if limit < len(text):
        yield limit, len(text)


def _first(mark: re.Pattern[str], text: str, begin: int, end: int) -> re.Match[str] | None:
    """Return the first mark that stands where one may, in `text[begin:end]`."""
    found = mark.match(text, begin, end)
    openings = _OPENING.finditer(text, begin, end)
    while found is None and (opening := next(openings, None)):
        found = mark.match(text, opening.end(), end)
    return found


def _paragraph_end(text: str, caution: re.Match[str], limit: int) -> int:
    """Return where the cautionary paragraph ends: a heading takes the paragraph below it along."""
    end = _PARAGRAPH_END.search(text, caution.end(), limit)
    if end is not None and end.start() - caution.start() < 80 and text[end.start() - 1] != ".":
        end = _PARAGRAPH_END.search(text, end.end(), limit)
    return end.start() if end else limit


def _told(text: str, begin: int, asides: list[tuple[int, int]]) -> Iterator[Zone]:
    """Yield the lead and what is left of the news around the boilerplate."""
    at = begin
    lead = 0
    for start, end in [*asides, (len(text), len(text))]:
        if not lead and text[at:start].strip():
            lead = _lead_end(text, at, start)
            yield Zone(ZoneKind.LEAD, at, lead)
            at = lead
        if text[at:start].strip():
            yield Zone(ZoneKind.BODY, at, start)
        at = end


def _lead_end(text: str, start: int, end: int) -> int:
    last = start
    for number, (_, stop) in enumerate(sentences(text, start, end)):
        if number == LEAD_SENTENCES or (number and stop - start > LEAD_CHARACTERS):
            break
        last = stop
    return last


def _quotes(text: str) -> Iterator[tuple[int, int]]:
    """Yield what stands in quotation marks and is long enough to be speech, the marks included."""
    for opening, closing in ((_STRAIGHT, _STRAIGHT_END), (_CURLY, _CURLY_END)):
        at = 0
        while begin := opening.search(text, at):
            # A quoted paragraph that the next one continues is not closed: it ends with the paragraph.
            paragraph = _PARAGRAPH_END.search(text, begin.end())
            limit = paragraph.start() if paragraph else len(text)
            close = closing.search(text, begin.end(), limit)
            at = close.end() if close else limit
            if text.count(" ", begin.start(), at) >= _QUOTE_WORDS - 1:
                yield begin.start(), at
