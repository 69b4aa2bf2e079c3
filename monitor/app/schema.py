"""JSON Schema of each configuration file, so that editors complete and check as ops type."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from monitor.alert.watchlists import WatchlistFile
from monitor.app.settings import MonitorFile
from monitor.rules.language import RuleFile
from monitor.rules.overlay import Overlay
from monitor.wire.durations import shown_duration
from monitor.wire.feeds import FeedFile

FILES: Mapping[str, TypeAdapter[Any]] = MappingProxyType(
    {
        "monitor": TypeAdapter(MonitorFile),
        "feeds": TypeAdapter(FeedFile),
        "rules": TypeAdapter(RuleFile | Overlay),
        "watchlist": TypeAdapter(WatchlistFile),
    }
)
"""The model of each kind of file."""


class _AsWritten(GenerateJsonSchema):
    """Shows defaults as ops write them."""

    def encode_default(self, dft: Any) -> Any:
        if isinstance(dft, BaseModel):
            return {name: self.encode_default(value) for name, value in dft}
        return shown_duration(dft) if isinstance(dft, timedelta) else super().encode_default(dft)


def schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a kind of file, a key of `FILES`."""
    found = FILES[kind].json_schema(by_alias=True, schema_generator=_AsWritten)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def written(kind: str) -> str:
    """Return the schema of a kind of file as it is kept beside the configuration."""
    return json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n"
