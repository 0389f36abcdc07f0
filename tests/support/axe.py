"""axe-core on a page: what keeps it from people who cannot see or point well."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

_AXE = Path(__file__).parents[1] / "browser" / "vendor" / "axe.min.js"


def complaints(page: Page) -> list[tuple[str, str, list[str]]]:
    """Violations of WCAG 2.2 A and AA and of good practice, of any impact: impact, rule, first elements."""
    page.evaluate(_AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (each["impact"], each["id"], [node["html"][:160] for node in each["nodes"]][:3])
        for each in found["violations"]
    ]
