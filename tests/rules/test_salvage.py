"""One mistake in a rule file does not hide the next."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from monitor.rules.salvage import phrase_mistakes

RULES: dict[str, Any] = {
    "rule_set": "recalls",
    "threshold": 2,
    "vocabularies": {"product": ["car~"]},
    "rules": [{"id": "recalls", "weight": 2, "any": ["recall~ <product>", "recall~ (a"]}],
}
JUNK: st.SearchStrategy[object] = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just([]) | st.just({"a": [1]})
)


def test_a_broken_phrase_is_found_beside_an_unknown_key_a_bad_weight_and_a_missing_threshold() -> None:
    data = deepcopy(RULES)
    data["rules"][0] |= {"anny": ["x"], "weight": "much"}
    del data["threshold"]
    kept = deepcopy(data)

    assert [mistake.loc for mistake in phrase_mistakes(data)] == [("rules", 0, "any", 1)]
    assert data == kept


def test_what_is_refused_for_its_shape_is_not_accused_again() -> None:
    data = {**RULES, "rules": [{"id": "Not An Id", "any": ["recall~ <product>"]}, "recalls"]}

    assert list(phrase_mistakes(data)) == []


@given(JUNK, st.sampled_from([*RULES, "more"]), JUNK, st.sampled_from(["id", "any", "weight", "in", "with"]))
def test_whatever_a_file_holds_is_read(whole: object, key: str, value: object, part: str) -> None:
    rules = [*RULES["rules"], {**RULES["rules"][0], part: value}]

    list(phrase_mistakes(whole))
    list(phrase_mistakes({**RULES, key: value}))
    list(phrase_mistakes({**RULES, "rules": rules, "threshold": None}))
