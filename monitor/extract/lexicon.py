"""Word classes that tell an employer's name from the other capitalised words of a news text.

Folded, without full stops at the end. Kept as data: what a class is used for is said where it is used.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DETERMINERS = _words("the a an")
JOINERS = _words("of & de la du des di del da van von der den y e et")

# Company forms of the world (ISO 20275, the GLEIF list) and "group", "holdings", which stand like one.
LEGAL_FORMS = _words(
    "inc incorporated corp corporation co company companies cos ltd limited plc p.l.c llc l.l.c llp lp "
    "l.p sa s.a ag se nv n.v bv b.v ab asa as a/s oyj oy spa s.p.a gmbh kg kgaa kk k.k bhd berhad pty pte "
    "pjsc oao ooo zao sarl sas sca srl sab tbk pt jsc ulc group groep groupe gruppe holding holdings "
    "bancorp bancshares trust"
)

MONTHS_AND_DAYS = _words(
    "january february march april may june july august september october november december jan feb mar "
    "apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday"
)

# Function words: a capital on them is only that of a sentence, and they begin no name.
OPENERS = MONTHS_AND_DAYS | _words(
    "the a an this that these those it its he she they we i you his her their our my who which what when "
    "where why how there here and but or nor so yet if as at by for from in into of off on onto out over "
    "to under up with without within after before since until while during through between among amid "
    "against about around across despite because although though unless whether than then thus also only "
    "even still just now not no yes all any both either neither every few many more most much several "
    "some such another others is are was were be been will would could may might should has have had do "
    "does did please dear asked including according excluding following citing based reflecting referring "
    "meanwhile however moreover separately instead additionally overall previously currently recently "
    "less fewer today yesterday tomorrow earlier later nearly almost roughly approximately unlike like along "
    "together given compared shares expects sees says saying facing seeking hoping blaming"
)

# Common words of business news: no name when they stand alone, part of one otherwise ("Home Depot").
COMMON = _words(
    "small large medium stocks bonds futures layoff layoffs job jobs cuts cut cutting staff staffing "
    "workers employees employers employment unions union shares sales net revenue revenues profit profits "
    "earnings losses loss analysts analyst management managers officials executives executive sources "
    "industry companies company firms firm banks bank automakers automaker airlines airline plants plant "
    "production demand details media news reports report update each exclusive factbox breakingviews "
    "correction corrected cost costs charges severance restructuring total first second third fourth last "
    "next one two three four five six seven eight nine ten eleven twelve hundreds thousands dozens "
    "millions part-time full-time full temporary permanent troubled struggling top major leading global "
    "worldwide international diversified embattled ailing newly once factory corporate item note fiscal "
    "quarterly quarter year q1 q2 q3 q4 ceo cfo coo hr ipo gdp wall street hit hurt faced joining rising "
    "falling slumping home mortgage auto car truck steel health insurance healthcare retail wireless "
    "telecom semiconductor software computer chip drug pharmaceutical biotech energy oil newspaper "
    "publisher publishing clothing department store consumer food aerospace defense chemicals chemical "
    "industrial conglomerate manufacturer cable phone internet online rental discount finance brokerage "
    "hedge private public federal state county national local regional big web it's we're i'm market "
    "markets economy investors customers people talks negotiations board congress group holding holdings "
    "trust christmas thanksgiving easter lead president chairman chief spokesman spokeswoman economists "
    "economist part workforce form current date special chapter warn act rif ebitda r&d it investment "
    "banking bankers traders operations positions closures closing plans plan debt credit cash savings "
    "announced announces administrators trustees commissioners supervisors regulators lawmakers "
    "lawyers creditors lenders residents teachers students parents librarians critics experts observers "
    "economists suppliers retailers insurers dealers consumers voters directors councillors "
    "headcount furloughs measures "
    "dividend outlook forecast reduction force retailer lender insurer carmaker "
    "chipmaker drugmaker planemaker carrier refiner miner brokers homebuilder supplier operator producer "
    "owner unit colleagues team officers friends shareholders associates guidance medical engineering "
    "electronics technology technologies services business systems"
)

# What persons are called before or behind their names; an organisation's name ends before one.
OFFICES = _words(
    "chief executive officer president chairman chairwoman chair vice deputy senior director ceo cfo coo cto "
    "chancellor minister premier senator governor gov sen rep mayor secretary commissioner spokesman "
    "spokeswoman spokesperson analyst economist attorney judge mr mrs ms dr sir prof professor treasurer"
)

# Places and peoples: as the subject of "Japan's NEC" or "Swiss bank UBS" they are no employers.
NATIONS = _words(
    "u.s us usa u.k uk u.n eu e.u america american americas north south east west northern southern "
    "eastern western central asia asian asia-pacific europe european africa african latin middle pacific "
    "atlantic nordic scandinavian baltic britain british england english scotland scottish wales welsh "
    "ireland irish france french germany german italy italian spain spanish portugal portuguese "
    "netherlands dutch belgium belgian luxembourg switzerland swiss austria austrian denmark danish "
    "sweden swedish norway norwegian finland finnish iceland icelandic poland polish czech hungary "
    "hungarian slovakia slovak slovenia romania romanian bulgaria greece greek turkey turkish russia "
    "russian ukraine ukrainian china chinese japan japanese korea korean taiwan taiwanese hong kong "
    "singapore malaysia malaysian thailand thai indonesia indonesian philippines philippine vietnam "
    "vietnamese india indian pakistan australia australian zealand canada canadian mexico mexican brazil "
    "b.c n.y n.j n.c n.d n.h n.m s.c s.d r.i w.va d.c calif mass conn "
    "wash ore mich minn wis ill ind tenn ont que alta sask "
    "brazilian argentina argentine chile chilean colombia peru venezuela israel israeli saudi arabia "
    "dubai emirates qatar egypt nigeria kenya tokyo paris london york chicago detroit boston frankfurt "
    "zurich washington new jersey midwest silicon valley bay area"
)

# The last word of a landscape's name.
LANDSCAPES = _words(
    "basin valley coast bay island islands river lake mountains region peninsula falls gulf sea ocean "
    "plains harbor harbour heights hills beach street avenue road drive boulevard"
)

# Words of media, workers' and public bodies, by any one of which a name is known as such.
MEDIA_WORDS = _words(
    "reuters bloomberg newspaper times journal post tribune herald daily news newswires newswire gazette "
    "television tv cnbc cnn bbc radio press cnw zeitung handelsblatt spiegel figaro monde echos ap afp "
    "dpa xinhua nikkei kyodo interfax telegraph guardian dispatch sentinel examiner blog magazine wire "
    "sonntagszeitung techcrunch wsj ft nyt ore il messaggero repubblica sole online"
)
UNION_WORDS = _words(
    "union unions workers teamsters uaw caw usw cwa iam seiu afl-cio ver.di verdi metall amicus unite gmb "
    "unison usdaw rmt aslef cwu pcs nuj bectu ufcw ibew cupe numsa "
    "cosatu machinists steelworkers brotherhood federation confederation trades cgt cfdt fo cgil cisl unifor "
    "council association local"
)
PUBLIC_WORDS = _words(
    "office institute statistics government ministry department commission court congress senate "
    "parliament treasury act fed reserve labor bureau sec exchange nasdaq nyse dow s&p ftse dax index street"
)
PERSON_TITLES = _words(
    "mr mrs ms dr sir executive officer president chairman chairwoman director ceo cfo coo minister "
    "premier chancellor senator governor gov sen rep mayor secretary commissioner spokesman spokeswoman "
    "spokesperson analyst economist attorney judge treasurer founder manager boss head leader"
)
