"""From files as an office hands them over to canonical tables; doubt becomes an issue, never a silent guess.

``readers`` picks the format of a file; ``vector`` and ``tables`` hold one file a format, tagged with
:func:`landeff.sources.readers.reader`; ``text`` settles encodings, ``crs`` coordinate systems; ``columns``
gives columns their canonical names, units and types; ``codes`` checks codes against their standards.
"""
