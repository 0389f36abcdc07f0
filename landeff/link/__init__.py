"""Money to land: which record belongs to which parcel, in which share, and what found no place."""
