"""data/safety/protocol.yml: the order of the classes, what each withholds and how it ends."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Dict, List, Literal, Optional, Union

from pydantic import BaseModel, Extra, ValidationError

from afterword.files import FileError, load_yaml

FILE = Path("safety") / "protocol.yml"
WayBack = Literal["safe_day", "plain_statement", "others_know", "they_wrote", "never"]


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid


class ClassSettings(_Strict):
    """One class of risk. Lifetimes are hours; none means as long as the account is kept."""

    softened_by: List[str]
    lines: Optional[str]
    asks_first: bool = False
    lifetime_hours: Optional[int]
    way_back: WayBack
    misread_clears: bool
    journeys_end: Union[Literal["all"], List[str]]
    withholds: Union[Literal["all"], List[str]]
    eased_allows: List[str] = []

    def withheld(self, intent: str, eased: bool = False) -> bool:
        """Whether what this intent asks for is withheld; `eased`: after the way back."""
        if eased and intent in self.eased_allows:
            return False
        return self.withholds == "all" or intent in self.withholds

    def ends(self, journey: str) -> bool:
        """Whether a journey of this name ends, rather than waits, when the class is heard."""
        return self.journeys_end == "all" or journey in self.journeys_end


class Settings(_Strict):
    """The whole file."""

    order: List[str]
    immediate_tag: str
    always_free: List[str]
    ask_again_after_hours: int
    classes: Dict[str, ClassSettings]

    def rank(self, name: str) -> int:
        """The place of a class in the order of answering."""
        return self.order.index(name)


def load_settings(data: Path) -> Settings:
    """Reads the file below a content folder.

    Raises:
        FileError: missing, not YAML, a key wrong, or a class without its place in the order.
    """
    path = data / FILE
    try:
        settings = Settings(**(load_yaml(path) or {}))
    except ValidationError as error:
        raise FileError(f"{path}: {error}") from error
    if sorted(settings.order) != sorted(settings.classes):
        raise FileError(f"{path}: expected the order to name every class once")
    return settings


@lru_cache(maxsize=4)
def settings_of(data: Path) -> Settings:
    """The settings of a folder, read once per process."""
    return load_settings(data)


def default_data() -> Path:
    """The folder of the content: AFTERWORD_CONTENT, or data/ beside the program."""
    beside = Path(__file__).parents[2] / "data"
    return Path(os.environ.get("AFTERWORD_CONTENT", beside))
