"""Score sheets (评分单): how each enterprise came to its simulated grade, as text or one a page."""

from __future__ import annotations

from landeff.publish.score_sheet.draw import draw_sheets
from landeff.publish.score_sheet.model import Sheet, build_sheets
from landeff.publish.score_sheet.words import text_of

__all__ = ["Sheet", "build_sheets", "draw_sheets", "text_of"]
