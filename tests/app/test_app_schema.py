from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from monitor.app.reference import reference
from monitor.app.schema import FILES, schema, written
from monitor.config.source import read

ROOT = Path(__file__).parents[2]
SHIPPED = [
    path
    for path in (ROOT / "config").rglob("*.yaml")
    if path.name not in ("slack-app.yaml", "prometheus-alerts.yaml")
]


@pytest.mark.parametrize("kind", FILES)
def test_the_schema_beside_the_configuration_is_current(kind: str) -> None:
    kept = (ROOT / "config" / "schema" / f"{kind}.json").read_text(encoding="utf-8")
    assert kept == written(kind), "run: newswire-monitor schema --write config/schema"


@pytest.mark.parametrize("kind", FILES)
def test_a_schema_is_a_schema(kind: str) -> None:
    Draft202012Validator.check_schema(schema(kind))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_file_names_its_schema_and_satisfies_it(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    kept = json.loads((path.parent / first.partition("=")[2]).read_text(encoding="utf-8"))
    Draft202012Validator(kept).validate(read(path).data)


def test_the_reference_is_current() -> None:
    kept = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert kept == reference(), "run: newswire-monitor schema --reference > docs/configuration.md"


def test_the_reference_names_every_key_with_its_default() -> None:
    assert "| `threshold` | number above 0 to 100 | required |" in reference()
    assert '| `remember_items` | text | `"30d"` |' in reference()
