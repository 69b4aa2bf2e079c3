"""Clauses that say that jobs go or sites close, as the reading of places needs them.

Wider than `cuts`, which wants jobs as the object: a plant that shuts tells where jobs go without naming any.
All patterns are joined by single white spaces and bounded repeats, so that each is linear in the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import re2

from monitor.extract.places.grammar import PEOPLE, SITES


def _linear(pattern: str) -> re2._Regexp:
    """Compile a pattern that is tried on every sentence with RE2, which takes one fast pass over the text."""
    options = re2.Options()
    options.case_sensitive = False
    return re2.compile(pattern, options)


_CUTS = (
    r"(?:cut(?:s|ting)?|slash(?:es|ed|ing)?|eliminat(?:e|es|ed|ing)|shed(?:s|ding)?|ax(?:e|es|ed|ing)|"
    r"reduc(?:e|es|ed|ing)|clos(?:e|es|ed|ing)|shut(?:s|ting)?|shutter(?:s|ed|ing)?|idl(?:e|es|ed|ing)|"
    r"dismiss(?:es|ed|ing)?|terminat(?:e|es|ed|ing)|trim(?:s|med|ming)?|downsiz(?:e|es|ed|ing)|los(?:e|es|ing)|"
    r"lost|wind(?:s|ing)?\sdown|discontinu(?:e|es|ed|ing)|ceas(?:e|es|ed|ing)|affect(?:s|ed|ing)?|go|goes|going|"
    r"suspend(?:s|ed|ing)?|halt(?:s|ed|ing)?|end(?:s|ed|ing)?|drop(?:s|ped|ping)?|remov(?:e|es|ed|ing)|"
    r"curtail(?:s|ed|ing)?|scrap(?:s|ped|ping)?|fir(?:e|es|ed|ing)|exit(?:s|ed|ing)?|mothball(?:s|ed|ing)?|fewer|less|"
    r"offer(?:s|ed|ing)?|halv(?:e|es|ed|ing)|par(?:e|es|ed|ing)|prun(?:e|es|ed|ing)|"
    r"restructur(?:e|es|ed|ing)|stop(?:s|ped|ping)?|scal(?:e|es|ed|ing)\sback|pull(?:s|ed|ing)?\sout|cull(?:s|ed|ing)?|chop(?:s|ped|ping)?|retrench(?:es|ed|ing)?|sack(?:s|ed|ing)?|shrink(?:s|ing)?|displac(?:e|es|ed|ing))"
)
_VERB = _linear(rf"\b{_CUTS}\b")
_OBJECT = _linear(rf"\b(?:{SITES}|{PEOPLE})\b")
_ALONE = _linear(
    r"\b(?:lay(?:s|ing)?[\s-]?offs?|laid[\s-]off|lays?\s\w+\soff|layoffs?|redundan\w+|furlough\w*|buyouts?|severance|"
    r"notif(?:y|ies|ied|ying)\s(?:\w+\s){0,2}(?:employees|workers|staff)|job\s(?:cuts?|losses|reductions?|eliminations?)|(?:work\s?force|staff|headcount|personnel)\s(?:reductions?|cuts?)|"
    r"reductions?[\s-]in[\s-](?:force|workforce|staff)|shutdowns?|closures?|"
    r"(?:plant|site|office|store|factory|mill)\s(?:closures?|closings?|shutdowns?)|"
    r"the\s(?:cuts|cutbacks|reductions|losses)|(?:cuts|cutbacks|reductions)\s(?:will|would|are|were|fall)|"
    r"jobs?\s\w+\slost|(?:jobs|positions|posts|roles|workers|employees)\s(?:\w+\s)?(?:at\srisk|under\sthreat)|out\sof\s(?:work|a\sjob)|pink\sslips|being\s(?:shut|closed|idled)|(?:employer/employee|co-?operation|change)\s(?:talks|negotiations)|care\sand\smaintenance|"
    r"(?:countries|states|cities|regions|areas|towns|markets|places|locations)\s(?:most\s)?(?:affected|hit|concerned|involved)|"
    r"affected\s(?:countries|states|cities|regions|areas|towns|markets|places|locations)|"
    r"cost(?:s|ing)?\s(?:[\w,]+\s){0,3}(?:jobs|positions)|"
    r"(?:halt|end|stop|ceas|suspend|discontinu)(?:e|s|es|ed|ing|ping|ped)?\s(?:[\w-]+\s){0,3}(?:production|manufacturing|assembly|operations)|"
    r"(?:production|manufacturing|assembly|operations)\s(?:[\w-]+\s){0,3}(?:will|would|to)\s(?:\w+\s)?(?:end|cease|stop|be\s(?:halted|ended|stopped|discontinued))|"
    r"(?:clos(?:e|ing)|shut(?:ting)?(?:\sdown)?|idl(?:e|ing)|mothball(?:ing)?|shutter(?:ing)?)\s(?:its\s|the\s|their\s)?(?-i:[A-Z])\w+|"
    r"(?:cut(?:s|ting)?|drop(?:s|ping)?|eliminat(?:e|es|ing)|end(?:s|ing)?|remov(?:e|es|ing)|los(?:e|es|ing))\s(?:\w+\s){0,2}shifts?|"
    r"(?:workers|employees|staff)\s[^.;]{0,80}\b(?:was|were|been|being)\s(?:told|informed|notified)|"
    r"(?:\d[\d,]*|one|two|three|four|five|six|ten|twelve|dozens|hundreds)\s(?:\w+\s)?(?:will|would)\s(?:leave|go\s(?:in|at|from)|be\s(?:lost|cut|laid\soff|axed))|"
    r"[\d,]+\s(?:more\s|others\s|of\s(?:them|those|these)\s)?(?:go|goes|are\sto\sgo|to\sgo)\s(?:in|at|from)|"
    r"of\s(?:the|those|these)\s[\d,]+\s(?:\w+,\s)?(?:about\s|some\s)?\d+|"
    r"consolidation\sof\s(?:\w+\s){0,4}(?:plants|factories|facilities|sites|offices|fabs|operations|warehouses|laboratories|centers|centres)|"
    r"[\d,]+\sof\s(?:the|those|these)\s(?:jobs|cuts|positions|posts|roles|layoffs|losses|redundancies|reductions)|"
    r"(?:mov(?:e|es|ing)|relocat(?:e|es|ing)|transfer(?:s|ring)?|shift(?:s|ing)?)\s(?:(?:its|the|their|all)\s)(?:[\w-]+\s){0,4}(?:plant|factory|production|manufacturing|operations?|center|centre|headquarters|work|jobs)\s|"
    r"not\s(?:be\s)?renew(?:ed|ing)?\s(?:[\w-]+\s){0,3}contracts|contracts\s(?:[\w-]+\s){0,4}not\sbe\srenewed|"
    r"(?-i:[A-Z])\w+\s(?:will\s|would\s)?los(?:e|es)\s\d[\d,]*(?:\s(?:jobs|posts|workers|positions|and)\b|[,.;])|"
    r"let(?:ting)?\s(?:[\w,]+\s){1,5}go\b|lose\stheir\sjobs|early\sretirement|voluntary\s(?:departures?|leave|retirements?|redundanc(?:y|ies)|severance|separation|exits?|resignations?)|given\snotice)\b"
)
# Cuts of something else than jobs.
_NO_JOBS = _linear(
    r"\b(?:pay|salary|wage|price|rate|costs?|dividend|tax|spending|output|production|capacity|emissions?|interest|"
    r"budget)[\s-](?:cut\w*|reductions?|savings)\b|"
    r"\b(?:cut\w*|reduc\w*|slash\w*|trim\w*)\s(?:\w+\s)?(?:costs|debt|prices|spending|output|production|expenses|"
    r"dividend|pay|salaries|its\sforecast)\b|"
    r"\btak(?:e|es|ing)\s(?:an?\s)?(?:(?:[\d.]+%?|percent|per\scent|pay|salary|wage|temporary|voluntary)\s){0,4}cuts?\b"
)
# A sentence that goes on about the cuts or the sites just told.
_GOES_ON = _linear(
    rf"\b[Tt]he\s(?:\w+\s){{0,2}}{SITES}\b[^.;]{{0,20}}\b(?:include|are\s(?:in|at|located)|located)\b"
    rf"|(?:\A|[.;,]\s)(?:the|these|those|they|most|some|all|other|of\s(?:these|those|them))\b[^.;]{{0,60}}?\b"
    rf"(?:{SITES}|{PEOPLE}|job)\b"
    r"|\b(?:\d[\d,]*|one|two|three|four|five|six|ten|twelve|dozens|hundreds)\s(?:\w+\s){0,2}(?:will|would)\s(?:also\s)?(?:go|be)\b"
    r"|\b(?:another|a\sfurther|an\sadditional)\s\d"
)

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Aug\.?|"
    r"Sept\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_BACKGROUND = re.compile(
    rf"\b[Ll]ast\s(?:year|month|week|summer|fall|autumn|spring|winter|quarter|{_MONTH})\b|"
    r"\b(?:[Ee]arlier\s(?:this\s(?:year|month|week|summer|spring)|in\s(?:the\syear|[A-Z])|announced|rounds?)|previously|already|in\sthe\spast|since\s\d{4}|(?:weeks?|months?|years?|days?)\sago)\b|"
    r"\b(?:on\stop\sof|in\saddition\sto)\b|\bhad\s(?:already|announced|warned|previously|said|cut|closed|laid|planned)\b|"
    rf"\b(?:announced|said|unveiled)\s(?:\w+\s){{0,2}}in\s{_MONTH}|\bwent\b[^;]{{0,60}}\sin\s{_MONTH}|"
    r"\bearlier\s(?:dismissed|cut|shed|closed|shut|laid|eliminated|lost)\b|"
    r"\b(?:shed|cut|closed|eliminated|lost|slashed)\b[^;]{0,60}\bbetween\s(?:19|20)\d\d\b|"
    rf"\bwere\s(?:cut|laid\soff|let\sgo|eliminated|closed|dismissed)\b[^;]{{0,40}}\sin\s{_MONTH}|"
    r"\boffered\b[^.;]{0,60}\bthis\s(?:spring|summer|fall|autumn|winter)\b|"
    rf"\b(?:In|On)\s{_MONTH}(?:\s\d{{1,2}})?,?(?:\s\w+){{0,4}}\s(?:announced|said|unveiled|laid|closed|had)\b|"
    rf"\b(?:days?|weeks?|months?)\safter\b|\bannounced\b[^.;]{{0,60}}\son\s{_MONTH}\s\d|"
    r"\bthe\s(?:19|20)\d\d\s(?:decision|round|plan|cuts)\b|"
    r"(?<!\bbe\s)(?<!\bbeing\s)(?<!\bwill\s)(?<!\bwould\s)(?<!\bto\s)(?<!\bmay\s)(?<!\bcould\s)\b(?:closed|shut|idled|laid\soff|eliminated|shed|axed)\s(?:[\w-]+\s){0,8}in\s(?:19|20)\d\d\b"
)
_SUPPOSED = re.compile(
    r"\b(?:if|unless|(?:not|declined\sto|refused\sto)\ssay|fears?|feared|could\sbe\sextended)\b",
    re.IGNORECASE,
)
_KEPT = re.compile(
    r"\b(?:not\s(?:be\s)?affect(?:ed)?|stopp\w+\sit|rul(?:e|es|ed|ing)\sout|guarantee\w*|\w+n['’]t\s(?:be\s)?affect(?:ed)?|spared?|unaffected|remains?\sopen|avoid(?:s|ed|ing)?|avert(?:s|ed|ing)?|no\s(?:[\w-]+\s){0,2}(?:cuts|layoffs|lay-offs|redundancies|reductions|closures)|not\sbe\s(?:cut|closed)|excluding)\b",
    re.IGNORECASE,
)
_DESCRIBES = re.compile(
    r"\b(?:has|have|had|employ(?:s|ed|ing)?|operates?|owns?|with)\s(?:\w+\s){0,2}?[\d,]+|\bare\sbased\b",
    re.IGNORECASE,
)
_BORDER = re.compile(
    r";\s(?!(?:and\s)?[A-Z][\w.'’-]+(?:\s(?:and\s|in\s)?[A-Z][\w.'’-]+){0,5}(?:[,;.]|\swill\b))"
    r"(?!(?:and\s)?(?:an?|its|the|one|another)\s(?![^;]{0,60}\b(?:closed|was|were|has|had)\b))|\s(?:--|[—–])\s|"
    r",\s(?:just\s|only\s)?(?:\w+\s)?(?:day|week|month|year)s?\safter\s|"
    r",?(?<!\bof)(?<!\bin)(?<!\bat)\s(?:but|while|whereas|although|though|which(?!\s(?:will\s|would\s|could\s)?(?:cost|mean|affect|lead|result|idle|put|leave)\b)|citing|(?<!\bday\s)(?<!days\s)(?<!weeks\s)(?<!\bweek\s)(?<!months\s)(?<!\bmonth\s)after|because|as\s(?:part|demand|it|sales|orders|the)|compared|adding\s(?:that|to)|on\stop\sof|in\saddition\sto|whose|who|"
    r"where|and\s(?:will|would)|and\s(?:moves?|moving|shift\w*|transfer\w*|keeps?|retain\w*))\s|"
    r"(?<=,)\s(?:said|says|told|spokes\w+)\b"
)
_DASH = re.compile(r"\s(?:--|[—–])\s")
_PAIR = 2  # dashes that hold an aside, within one clause
_RELATIVE = re.compile(r"\A,\s(?:which|who|whose|where)\s")
_RELATIVE_END = re.compile(
    r",\s(?:and\s(?:in|at|near|about|another|\d+|the\s(?:rest|others?|remain\w+))|will|would|said|says|is|are|was|were|plans?|has|have|announced|expects?|may|could|to|lost|closed|cut)\b"
)
_HEADQUARTERS = re.compile(
    r"\b(?:at|in|from)\s(?:its|the\scompany['’]s|the|their|[A-Z][\w.-]*['’]s?)\s(?:\w+\s){0,2}?"
    r"(?:headquarters|head\soffices?|home\soffices?|home\sbase|corporate\soffices?)\b(?!\s(?:in|at|near)\b)"
    r"|\b(?:headquarters|head[\s-]offices?|home[\s-]offices?)\s(?:workforce|staff|jobs|employees|positions|workers)\b"
)
# What the company has done or has been doing is background, unless it has just decided or told it.
_PERFECT = re.compile(
    r"\b(?:has|have)\s(?:(?:also|already|since|not|never|long)\s)*"
    r"(?!(?:decided|agreed|asked|offered|put|placed|sent|issued|launched|opened|unveiled|outlined|chosen|announced|implemented|initiated|approved|commenced|carried|completed|executed|adopted|undertaken|begun|started|told|notified|informed|confirmed|filed|applied|accepted|volunteered|proposed|to|said|given|about|but|out|eliminated|laid|cut|"
    r"closed|let)\b)(?:\w+(?:ed|own|ost|ept|ade|ut)|been\s\w+ing)\b|\b(?:has|have)\s(?:already|been|since)\b"
)
_EVERYWHERE = re.compile(
    rf"\b(?:all|each|every\sone)\s(?:of\s)?(?:(?:its|the|their|our|[A-Z]\w+['’]s)\s)?(?:[\w-]+\s)?{SITES}\b"
)
_DOMESTIC = re.compile(
    rf"\bdomestic\b(?=(?:\s(?:and\s\w+\s)?[\w-]+){{0,2}}\s(?:{SITES}|{PEOPLE}|parks|theme\sparks)\b)",
    re.IGNORECASE,
)
# AP stories say so of the town that they are dated from.
_HERE = re.compile(
    rf"\b{SITES}\s(?:\w+\s){{0,4}}here\b|\b(?:in|of)\sthis\s(?:[\w-]+\s){{0,2}}(?:town|city|village|community|borough)\b"
)
_ENTRY = re.compile(r"[-*•–▪]\s")
_CHRONICLE = re.compile(r"[A-Z]{3,9}\s\d{1,2}(?:,\s\d{4})?\b")


@lru_cache(maxsize=64)  # of the sentence at hand: its names share their clauses
def tells_cut(text: str) -> bool:
    """Whether the words say that jobs go or a site closes."""
    rest = _NO_JOBS.sub(" ", text) if _NO_JOBS.search(text) else text
    return _ALONE.search(rest) is not None or (
        _VERB.search(rest) is not None and _OBJECT.search(rest) is not None
    )


def goes_on(text: str) -> bool:
    """Whether a sentence goes on about cuts or sites told right before it."""
    return _GOES_ON.search(text) is not None


def at_headquarters(text: str) -> bool:
    """Whether the words name the headquarters without saying where they are."""
    return _HEADQUARTERS.search(text) is not None


def list_entry(text: str) -> bool:
    """Whether the line begins with a bullet."""
    return _ENTRY.match(text) is not None


def domestic(text: str) -> tuple[int, int] | None:
    """Return where the words call jobs or sites "domestic", the employer's home country."""
    found = _DOMESTIC.search(text)
    return found.span() if found else None


def here(text: str) -> tuple[int, int] | None:
    """Return where the words speak of the town that the story is dated from: "the mill here"."""
    found = _HERE.search(text)
    return found.span() if found else None


def everywhere(text: str) -> bool:
    """Whether the words say that every site is hit, so that a description of the sites tells the places."""
    return _EVERYWHERE.search(text) is not None


def chronicle(text: str) -> bool:
    """Whether a sentence begins with a date in capitals, the heading of an entry in a chronicle."""
    return _CHRONICLE.match(text) is not None


def clause_at(text: str, at: int, until: int, start: int, end: int) -> str:
    """Return the clause of the sentence text[start:end] that holds text[at:until].

    A relative clause between commas is left out of the clause around it, and stands for itself; it also
    tells of the name right before it. Two dashes hold an aside, one dash is a border.
    """
    begin, rest = start, ""
    aside = len(_DASH.findall(text, start, end)) == _PAIR
    for border in _BORDER.finditer(text, start, end):
        if aside and _DASH.match(text, border.start()):
            continue
        relative = _RELATIVE_END.search(text, border.end(), end) if _RELATIVE.search(border.group()) else None
        if border.end() <= at:
            inside = relative is None or relative.start() >= until
            begin = border.start() if inside else begin
            end = relative.start() if relative is not None and inside else end
        elif border.start() >= until:
            if relative is not None:
                own = text[border.start() : relative.start()] if border.start() == until else ""
                rest, end = own + text[relative.start() : end], border.start()
            elif border.start() > until or not _RELATIVE.search(border.group()):
                end = border.start()
            break
    return text[begin:end] + rest


def colour(clause: str, *, cutting: bool) -> Iterator[tuple[str, float]]:
    """Yield what a clause tells of the places in it, each with its weight.

    Args:
        clause: the words around the place.
        cutting: the clause stands in a sentence that tells a cut.
    """
    if tells_cut(clause):
        yield "cut in the clause", 2.0
    elif _DESCRIBES.search(clause):
        yield "describes the company", -1.0
    elif cutting:
        yield "cut in the sentence", 0.5
    else:
        yield "cut in a sentence before", 1.0
    if _BACKGROUND.search(clause) or _PERFECT.search(clause):
        yield "background", -2.0
    if _SUPPOSED.search(clause):
        yield "only supposed", -2.0
    if _KEPT.search(clause):
        yield "not affected", -4.0
