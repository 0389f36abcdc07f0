"""Raw columns to canonical ones: headers, units, values, defects, duplicates."""
