"""Vector formats, one file each: polygons and their attributes as they stand."""
