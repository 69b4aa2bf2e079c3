"""Company names as keys: what is left of a name when its legal form and its spelling are put aside."""

from __future__ import annotations

import re
import unicodedata

from monitor.model import Company

# Legal forms by ISO 20275 (entity legal forms) in the abbreviations that wires print, and the words that only
# say "company". They identify nobody; at the end of a name they come and go between two wires.
_LEGAL_FORM_LIST = """
ab ad ag aktiengesellschaft aktiebolag aps as asa bhd bv bvba co company companies corp corporation cv dac
doo eg ev gmbh inc incorporated kg kgaa kk lc limited llc llp lp ltd ltda mbh nv ohg oy oyj plc pjsc pllc
pt pte pty pvt rl sa sab sas sarl sca se sgps sl spa spzoo sro srl tbk ug zrt
"""
_GROUP_WORDS = ("group", "groupe", "gruppe", "grupo", "gruppo", "groep", "holding", "holdings", "konzern")
_DROPPED_AT_END = frozenset((*_LEGAL_FORM_LIST.split(), *_GROUP_WORDS, "and"))
_OPENING_WORDS = frozenset({"the"})
_JOINED = re.compile(r"(?<=\w)[.'’](?=\w)|(?<=\b\w)\.")
_SITE = re.compile(r"(?<=\w)\.com\b", re.IGNORECASE)
"""A firm that is named like its site is called without it, too: "Amazon.com, Inc.", "Amazon"."""
_AMERICAN = frozenset({"inc", "incorporated", "llc"})
_OVERSEAS = frozenset("ab ag aktiengesellschaft asa bv gmbh kgaa nv oyj plc sa se spa".split())
"""Forms that an American firm cannot have. "Corporation" is how Finns and Japanese translate theirs."""
_WORD = re.compile(r"[^\W_]+")

_US = "us"
# A ticker is one company's on all US venues, so that "NYSE MKT" and "NYSE American" are one market.
_MARKETS = {
    "nyse": _US,
    "nasdaq": _US,
    "nasdaqgs": _US,
    "nasdaqgm": _US,
    "nasdaqcm": _US,
    "amex": _US,
    "otc": _US,
    "otcqb": _US,
    "otcqx": _US,
    "otcbb": _US,
    "cboe": _US,
    "tsxv": "tsx",
    "london": "lse",
    "aim": "lse",
    "xetra": "fwb",
    "frankfurt": "fwb",
}
_NASDAQ_ABROAD = (
    "stockholm",
    "helsinki",
    "copenhagen",
    "nordic",
    "iceland",
    "baltic",
    "tallinn",
    "riga",
    "vilnius",
)


def company_keys(company: Company) -> tuple[str, ...]:
    """Return the keys under which stories of `company` are kept: by name, then by ticker where it has one.

    Two companies that share a key are the same, unless they are `at_odds`. Empty when the name has no
    letters and there is no ticker.
    """
    keys = [f"name:{name}" for name in spellings(company.name)]
    if company.ticker and (ticker := ticker_key(company.exchange, company.ticker)):
        keys.append(ticker)
    return tuple(keys)


def name_key(name: str) -> str:
    """Return the name without accents, case, punctuation, "the", legal form and "Group" or "Holdings".

    "&" is "and". What would leave nothing is not dropped: "The Group Ltd" stays "group".
    """
    words = _words(name)
    if len(words) > 1 and words[0] in _OPENING_WORDS:
        words = words[1:]
    return " ".join(words[: _end_of_name(words)])


def spellings(name: str) -> tuple[str, ...]:
    """Return the key of the name, and the same as one word, so that "Wal-Mart" is "Walmart"."""
    key = name_key(name)
    return tuple(dict.fromkeys(filter(None, (key, key.replace(" ", "")))))


def at_odds(one: Company, other: Company) -> bool:
    """Whether two of one name are two firms: "Merck & Co., Inc." and "Merck KGaA", or listed side by side.

    A form of other countries beside an American one, or another symbol on the same market, unless it is
    another class of the share ("GOOG", "GOOGL").
    """
    forms, others = _forms(one.name), _forms(other.name)
    if (forms & _AMERICAN and others & _OVERSEAS) or (forms & _OVERSEAS and others & _AMERICAN):
        return True
    if not (one.ticker and other.ticker):
        return False
    market, symbol = ticker_key(one.exchange, one.ticker).rpartition(":")[::2]
    same_market, other_symbol = ticker_key(other.exchange, other.ticker).rpartition(":")[::2]
    return market == same_market and not _one_share(symbol, other_symbol)


def _one_share(symbol: str, other: str) -> bool:
    short, long = sorted((symbol, other), key=len)
    return long.startswith(short) or (len(short) > 2 and long[:-1] == short[:-1])


def may_be_same(one: str, other: str) -> bool:
    """Whether one name begins the other: "Nestlé" and "Nestlé USA" may be one employer, or not."""
    short, long = sorted((name_key(one), name_key(other)), key=len)
    return bool(short) and f"{long} ".startswith(f"{short} ")


def first_word(name: str) -> str:
    """Return the first word of the name that says anything; empty if it has none."""
    return name_key(name).partition(" ")[0]


def is_listing(key: str) -> bool:
    """Whether a key of a company is that of a listing."""
    return key.startswith("ticker:")


def ticker_key(exchange: str | None, ticker: str) -> str:
    """Return the key of a listing, "ticker:us:IEC"; empty if the ticker has no letter or digit.

    Venues that share their tickers are one market. Without an exchange the market is empty, and the
    listing is only the same as another one without.
    """
    symbol = "".join(re.findall(r"[A-Z0-9]+", ticker.upper()))
    return f"ticker:{_market(exchange or '')}:{symbol}" if symbol else ""


def _end_of_name(words: list[str]) -> int:
    """Return where the legal form begins: "grupo bimbo | sab de cv"."""
    end = len(words)
    while end > 1 and (words[end - 1] in _DROPPED_AT_END or _joins_forms(words, end)):
        end -= 1
    return end


def _joins_forms(words: list[str], end: int) -> bool:
    return 2 < end < len(words) and words[end - 1] == "de" and words[end - 2] in _DROPPED_AT_END


def _forms(name: str) -> set[str]:
    words = _words(name)
    return set(words[_end_of_name(words) :])


def _market(exchange: str) -> str:
    words = _words(exchange)
    if not words:
        return ""
    if words[0] == "nasdaq" and any(word in _NASDAQ_ABROAD for word in words):
        return " ".join(words)
    return _MARKETS.get(words[0], words[0])


def _words(name: str) -> list[str]:
    known = _SITE.sub("", name).replace("&", " and ").replace("ß", "ss")
    folded = unicodedata.normalize("NFKD", known).casefold()
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return _WORD.findall(_JOINED.sub("", bare))
