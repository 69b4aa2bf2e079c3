from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from monitor.app.settings import load_settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "watchlists.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.partition("\n")[0])
def test_every_example_of_the_page_is_a_watchlist(example: str, tmp_path: Path) -> None:
    folder = tmp_path / "config"
    shutil.copytree(ROOT / "config", folder)
    (folder / "watchlists" / "all.yaml").unlink()
    (folder / "watchlists" / "example.yaml").write_text(example, encoding="utf-8")
    (watchlist,) = load_settings(folder).watchlists
    assert watchlist.channels


def test_the_page_shows_every_key_of_a_watchlist() -> None:
    (watchlist,) = load_settings(ROOT / "config").watchlists
    parts = (watchlist, watchlist.filters, watchlist.tell)
    missing = [key for part in parts for key in type(part).model_fields if f"{key}" not in "".join(EXAMPLES)]
    assert missing == []
