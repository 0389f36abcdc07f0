"""Hot and cold spots, as a workbook or a report of their own, and as columns of other outputs."""
