"""The section of the report of a run."""

from landeff.publish.report.sections.scenarios import SECTION

__all__ = ["SECTION"]
