"""Indicators: pure functions from columns to a column, each tagged with what it means.

To add one, write a tagged function in a file of this package: its name is the column it makes, its parameters
are the columns it reads (``pd.Series``) and the facts of the run it needs (anything else).
"""
