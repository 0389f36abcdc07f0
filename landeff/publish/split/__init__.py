"""Workbooks for districts or zones to fill in, and the one that gathers what came back."""

from landeff.publish.split.write import write_merged, write_split

__all__ = ["write_merged", "write_split"]
