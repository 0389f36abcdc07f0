"""Which land each supply record, and each approval batch, is: candidates, answers, and the parts of each.

A person's decisions go between :func:`.candidates.land_candidates` and :func:`.pairs.settle_land`.
"""
