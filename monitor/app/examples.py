"""`examples export`: what people said of texts, for `eval` and for the tests of a rule file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from monitor.model import Example


def items(examples: Sequence[Example]) -> Iterator[str]:
    """Yield the texts as JSON lines, as `classify` and `eval` read them."""
    for one in examples:
        yield json.dumps({"id": one.id, "title": one.title, "text": one.text}, ensure_ascii=False)


def labels(examples: Sequence[Example]) -> Iterator[str]:
    """Yield the labels as JSON lines, as `eval` reads them."""
    for one in examples:
        yield json.dumps({"id": one.id, "layoff": one.layoff, "author": one.author}, ensure_ascii=False)


def rule_tests(examples: Sequence[Example]) -> Iterator[str]:
    """Yield the lines of the `tests:` of a rule file. A JSON string is a YAML string, too."""
    yield "tests:"
    for key, layoff in (("must_match", True), ("must_not_match", False)):
        if found := [one for one in examples if one.layoff is layoff]:
            yield f"  {key}:"
            for one in found:
                title, text = (json.dumps(said, ensure_ascii=False) for said in (one.title, one.text))
                yield f"    - title: {title}"
                yield f"      text: {text}"
