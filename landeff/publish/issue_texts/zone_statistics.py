"""Sentences of issues in Chinese: statistics that zones hand in."""

from __future__ import annotations

#: English sentence as written by the pipeline (a regular expression) → Chinese, with its groups.
SENTENCES = (
    (r"no zone of the run has this code: the row is not used", "园区图层无此代码，该行未使用"),
    (r"correct the code, or add the zone", "更正代码，或补充该园区"),
    (
        r"terms contradict each other: each taken as stated, nothing worked out from them",
        "各项相互矛盾：逐项按所填采用，不再据此推算其他项",
    ),
    (r"correct the statistics sheet: parts must sum to their whole", "更正统计表：分项之和应等于合计"),
)
