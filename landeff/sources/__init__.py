"""From files as an office hands them over to canonical tables; doubt becomes an issue, never a silent guess.

One file a format (tagged with :func:`landeff.sources.readers.reader`); ``mapping`` gives columns their
canonical names, units and types; ``duplicates`` settles rows that share a key.
"""
