"""Demonstration data with known truth: a documented process, any size, equal seeds, equal bytes.

The process is described in ``docs/methods/demonstration-data.md``.
"""

from analytics.extracts.demo.config import DemoConfig
from analytics.extracts.demo.tables import DemoData, generate
from analytics.extracts.demo.true_values import truth

__all__ = ["DemoConfig", "DemoData", "generate", "truth"]
