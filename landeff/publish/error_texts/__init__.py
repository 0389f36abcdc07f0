"""Chinese of the errors: each text as it is raised, with ``{names}`` where it names something.

At ``problem``, ``why``, ``what``, ``near``, ``reason``, ``os`` and ``purpose`` stands a text of its own.
"""

from __future__ import annotations

from landeff.publish.error_texts import files, places, project, rasters, results, standards

TEXTS: tuple[tuple[str, str], ...] = (
    *project.TEXTS,
    *standards.TEXTS,
    *files.TEXTS,
    *places.TEXTS,
    *rasters.TEXTS,
    *results.TEXTS,
)
