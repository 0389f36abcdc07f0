"""Two runs compared: the transition matrix of the land balance sheet, and the progress of the inventory."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from landeff.analysis.progress import approvals_progress, inventory_progress
from landeff.analysis.transition import OUTSIDE, REDRAWN, matrix_of, parcel_changes, transition_matrix
from landeff.core.dataset import Dataset, Meta
from landeff.core.errors import ConservationError, OutputError
from landeff.core.text import Lang, Term
from landeff.core.units import M2_PER_MU
from landeff.pipeline.lookup import look_up
from landeff.pipeline.money import top_level
from landeff.pipeline.result import Result, opened
from landeff.publish.findings_file import write_findings
from landeff.publish.terms import term
from landeff.standards.balance import states

_TOLERANCE_M2 = 0.01
_EXTRA = {
    REDRAWN: Term("边界或代码变动", "redrawn or renumbered"),
    OUTSIDE: Term("园区范围之外", "outside the zone"),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two runs.

    Attributes:
        dataset: the tables ``matrix``, ``parcel_changes``, ``progress``, ``approvals_progress`` and ``notes``
            (``docs/compare.md``); its facts are those of the newer run.
    """

    dataset: Dataset

    @property
    def matrix(self) -> pd.DataFrame:
        """State to state, in m² and parcels; ``zone_id = ""`` is all top-level zones together."""
        return self.dataset.frame("matrix")

    @property
    def progress(self) -> pd.DataFrame:
        """Every parcel on a list of either run: what became of it, and why."""
        return self.dataset.frame("progress")

    def table(self, name: str) -> pd.DataFrame:
        """One of the tables by name."""
        return self.dataset.frame(name)

    def save(self, path: str | Path, lang: Lang | None = None) -> Path:
        """Write an ``.xlsx`` workbook, an ``.html`` report or a ``.csv`` of the matrix.

        Raises:
            OutputError: the suffix is none of these, or the file cannot be written.
        """
        from landeff.publish import comparison  # noqa: PLC0415  # the writers are slow to import

        return write_findings(self.dataset, Path(path), comparison, "matrix", lang or self.dataset.meta.lang)

    def lines(self, lang: Lang | None = None) -> list[str]:
        """The comparison in sentences for a terminal."""
        return _lines(self.dataset, lang or self.dataset.meta.lang)


def compare(old: Result | str | Path, new: Result | str | Path) -> Comparison:
    """Compare two results: finished runs, or folders that :meth:`Result.save` wrote.

    Raises:
        OutputError: a folder holds no result, or one made before balance pieces were kept.
        ConservationError: the matrix does not sum to the balances, which is a bug.
    """
    before, after = (opened(each) for each in (old, new))
    pieces = [_pieces(each) for each in (before, after)]
    matrix = transition_matrix(*pieces)
    _check(matrix, *pieces)
    changes = parcel_changes(*pieces)
    zones = pd.concat([after.table("zones"), before.table("zones")]).drop_duplicates("zone_id")
    city = matrix_of(matrix, changes, top_level(zones)["zone_id"]).assign(zone_id="")
    names = zones.set_index("zone_id")["name"].astype("str")
    findings = (before.table("findings"), after.table("findings"))
    dates = (before.dataset.meta.as_of, after.dataset.meta.as_of)
    versions = (_versions(before), _versions(after))
    parcels, batches = (_disposed(before, after, key) for key in ("parcel_id", "approval_id"))
    progress = inventory_progress(
        before.table("parcels"), after.table("parcels"), findings, dates, versions, parcels
    )
    remainders = (before.table("remainders"), after.table("remainders"))
    tables = {
        "matrix": _titled(pd.concat([city, matrix], ignore_index=True), names),
        "parcel_changes": changes[changes["change"] != "same"].reset_index(drop=True),
        "progress": progress,
        "approvals_progress": approvals_progress(*remainders, batches),
        "notes": _notes(before.dataset.meta, after.dataset.meta, versions, before, after),
    }
    return Comparison(Dataset(after.dataset.meta, tables))


def _disposed(before: Result, after: Result, key: str) -> frozenset[str]:
    """Land the newer ledger counts as disposed of: between the days, or undated and not counted before."""
    counts = []
    for each in (before, after):
        table = each.table("disposals").reindex(columns=[key, "entry", "disposed_on"])
        counts.append(table[(table["entry"] == "disposed") & table[key].notna()])
    old, new = counts
    start = pd.Timestamp(before.dataset.meta.as_of)
    day = pd.to_datetime(new["disposed_on"])
    since = (day > start) | (day.isna() & ~new[key].isin(old[key]))
    return frozenset(new.loc[since, key].astype("str"))


def _pieces(result: Result) -> pd.DataFrame:
    pieces = result.table("balance_pieces")
    if pieces.empty:
        raise OutputError("The result has no balance pieces.", "run the project again with this landeff")
    return pieces


def _check(matrix: pd.DataFrame, old: pd.DataFrame, new: pd.DataFrame) -> None:
    """Rows sum to the old balance, columns to the new one."""
    for side, column in ((old, "from_state"), (new, "to_state")):
        want = side.groupby(["zone_id", "state"])["area_m2"].sum()
        real = matrix[~matrix[column].isin([REDRAWN, OUTSIDE])]
        got = real.groupby(["zone_id", column])["area_m2"].sum()
        got.index.names = want.index.names
        off = want.sub(got, fill_value=0.0).abs()
        if not (off <= _TOLERANCE_M2).all():
            raise ConservationError(f"the matrix does not sum to the balance:\n{off[off > _TOLERANCE_M2]}")


def _versions(result: Result) -> dict[str, str]:
    """Version of each rule of a run; empty for results made before rules were kept."""
    rules = result.table("rules")
    if rules.empty:
        return {}
    return {str(name): str(version) for name, version in zip(rules["rule_id"], rules["version"], strict=True)}


def _titled(matrix: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """The matrix with titles, states in the order of the balance sheet."""
    titles = {**states(), **_EXTRA}
    order = {name: position for position, name in enumerate(titles)}
    out = matrix.assign(
        zone_name=look_up(matrix["zone_id"], names).where(matrix["zone_id"] != "", "全部园区")
    )
    for side in ("from", "to"):
        for lang in ("zh", "en"):
            words = {name: getattr(title, lang) for name, title in titles.items()}
            out[f"{side}_{lang}"] = out[f"{side}_state"].map(words).astype("str")
    out = out.assign(one=out["from_state"].map(order), two=out["to_state"].map(order))
    out = out.sort_values(["zone_id", "one", "two", "is_followed"], ignore_index=True)
    return out.drop(columns=["one", "two"])


def _notes(
    old: Meta, new: Meta, versions: tuple[dict[str, str], dict[str, str]], before: Result, after: Result
) -> pd.DataFrame:
    """What makes the two runs less comparable."""
    notes: list[Term] = []
    if old.as_of > new.as_of:
        notes.append(Term("第一个成果晚于第二个", "the first result is later than the second"))
    if old.crs != new.crs:
        notes.append(Term(f"坐标系不同：{old.crs}，{new.crs}", f"CRS differ: {old.crs}, {new.crs}"))
    if old.scopes != new.scopes:
        notes.append(Term("税收、用地或面积口径不同", "scopes of tax, land or area differ"))
    if old.jurisdiction != new.jurisdiction:
        notes.append(Term("规则适用地区不同", "rules are of different places"))
    for name in sorted(set(versions[0]) | set(versions[1])):
        one, two = (each.get(name, "–") for each in versions)
        if one != two:
            title = term("rule", name)
            notes.append(
                Term(f"规则“{title.zh}”版本不同：{one}，{two}", f"rule {title.en}: version {one}, then {two}")
            )
    zones = [each.table("zones").set_index("zone_id")["area_m2"] for each in (before, after)]
    change = zones[1].sub(zones[0])
    for zone_id, area in change[change.isna() | (change.abs() > _TOLERANCE_M2)].items():
        told = Term(f"面积变化 {area:.2f} 平方米", f"area changed by {area:.2f} m²")
        if area != area:  # noqa: PLR0124 NaN
            told = Term("只在一个成果中", "in one result only")
        notes.append(Term(f"园区 {zone_id} {told.zh}", f"zone {zone_id}: {told.en}"))
    return pd.DataFrame(
        {"note_zh": [each.zh for each in notes], "note_en": [each.en for each in notes]}, dtype="str"
    )


def _lines(dataset: Dataset, lang: Lang) -> list[str]:
    matrix, progress = dataset.frame("matrix"), dataset.frame("progress")
    city = matrix[(matrix["zone_id"] == "") & (matrix["from_state"] != matrix["to_state"])]
    lines = [Term("状态变化（亩，宗）：", "changes of state (mu, parcels):").text(lang)]
    columns = ("from_" + lang, "to_" + lang, "area_m2", "n_parcels")
    for one, two, area, n in zip(*(city[name] for name in columns), strict=True):
        lines.append(f"  {one} → {two}\t{area / M2_PER_MU:,.2f}\t{n}")
    counts = progress.groupby("outcome").agg(n=("parcel_id", "size"), area=("area_m2", "sum"))
    lines.append(Term("台账进展：", "progress of the inventory:").text(lang))
    for outcome in counts.index:
        words = term("outcome", outcome).text(lang)
        n, area = counts.loc[outcome, "n"], counts.loc[outcome, "area"]
        lines.append(f"  {words}\t{n}\t{area / M2_PER_MU:,.2f}")
    notes = dataset.frame("notes")[f"note_{lang}"].tolist()
    return [re.sub(r"[\r\n]", " ", line) for line in [*lines, *(f"! {note}" for note in notes)]]
