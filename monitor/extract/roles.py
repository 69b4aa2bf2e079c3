"""What part a name plays in its sentence, read from the words on its two sides.

The roles are those by which news English tells the one who cuts from those who report it, own it, buy it,
comment on it or are merely mentioned. Only a window of fixed width is read, so the cost is linear.
"""

from __future__ import annotations

import re
from enum import StrEnum

from monitor.extract.lexicon import LANDSCAPES, MEDIA_WORDS, NATIONS, PERSON_TITLES, PUBLIC_WORDS, UNION_WORDS
from monitor.extract.names import Name


class Role(StrEnum):
    """What a mention is to its sentence."""

    SUBJECT = "subject"
    POSSESSOR = "possessor"
    SCENE = "scene of the cut"
    SPOKEN_FOR = "spoken for"
    OTHER = "mentioned"
    OWNER = "owner of the employer"
    PART = "part of the employer"
    PARTY = "other party"
    PLACE = "place"
    MEDIA = "reported by"
    UNION = "union"
    ANALYST = "analyst's house"
    PERSON = "person"
    PUBLIC = "public body or market"


_WINDOW = 220

_SAYS = (
    r"said|says?|told|tells|announce[sd]?|unveil(?:s|ed)|confirm(?:s|ed)|report(?:s|ed)|"
    r"disclosed?|warn(?:s|ed)|add(?:s|ed)"
)
_MEANS = (
    r"plans?|planned|planning|will|would|is|are|was|were|has|have|had|may|might|could|can|must|"
    r"should|to|expect(?:s|ed)?|intends?|"
    r"aims?|aimed|seeks?|wants?|wanted|needs?|need(?:ed)?|hopes?|sees?|saw|continues?|began|"
    r"begins?|started|starts?|"
    r"decided|decides|agreed|agrees|offer(?:s|ed)?|propos(?:es|ed)|consider(?:s|ed|ing)|looks?|"
    r"looking|mulls?|"
    r"weighs?|readies|readying|prepar(?:es|ed|ing)|serve[sd]|fil(?:es|ed)|issue[sd]|notif(?:ies|"
    r"ied)|unveiling|"
    r"did|does|voted|approved|declined|forecasts?|posted|posts?|swung|took|takes?|made|makes|gives?|gave|put|"
    r"puts|faces|signals?|"
    r"details|reveals?|revealed|carries|conducts?|undertakes?|implements?|initiat(?:es|ed)|"
    r"streamlin(?:es|ed)|"
    r"halts?|suspends?|suspended|ends?|ended|pares?|pared|realigns?|consolidat(?:es|ed)|moves?|"
    r"moved|returns?|returned|employs|employed|"
    r"lost|loses|fell|rose|delays?|drops?|dropped|merges|merged|expands?|pays|paid|pulls|reached|"
    r"sold|sells|freezes|committed|adopted|approves?|completed|entered|filed|advis(?:es|ed)|commenced|launch(?:es|ed)|"
    r"outlined|provid(?:es|ed)|informed|indicated|hit|acted|determined|resolved|concluded|advanced|experienced"
)
_CUTS = (
    r"cut(?:s|ting)?|slash(?:es|ed|ing)?|eliminat(?:es|ed|ing)|shed(?:s|ding)?|ax(?:es|ed|ing)|"
    r"lays?|laid|laying|"
    r"trim(?:s|med|ming)?|reduc(?:es|ed|ing)|clos(?:es|ed|ing)|shuts?|shutting|shutter(?:s|ed|ing)?|"
    r"idl(?:es|ed|ing)|furlough(?:s|ed|ing)?|dismiss(?:es|ed)|fir(?:es|ed|ing)|sack(?:s|ed|ing)?|"
    r"scrap(?:s|ped)?|"
    r"restructur(?:es|ed|ing)|downsiz(?:es|ed|ing)|shrinks?|shrinking|let|lowers|lowered|lowering|"
    r"discontinues?|terminat(?:es|ed|ing)"
)
VERB = rf"(?:{_SAYS}|{_MEANS}|{_CUTS})\b"
_DAY = (
    r"(?:\s(?:on|late|early|earlier|in|this|last|late on|also|now|today|yesterday|still|already|"
    r"itself)\b(?:\s(?:[A-Z]\w+day|[A-Z]\w+ \d{1,2}|week|month|year|today))?)?"
)
_ASIDE = (
    rf"(?:\s?,\s(?!{VERB})[^;]{{1,180}}?,|\s--?\s[^;]{{1,160}}?\s--?|\s\([^()]{{1,80}}\)|"
    rf"\s[–—]\s[^;]{{1,160}}?\s[–—])?"
)
_SUBJECT = re.compile(
    rf"{_ASIDE}{_DAY}{_ASIDE},?\s?{VERB}|\s?:\s"
    rf"|,\s(?:which|who)\s(?:\w+ly\s|is\s|will\s|has\s|plans to\s){{0,2}}(?:{_CUTS})\b"
)
_HEAD_UNIT = re.compile(
    rf"\s(?:unit|division|arm|subsidiary|brand|business|affiliate)\b{_ASIDE}{_DAY}\s{VERB}", re.IGNORECASE
)
_OFFICE = re.compile(
    r"[,\s]\s?(?:co-)?(?:chief|president|chairman|chairwoman|ceo|cfo|coo|spokes(?:man|woman|"
    r"person)|vice|executive|"
    r"finance (?:chief|director)|officials?|management|executives?|interim|senior|human resources)\b",
    re.IGNORECASE,
)
_OF_WORKERS = re.compile(
    r"\s(?:[a-z][\w-]*\s){0,3}?(?:jobs?|layoffs?|lay-offs|job cuts|redundanc\w+|workers|employees|"
    r"staff|workforce|"
    r"work force|plants?|factory|factories|mill|mine|smelter|stores?|branches|positions|posts|buyouts?)\b"
)
# "Derby firm to close": what is said before a trade in the singular is where it is, or what it makes.
_DESCRIBES_AFTER = re.compile(
    r"\s(?:firm|employer|manufacturer|(?:town|city|county)(?! council| school)|area|region)\b"
)
# "Sportswear group Panther", "Airlines parent AMR": what is said of the name behind, which is the subject.
_BEFORE_A_NAME = re.compile(
    r"\s(?:(?!(?:and|its|or|which|of|by|with|to)\s)[a-z][\w-]*\s){0,2}?(?:agency|group|maker|firm|company|giant|retailer|chain|start-?up|operator|bank|"
    r"insurer|carrier|airline|supplier|manufacturer|provider|developer|platform|lender|builder|publisher|"
    r"producer|brewer|studio|conglomerate|app|utility|miner|brokerage|broadcaster|parent|owner)\s"
    r"(?=[A-Z0-9])(?!Inc|Corp|Co\b|Ltd|Group|[A-Z]\w+day\b)"
)
_CITY = re.compile(r"[A-Z]{5,}(?: [A-Z]{3,})?")  # "MUMBAI: Acme said"
# "A Wisconsin company said": an employer by its own name has no article of one among many.
_ONE_OF_MANY = re.compile(r"(?:^|\s)(?:A|An|a|an|another|Another)\s\Z")
_A_COMPANY = re.compile(
    r"\s(?:[a-z][\w-]*\s){0,2}?(?:company|newspaper|paper|sawmill|mill|factory|hospital|business|maker|"
    r"school|university|chain|bank|retailer|supplier|brewery|foundry|start-?up|airline|utility)\b"
)
_COUNTERS = r"(?:outplacement|staffing|recruitment|recruiting|consult\w+|research|data|forecasting|advisory)"
_ANALYST_AFTER = re.compile(
    rf"\s?,\s(?:a|an|the|which is an?)\s(?:[\w.-]+\s){{0,3}}{_COUNTERS}\s(?:firm|company|group|"
    rf"consultancy|provider|house)\b|"
    r"\s(?:[\w&]+\s){0,3}(?:analysts?|economists?|strategists?)\b",
    re.IGNORECASE,
)
_UNION_AFTER = re.compile(r"\s(?:labor |trade |workers'? )?unions?\b")
_MEDIA_AFTER = re.compile(
    r"\s(?:newspaper|newswires?|magazine|daily|weekly|television|news agency|quoted|blog|"
    r"web ?site|reports? that)\b"
    # "the Courier reported on Monday", not "Acme reported lower profit" or "Acme reported a loss"
    r"|\sreported(?![^.;]{0,40}\bthat (?:it|they|the company)\b)"
    r"(?:\s(?:that|on|late|earlier|last|this|citing|quoting|[A-Z]\w+day)\b|\s?[.,;]|\s?\Z)"
)
_PERSON_AFTER = re.compile(
    r"\s?,\s(?:\d\d,\s)?(?:(?:who|the|a|an|its|our|their|former|interim|acting|group|executive|"
    r"senior)\s){0,3}"
    r"(?:chief|president|chair|vice[- ]|ceo|cfo|coo|director|head of|analyst|economist|spokes|"
    r"managing|minister|(?:[\w.'’-]+\s){0,4}?(?:representative|official|organi[sz]er)\b|"
    r"secretary|professor|partner at|portfolio manager|manager|was named|local president|general manager)",
    re.IGNORECASE,
)

_TITLE_BEFORE = re.compile(rf"\b(?:{'|'.join(sorted(PERSON_TITLES))})\.?\s\Z", re.IGNORECASE)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|near|from|outside|across|throughout|around)\s(?:the\s)?\Z", re.IGNORECASE
)
_LINK = (
    r"(?:\s(?:the|its|a|an|by|of|company|group|giant|bank|[a-z][\w'’-]*|[A-Z][\w.]*['’]s|"
    r"[A-Z][\w.-]+)){0,5}?\s\Z"
)
_OWNER_BEFORE = re.compile(
    rf"\b(?:owned by|owner|parent(?: company)?|(?:unit|subsidiary|division|part|arm|affiliate|"
    rf"brand|operations) of|"
    rf"controlled by|backed by|spun off (?:from|by))(?:{_LINK}|,?\s\Z)"
)
# Who owns the site that cuts is the employer.
_SITE_OWNER_BEFORE = re.compile(
    r"\b(?:plant|mill|factory|site|works|smelter|mine|store|hospital|refinery|foundry|facility)['’]s\s"
    r"(?:\w+\s)?owner,?\s(?:the\s)?\Z"
)
_PARTY_BEFORE = re.compile(
    rf"\b(?:acquired by|bought(?: by)?|buys|buying|sold to|sell to|sale to|taken over by|"
    rf"merger with|merging with|merge with|"
    rf"merged with|purchase of|acquisition of|takeover (?:of|by)|bid (?:by|from|for)|acquir(?:e|es|ed|ing)|"
    rf"integrat(?:es|ed|ing|ion of)|stake in|rivals?|competitors?|such as|companies like|including|"
    rf"customers?|supplier to|moves? by|peers?|deal with|"
    rf"alliance with|joint venture with|against|behind|versus|followed|joins|joining)(?:{_LINK}|,?\s\Z)"
)
_PART_BEFORE = re.compile(
    r"\b(?:its|their|the company['’]s)\s"
    r"(?:(?!(?:when|as|after|before|if|because|while|since|in|at|by|from|to|with|and|or|for|on|of|that)\s)[\w.-]+\s){0,2}\Z",
    re.IGNORECASE,
)
# "Acme, advised by Smith Barney, said": the agent of what is said beside the subject.
_AGENT_BEFORE = re.compile(r",\s(?:[\w-]+ly\s)?\w+(?:ed|[^aeiou\W]n)\sby\s(?:the\s)?(?:[a-z][\w-]*\s){0,4}\Z")
# "Sun, which Oracle has agreed to buy": whoever does something to the one that the sentence is about.
_RELATIVE_BEFORE = re.compile(r",\s(?:which|whom|whose \w+)\s(?:the\s)?\Z")
_ANALYST_BEFORE = re.compile(
    r"\b(?:analysts?|economists?|strategists?|portfolio manager|fund manager|consultant|"
    r"consultancy|recruiter|(?:outplacement|staffing|research|consulting|advisory) (?:firm|company|group))\b"
    r"[^.;,]{0,50}?\s(?:at|with|of|for|from)?\s?\Z"
)
_CITED_BEFORE = re.compile(
    r"\b(?:told|interview with|(?:report|survey|study|data|figures) (?:by|from)|reported by|"
    r"citing|newspaper|magazine|weekly|daily|television|"
    r"news agency)\s(?:the\s)?\Z"
)
_WORKERS = r"(?:workers|employees|staff|staffers|people|jobs|positions|colleagues)"
_WORKERS_BEFORE = re.compile(
    rf"\b{_WORKERS}\s(?:employed\s)?(?:at|of|for|with|by)\s(?:the\s)?\Z", re.IGNORECASE
)
_SCENE_BEFORE = re.compile(r"\b(?:at|by|of)\s(?:the\s)?(?:[a-z][\w-]*\s){0,3}\Z")
# English puts the subject first: only a description may stand before it ("Swiss bank", "Top U.S. carrier").
_DESCRIBED = re.compile(r"(?:[\w.'’/-]+\s){0,7}")
_LINKING = re.compile(
    r"\b(?:in|at|of|by|for|from|to|with|on|as|after|about|and|but|when|while|than|that|who|which|under)\s"
)
_SPOKEN_BEFORE = re.compile(
    r"\b(?:(?:spokes(?:man|woman|person)|official|executive|statement)\s(?:for|at|from|with)"
    r"|(?:[Bb]oard|[Dd]irectors|management)\sof|,\saccording\sto)\s(?:the\s)?\Z"
)


def role_of(text: str, name: Name, begin: int, end: int) -> Role:
    """Return the role of a name in the sentence `text[begin:end]`."""
    before = text[max(begin, name.start - _WINDOW // 2) : name.start]
    after = text[name.after : min(end, name.after + _WINDOW)]
    opening = name.start - begin <= _WINDOW // 2
    return (
        _by_word(name, before, after) or _by_side(before, after) or _by_grammar(name, before, after, opening)
    )


def governs(text: str, name: Name) -> bool:
    """Whether a verb follows the name, with or without an apposition between."""
    return bool(_SUBJECT.match(text[name.after : name.after + _WINDOW]))


# The council of a town is an employer, that of the works is none.
_RULES = re.compile(r"\b(?:city|county|town|district|borough|parish) council\b")


def _by_word(name: Name, before: str, after: str) -> Role | None:
    """Return the role that the name's own words give it."""
    if all(word in NATIONS for word in name.key) or (len(name.key) > 1 and name.key[-1] in LANDSCAPES):
        return None if name.legal or name.listings else Role.PLACE
    if not name.legal and not name.listings:
        named_so = name.key[:1] == ("union",) and len(name.key) > 1  # "Union Pacific"
        if any(word in UNION_WORDS for word in name.key[named_so:]) and not _RULES.search(" ".join(name.key)):
            return Role.UNION
        if any(word in MEDIA_WORDS for word in name.key) and not _cuts_itself(after):
            return Role.MEDIA
        if any(word in PUBLIC_WORDS for word in name.key) and not _cuts_itself(after):
            return Role.PUBLIC
    if name.opens and not name.possessive and _BEFORE_A_NAME.match(after):
        return Role.PLACE
    if after.startswith(": ") and name.opens and not before and _CITY.fullmatch(" ".join(name.words)):
        return Role.PLACE
    if _TITLE_BEFORE.search(before) or _PERSON_AFTER.match(after):
        return None if name.legal else Role.PERSON
    return None


_CUTS_ITSELF = re.compile(
    rf"{_ASIDE}{_DAY}\s(?:{_CUTS}|(?:will|would|plans?|to|is|are|has|have|may|could|said it)\b)|\s?:"
)


def _cuts_itself(after: str) -> bool:
    return bool(_CUTS_ITSELF.match(after))


def _by_side(before: str, after: str) -> Role | None:
    """Return the role that the words on the two sides give, where it excludes that of employer."""
    if _ANALYST_AFTER.match(after) or _ANALYST_BEFORE.search(before):
        return Role.ANALYST
    if _UNION_AFTER.match(after):
        return Role.UNION
    if _MEDIA_AFTER.match(after) or _CITED_BEFORE.search(before):
        return Role.MEDIA
    if _OWNER_BEFORE.search(before) and not _SITE_OWNER_BEFORE.search(before):
        return Role.OWNER
    if any(each.search(before) for each in (_PARTY_BEFORE, _RELATIVE_BEFORE, _AGENT_BEFORE)):
        return Role.PARTY
    if _PART_BEFORE.search(before):
        return Role.PART
    if _DESCRIBES_AFTER.match(after) or (_ONE_OF_MANY.search(before) and _A_COMPANY.match(after)):
        return Role.PLACE
    return Role.PLACE if _PLACE_BEFORE.search(before) else None


def _by_grammar(name: Name, before: str, after: str, opening: bool) -> Role:
    if _SPOKEN_BEFORE.search(before):
        return Role.SPOKEN_FOR
    if name.possessive:
        return Role.POSSESSOR
    if _OFFICE.match(after):
        return Role.SPOKEN_FOR
    if _SUBJECT.match(after) or _HEAD_UNIT.match(after):
        return Role.SUBJECT
    if _OF_WORKERS.match(after) or _WORKERS_BEFORE.search(before):
        return Role.POSSESSOR
    if opening and _DESCRIBED.fullmatch(before) and not _LINKING.search(before):
        return Role.SUBJECT
    return Role.SCENE if _SCENE_BEFORE.search(before) else Role.OTHER
