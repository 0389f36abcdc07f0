"""Vocabulary of landeff: units, columns, tables, issues, errors, terms and the registry.

Known to every other package, knowing none of them.
"""
