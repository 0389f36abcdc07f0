"""Table formats, one file each, and the finding of headers, totals and footnotes in them."""
