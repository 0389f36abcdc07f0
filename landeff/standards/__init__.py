"""Standards as data: rules in TOML, three-valued verdicts, findings, and the land balance sheet.

To add a rule, put one TOML file with its cases into ``catalogue/<jurisdiction>/``.
"""
