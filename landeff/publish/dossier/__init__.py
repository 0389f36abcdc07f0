"""Dossiers (一宗一档): one printable page a parcel, one file for one parcel or a selection."""

from landeff.publish.dossier.draw import draw_dossiers
from landeff.publish.dossier.locator import Locator, Locators
from landeff.publish.dossier.model import Block, Dossier, Line
from landeff.publish.dossier.parts import identity, money, neighbours

__all__ = [
    "Block",
    "Dossier",
    "Line",
    "Locator",
    "Locators",
    "draw_dossiers",
    "identity",
    "money",
    "neighbours",
]
