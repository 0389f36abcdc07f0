"""Geometry to facts: ellipsoidal area, repair, overlaps, partitions. Knows polygons, not money."""
