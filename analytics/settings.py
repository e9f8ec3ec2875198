"""Everything that can be set from outside, as environment variables ``EWG_…``.

``docs/SETTINGS.md`` lists each of them; a test fails on one that is missing there.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).parents[1]


class SettingsError(ValueError):
    """A setting has a value that it cannot have; the text names its environment variable."""


def _address(text: str) -> str:
    """Return an address without its last slash; it is one of a server, with a path or without."""
    found = urlsplit(text)
    is_whole = found.scheme in ("http", "https") and bool(found.hostname)
    if text and (not is_whole or found.query or found.fragment or not text.isprintable()):
        raise ValueError(text)
    if " " in text or found.username is not None:
        raise ValueError(text)
    return text.rstrip("/")


class Settings(BaseSettings):
    """The settings of one process; read once."""

    model_config = SettingsConfigDict(env_prefix="EWG_", frozen=True, env_ignore_empty=True)

    store: Path = Field(PROJECT / "data" / "extracts", description="folder of the snapshots")
    store_access: Literal["owner", "group"] = Field(
        "owner", description="who may read the snapshots besides the account that makes them"
    )
    release: Literal["confidential", "released"] | None = Field(
        None,
        description="for whom figures are told: people bound by confidentiality, or anybody",
    )
    lang: Literal["de", "en"] = Field("de", description="language shown when none is chosen")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "warning", description="how much is logged to standard error"
    )
    threads: int = Field(2, ge=1, description="processor threads that DuckDB may use")
    address: Annotated[str, AfterValidator(_address)] = Field(
        "",
        description="where people reach the dashboard; slides then name pages by whole addresses",
    )
    memory_limit: str = Field("4GB", description="memory that DuckDB may use")

    @property
    def edition(self) -> Literal["confidential", "released"]:
        """Return for whom figures are told: where others have an address, anybody unless said."""
        return self.release or ("released" if self.address else "confidential")


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
