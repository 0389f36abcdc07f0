"""The synthetic sample city: a seeded generator of all the files a bureau would hand over."""

from landeff.sample.files import write_city

__all__ = ["write_city"]
