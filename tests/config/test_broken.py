"""Each file in `broken/` holds a mistake that ops make; the text beside it is what `check` says of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from monitor.app.settings import load_settings
from monitor.config.problems import ConfigError

SHIPPED = Path(__file__).parents[2] / "config"
BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))
PLACES = {"rules": "rules/team.yaml", "watchlist": "watchlists/team.yaml"}


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_a_broken_file_gets_its_line_and_a_remedy(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = file.stem.partition("-")[0]
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SHIPPED, "config")
    shutil.copy(file, Path("config") / PLACES.get(kind, f"{kind}.yaml"))
    with pytest.raises(ConfigError) as caught:
        load_settings(Path("config"), {})
    assert all(problem.remedy or " — " in problem.message for problem in caught.value.problems)
    assert f"{caught.value}\n" == file.with_suffix(".txt").read_text(encoding="utf-8")
