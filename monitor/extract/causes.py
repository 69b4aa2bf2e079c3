"""Why jobs go: stated causes from the closed list of `Cause`, each with the words that state it.

A cause counts where the cut is told; what befalls an employer (demand, bankruptcy, a lost contract) also in
the sentence before or after. Elsewhere a slump is background. Denials ("not related to demand") do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.extract.asides import is_aside
from monitor.extract.reading import Reading
from monitor.extract.sentences import Sentence
from monitor.extract.wordsets import WordSet
from monitor.model import Because, Cause

_LESS = (
    r"(?:falling|slumping|weak(?:er|ening|ness|ened)?|soft(?:er|ening|ness|ened)?|slow(?:er|ing|down|ed)?|"
    r"declin\w+|lower|low|reduced|shrinking|sluggish|deteriorat\w+|slump\w*|drop\w*|decreas\w+|"
    r"plung\w+|lack of|"
    r"downturn|fewer|less|poor|fall|falls|fell|dwindling|tumbl\w+|collaps\w+|drying up|insufficient)"
)
_TRADE = (
    r"(?:demand|sales|orders?|backlog|bookings|volumes?|market(?:s|place)?|business|revenues?|"
    r"spending|econom\w+|"
    r"traffic|travel|production|enrollment|membership|conditions|customers|prices|consumption|"
    r"shipments|advertising)"
)
# The gaps are short, so that the two halves belong to one phrase.
_CAUSES: tuple[tuple[Cause, re.Pattern[str]], ...] = tuple(
    (cause, re.compile(pattern, re.IGNORECASE))
    for cause, pattern in (
        (
            Cause.DEMAND,
            rf"\b{_LESS}\b(?:\s[\w'’-]+){{0,5}}?\s{_TRADE}\b|\b{_TRADE}\b(?:\s[\w'’-]+){{0,3}}?\s{_LESS}\b|"
            rf"\brecession\b|"
            r"\b(?:economic|industry|market) (?:downturn|slowdown|slump|crisis)\b|\bfinancial crisis\b|"
            r"\bdownturn\b",
        ),
        (
            Cause.COST,
            r"\b(?:cut|cutting|lower|lowering|reduce|reducing|reduces|trim|trimming|slash|slashing|"
            r"contain|containing|save|saving|control|"
            r"trims?|curb)\b(?:\s[\w'’&-]+){0,4}?\s(?:costs?|expenses?|spending|overhead|money|cash|"
            r"cost structure)\b|"
            r"\bcost[- ](?:cut\w*|sav\w+|reduc\w+|control\w*)\b|\bcash (?:burn|use)\b|"
            r"\befficien\w+|\bcompetitiveness\b|"
            r"\breturn (?:\w+ )?to profitability\b",
        ),
        (
            Cause.MERGER,
            r"\bmerger\b|\bmerg(?:es|ed|ing) with\b|\b(?:following|after|from|with|of) (?:its|"
            r"the) (?:[\w'’-]+ ){0,3}?(?:acquisition|purchase|takeover)\b|"
            r"\bintegrat(?:es|ing|ion)\b|\bsynerg\w+|\bpost-merger\b|\boverlap\w*",
        ),
        (
            Cause.CLOSURE,
            r"\b(?:clos(?:e|es|ed|ing|ure of)|shut(?:s|ting)?(?: down)?|shutter(?:s|ed|ing)?|"
            r"shutdown of)\b(?:\s[\w'’.,-]+){0,6}?\s"
            r"(?:plants?|factor(?:y|ies)|sites?|mills?|stores?|offices?|branches|facilit(?:y|ies)|mines?|"
            r"centers?|centres?|"
            r"smelter|warehouses?|restaurants|sawmills|operations|bureaus?|depots?)\b|\b(?:plant|site|"
            r"store|branch|mill|factory) closures?\b",
        ),
        (
            Cause.RELOCATION,
            r"\b(?:mov(?:e|es|ed|ing)|relocat\w+|transfer(?:s|red|ring)?|shift(?:s|ed|"
            r"ing)?)\b(?:\s[\w'’-]+){0,5}?\s(?:production|work|jobs|operations|manufacturing|functions|"
            r"positions)\b|\b(?:production|work|jobs|operations|"
            r"manufacturing)\b(?:\s[\w'’-]+){0,3}?\s(?:moves?|moved|relocat\w+|transferred|shifted)\b|"
            r"\boutsourc(?:e|es|ing)\b|\boff-?shor\w+|\brelocation\b|\blower-cost (?:countries|locations)\b",
        ),
        (
            Cause.AUTOMATION,
            r"\bautomat(?:ion|e|ed|ing)\b|\bartificial intelligence\b|(?-i:\bAI\b)|\brobots\b|"
            r"\brobotics?\b|\bself-service\b|"
            r"\bdigiti[sz]ation\b",
        ),
        (
            Cause.BANKRUPTCY,
            r"\bbankruptcy\b|\bChapter (?:7|11)\b|\binsolven\w+|\badministration (?:order|process)\b|"
            r"\breceivership\b|\bliquidat\w+|\bwind(?:s|ing)? down\b",
        ),
        (
            Cause.CONTRACT,
            r"\b(?:loss|end|expir\w+|cancell?ation|terminat\w+|non-renewal|"
            r"completion) of (?:\w+ ){0,4}?contracts?\b|"
            r"\bcontracts? (?:\w+ ){0,3}?(?:lost|expir\w+|end(?:s|ed|ing)?|cancell?ed|terminated)\b|"
            r"\blost (?:\w+ ){0,4}?contracts?\b|\b(?:cancel\w*|lost) (?:\w+ ){0,2}?(?:customer|"
            r"program)s?\b",
        ),
        (
            Cause.REORGANISATION,
            r"\brestructur\w+|\breorgani[sz]\w+|\brealign\w*|\bstreamlin\w+|\boverhaul\w*|\bconsolidat\w+|"
            r"\bstrategic (?:review|shift|plan)\b|\brefocus\w*|\brevector\w*|\bsimplif\w+",
        ),
    )
)
# What happens to an employer may be told beside the cut; what it does itself must be told with it.
_FROM_OUTSIDE = frozenset({Cause.DEMAND, Cause.BANKRUPTCY, Cause.CONTRACT})
# One pass finds which causes a sentence may state.
_PRESENT = WordSet(pattern.pattern for _, pattern in _CAUSES)
_DENIED = re.compile(r"\b(?:not|no plans? to|unrelated|nothing to do)\b[^.;,]{0,40}\Z", re.IGNORECASE)
# Whose trouble it is when not the employer's; what such a word is said of, and of whom.
_OF_OTHERS = re.compile(r"\b(?:competitors?|rivals?|customers?|suppliers?)\b[^.;]{0,80}\Z", re.IGNORECASE)
_OF_TRADE = re.compile(r" (?:officer|services|providers?|firms?|company|group)\b", re.IGNORECASE)
_OTHER_SENSE = re.compile(
    r"\bfuel[- ]efficien|\bcapital (?:spending|expenditure)|\b(?:new|labor|labour|union|national) contract",
    re.IGNORECASE,
)
_OF_A_NAME = re.compile(r"(?:\A|\b[A-Z0-9][\w.]* |\.)\Z")


def causes(told: Reading) -> tuple[Because, ...]:
    """Return the stated causes, each once, in the order of the text."""
    found: dict[Cause, Because] = {}
    for sentence, itself in _near_cuts(told):
        for number in _PRESENT(sentence.text):
            cause, pattern = _CAUSES[number]
            match = pattern.search(sentence.text) if itself or cause in _FROM_OUTSIDE else None
            if match and cause not in found and not _disowned(sentence.text, match, cause):
                start = sentence.start + match.start()
                found[cause] = Because(
                    cause, told.document.evidence(start, sentence.start + match.end(), cause.value)
                )
    return tuple(sorted(found.values(), key=lambda each: each.evidence.start))


def _disowned(sentence: str, match: re.Match[str], cause: Cause) -> bool:
    """Whether the words around deny the cause, give it to others, or make it part of a name or a trade."""
    if _DENIED.search(sentence, 0, match.start()) or _OF_TRADE.match(sentence, match.end()):
        return True
    if cause is Cause.AUTOMATION and _OF_A_NAME.search(sentence, 0, match.start()):
        return True
    if _OTHER_SENSE.search(f"{sentence[max(0, match.start() - 5) : match.start()]}{match.group()}"):
        return True
    return cause is Cause.BANKRUPTCY and _OF_OTHERS.search(sentence, 0, match.start()) is not None


def _near_cuts(told: Reading) -> Iterator[tuple[Sentence, bool]]:
    """Yield the sentences that tell a cut (True) and their neighbours (False), but for asides."""
    cuts = [told.cue(sentence) is not None for sentence in told.news]
    first = next((index for index, tells in enumerate(cuts) if tells), 0)
    for index, sentence in enumerate(told.news):
        if index > first and is_aside(sentence.text):
            continue
        if any(cuts[max(0, index - 1) : index + 2]):
            yield sentence, cuts[index]
