"""The blocks, as the whole report has them."""

from landeff.publish.report.sections.blocks import SECTION

__all__ = ["SECTION"]
