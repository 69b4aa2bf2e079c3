"""Stock listings as wires write them: "(NYSE MKT: IEC)", "(GE.N)", "(TRST-T; CTST-N)", "Nasdaq:XYZ".

Three notations are read. *Exchange: symbol* is that of press releases and of feed categories. *Symbol.X* is
the Reuters instrument code, which Reuters prints in brackets or bare after a name; its suffix names the
exchange. *Symbol-X* is that of the Canadian press. A code on an exchange that we do not know is no listing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Suffixes of Reuters instrument codes, by the exchange they stand for (LSEG, "RIC exchange identifiers").
_REUTERS = {
    "A": "AMEX", "AS": "Euronext Amsterdam", "AT": "Athens", "AX": "ASX", "BA": "Buenos Aires",
    "BK": "Bangkok", "BO": "BSE", "BR": "Euronext Brussels", "BU": "Budapest", "CA": "Cairo",
    "CM": "Colombo", "CN": "CSE", "CO": "Copenhagen", "DE": "Xetra", "F": "Frankfurt", "HE": "Helsinki",
    "HK": "HKEX", "I": "Irish", "IC": "Iceland", "IS": "Istanbul", "J": "JSE", "JK": "Jakarta",
    "KL": "Bursa Malaysia", "KQ": "KOSDAQ", "KS": "KRX", "L": "LSE", "LS": "Euronext Lisbon",
    "MC": "Madrid", "MI": "Milan", "MM": "Moscow", "MX": "BMV", "N": "NYSE", "NS": "NSE", "NZ": "NZX",
    "O": "NASDAQ", "OB": "OTCBB", "OL": "Oslo", "OQ": "NASDAQ", "P": "NYSE Arca", "PA": "Euronext Paris",
    "PK": "Pink Sheets", "PR": "Prague", "S": "SIX", "SA": "B3", "SI": "SGX", "SN": "Santiago",
    "SS": "Shanghai", "ST": "Stockholm", "SZ": "Shenzhen", "T": "TSE", "TA": "TASE", "TO": "TSX",
    "TW": "TWSE", "TWO": "TPEx", "V": "TSX-V", "VI": "Vienna", "VX": "SIX", "WA": "Warsaw", "Z": "BATS",
}  # fmt: skip
# A company that is not listed has a code too; it names no exchange.
_UNLISTED = "UL"
# Suffixes that The Globe and Mail and The Canadian Press put behind a symbol.
_CANADIAN = {"T": "TSX", "X": "TSX-V", "N": "NYSE", "Q": "NASDAQ", "A": "AMEX", "CN": "CSE", "NE": "NEO"}

# The first word of what issuers call the place where they are listed.
_EXCHANGE_WORDS = (
    "NYSE NASDAQ AMEX TSX TSXV TSX-V TSE LSE AIM ASX NZX OTC OTCQB OTCQX OTCBB OTC-QB OTC-QX OTCPK PINK "
    "CSE CNSX NEO CBOE BATS ARCA EURONEXT ENXTPA ENXTAM ALTERNEXT EPA AMS EBR XETRA ETR FRA FWB FSE "
    "FRANKFURT DAX MDAX HKEX HKSE SEHK HKG SIX SWX SW VTX SGX BSE NSE BOM JSE B3 BOVESPA BVMF BMV KRX "
    "KOSPI KOSDAQ KSE TASE TLV TYO TOKYO JPX JASDAQ OSE SSE SZSE SHA SHE TWSE TPE TPEX SET IDX KLSE MYX "
    "PSE BIT BME MCE MIL STO HEL CPH OSL OMX OSLO OSEBX PARIS AMSTERDAM BRUSSELS LISBON MILAN MADRID "
    "STOCKHOLM HELSINKI COPENHAGEN LONDON WSE GPW VIE MOEX MCX LON ISE ISEQ BIST DFM ADX FTSE BOURSE "
    "BERLIN STUTTGART MUNICH TORONTO"
)
_EXCHANGES = frozenset(_EXCHANGE_WORDS.split())

_SYMBOL = r"[A-Z0-9][A-Za-z0-9]{0,7}(?:[.\-/ ][A-Z]{1,3}){0,2}"
_EXCHANGE_LIST = r"[A-Za-z][A-Za-z0-9.\-’'&]{0,15}(?:(?:\s{1,3}|\s?[,/]\s?|\s?&\s?)[A-Za-z0-9.\-]{1,15}){0,5}"
_LABELLED = re.compile(rf"\s*[\"“]?({_EXCHANGE_LIST})[\"”]?\s{{0,3}}:\s{{0,3}}[\"“]?({_SYMBOL})[\"”]?\s*")
_TICKER_ONLY = re.compile(rf"\s*(?:ticker|stock|trading)?\s?(?:symbol)?\s?:\s?({_SYMBOL})\s*", re.IGNORECASE)
_CODE = re.compile(r"\s*([A-Z0-9]{1,8}[a-z]{0,2})\.([A-Z]{1,3})\s*")
_DASHED = re.compile(r"\s*([A-Z]{1,5}(?:\.[A-Z]{1,2}){0,2})-([A-Z]{1,2})\s*")
_BRACKETS = re.compile(r"\(([^()\n]{1,160})\)")
_BARE_CODE = re.compile(r"(?<=[\w.!’'] )[A-Z0-9]{1,8}[a-z]{0,2}\.[A-Z]{1,3}(?![\w.])")
_PARTS = re.compile(r"[;]|\band\b|,(?=[^,:;]*:)|(?<=[A-Z0-9])\s*[,/]\s*(?=[A-Z0-9]+\.[A-Z])")


@dataclass(frozen=True, slots=True)
class Listing:
    """A symbol and the exchange as written, or as its code says. A symbol alone has no exchange."""

    exchange: str | None
    ticker: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """Where a text gives listings: `text[start:end]`, brackets included.

    `listings` is empty for the code of a company that is not listed.
    """

    start: int
    end: int
    listings: tuple[Listing, ...]


def listed(text: str) -> tuple[Listed, ...]:
    """Return every place in the text that gives a stock listing, in order. Linear in the text."""
    found: list[Listed] = []
    for match in _BRACKETS.finditer(text):
        listings = _inside(match.group(1))
        if listings is not None:
            found.append(Listed(match.start(), match.end(), listings))
    for match in _BARE_CODE.finditer(text):
        listings = _code(match.group())
        if listings is not None:
            found.append(Listed(match.start(), match.end(), listings))
    return tuple(sorted(found, key=lambda each: each.start))


def listing_of_tag(tag: str) -> Listing | None:
    """Return the listing that a feed's category names ("Nasdaq:XYZ"), or None when it is something else."""
    match = _LABELLED.fullmatch(tag[:80])
    return next(_labelled(match), None) if match else None


def _inside(text: str) -> tuple[Listing, ...] | None:
    """Return the listings in a bracket; None when it holds something else."""
    listings: list[Listing] = []
    exchanges_only = ""
    for part in _PARTS.split(text):
        given = _part(f"{exchanges_only},{part}" if exchanges_only else part)
        if given is None:
            # "(NYSE and TSE: BCE)": exchanges first, the symbol for all of them at the end.
            exchanges_only = f"{exchanges_only},{part}" if exchanges_only else part
            if not _is_exchange(part):
                return None
            continue
        exchanges_only = ""
        listings += given
    return None if exchanges_only else tuple(dict.fromkeys(listings))


def _part(text: str) -> tuple[Listing, ...] | None:
    match = _LABELLED.fullmatch(text)
    if match and (listings := tuple(_labelled(match))):
        return listings
    code = _code(text)
    if code is not None:
        return code
    match = _DASHED.fullmatch(text)
    if match and match.group(2) in _CANADIAN:
        return (Listing(_CANADIAN[match.group(2)], match.group(1)),)
    match = _TICKER_ONLY.fullmatch(text)
    if match and match.group(1).isupper() and text.strip()[0] != ":":
        return (Listing(None, match.group(1)),)
    return None


def _labelled(match: re.Match[str]) -> Iterator[Listing]:
    """Yield a listing for each exchange of "NYSE, TSE: BCE"; nothing when the first is not an exchange."""
    names = [name.strip() for name in re.split(r"[,/&]|\band\b", match.group(1))]
    if not all(map(_is_exchange, names)) or not any(c.isupper() or c.isdigit() for c in match.group(2)):
        return
    for name in names:
        yield Listing(" ".join(name.split()), match.group(2))


def _is_exchange(name: str) -> bool:
    words = name.split()
    if words and words[0].casefold() == "the":
        words = words[1:]
    if not words:
        return False
    first = words[0].strip("\"“”'’").upper()
    return first in _EXCHANGES or first.startswith(("NASDAQ", "NYSE", "OTC"))


def _code(text: str) -> tuple[Listing, ...] | None:
    match = _CODE.fullmatch(text)
    if not match:
        return None
    symbol, suffix = match.groups()
    if suffix == _UNLISTED:
        return ()
    return (Listing(_REUTERS[suffix], symbol),) if suffix in _REUTERS else None
