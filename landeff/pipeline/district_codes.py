"""Codes of townships and villages in a layer of divisions, brought to the county they lie in."""

from __future__ import annotations

import pandas as pd

from landeff.core.issues import Issue
from landeff.sources.codes.issues import grouped

_COUNTY = 6
#: County (6) with township (3) and village (3), as 行政区 layers of the land survey have them.
_LONGER = r"[0-9]{9}|[0-9]{12}"


def county_codes(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Issue]]:
    """``district_code`` cut to the six digits of the county, where it is the code of a part of one.

    The first six digits of the code of a township (9, GB/T 10114-2003) or village (12) are its county. The
    name of such a row is not the county's and is dropped. Several parts of a county then share its key:
    ``duplicates = "dissolve"`` makes one polygon of them.

    >>> frame = pd.DataFrame({"district_code": ["321003001", "321012"], "district_name": ["某镇", "江都区"],
    ...                       "source_file": "XZQ.shp", "source_row": [1, 2]})
    >>> county_codes(frame)[0]["district_code"].tolist()
    ['321003', '321012']
    """
    code = frame["district_code"].astype("str")
    is_part = code.str.fullmatch(_LONGER).fillna(False).astype(bool)
    if not is_part.any():
        return frame, []
    told = grouped(
        frame[is_part],
        "districts",
        "district_code",
        "district_code_cut",
        "info",
        "cut to the six digits of the county; names of its parts dropped",
        'declare duplicates = "dissolve" to make one polygon of the parts of a county',
    )
    cut = frame.assign(district_code=code.str[:_COUNTY].where(is_part, code))
    if "district_name" in cut:
        cut["district_name"] = cut["district_name"].mask(is_part)
    return cut, told
