from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from monitor.alert.filters import Filter, wanted
from monitor.alert.watchlists import Companies, Filters, Keywords, WatchlistFile
from monitor.config.validate import load
from monitor.model import Company, Evidence
from monitor.story.names import company_keys

SHIPPED = sorted((Path(__file__).parents[2] / "config" / "watchlists").glob("*.yaml"))
LEAST = {"name": "all", "channels": ["#layoffs"]}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_is_shipped_is_valid(path: Path) -> None:
    assert load(path, WatchlistFile)[0].channels


def test_the_shipped_watchlist_sends_everything_to_one_channel() -> None:
    shipped, _ = load(next(path for path in SHIPPED if path.stem == "all"), WatchlistFile)
    assert shipped == WatchlistFile(name="everything", channels=("#layoffs",))


def test_the_examples_in_the_comments_of_the_shipped_watchlist_are_valid(tmp_path: Path) -> None:
    text = next(path for path in SHIPPED if path.stem == "all").read_text(encoding="utf-8")
    head, _, _ = text.partition("# All filters")
    examples = (
        text[text.index("# filters:") :].replace("\n# ", "\n").replace("\n#\n", "\n").removeprefix("# ")
    )
    written = tmp_path / "example.yaml"
    written.write_text(head + examples, encoding="utf-8")
    example, _ = load(written, WatchlistFile)
    assert example.filters.places
    assert example.mention


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"chanels": []}, "Extra inputs are not permitted"),
        ({"channels": []}, "at least 1 item"),
        ({"channels": ["#Layoffs"]}, "should match pattern"),
        ({"channels": ["layoffs"]}, "should match pattern"),
        ({"filters": {"size": {"jobs_at_least": 100}}}, "Field required"),
        ({"filters": {"size": {"when_unknown": "pass"}}}, "give 'jobs_at_least' or 'percent_at_least'"),
        ({"filters": {"companies": {"when_unknown": "pass"}}}, "give 'any_of' or 'files'"),
        (
            {"filters": {"places": {"any_of": [{"country": "UK"}], "when_unknown": "pass"}}},
            "the United Kingdom is GB",
        ),
        (
            {"filters": {"places": {"any_of": [{"region": "NY"}], "when_unknown": "pass"}}},
            "a region needs its country",
        ),
        (
            {"filters": {"places": {"any_of": [{}], "when_unknown": "pass"}}},
            "give 'country', 'city' or 'near'",
        ),
        ({"filters": {"keywords": {"any_of": ["—"]}}}, "has no letter or digit"),
        ({"tell": {"headcount": "shout"}}, "'nothing', 'edit', 'reply' or 'post'"),
        ({"mention": {"who": ["@channel"]}}, "should match pattern"),
        ({"digest": {"cron": "daily"}}, "a cron line has 5 fields"),
        ({"digest": {"cron": "0 9 * * *", "zone": "CET/Berlin"}}, "is no IANA time zone"),
    ],
)
def test_a_mistake_is_named_and_its_input_is_not_printed(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as error:
        WatchlistFile.model_validate({**LEAST, **wrong})
    assert said in str(error.value)
    assert "input_value" not in str(error.value)


def test_the_lines_of_a_company_file_are_terms() -> None:
    empty = Companies(files=(Path("us.txt"),), when_unknown="stop")
    assert empty.keys == frozenset()
    filled = empty.with_terms(["# listed", "", "  IEC Electronics Corp.\n", "NYSE: F"])
    assert filled.keys == {"name:iec electronics", "name:iecelectronics", "ticker:us:F"}


def test_a_hundred_thousand_companies_are_one_lookup() -> None:
    many = Companies(any_of=("x",), when_unknown="stop").with_terms(
        f"Company {n} Inc." for n in range(100_000)
    )
    nothing = Evidence(0, 0, "")
    assert not many.keys.isdisjoint(company_keys(Company("COMPANY 99999", None, None, nothing)))
    assert many.keys.isdisjoint(company_keys(Company("Company 100000", None, None, nothing)))


def test_keywords_by_the_thousand_are_told_in_few_words() -> None:
    terms = tuple(f"Acme {number}" for number in range(5_000))
    filters = Filters(keywords=Keywords(any_of=terms))

    said = wanted(filters, Filter.KEYWORDS)

    assert said.startswith("one of Acme 0, Acme 1")
    assert said.endswith("and 4,988 more")
