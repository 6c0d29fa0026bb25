"""The doors: one module or package for each kind of visitor. Nothing in the house imports this but the factory."""

from __future__ import annotations

from quiz.web.application import Application, open_doors

__all__ = ["Application", "open_doors"]
