"""The report: one HTML file, opened offline, printed on A4. A section is one file in ``sections``."""

from landeff.publish.report.draw import build_report

__all__ = ["build_report"]
