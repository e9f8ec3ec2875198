"""Everything that can be set from outside, as environment variables ``EWG_…``.

``docs/SETTINGS.md`` lists each of them; a test fails on one that is missing there.
"""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).parents[1]


class SettingsError(ValueError):
    """A setting has a value that it cannot have; the text names its environment variable."""


class Settings(BaseSettings):
    """The settings of one process; read once."""

    model_config = SettingsConfigDict(env_prefix="EWG_", frozen=True)

    store: Path = Field(PROJECT / "data" / "extracts", description="folder of the snapshots")
    store_access: Literal["owner", "group"] = Field(
        "owner", description="who may read the snapshots besides the account that makes them"
    )
    lang: Literal["de", "en"] = Field("de", description="language shown when none is chosen")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "warning", description="how much is logged to standard error"
    )
    threads: int = Field(2, ge=1, description="processor threads that DuckDB may use")
    memory_limit: str = Field("4GB", description="memory that DuckDB may use")


@cache
def settings() -> Settings:
    """Return the settings of this process.

    Raises:
        SettingsError: If the environment holds a value that is not allowed.
    """
    try:
        return Settings()
    except ValidationError as error:
        names = dict.fromkeys(f"EWG_{problem['loc'][0]}".upper() for problem in error.errors())
        raise SettingsError(", ".join(names)) from None
