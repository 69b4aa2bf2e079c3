from __future__ import annotations

import pytest

from monitor.extract.names import names
from monitor.extract.roles import Role, role_of
from monitor.rules.zones import read_document


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Swiss bank Borealis said it will cut jobs.", Role.SUBJECT),
        ("On Monday Borealis, the maker of chairs, plans to cut jobs.", Role.SUBJECT),
        ("On Monday the Borealis plant will close.", Role.POSSESSOR),
        ("More job cuts at Borealis followed.", Role.SCENE),
        ("A spokesman for Borealis declined to comment.", Role.SPOKEN_FOR),
        ("It is a unit of Borealis, which makes chairs.", Role.OWNER),
        ("It was acquired by Borealis last year.", Role.PARTY),
        ("It sold its Borealis brand.", Role.PART),
        ("It has plants in Borealis and elsewhere.", Role.PLACE),
        ("That is bad, said an analyst at Borealis on Monday.", Role.ANALYST),
        ("Cuts came, the Borealis newspaper said.", Role.MEDIA),
        ("That is bad, the Borealis union said.", Role.UNION),
        ("That was said by chairman Borealis on Monday.", Role.PERSON),
    ],
)
def test_the_words_on_both_sides_give_the_role(text: str, role: Role) -> None:
    document = read_document("", text)
    spans, found = names(document)
    (borealis,) = (name for name in found if name.words == ("Borealis",))
    sentence = spans[borealis.sentence]
    assert role_of(document.text, borealis, sentence.start, sentence.end) is role
