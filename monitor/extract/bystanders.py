"""Whether a clause tells of another employer than the one the story is about.

A story is about the names of its headline and of the opening of its first sentence. A clause whose subject is
a name that none of these contains, and that is no person who speaks for the employer, tells of a bystander:
the rival that cut last month, the buyer, the whole industry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.extract.jobwords import words
from monitor.extract.scenes import Scene
from monitor.extract.sentences import Sentence
from monitor.extract.tokens import tokens
from monitor.model import ZoneKind

_OPENING = 45  # tokens of the first sentence that introduce the employer
_LONGEST_CLAUSE = 80  # tokens
_SUBJECT = 9  # tokens that may be the subject of a clause
_BACKGROUND = words("after as following joining like since when days weeks hours day week")
_RIVALS = words(
    """rival rivals competitor competitors peers industry sector analysts analyst nationwide economy
    economists wall"""
)
_NO_NAMES = words(
    """officials executives managers sources source bosses unions union management government staff people
    shares details employment monday tuesday wednesday thursday friday saturday sunday january february
    march april may june july august september october november december the a an it in on at its he she
    they we i this that these those about some more most all under with for by from of and but or as
    after while when last since also earlier another one two up nearly around approximately reuters u.s
    u.s. us uk european american british german french japanese total company group job jobs inc corp co
    ltd plc ag sa nv no new net here now however overall meanwhile separately additionally both many
    other such there to layoffs cuts workers employees affected if until part plans sales"""
)
_AFTER_A_NAME = words("( , said says announced will would plans is has may had also cut cuts 's")
_BULLETS = words("* - – • ·")
_WHERE = words("in at near from")
_PREPOSITIONS = words("in at of near from for on by")
_PRONOUNS = words("it its the they their we our he she this that these those")
_OFFICE = re.compile(
    r"\b(?:[Ss]pokes(?:man|woman|person)|[Cc]hief|[Bb]oss|[Pp]resident|[Cc]hairman|[Cc]hairwoman|[Dd]irector|[Mm]anager|[Mm]inister"
    r"|[Aa]nalyst|[Aa]nalysts|[Oo]fficer|[Ee]xecutive|CEO|CFO|COO|Mr\.?|Ms\.?|Mrs\.?|Dr\.?)\b"
)


def protagonists(told: Sequence[Sentence]) -> frozenset[str]:
    """Return the words, in lower case, of the names that the story is about: headline and first sentence."""
    names: set[str] = set()
    for sentence in told:
        if sentence.zone is ZoneKind.TITLE:
            names |= {token.word for token in tokens(sentence.text)}
        elif sentence.zone is not ZoneKind.DATELINE:
            names |= _opening(sentence)
            break
    return frozenset(name.removesuffix("'s") for name in names) - _NO_NAMES


def _opening(sentence: Sentence) -> set[str]:
    """The names outside clauses of background, with their initials: "Texas Instruments", "ti"."""
    names: list[str] = []
    background = False
    read = tokens(sentence.text)[:_OPENING]
    for at, token in enumerate(read):
        if at and token.word in _BACKGROUND:
            background = True
        elif token.word == ",":
            background = False
        elif not background and sentence.text[token.start].isupper() and token.word not in _NO_NAMES:
            names += [] if at and read[at - 1].word in _WHERE else [token.word]
    initials = {"".join(name[0] for name in names[:length]) for length in range(2, 6)}
    return {*names, *initials}


def of_another(scene: Scene, anchor: int, known: frozenset[str]) -> bool:
    """Whether the clause that holds token `anchor` has another employer as its subject."""
    if not known or scene.sentence.zone is ZoneKind.TITLE:
        return False
    start = _clause(scene, anchor)
    if scene.word(start) == "according" and "," in scene.words(start, anchor):
        start += scene.words(start, anchor).index(",") + 1  # the source of the news is not its subject
    subject = range(start, min(anchor, start + _SUBJECT))
    if any(scene.word(at) in _RIVALS and not _paper(scene, at) for at in subject):
        return True
    if scene.word(start) in _PRONOUNS:
        return False
    names = {scene.word(at).removesuffix("'s") for at in subject if _names(scene, at, start)}
    if not names or any(_kin(name, known) for name in names):
        return False
    return not _OFFICE.search(scene.sentence.text)


def _paper(scene: Scene, at: int) -> bool:
    """Whether "Wall" begins the name of the paper that reports the cut, and not that of the market."""
    return scene.words(at, at + 3) == ("wall", "street", "journal")


def _names(scene: Scene, at: int, start: int) -> bool:
    """Whether the token is a name that may be the subject: not a place, not a mere first word."""
    if not _capital(scene, at) or scene.word(at - 1) in _PREPOSITIONS:
        return False
    if scene.word(at).endswith("'s") and _capital(scene, at + 1):
        return False
    if at == start and scene.word(at).endswith("ly") and scene.word(at + 1) == ",":
        return False  # "Regrettably, the changes …"
    return at > start or _capital(scene, at + 1) or scene.word(at + 1) in _AFTER_A_NAME


def _capital(scene: Scene, at: int) -> bool:
    if at >= len(scene.tokens):
        return False
    token = scene.tokens[at]
    return scene.sentence.text[token.start].isupper() and token.word not in _NO_NAMES


def _kin(name: str, known: frozenset[str]) -> bool:
    """Whether the name is one of the story's, or a short or long form of one ("Citi", "Citigroup")."""
    return name in known or any(
        len(name) > 2 and len(other) > 2 and (name.startswith(other) or other.startswith(name))
        for other in known
    )


def _clause(scene: Scene, anchor: int) -> int:
    """Return the token where the clause begins; a relative clause has the subject of its sentence."""
    for at in range(anchor - 1, max(0, anchor - _LONGEST_CLAUSE), -1):
        word = scene.word(at)
        if word in {";", "while", "but", "whereas"} or (word in _BACKGROUND and at > 3 and word != "as"):
            return at + 1
    return 1 if scene.word(0) in _BULLETS else 0
