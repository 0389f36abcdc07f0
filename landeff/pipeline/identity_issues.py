"""What is doubtful about the identity of enterprises, as issues."""

from __future__ import annotations

import pandas as pd

from landeff.core.issues import Issue
from landeff.core.tables import TABLES
from landeff.sources.codes.issues import LISTED, grouped, per_code

_REVIEW = "fill in the code of the enterprise, or decide it in the review workbook"


def register_issues(rows: pd.DataFrame) -> list[Issue]:
    """Codes of the register that were put right."""
    return _repaired(
        rows.assign(code=rows["enterprise_id"], enterprise_id=rows["enterprise_id_right"]),
        "enterprises",
        "enterprise_id",
    )


def code_issues(rows: pd.DataFrame, table: str, column: str) -> list[Issue]:
    """Codes that were read as another: look-alike characters, or numbers of before 2015."""
    old = rows[rows["method"] == "organisation_code"]
    return [
        *_repaired(rows[rows["method"] == "code_repaired"], table, column),
        *per_code(
            _as(old, column, old["code"]),
            table,
            column,
            "old_code_matched",
            "info",
            "taken for " + old["enterprise_id"] + ", the one code that holds its organisation code",
            "write " + old["enterprise_id"],
        ),
    ]


def _repaired(rows: pd.DataFrame, table: str, column: str) -> list[Issue]:
    if rows["code"].nunique() > LISTED:
        decision = "each read as the only code whose check digits are right; see the table links"
        fix = "write the codes that the table links gives"
        return grouped(
            _as(rows, column, rows["code"]), table, column, "code_repaired", "warning", decision, fix
        )
    return per_code(
        _as(rows, column, rows["code"]),
        table,
        column,
        "code_repaired",
        "warning",
        "read as " + rows["enterprise_id"] + "; the only reading whose check digits are right",
        "write " + rows["enterprise_id"],
    )


def name_issues(rows: pd.DataFrame, table: str, column: str) -> list[Issue]:
    """Rows that their name told, in one issue; and the names that a person has to decide."""
    named = rows[rows["method"].isin(["name", "former_name"])]
    decision = "enterprise told by its name, which one of the register alone has"
    fix = "see the table links; fill in the codes"
    issues = []
    if len(named):
        first = named.sort_values(["source_file", "source_row"], kind="stable").iloc[0]
        issues.append(
            Issue(
                "info",
                "name_matched",
                table,
                decision,
                column=column,
                value=f"{len(named)} rows, {named['enterprise_id'].nunique()} keys",
                source_file=str(first["source_file"]),
                source_row=int(first["source_row"]),
                fix=fix,
                n=len(named),
            )
        )
    queued = rows[rows["is_queued"] & rows["name"].notna()]
    waits = "left open: a person has to say which enterprise it is"
    told = per_code(
        _as(queued, column, queued["name"]), table, column, "name_ambiguous", "warning", waits, _REVIEW
    )
    return [*issues, *told]


def contradiction_issues(rows: pd.DataFrame, table: str, column: str, wrong: pd.DataFrame) -> list[Issue]:
    """Names that the register does not know for the code beside them."""
    registered = wrong[wrong["table"] == table].set_index(["code", "name"])
    if registered.empty:
        return []
    at = pd.MultiIndex.from_frame(rows[["code", "name"]])
    off = rows[at.isin(registered.index)]
    known = registered["registered"].reindex(pd.MultiIndex.from_frame(off[["code", "name"]]))
    return per_code(
        _as(off, column, off["name"]),
        table,
        column,
        "name_contradicts_code",
        "warning",
        "the code counts; the register has it for " + pd.Series(known.to_numpy(), index=off.index),
        "correct the code or the name; a former name goes into former_names of the register",
    )


def twice_issues(frame: pd.DataFrame, table: str) -> list[Issue]:
    """Enterprises with several rows of one key, now that their codes are known."""
    keys = ["parcel_id", *(name for name in TABLES[table].key if name not in ("subject_id", "parcel_id"))]
    keys = [name for name in dict.fromkeys(["enterprise_id", *keys]) if name in frame]
    if frame.empty or "source_code" not in frame:
        return []
    known = frame[frame["enterprise_id"].notna()]
    is_new = (known["source_code"] != known["enterprise_id"]).groupby(
        [known[key] for key in keys], dropna=False
    )
    several = is_new.transform("any") & known.duplicated(keys, keep=False)
    rows = known[several]
    if rows.empty:
        return []
    first = rows.sort_values(["enterprise_id", "source_file", "source_row"], kind="stable").iloc[0]
    decision = "one grade kept" if table == "grades" else "all rows counted"
    return [
        Issue(
            "warning",
            "same_enterprise_twice",
            table,
            decision,
            column="enterprise_id",
            value=", ".join(sorted(rows["enterprise_id"].unique())[:5]),
            source_file=str(first["source_file"]),
            source_row=int(first["source_row"]),
            fix="delete the rows that say the same again",
            n=len(rows),
        )
    ]


def not_matched(n: int) -> list[Issue]:
    """Names could not be matched."""
    decision = "codes alone were followed: matching names needs the extra match"
    fix = 'pip install "landeff[match]"'
    return [Issue("warning", "names_not_matched", "returns", decision, column="name", fix=fix, n=n)]


def _as(rows: pd.DataFrame, column: str, values: pd.Series) -> pd.DataFrame:
    return rows.assign(**{column: values})
