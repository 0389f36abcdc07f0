"""How the tax tables write who an enterprise is: mostly right, some of it wrong, and what that leads to."""

from __future__ import annotations

import numpy as np
import pandas as pd

from landeff.sample.names import INDUSTRIES, SERVICES

#: Rows a year with each fault: ``planted`` → (how many, ``reason`` of the truth; "" where the land is found).
FAULTS = {
    "letter_o": (40, ""),  # the letter O for a nought: one reading alone is right
    "digit_changed": (3, ""),  # a wrong digit beside the right name
    "digit_and_name": (2, "bad_code"),  # a wrong digit beside a name that nobody has
    "no_code": (14, ""),  # no code, the right name
    "former_name": (4, ""),  # no code, a name that was given up
    "branch": (3, "ambiguous_name"),  # no code, a 分公司: it is not its parent
    "trade_left_out": (3, "ambiguous_name"),  # no code, a name cut to the brand
    "no_name": (2, "blank_code"),  # neither code nor name
}
_WORDS = [value[1] for value in INDUSTRIES.values()] + [value[2] for value in SERVICES.values()]


def as_written(enterprises: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """``code``, ``name``, ``planted`` and ``reason`` of the row of each enterprise in one year.

    ``enterprises`` has ``enterprise_id``, ``name`` and ``former_names``.
    """
    rows = pd.DataFrame(
        {"code": enterprises["enterprise_id"], "name": enterprises["name"], "planted": "", "reason": ""}
    )
    plain = enterprises["name"].str.startswith("示例")
    for fault, (n, reason) in FAULTS.items():
        able = plain & rows["planted"].eq("")
        if fault == "letter_o":
            able &= rows["code"].str[8:17].str.contains("0")
        if fault == "former_name":
            able &= enterprises["former_names"] != ""
        at = rng.choice(rows.index[able], n, replace=False)
        rows.loc[at, ["planted", "reason"]] = fault, reason
    _write_codes(rows)
    _write_names(rows, enterprises["former_names"])
    return rows


def _write_codes(rows: pd.DataFrame) -> None:
    code, planted = rows["code"], rows["planted"]
    with_letter = code.str[:8] + code.str[8:].str.replace("0", "O", n=1)
    # The last place of the division: a digit that the check digit then contradicts.
    mistyped = code.str[:7] + code.str[7].map(lambda digit: str((int(digit) + 3) % 10)) + code.str[8:]
    rows["code"] = (
        code.mask(planted == "letter_o", with_letter)
        .mask(planted.isin(["digit_changed", "digit_and_name"]), mistyped)
        .mask(planted.isin(["no_code", "former_name", "branch", "trade_left_out", "no_name"]), "")
    )


def _write_names(rows: pd.DataFrame, former: pd.Series) -> None:
    name, planted = rows["name"], rows["planted"]
    brand = name.str.replace("|".join(_WORDS), "", n=1, regex=True)
    rows["name"] = (
        name.mask(planted == "digit_and_name", "未登记的单位" + rows["code"].str[-4:])
        .mask(planted == "former_name", former)
        .mask(planted == "branch", name + "第二分公司")
        .mask(planted == "trade_left_out", brand)
        .mask(planted == "no_name", "")
    )
