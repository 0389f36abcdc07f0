"""Between which bounds amounts usually lie: what a wrong unit looks like. Data, each line with its reason.

The bounds are landeff's own, wide by intent, and no standard: they make issues and never set a row aside.
What is impossible is in :data:`landeff.core.columns.COLUMNS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

#: ``table column | single low, high | median low, high | reason``; in m², CNY, m and ratios.
_BOUNDS = """
zones approved_area_m2 | 1e4 2e9 | 2e5 5e8 | a park of 20 ha to 500 km²; 扬州经开区 is about 1.3e8
zones developed_area_m2 | 1e3 2e9 | 1e4 5e8 | part of the park
parcels registered_area_m2 | 5 1e7 | 100 1e6 | a kiosk has 5 m², the largest works 10 km²
supply supplied_area_m2 | 5 1e7 | 200 1e6 | as parcels
approvals approved_area_m2 | 10 1e8 | 500 1e7 | a batch holds several parcels
survey survey_area_m2 | 1 1e9 | 50 1e7 | mapping minimum 200 m² (TD/T 1055-2019), cut pieces less
occupancy land_area_m2 | 5 1e7 | 50 1e6 | a rented part of a parcel upwards
occupancy floor_area_m2 | 1 3e6 | 20 2e5 | a room to a works
buildings floor_area_m2 | 1 3e6 | 20 2e5 | a shed to a mall; the largest building on earth has 1.8e6 m²
buildings height_m | 1 700 | 2 200 | a guard house to a tower
supply price_cny | 1e3 5e10 | 2e4 5e9 | dearest lots of the land market about 2e10
supply planned_investment_cny | 1e4 1e11 | 5e5 2e10 | a workshop to a chip plant
supply actual_investment_cny | 1e2 1e11 | 5e4 2e10 | begins at nothing
supply agreed_far_min | 0.05 20 | 0.2 8 | industrial land 0.6 to 4 (工业项目建设用地控制指标)
supply agreed_far_max | 0.05 20 | 0.2 10 | towers reach 15
"""

#: The same for items of ``returns``.
_ITEMS = """
tax_paid | 0.01 1e11 | 1e3 5e8 | of one enterprise a year: 0.01 元 is the least coin
vat | 0.01 1e11 | 500 5e8 | as the total
income_tax | 0.01 1e11 | 200 5e8 | as the total
land_use_tax | 0.01 1e9 | 100 5e7 | 1.5 to 30 元/m² a year
property_tax | 0.01 1e9 | 100 5e7 | 1.2 % of the value, 12 % of rent
output | 1 1e12 | 2e4 2e10 | output of one enterprise a year
taxable_sales | 1 1e12 | 1e4 2e10 | as output
sales | 1 1e12 | 1e4 2e10 | as output
"""

#: Amounts by the area beside them: ``table column area | median low, high | reason``.
_BY_AREA = """
supply price_cny supplied_area_m2 | 15 1e5 | 元/m²: industrial land of the west to the dearest housing
"""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where single values and the median of a column usually lie; ``reason`` is why."""

    low: float
    high: float
    median_low: float
    median_high: float
    reason: str


def _bounds(text: str) -> Mapping[str, Bounds]:
    found = {}
    for line in text.strip().splitlines():
        name, single, median, reason = (part.strip() for part in line.split("|"))
        numbers = [float(number) for number in (*single.split(), *median.split())]
        found[name] = Bounds(numbers[0], numbers[1], numbers[2], numbers[3], reason)
    return MappingProxyType(found)


#: Bounds by ``table column``, and by item of ``returns``.
OF_COLUMN: Mapping[str, Bounds] = _bounds(_BOUNDS)
OF_ITEM: Mapping[str, Bounds] = _bounds(_ITEMS)


def by_area() -> Mapping[tuple[str, str], tuple[str, float, float]]:
    """``(table, column)`` → the column of the area, and the bounds of the median of the quotient."""
    found = {}
    for line in _BY_AREA.strip().splitlines():
        names, median, _ = (part.strip() for part in line.split("|"))
        table, column, area = names.split()
        low, high = (float(number) for number in median.split())
        found[(table, column)] = (area, low, high)
    return MappingProxyType(found)
