"""Which approval batch the land of a supply record is of: by its number, else through its parcels."""

from __future__ import annotations

import pandas as pd

from landeff.link.land_identity.sides import joined
from landeff.link.land_identity.texts import stated
from landeff.link.links import JOINED, links_frame, seen

KIND = "approval_supply"
#: Of the record's land within a batch, from which on it is of that batch (domain §5.4, engineering default).
MATCH_RATIO = 0.9
#: A smaller share is a border, no question.
ASKED_RATIO = 0.1
PAIR = ["approval_id", "supply_id"]
COLUMNS = (*PAIR, "method", "score", "area_m2", "share_of_supply_ratio", "decision")
#: Columns of a batch that may hold the number which a record states, in this order.
_NUMBERS = ("approval_id", "document", "name")


def land_in_batches(pairs: pd.DataFrame, parcel_approval: pd.DataFrame, area_m2: pd.Series) -> pd.DataFrame:
    """Measured land of each record in each batch, through its parcels.

    Args:
        pairs: of :func:`landeff.link.land_identity.pairs.settle_land`.
        parcel_approval: ``parcel_id``, ``approval_id``, ``area_m2``, as measured.
        area_m2: measured area of each parcel, by ``parcel_id``.

    Returns:
        ``approval_id``, ``supply_id``, ``area_m2`` and ``share_of_supply_ratio`` of the record's land. Of a
        parcel under several records each has its part.
    """
    told = pairs.loc[pairs["decision"].isin(JOINED), ["supply_id", "parcel_id", "share_of_parcel_ratio"]]
    area = told["parcel_id"].map(area_m2).astype("float64") * told["share_of_parcel_ratio"]
    whole = area.groupby(told["supply_id"]).sum()
    parts = told.merge(parcel_approval[["parcel_id", "approval_id", "area_m2"]], on="parcel_id")
    parts["area_m2"] *= parts["share_of_parcel_ratio"]
    table = pd.DataFrame(parts.groupby(PAIR, as_index=False)["area_m2"].sum())
    share = table["area_m2"] / table["supply_id"].map(whole).astype("float64")
    table["share_of_supply_ratio"] = share.clip(upper=1.0)
    return table


def batch_candidates(approvals: pd.DataFrame, supply: pd.DataFrame, land: pd.DataFrame) -> pd.DataFrame:
    """Pairs of batches and supply records: by number accepted; through parcels from 90 % on, else queued.

    The number a record states (``approval_id``, several joined by 、) is looked for among the batches'
    numbers, then documents, then names, and counts where one batch alone has it. A record that states a
    batch of the layer is not asked about others.

    Args:
        approvals: ``approval_id``; where known ``document``, ``name``.
        supply: ``supply_id``; where known ``approval_id``.
        land: of :func:`land_in_batches`.

    Returns:
        ``links`` of kind ``approval_supply``: left the batch, right the record.

    >>> approvals = pd.DataFrame({"approval_id": ["P1"], "document": ["苏政地〔2020〕7号"]})
    >>> supply = pd.DataFrame({"supply_id": ["1"], "approval_id": ["苏政地[2020]7号"]})
    >>> nothing = land_in_batches(*(pd.DataFrame(columns=c) for c in (
    ...     ["supply_id", "parcel_id", "share_of_parcel_ratio", "decision"],
    ...     ["parcel_id", "approval_id", "area_m2"])), pd.Series(dtype="float64"))
    >>> batch_candidates(approvals, supply, nothing)[["left_key", "method", "decision"]].to_numpy().tolist()
    [['P1', 'document', 'accepted']]
    """
    told = stated_batches(approvals, supply)
    by_number = told.dropna(subset="approval_id").drop_duplicates(PAIR)
    by_number = by_number.assign(score=1.0, reasons=by_number["method"], decision="accepted")
    rest = land[~land["supply_id"].isin(by_number["supply_id"])]
    rest = rest[rest["share_of_supply_ratio"] >= ASKED_RATIO]
    is_match = rest["share_of_supply_ratio"] >= MATCH_RATIO
    by_land = rest.assign(
        method="parcels",
        score=(rest["share_of_supply_ratio"] * 0.95).round(4),
        reasons=joined("overlap", (~is_match, "overlap_below_90")) if len(rest) else "",
        decision=pd.Series("queued", index=rest.index, dtype="str").mask(is_match, "accepted"),
    )
    columns = [*PAIR, "method", "score", "reasons", "decision"]
    found = pd.concat([by_number[columns], by_land[columns]], ignore_index=True)
    return _links(found, approvals, supply)


def stated_batches(approvals: pd.DataFrame, supply: pd.DataFrame) -> pd.DataFrame:
    """The batches that records state: ``supply_id``, ``number``, ``approval_id`` and ``method``.

    ``approval_id`` is missing where no batch, or more than one, has the number.
    """
    told = stated(supply, "supply_id", "approval_id") if "approval_id" in supply else _nothing()
    found = []
    for name in _NUMBERS:
        if name in approvals:
            known = approvals[["approval_id"]].assign(value=approvals[name])
            numbers = stated(known, "approval_id", "value")
            found.append(numbers[~numbers["number"].duplicated(keep=False)].assign(method=name))
    every = pd.concat(found).drop_duplicates("number")
    return told.merge(every, on="number", how="left")


def settle_batches(links: pd.DataFrame, land: pd.DataFrame) -> pd.DataFrame:
    """All pairs asked, columns :data:`COLUMNS`; the two areas missing where the record has no known land.

    Args:
        links: of :func:`batch_candidates`, with a person's decisions where there are any.
        land: of :func:`land_in_batches`.
    """
    asked = links[links["kind"] == KIND]
    pairs = asked.rename(columns={"left_key": "approval_id", "right_key": "supply_id"})
    pairs = pairs[[*PAIR, "method", "score", "decision"]].merge(land, on=PAIR, how="left")
    text = dict.fromkeys((*PAIR, "method", "decision"), "str")
    table = pairs.astype({**text, "area_m2": "float64", "share_of_supply_ratio": "float64"})
    return table[list(COLUMNS)].sort_values(PAIR, ignore_index=True)


def _nothing() -> pd.DataFrame:
    return pd.DataFrame({"supply_id": [], "number": []}, dtype="str")


def _links(found: pd.DataFrame, approvals: pd.DataFrame, supply: pd.DataFrame) -> pd.DataFrame:
    batch = approvals.set_index("approval_id", drop=False).reindex(found["approval_id"])
    record = supply.set_index("supply_id", drop=False).reindex(found["supply_id"])
    values = [
        batch.reindex(columns=["document", "name"]),
        record.reindex(columns=["approval_id", "supplied_area_m2"]).round(2),
    ]
    compared = zip(
        found["approval_id"],
        found["supply_id"],
        *(frame[name] for frame in values for name in frame),
        strict=True,
    )
    frame = found.rename(columns={"approval_id": "left_key", "supply_id": "right_key"}).assign(
        kind=KIND,
        left_table="approvals",
        left_name=batch.reindex(columns=["name"])["name"].to_numpy(),
        right_table="supply",
        right_name=record.reindex(columns=["holder"])["holder"].to_numpy(),
        seen=[seen(*row) for row in compared],
    )
    return links_frame(frame)
