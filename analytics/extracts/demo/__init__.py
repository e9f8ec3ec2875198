"""Demonstration data with known truth: a documented process, any size, the same seed gives the same.

The process is described in ``docs/methods/demonstration-data.md``.
"""

from analytics.extracts.demo.config import DemoConfig
from analytics.extracts.demo.generate import DemoData, generate

__all__ = ["DemoConfig", "DemoData", "generate"]
