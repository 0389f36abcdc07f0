"""Land-use efficiency of development zones."""
