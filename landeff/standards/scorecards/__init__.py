"""Scorecards (亩均论英雄 A/B/C/D): weights, benchmarks, cuts and vetoes as data; grades as simulation (模拟).

Whatever is computed here is never a grade: rules read the official ``grades`` table alone.
"""
