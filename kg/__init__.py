"""Elchi: a knowledge graph from diplomatic and trade news in six scripts.

>>> import kg
>>> facts = kg.extract("Қозоғистон ва Қирғизистон ўртасидаги товар айирбошлаш ҳажми 2 миллиард долларга етди")
>>> [type(fact).__name__ for fact in facts if type(fact).__name__ == "TradeVolume"]
['TradeVolume']
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import Graph as Graph
    from kg.api import Picture as Picture
    from kg.api import extract as extract
    from kg.api import open as open  # noqa: A004 - kg.open(folder) is how a store is opened
    from kg.build import Report as Report
    from kg.build import build as build
    from kg.build.load import load as load

__version__ = "0.1.0"
__all__ = ["Graph", "Picture", "Report", "build", "extract", "load", "open"]

_HOMES = dict.fromkeys(__all__, "kg.api") | dict.fromkeys(("Report", "build"), "kg.build") | {"load": "kg.build.load"}


def __getattr__(name: str) -> object:
    """A public name, imported when first used, so that ``import kg`` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(name, name=name, obj=sys.modules[__name__])
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


class _Package(ModuleType):
    """The package, in which ``build`` and ``extract`` stay functions when the modules of these names are loaded."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
