"""Layers of the map, one file each, found by looking into this package."""
