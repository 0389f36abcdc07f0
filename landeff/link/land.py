"""Supply records to parcels, by the numbers both carry."""

from __future__ import annotations

import pandas as pd

LINKS = ("parcel_id", "supply_id", "method")


def link_supply(parcels: pd.DataFrame, supply: pd.DataFrame) -> pd.DataFrame:
    """Link parcels to records of the supply ledger, by 电子监管号, else by contract number.

    A contract number counts only where exactly one supply record carries it. Parcels that find no record
    are simply absent from the result: that is a fact about the data, never a guess.

    Args:
        parcels: ``parcel_id`` and, where known, ``supply_id`` and ``contract_no``.
        supply: ``supply_id`` and, where known, ``contract_no``.

    Returns:
        Columns :data:`LINKS`; ``method`` is ``supply_id`` or ``contract_no``. Sorted by parcel.

    >>> parcels = pd.DataFrame({"parcel_id": ["a", "b"], "supply_id": ["1", None]})
    >>> parcels["contract_no"] = [None, "C2"]
    >>> supply = pd.DataFrame({"supply_id": ["1", "2"], "contract_no": ["C1", "C2"]})
    >>> link_supply(parcels, supply)["method"].tolist()
    ['supply_id', 'contract_no']
    """
    found = [pd.DataFrame(columns=list(LINKS), dtype="str")]
    rest = parcels
    if "supply_id" in parcels:
        by_number = parcels["supply_id"].isin(supply["supply_id"].dropna())
        found.append(parcels.loc[by_number, ["parcel_id", "supply_id"]].assign(method="supply_id"))
        rest = parcels[~by_number]
    if "contract_no" in parcels and "contract_no" in supply:
        unique = supply.dropna(subset=["contract_no"]).drop_duplicates("contract_no", keep=False)
        rest = rest.loc[rest["contract_no"].notna(), ["parcel_id", "contract_no"]]
        by_contract = rest.merge(unique[["supply_id", "contract_no"]], on="contract_no")
        found.append(by_contract[["parcel_id", "supply_id"]].assign(method="contract_no"))
    links = pd.concat(found)[list(LINKS)]
    return links.sort_values(["parcel_id", "supply_id"], ignore_index=True)
