"""Phrases match what people mean by them, and nothing inside a word; mistakes say where and what to do."""

from __future__ import annotations

import pytest
import re2
from growth import is_linear
from hypothesis import given
from hypothesis import strategies as st

from monitor.rules.grammar import PhraseError
from monitor.rules.language import RuleFile, check, compiled
from monitor.rules.phrases import compile_phrase
from monitor.rules.samples import samples

VOCABULARIES = {"jobs": ("job~", "work force", "(post|position)~"), "cut": ("(cut|slash)~", "lay~ off")}


def found(phrase: str, text: str) -> str | None:
    hit = compiled(compile_phrase(phrase, VOCABULARIES)).search(text)
    return hit.group(1) if hit else None


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("job cuts", "ACME JOB CUTS begin", "JOB CUTS"),
        ("job cuts", "job-cuts", "job-cuts"),
        ("cut~ jobs", "cutting jobs", "cutting jobs"),
        ("trim~ staff", "trimmed staff", "trimmed staff"),
        ("(axe|slash)~ jobs", "slashes jobs", "slashes jobs"),
        ("(axe|slash) jobs", "slashes jobs", None),
        ("restructur* plan", "restructuring plan", "restructuring plan"),
        ("the? plan", "plan", "plan"),
        ("cut about? <number> jobs", "cut 1,300 jobs", "cut 1,300 jobs"),
        ("cut <number> jobs", "cut several hundred jobs", "cut several hundred jobs"),
        ("<percent> of staff", "12.5 percent of staff", "12.5 percent of staff"),
        ("<percent> of staff", "7% of staff", "7% of staff"),
        ("<cut> ..3 <jobs>", "laid off from all posts", "laid off from all posts"),
        ("<cut> ..3 <jobs>", "slash prices, and jobs", None),
        ("<cut> ...3 <jobs>", "slash prices, and jobs", "slash prices, and jobs"),
        ("<cut> ..2 <jobs>", "cut one two three jobs", None),
        ("<cut> ..2 <jobs>", "cut 500 ( ACM.N and others ) jobs", "cut 500 ( ACM.N and others ) jobs"),
        ("work force", "its 'work force' shrinks", "work force"),
        ("<name> cuts", "Acme cuts", "Acme cuts"),
        ("<name> cuts", "it cuts", None),
        ("^ acme", "“Acme will cut", "“Acme"),
        ("^ acme", "and Acme will cut", None),
        ("off", "playoffs", None),
        ("rung", "Änderung", None),
        ("öl", "Öl", "Öl"),
        ("q+a", "Q+A: jobs", "Q+A"),
    ],
)
def test_a_phrase_finds(phrase: str, text: str, expected: str | None) -> None:
    assert found(phrase, text) == expected


@pytest.mark.parametrize(
    ("phrase", "offset", "message"),
    [
        ("cut (jobs", 4, "'(' is never closed"),
        ("cut jobs)", 8, "this belongs in brackets"),
        ("cut | jobs", 4, "this belongs in brackets"),
        ("cut (jobs|)", 10, "there is no word here"),
        ("", 0, "there is no word here"),
        ("cut ..99 jobs", 4, "a gap skips 1 to 20 words"),
        ("cut .. jobs", 4, "a gap skips 1 to 20 words"),
        ("..3 jobs", 8, "a gap stands between two words"),
        ("the? ..3 jobs", 13, "a gap stands between two words"),
        ("cut ..3 ..4 jobs", 16, "a gap stands between two words"),
        ("?jobs", 0, "'?' follows no word"),
        ("cut <job> now", 5, "unknown vocabulary 'job'"),
        ("cut [jobs]", 4, "'[jobs]' is not a word"),
        ("cut \\d+", 4, "'\\\\d+' is not a word"),
    ],
)
def test_a_broken_phrase_says_where(phrase: str, offset: int, message: str) -> None:
    with pytest.raises(PhraseError) as caught:
        compile_phrase(phrase, VOCABULARIES)

    assert (caught.value.offset, caught.value.message) == (offset, message)
    assert caught.value.fix


@given(st.text(alphabet="ab cut()|?~*<>.^3é$", max_size=30))
def test_any_text_compiles_or_says_why(phrase: str) -> None:
    rule = {"id": "any", "any": [phrase or "x"]}
    file = RuleFile.model_validate({"rule_set": "any", "threshold": 1, "rules": [rule]})

    assert all(0 <= mistake.offset <= len(phrase) and mistake.fix for mistake in check(file))


@pytest.mark.parametrize(
    "phrase", ["<cut> ..3 <jobs>", "the? (axe|slash)~ <number> jobs", "restructur* ..2 plan"]
)
def test_samples_of_a_phrase_match_it(phrase: str) -> None:
    texts, complete = samples(phrase, VOCABULARIES)

    assert complete
    assert texts
    assert all(found(phrase, text) is not None for text in texts)


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|a)*b", "(a|aa)+$", "(.*a){20}", "^(([a-z])+.)+[A-Z]([a-z])+$", "(x+x+)+y"]
)
def test_catastrophic_patterns_take_linear_time(pattern: str) -> None:
    regexp = compiled(pattern)
    assert is_linear(lambda size: (regexp.search("a" * size + "!"), regexp.search("x" * size)), 50_000)


@pytest.mark.parametrize("pattern", [r"(a)\1", "(?=a)", "(?<!a)b", "(unclosed"])
def test_what_re2_cannot_do_is_refused(pattern: str) -> None:
    with pytest.raises(re2.error):
        compiled(pattern)
