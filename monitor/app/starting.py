"""A first configuration of one's own: the shipped files, and a watchlist that says what was asked for."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import monitor
from monitor.app.settings import Settings, load_settings
from monitor.model import MendableError

SHIPPED = Path(monitor.__file__).parents[1] / "config"


class StartError(MendableError):
    """A configuration cannot be begun here; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a new configuration shall say. Empty or None: everything, nobody, no limit.

    `countries` are ISO 3166-1 codes; `jobs` is the smallest number that is told.
    """

    name: str
    channel: str
    companies: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    jobs: int | None = None
    contact: str = ""
    ops_channel: str = ""


def begin(folder: Path, wishes: Wishes) -> Settings:
    """Write a configuration folder and return what it says.

    Raises:
        StartError: something is there already, or the shipped files are not.
        ConfigError: a wish is written in a way that no configuration allows; nothing is left behind.
    """
    if folder.exists() and any(folder.iterdir()):
        raise StartError(f"{folder} is not empty: name another folder, so that nothing is overwritten")
    if not SHIPPED.is_dir():
        raise StartError(f"the shipped configuration is not at {SHIPPED}: run this in a copy of the project")
    shutil.copytree(SHIPPED, folder, dirs_exist_ok=True)
    (folder / "watchlists" / "all.yaml").unlink()
    (folder / "slack-app.yaml").unlink()
    _fill_in(folder / "monitor.yaml", contact=wishes.contact, ops_channel=wishes.ops_channel)
    slug = re.sub(r"[^a-z0-9]+", "-", wishes.name.lower()).strip("-") or "watchlist"
    (folder / "watchlists" / f"{slug}.yaml").write_text(watchlist(wishes), encoding="utf-8")
    try:
        return load_settings(folder)
    except Exception:
        shutil.rmtree(folder)
        raise


def _fill_in(path: Path, **values: str) -> None:
    """Set keys of a file to texts, its comments kept."""
    text = path.read_text(encoding="utf-8")
    for key, value in values.items():
        before, colon, after = text.partition(f"\n{key}: ")
        _, _, rest = after.partition("\n")
        text = f"{before}{colon}{_quoted(value)}\n{rest}"
    path.write_text(text, encoding="utf-8")


def _quoted(value: str) -> str:
    """Return a text as a YAML scalar; JSON's strings are YAML's, too."""
    return json.dumps(value, ensure_ascii=False)


def watchlist(wishes: Wishes) -> str:
    """Return a commented watchlist file."""
    filters = [*_companies(wishes), *_places(wishes), *_size(wishes)]
    body = ["filters: # all of them must hold", *filters] if filters else ["# No filters: all is told."]
    return "\n".join(
        [
            "# yaml-language-server: $schema=../schema/watchlist.json",
            "# What a watchlist can say is in docs/watchlists.md; check it by: newswire-monitor check",
            f"name: {_quoted(wishes.name)}",
            f"channels: [{_quoted(wishes.channel)}] # invite the app to it first",
            *body,
            "",
        ]
    )


def _companies(wishes: Wishes) -> list[str]:
    if not wishes.companies:
        return []
    listed = ", ".join(map(_quoted, wishes.companies))
    return [
        "  companies: # names or listings (NYSE: F); legal forms, accents and case do not matter",
        f"    any_of: [{listed}]",
        "    when_unknown: stop # where no employer is named: stop, or pass",
    ]


def _places(wishes: Wishes) -> list[str]:
    if not wishes.countries:
        return []
    listed = ", ".join(f"{{country: {_quoted(country)}}}" for country in wishes.countries)
    return ["  places:", f"    any_of: [{listed}]", "    when_unknown: pass # where no place is named"]


def _size(wishes: Wishes) -> list[str]:
    if wishes.jobs is None:
        return []
    return [
        "  size:",
        f"    jobs_at_least: {wishes.jobs}",
        "    when_unknown: pass # where no number is told",
    ]
