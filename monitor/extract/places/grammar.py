"""The patterns of English around a place name: what comes right before it and right behind it.

`SITES` and `PEOPLE` are the nouns that a place of jobs goes with. The patterns are named by what they show;
they are tried on windows of fixed size only.
"""

from __future__ import annotations

import re

SITES = (
    r"(?:plants?|factor(?:y|ies)|facilit(?:y|ies)|sites?|mills?|mines?|smelters?|refiner(?:y|ies)|foundr(?:y|ies)|"
    r"kilns?|furnaces?|steelworks|brickworks|brewer(?:y|ies)|distiller(?:y|ies)|baker(?:y|ies)|dair(?:y|ies)|winer(?:y|ies)|"
    r"canner(?:y|ies)|abattoirs?|quarr(?:y|ies)|collier(?:y|ies)|pits?|hangars?|complex(?:es)?|fabs?|garages?|desks?|"
    r"showrooms?|parks?|dealerships?|hotels?|casinos?|clinics?|crew\sbases?|premises|"
    r"offices?|cent(?:er|re)s?|centrals?|warehouses?|stores?|branch(?:es)?|operations?|headquarters|hubs?|"
    r"campus(?:es)?|laborator(?:y|ies)|labs?|depots?|studios?|bases?|shipyards?|yards?|works|shops?|outlets?|"
    r"locations?|division|(?:assembly|production)\slines?|terminals?|airports?|hospitals?|schools?|newsrooms?|bureaus?|sawmills?|"
    r"restaurants?|unit|units|subsidiary|arm|business(?:es)?|assembly|manufacturing|network|states|subsidiaries|divisions)"
)
PEOPLE = (
    r"(?:jobs?|positions?|posts?|roles|workers?|employees?|staff(?:ers)?|workforces?|work\sforces?|payrolls?|"
    r"headcount|sales\s?forces?|people|personnel|layoffs?|lay-offs?|redundanc(?:y|ies)|cuts|cutbacks?|closures?|reductions?|"
    r"furloughs?|buyouts?|pilots|attendants|mechanics|engineers|bankers|managers|executives|salaried|hourly|"
    r"unioni[sz]ed|traders|brokers|advisers|advisors|technicians|drivers|teachers|"
    r"journalists|reporters|editors|miners|contractors|researchers|scientists|agents|nurses|professionals|"
    r"representatives|associates|assistants|doctors|faculty|colleagues|crews?)"
)
# Up to three words that may stand between a place and the noun it belongs to: no verb, no function word.
_MODIFIERS = (
    r"(?:(?!(?:to|will|would|could|may|said|says|is|are|was|were|has|have|had|of|in|at|on|for|from|by|and|or|that|which|who|"
    r"plans?|announced?|cuts?|cutting|slash\w*|shed\w*|clos(?:es?|ed|ing)|lays?|laid|eliminat\w*|as|with|after|but|not)\b)"
    r"[\w&/.-]+\s){0,3}?"
)
_AGENTS = (
    r"(?!(?:\s[\w-]+)?\s(?:have\sannounced|structures?|customers|models?|operators?|chains?|owners?|makers?|company|companies|firms?|giant|groups?|retailers?|manufacturers?|"
    r"producers?|providers?|union|unions|sales|law|market)\b)"
)

_AREA = (
    r"(?:the\s|its\s|their\s|a\s|an\s)?(?:(?:north|south|east|west|central|northern|southern|eastern|western|"
    r"(?:north|south)-?(?:east|west)(?:ern)?|mid|greater|suburban|nearby|"
    r"downtown|uptown|midtown|inner|outer|(?:north|south|east|west)\sof|"
    r"(?:[A-Z][\w-]+\s)?(?:state|city|province|town|village|suburb|region|area|district|county|department|canton)\sof)[\s-])*"
)
# The noun or verb that "in Ohio" leans on: something that goes, a number, a date, an adverb of share.
_LEANS_ON = (
    r"(?:cut|lost|laid\soff|off|shut|closed|closing|down|eliminated|idled|axed|shed|go|gone|affected|effect|made|reduced|layoffs?|"
    r"[\d,]+|one|two|three|four|another|others?|some|most|those|both|all|half|remainder|rest|elsewhere|year|month|week|quarter|"
    r"today|now|immediately|mainly|primarily|largely|mostly|chiefly|particularly|principally|especially|also|including|include|includes|"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)|town|city|village|mine|percent|copper|"
    r"eliminations?|losses|notices|areas|parts|talks|negotiations|countries|production|work|output|manufacturing)"
)
LOCATIVE = re.compile(
    rf"\b(?:in|across|throughout)\s{_AREA}\Z|(?:\b{_LEANS_ON}|[,:]|--)\s(?:in|at|near|across|throughout|outside|around|within|from|of)\s{_AREA}\Z"
    rf"|\b(?:be|come|occur|fall|happen)\sat\s{_AREA}\Z"
    rf"|\b(?:affect(?:s|ing)?|hit(?:s|ting)?|includes?|including|f[ae]lls?\son|f[ae]lls?\s\w+\son|closing|close|shutting|shut|(?:spread|split|divided)\s(?:over|between|among|across))\s{_AREA}\Z",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(rf"\belsewhere\sin\s{_AREA}\Z", re.IGNORECASE)
SAID_BEFORE = re.compile(
    rf"\b(?:said|says|spoke|speaking|told\s\w+(?:\s\w+)?)\s(?:on\s\w+day\s)?(?:in|from)\s{_AREA}\Z",
    re.IGNORECASE,
)
# "The head of the works council at", "union leaders in": who speaks, not where jobs go.
OFFICE = re.compile(
    rf"\b(?:head|chief|chair\w*|leaders?|president|director|officials?|spokes\w+|mayor|council|governor|senator)"
    rf"\s(?:of|at|for|in)\s(?:[\w'’-]+\s){{0,4}}?{_AREA}\Z",
    re.IGNORECASE,
)
LEAVES = re.compile(rf"\bfrom\s{_AREA}\Z", re.IGNORECASE)  # with a verb of moving before it
_SIDE = r"(?:central|mid|(?:north|south|east|west)-?(?:east|west)?(?:ern)?)"
# "at Stockport, near Manchester", "in Keynsham near Bristol": the second only tells where the first is.
BESIDE = re.compile(
    rf"[A-Z][\w.'’-]+,\s{_SIDE}\s\Z|"
    r"[A-Z][\w.'’-]+,?\s(?:[\w-]+\smiles?\s\w+\sof|just\soutside|near|outside|close\sto|(?:north|south|east|west)\sof)\s\Z"
)
ASIDE = re.compile(
    rf",\s(?:(?:near|outside|close\sto|{_SIDE})\s[A-Z][\w'’ -]+|"
    r"(?:by|on|from|effective|in)\s[\w\s]{3,40})(?=,)"
)
# "its Altona plant in Melbourne", "the Ryton factory near Coventry": where a site is that has a town's name.
LOCATES = re.compile(
    rf"(?:['’]s?)?,?\s(?:(?!and\b|or\b)[a-z][\w-]*\s){{0,2}}(?:{SITES}|East|West|North|South)\s"
    rf"(?:in|near|outside|just\soutside|close\sto|on\sthe\soutskirts\sof|(?:north|south|east|west)\sof)\s{_AREA}"
)
# The name is itself what shuts or loses: "Varel and Laupheim are set to be shut", "Wilmington loses 49 jobs".
GOES = re.compile(
    r"(?:,?\s(?:and\s)?[A-Z][\w.'’-]*){0,8}(?:,\s(?:an?|the|its|another)\s[^,.;]{0,60})?,?\s(?:set\sto|to|will|would|is|are|also|due\sto)?\s?(?:be\s)?"
    r"(?:(?:shut|close[sd]?|closing)(?!\s(?:down\s)?(?:its|their|the|an?|some|all|\d|two|three|four|five|six|plants|stores|factories|offices|branches|[A-Z]))|los(?:e|es|ing)|idled|axed|on\scare\sand)\b"
)
ENUMERATES = re.compile(r"\b(?:include|includes|including|--|following)\b|--|:")
IN = re.compile(rf"\b(?:in|at|near|from|across|throughout|outside|around|within)\s{_AREA}\Z", re.IGNORECASE)
LOCATED = re.compile(r"\b(?:in|on|near)\s(?:the\s)?\Z")
HEAD_SITE = re.compile(
    rf"\b{SITES}\b(?:,?\s[\w&/.'-]+){{0,3}}\s(?:in|at|on|near|across|outside|throughout|around)\s{_AREA}\Z"
    r"|\b[a-z]+,?\s(?:just\s)?(?:north|south|east|west)(?:east|west)?\sof\s\Z",
    re.IGNORECASE,
)
HEAD_PEOPLE = re.compile(
    rf"\b{PEOPLE}\b(?:,?\s[\w&/'-]+){{0,4}}\s(?:in|at|near|from|across|throughout|outside|around|within)\s{_AREA}\Z"
    rf"|\b(?:another|further|additional|remaining)\s(?:(?:about|some|around)\s)?[\d,]+\s(?:in|at|from|across)\s{_AREA}\Z",
    re.IGNORECASE,
)
HEADQUARTERS_IN = re.compile(
    r"\b(?:headquarters|head\soffice|home\soffices?|home\sbase|corporate\soffices?),?\s(?:in|at|of|near)\s\Z",
    re.IGNORECASE,
)
# The share of the cut that a place takes; such a place counts beside the towns in it.
CHIEFLY = re.compile(
    r"\b(?:mainly|primarily|mostly|largely|chiefly|principally|(?:half|bulk|third|quarter|majority)\sof|(?:percent|%)\sof(?!\s(?:its|the|their)\s\Z)|most\s(?!of\sits\b)\w+)\b[^.;]{0,60}\Z",
    re.IGNORECASE,
)
LIST_GAP = re.compile(
    r"(?!(?:['’]s)?\s\Z)(?:['’]s|\s\([^()]{1,25}\))?[,;]?\s?(?:--|—|–)?\s?(?:and|or|as\swell\sas|&|plus|along\swith)?\s?(?:also\s)?(?:its\s(?:home\sbase|headquarters)\s)?(?:in|at|of|the)?\s?(?:the\s)?\Z",
    re.IGNORECASE,
)
NUMBERED_STEP = re.compile(
    r"[,;]?\s?(?:and\s|as\swell\sas\s)?(?:another\s|about\s|some\s|around\s|up\sto\s)?\d[\d,]*\s(?:\w+\s){0,3}(?:in|at)\s(?:the\s)?\Z"
)
# A place between the two that the gazetteer lacks: "Ann Arbor, Esperion and Kalamazoo".
UNKNOWN_STEP = re.compile(
    r",\s[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){0,2}(?:,\s(?:and\s)?|\sand\s)(?:in\s|at\s)?\Z"
)
BULLET = re.compile(r"(?:\A|\n)\s*(?:[-*•–]|\d{1,2}[.)])\s*\Z")

_MOVES = (
    r"(?:mov(?:e|es|ed|ing)|shift(?:s|ed|ing)?|transfer(?:s|red|ring)?|relocat(?:e|es|ed|ing|ion)|send(?:s|ing)?|sent|"
    r"outsourc(?:e|ed|ing)|offshor(?:e|ed|ing)|migrat(?:e|es|ed|ing)|consolidat(?:e|es|ed|ing)|merg(?:e|ed|ing)|"
    r"fold(?:ed|ing)?|combin(?:e|ed|ing)|switch(?:ed|ing)?|go|goes|going|gone|ship(?:ped|ping)?|return(?:ed|ing)?|"
    r"moved|transition(?:ed|ing)?|export(?:s|ed|ing)?|(?:took|tak(?:e|es|en|ing))\s(?:\w+\s){0,2}(?:work|production|manufacturing|jobs))"
)
_TO_CUT = (
    r"(?:cut|clos|shut|reduc|eliminat|slash|trim|lay|idl|ax|shed|end|halt|sav|lower|curb|restructur|"
    r"streamlin|cop|match|adjust|make|go|be)e?"
)
DESTINATION = re.compile(
    rf"\b(?:{_MOVES}\b[^;]{{0,70}}\s(?:to(?!\s{_TO_CUT}\b)|into|toward|towards)|"
    rf"(?:(?:consolidat|concentrat|centrali[sz]|combin)(?:e|es|ed|ing)|gather(?:s|ed|ing)?|br(?:ing|ings|ought)\stogether|absorbed|handled)\b[^.;,]{{0,60}}\s(?:in|at|into|by|around))\s"
    rf"(?:[\w'’-]+\s){{0,6}}?{_AREA}\Z",
    re.IGNORECASE,
)
MOVING = re.compile(rf"\b{_MOVES}\b", re.IGNORECASE)
# What is opened or launched to cut jobs.
_A_CUT = (
    r"\s(?:[\w-]+\s){0,3}(?:consultations?|redundanc\w+|voluntary|buyouts?|programme?s?|plan|talks|"
    r"process|negotiations|restructuring)\b"
)
STAYS = re.compile(
    r"\b(?:hir(?:e|es|ed|ing)|add(?:s|ed|ing)?(?!\sthat\b)|creat(?:e|es|ed|ing)|invest(?:s|ed|ing)?|expand\w*|"
    rf"open(?:s|ed|ing)?(?!-|\scut\b|\spit\b|\sto\b|{_A_CUT})|build(?:s|ing)?|"
    r"remain(?:s|ed|ing(?=\s(?:open|in|at)\b))?(?!\s(?:closed|shut|idled?))|stay\w*|sell|selling|sold(?<!or\ssold)|sale\sof|divest\w*|"
    rf"keep\w*|retain\w*|acquir\w+|bought|buy(?:s|ing)?(?![-\s]?outs?\b)|grow(?:s|ing|n)?|gain(?:s|ed)?|recall\w*|ramp(?:s|ed|ing)?|"
    r"serv(?:e|es|ed|ing)\s(?:\w+\s)?(?=customers\b|from\b)|"
    rf"launch\w*(?!{_A_CUT}))\b[^.;,]{{0,60}}\Z",
    re.IGNORECASE,
)
SOLD_AFTER = re.compile(
    r"[^.;,]{0,40}\b(?:(?:will|would|to|could|may)\sbe|is|are|being)\s(?:sold|divested|kept|spared|expanded|ramped\sup|enlarged|upgraded)\b"
    r"|\s(?:will\s)?(?:moves?|relocates?)\sto\b",
    re.IGNORECASE,
)
EMPLOYS = re.compile(
    r"\b(?:has|have|had|employs?|employed|employing|operates?|owns?|runs?)\s"
    r"(?:(?:about|some|around|roughly|nearly|almost|approximately|over|only|a\stotal\sof|more\sthan|less\sthan|fewer\sthan)\s)?"
    rf"[\d,]+\s(?:[\w-]+\s){{0,3}}?(?:in|at|across)\s(?:\d+\s)?{_AREA}\Z"
    rf"|\boperates\s(?:[\w,-]+\s){{0,4}}?(?:in|across)\s(?:\d+\s)?{_AREA}\Z",
    re.IGNORECASE,
)
# The sites affected are these, the countries concerned include those.
AFFECTED = re.compile(
    r"\b(?:countries|country|states?|cit(?:y|ies)|regions|towns|locations|sites|plants|factories|offices|mills|centers|centres|branches|stores|others)"
    r"\b[^.;]{0,50}(?:\b(?:are|were|being|include|includes|including)\s|:\s)(?:in\s)?(?:the\s)?\Z",
    re.IGNORECASE,
)
SEATED = re.compile(
    rf"\b(?:based|headquartered|located|incorporated|listed|traded)\s(?:in|at|near|on|out\sof)\s{_AREA}\Z",
    re.IGNORECASE,
)
SAT_JOBS = re.compile(
    rf"\b(?:{PEOPLE}|{SITES})\b(?-i:[^.;A-Z]){{0,60}}\b(?:based|located)\s(?:in|at|near|out\sof)\s{_AREA}\Z",
    re.IGNORECASE,
)
MARKET_BEFORE = re.compile(
    r"\b(?:sales(?!\sforce)|demand|market|markets|revenues?|growth|economy|economies|competition|prices|recession|shares|stocks?|"
    r"listing|trading|conference|summit|meeting|interview|bank|university|government|court|unemployment|strikes?|war|users|viewers|"
    r"slowdown|downturn|exports?|customers?|registrations|deliveries|told\s(?:reporters|analysts|investors|Reuters)|filings?|lawsuits?|statement|spokes\w+|reporters|analysts?|reporting\sby[^.]*)\s"
    rf"(?:(?!{PEOPLE}\b|{SITES}\b)\w+\s){{0,2}}?(?:in|at|of|for|from)\s{_AREA}\Z"
    rf"|\b(?:largest|biggest|top|leading|oldest|best-known)\s(?:[\w-]+\s){{1,4}}(?:in|of)\s{_AREA}\Z"
    r"|\b(?:fell|rose|slid|up|down|dropped|gained|climbed|jumped)\s[\d.]+\s[^.;]{0,40}\bin\s\Z",
    re.IGNORECASE,
)
SEAT_AFTER = re.compile(
    r"(?![-‐‑ ]based\s(?:\w+\s){0,2}?(?:plants?|factor(?:y|ies)|facility|facilities|offices?|"
    r"cent(?:er|re)s?|sites?|mills?|warehouse|depot|"
    r"staff|workers|employees|jobs)\b)"
    r"[-‐‑ ](?:based|headquartered|listed|domiciled|registered|born)\b"
)
SITE_AFTER = re.compile(
    rf"(?:['’]s?)?(?:[-\s]area|[-‐‑]based)?\s{_MODIFIERS}{SITES}\b{_AGENTS}", re.IGNORECASE
)
PEOPLE_AFTER = re.compile(
    rf"(?:['’]s?)?(?:[-\s]area|[-‐‑]based)?\s{_MODIFIERS}{PEOPLE}\b{_AGENTS}", re.IGNORECASE
)
MARKET_AFTER = re.compile(
    r"(?:['’]s?)?\s(?:(?!(?:as|and|or|by|of|in|to|for|with|will|said|on|at|because|after)\b)[\w-]+\s){0,2}?(?:sales(?!\s(?:organi[sz]ation|team|jobs|positions|posts|roles|offices?))|demand|market|markets|government|economy|president|minister|stock|"
    r"shares|unemployment|labor|automakers?|carmakers?|consumers?|dollar|housing|bank|banks|lender|lenders|"
    r"maker|makers|company|firm|giant|rival|rivals|group|retailer|bailout|treasury|congress|lawmakers|loans?|"
    r"law|court|union|unions|officials|banking\sgiant|conglomerate|insurer|drugmaker|newspaper|daily|magazine|"
    r"parent|partner|peer|investors|household|recession|industry|sector|technology\scompany|airline|airlines|"
    r"tax|subprime|pension|trade|history|customers|buyers|dealers|auto\ssector|mortgage\slender)\b",
    re.IGNORECASE,
)
SAID_AFTER = re.compile(
    r"(?:['’]s?)?\s(?:said|says|told|added|wrote|reported|on\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\sto)\b"
)
TOWN_OF = re.compile(
    r"\s(?:city|town|suburb|village|district|municipality)\sof\s[A-Z]"
)  # "the Ohio city of Lima"
OUTSIDE = re.compile(r"\boutside\s(?:of\s)?(?:the\s)?\Z")  # of a country: anywhere else
AIRPORT = re.compile(r"(?:-[A-Z]\w+)?\s(?:(?:International|Regional|Municipal|Metropolitan)\s)?[Aa]irport\b")
SITED = re.compile(rf"(?i:{SITES})|employees|workers|jobs|staff")
POSSESSED_NAME = re.compile(r"['’]s\s[A-Z][a-z]")
JOINED = re.compile(rf"['’]s\s(?:\w+\s)?{SITES}\s(?:in|at)\s[A-Z]|-[A-Z]|\s&\s[A-Z]")
DISTRICT = re.compile(r"-[A-Z][a-z]+\b")  # "in Hanover-Stoecken"
CAPITAL_AFTER = re.compile(r"\s(?=[A-Z])([A-Z][\w&'’.-]*)(?:\s([A-Z][\w&-]*))?(?:\s(\w+))?")
CAPITAL_BEFORE = re.compile(r"([A-Z](?:(?!['’]s\b)[\w&.'’-])*)\s(?:&\s)?\Z")
# What tells two sites in one town apart: "Toledo North".
PART_OF_TOWN = re.compile(r"North|South|East|West|Central|Downtown|I{1,3}")
DESCRIBES = re.compile(r"\s(?!and\b|or\b)[a-z]")  # a nationality with its noun
CAPITALISED = re.compile(r"\s[A-Z][a-z]")
NAMED_SITE = re.compile(
    rf"(?:\s[A-Z][\w&-]*){{0,2}}\s(?:(?i:{SITES})|{PART_OF_TOWN.pattern})\b"
)  # "Lordstown Assembly"
DIRECTIONS = re.compile(
    r"(?:North|South|East|West|Central|Northern|Southern|Eastern|Western|Greater|Downtown|Suburban|In|At|Near|The|From|Its|"
    r"Of|Across|And|For|Both|Some|Other|Many|Most|All|Its|Their|About|Around|Only|Co|Inc|Corp|Ltd|Monday|Tuesday|Wednesday|"
    r"Thursday|Friday)\.?\Z"
)
