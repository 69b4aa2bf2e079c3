from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from monitor.app.rulebook import compiled, load_rules
from monitor.config.problems import ConfigError
from monitor.rules.testing import run_tests
from monitor.rules.zones import read_document

SHIPPED = Path(__file__).parents[2] / "config"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED / "rules", tmp_path / "rules")
    return tmp_path


def announced(folder: Path, title: str) -> bool:
    return compiled(load_rules(folder).sets).verdict(read_document(title, ""), "layoffs").announced


def test_an_overlay_changes_the_verdict_and_leaves_the_shipped_file_alone(folder: Path) -> None:
    title = "Acme sends 300 colleagues to the beach"
    assert not announced(folder, title)
    (folder / "rules" / "ours.yaml").write_text(
        "extends: layoffs\nrules:\n  - {id: beach, weight: 4, any: [send~ ..5 to the beach]}\n"
    )
    assert announced(folder, title)
    assert (folder / "rules" / "layoffs.yaml").read_bytes() == (
        SHIPPED / "rules" / "layoffs.yaml"
    ).read_bytes()


def test_the_tests_of_an_overlay_run_on_the_rules_in_force(folder: Path) -> None:
    (folder / "rules" / "ours.yaml").write_text(
        "extends: layoffs\nrules:\n  - {id: beach, weight: 4, any: [to the beach]}\n"
        "tests:\n  must_match: [{title: Acme sends staff to the beach, text: ''}]\n"
    )
    (_, (rules, source)) = load_rules(folder).files
    assert source.path.name == "ours.yaml"
    assert run_tests(rules).passed


def test_an_overlay_of_nothing_is_refused(folder: Path) -> None:
    (folder / "rules" / "ours.yaml").write_text("extends: layofs\n")
    with pytest.raises(ConfigError, match=r"ours\.yaml:1:10: there is no rule set 'layofs' — did you mean"):
        load_rules(folder)


def test_two_files_of_one_rule_set_are_told_of_overlays(folder: Path) -> None:
    shutil.copy(folder / "rules" / "layoffs.yaml", folder / "rules" / "twice.yaml")
    with pytest.raises(ConfigError, match="write 'extends: layoffs' to change that of"):
        load_rules(folder)
