"""Sections of the report: each module defines ``SECTION``; its ``order`` is its place."""
