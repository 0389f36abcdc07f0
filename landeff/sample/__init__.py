"""The synthetic sample city: a seeded generator of all the files a bureau would hand over."""

from landeff.sample.files import SEED, write_city

__all__ = ["SEED", "write_city"]
