"""A rule as its text, and the day it is tried on."""

from __future__ import annotations

import datetime as dt

AS_OF = dt.date(2024, 12, 31)


GOOD = """
title = { zh = "低税", en = "low tax" }
category = "low_efficiency"
version = "3"

[[basis]]
document = "本地办法"
number = "1号"
article = "第三条"

[parameters]
floor = 100

[when]
all = [
  { column = "tax_cny_per_mu", op = "<", to = "floor" },
  { not = { column = "land_use_class", op = "in", value = ["public"] } },
]
"""
