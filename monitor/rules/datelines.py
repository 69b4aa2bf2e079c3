"""Where the dateline of a news item ends: place, date and wire before the first word of the news.

Forms: AP Stylebook ("CITY, State (Wire) -"), the wires' own marks ("/PRNewswire/ --", "(GLOBE NEWSWIRE) --",
"(BUSINESS WIRE)--", "/ ACCESSWIRE / date /"), releases on a company's own paper (address, contacts, "FOR
IMMEDIATE RELEASE", subheads, then "City, ST, date -"), and the cover page of a Form 8-K up to its first item
heading.
"""

from __future__ import annotations

import re

_WINDOW = 320  # longer openings are prose
_COVER_PAGE = 6000  # characters of an 8-K before its first item

_AGENCIES = r"Reuters|Reuters Life|AP|AFP|UPI|Dow Jones|Bloomberg|Kyodo|Xinhua|PTI|ANI|CP|ots"
_RELEASE_WIRES = (
    r"PRWEB|EQS Newswire|DGAP|PR\s?[Nn]ews(?:[Ww]ire|[Ff]oto)\b[^/)]{0,30}|PRNEWSWIRE|US Newswire|"
    r"GLOBE\s?NEWSWIRE|GlobeNewswire|BUSINESS\s?WIRE|Business\s?Wire|"
    r"Market\s?wire[d]?|MARKETWIRE[D]?|Marketwire\w*|JCN Newswire|"
    r"ACCESS\s?(?:WIRE|Newswire|NEWSWIRE)|Accesswire|CNW(?: Group| Telbec)?|Canada NewsWire|GNW|RNS|"
    r"Newsfile(?: Corp\.?)?|NEWSFILE|TheNewswire|Thomson Reuters ONE|Cision|Hugin|Prime[zZ]one"
)
_WIRES = rf"{_AGENCIES}|{_RELEASE_WIRES}"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|"
    r"SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)\.?"
)
_DATE = (
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*,?\s*\d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s*\d{{4}})?|"
    rf"\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}})"
)
_CLOCK = r"\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4})?"
_WIRE_MARK = rf"(?:\((?:{_WIRES})(?:!|\b[^()\n]{{0,60}}\))|/\s?(?:{_WIRES})\s?/)"
_RELEASE = (
    r"(?:FOR\s+)?IMMEDIATE\s+(?:PRESS\s+)?RELEASE|(?:For\s+)?Immediate\s+Release|"
    r"(?:PRESS|NEWS|MEDIA)\s+RELEASE|(?:Press|News|Media)\s+[Rr]elease"
)
# What stands above the dateline on a company's own paper, and where the dateline may follow it.
_LETTERHEAD = re.compile(
    rf"{_RELEASE}|{_WIRE_MARK}|\b(?:Contacts?|CONTACTS?|Telephone|TELEPHONE|Phone|PHONE|Tel|TEL)\s?:|"
    r"\b\d{3}[-./]\d{3}[-.]\d{4}\b"
)
_AFTER = re.compile(rf"[.!?)\]]\s+|\n\s*|\d\s+(?=[A-Z])|(?:{_RELEASE})\W*")
_PAPER = 500  # characters at the top in which a letterhead shows
_LONGEST_PAPER = 1500  # characters of address, contacts and subheads above the dateline
# A capitalised word of a place name, with the small words inside some ("Rio de Janeiro").
_PLACE_WORD = rf"(?:[A-ZÀ-Þ](?:[\w.'’]|-(?!-|{_MONTH}\s)){{0,24}}|de|do|la|of|and|upon|sur|am|/|&)"
_ATOM = re.compile(
    rf"(?P<wire>\s*{_WIRE_MARK})|(?P<release>{_RELEASE})|(?P<date>{_DATE}\b\.?)|(?P<clock>{_CLOCK})|"
    rf"(?P<gap>\s*[-–—]{{1,3}}\s*|\s+[/|]\s+|[\s,;:•·]+|[()\[\]/|])|(?P<place>{_PLACE_WORD})"
)
_ISSUERS = re.compile(rf"{_RELEASE}|\b(?:{_RELEASE_WIRES})")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DATED = re.compile(_DATE)
_DASH = re.compile(r"[-–—]{1,3}")
_CAPITALS = re.compile(r"[A-ZÀ-Þ]{4,}|[A-Z]{2,}[ ,]|(?:[A-Z]\.){2}")
_PLACE_WORDS = 9

_EIGHT_K = re.compile(
    r"\s*(?:UNITED STATES\b|FORM\s+8-K|Form\s+8-K|SECURITIES AND EXCHANGE|8-K\b|(?:Item|ITEM)\s+\d\.\d\d|"
    r"CURRENT REPORT\b|Date [Oo]f [Rr]eport\b)"
)
_ITEM = re.compile(
    r"(?i:item)\s+[1-8]\.\d\d\.?[^\S\n]*[-–—:.]?[^\S\n]*"
    r"(?:Costs Associated [Ww]ith Exit [Oo]r Disposal Activities|Material Impairments?|Other Events|"
    r"Results [Oo]f Operations [Aa]nd Financial Condition|Regulation FD Disclosure|"
    r"Entry [Ii]nto (?:a|an) (?:Material )?Definitive (?:Material )?Agreement|"
    r"[A-Z][^\n.]{0,120}(?=\.?[^\S\n]*\n))[.:]?"
)


def dateline_end(text: str, begin: int) -> int:
    """Return the offset at which the news starts in a text whose body starts at `begin`.

    `begin` itself when there is no dateline.
    """
    cover = _cover_page_end(text, begin)
    return cover if cover > begin else max(_line_end(text, begin), _letterhead_end(text, begin))


def _cover_page_end(text: str, begin: int) -> int:
    if not _EIGHT_K.match(text, begin):
        return begin
    item = _ITEM.search(text, begin, begin + _COVER_PAGE)
    return item.end() if item else begin


def _letterhead_end(text: str, begin: int) -> int:
    """Return the end of the first dated dateline below a letterhead; `begin` when there is none."""
    if not _LETTERHEAD.search(text, begin, begin + _PAPER):
        return begin
    for mark in _AFTER.finditer(text, begin, begin + _LONGEST_PAPER):
        end = _line_end(text, mark.end())
        if end > mark.end() and _DATED.search(text, mark.end(), end):
            return end
    return begin


def _line_end(text: str, begin: int) -> int:
    """Return the end of the longest run of dateline parts that a dash or a wire's mark closes."""
    at, end, places = begin, begin, 0
    proof = False  # something that only datelines have: a date, a wire, a place in capitals
    dated = False
    limit = min(len(text), begin + _WINDOW)
    while at < limit and (atom := _ATOM.match(text, at, limit)):
        at = atom.end()
        if atom.lastgroup == "place":
            places += 1
            proof = proof or bool(_CAPITALS.match(text, atom.start(), at + 1))
        elif atom.lastgroup in ("wire", "date", "release"):
            proof = dated = True
        if places > _PLACE_WORDS:
            break
        if atom.lastgroup == "wire" or (proof and _closes(text, atom, dated)):
            end, places = at, 0
    return end


def _closes(text: str, atom: re.Match[str], dated: bool) -> bool:
    """Whether a dash (or, after a date or a wire, a colon or slash) closes the dateline here."""
    if atom.lastgroup != "gap":
        return False
    mark = atom.group().strip()
    if _DASH.fullmatch(mark):
        free = atom.group()[-1:].isspace() or len(mark) > 1 or text[atom.start() - 1] == ")"
        return free or (dated and mark == "—")
    return dated and mark in ("/", "|") and atom.group()[0].isspace()


def is_release_dateline(dateline: str) -> bool:
    """Whether a dateline is one of an issuer's release or form, not of a newspaper or an agency.

    A dateline with the year is: papers and agencies leave it out.
    """
    return bool(_EIGHT_K.match(dateline) or _ISSUERS.search(dateline) or _YEAR.search(dateline))
