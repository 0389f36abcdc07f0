"""Names of firms: parsed into place, brand, trade and legal form, compared part by part.

Two names are the same firm only where the brand is the same and the rest does not contradict; a brand that
differs by one character (昌建/昌健) is another firm, however alike the names look.
"""
