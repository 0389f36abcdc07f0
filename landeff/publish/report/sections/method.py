"""How the figures were made, and on what legal basis."""

from __future__ import annotations

from collections.abc import Sequence

from landeff.core.dataset import Dataset
from landeff.core.text import Term
from landeff.publish.comparison_layers import outlines_of
from landeff.publish.fields import field
from landeff.publish.report.model import Block, Note, Row, Section, Table, rows_of
from landeff.publish.rule_titles import rule_titled
from landeff.publish.terms import tax_term, term

#: Matter (zh, en) and its explanation (zh, en), filled in with the facts of the run.
_TEXTS = (
    ("亩均税收", "tax per mu",
     "Σ {tax.zh} ÷ Σ {land.zh}。先求和再相除；税收不明的宗地留在分母中。",
     "Σ {tax.en} ÷ Σ {land.en}: sums first, then the ratio; parcels of unknown tax stay in the denominator."),
    ("面积依据", "basis of areas",
     "园区亩均的分母用{area.zh}；台账和宗地亩均用登记面积，无登记的用椭球面积；平衡表和图上叠加用椭球面积"
     "（CGCS2000 椭球面上的积分，界线在项目坐标系中为直线）。",
     "Per-mu figures of zones divide by {area.en}; the inventory and single parcels use the registered area, "
     "ellipsoidal where there is none; balance and overlays use ellipsoidal area "
     "(the integral on the CGCS2000 ellipsoid, edges straight in the project CRS)."),
    ("税收分摊", "allocation",
     "一家企业占用多宗地、一宗地有多家企业时，税收与用地的分摊方式为“{policy.zh}”；合计不变。",
     "Money of an enterprise on several parcels, and a parcel with several enterprises, "
     "are split {policy.en}; sums do not change."),
    ("园区归属", "zones",
     "宗地按与园区的重叠面积分到各园区。", "A parcel is apportioned to zones by the area of overlap."),
    ("单位", "units", "1 亩 = 10000/15 平方米；1 万元 = 10000 元。", "1 mu = 10,000/15 m²; 10k = 10,000."),
    ("坐标系", "CRS", "{crs}", "{crs}"),
    ("数据年度", "years", "{years}", "{years}"),
    ("三值判断", "three values",
     "缺少事实时判为“待核实”或“缺要件”，不当作没有问题，也不当作有问题。",
     "Where a fact is missing the verdict is unknown: neither cleared nor held against the parcel."),
    ("结论性质", "standing",
     "所有结果均为疑似线索，须经调查认定；"
     "《土地调查条例》第二十八条：土地调查成果不得作为实施行政处罚的依据。",
     "Every finding is a clue until investigated; Land Survey Regulations art. 28: "
     "survey results are not a basis for penalties."),
    ("涉税保密", "confidentiality",
     "《税收征收管理法》第八条：本报告不列单个企业的税收。",
     "Tax Collection Law art. 8: this report states no single enterprise's tax."),
)  # fmt: skip


def _definitions(dataset: Dataset) -> Table:
    meta = dataset.meta
    facts = {
        "tax": tax_term(meta),
        "land": term("land", meta.scopes.land),
        "area": term("area", meta.scopes.area),
        "policy": term("policy", meta.allocation),
        "crs": meta.crs,
        "years": ", ".join(str(year) for year in sorted(meta.years)),
    }
    rows = tuple(
        Row((Term(zh, en), Term(how_zh.format(**facts), how_en.format(**facts))))
        for zh, en, how_zh, how_en in _TEXTS
    )
    rows += _comparison(dataset)
    fields = (field("what", "text", "事项", "matter"), field("how", "long", "说明", "how"))
    return Table(fields, rows, Term("口径与方法", "Scopes and method"))


def _comparison(dataset: Dataset) -> tuple[Row, ...]:
    """That layers for comparison enter no figure, where the run has any."""
    outlines = outlines_of(dataset)
    if not outlines:
        return ()
    n, titles = len(outlines), {each.title.zh: each.title for each in outlines}.values()
    how = Term(
        f"{n} 个图层只在地图上显示轮廓，不参与任何量算、台账和规则："
        f"{'；'.join(each.zh for each in titles)}。",
        f"Outlines of {n} layers on the map alone, in no measurement, ledger or rule: "
        f"{'; '.join(each.en for each in titles)}.",
    )
    return (Row((Term("对照图层", "comparison layers"), how)),)


def _rules(dataset: Dataset) -> list[Block]:
    """Rules used, how many parcels they held for, and the documents they rest on."""
    rules = dataset.frame("rules")
    if rules.empty:
        return [Note(Term("本次运行没有启用认定规则。", "No rule was switched on in this run."))]
    rules = rules.rename(
        columns={"version": "rule_version", "n_hit": "hit", "n_clear": "clear", "n_unknown": "unknown"}
    )
    rules["rule"] = rule_titled(dataset, rules["rule_id"])
    fields = (
        field("rule", "text", "规则", "rule"),
        field("rule_id", "code", "规则代码", "code"),
        field("rule_version", "text", "版本", "version"),
        field("basis", "long", "依据", "basis"),
        *(
            field(name, "count", term("verdict", name).zh, term("verdict", name).en)
            for name in ("hit", "unknown", "clear")
        ),
    )
    return [Table(fields, rows_of(rules, fields), Term("使用的规则及依据", "Rules and their basis"))]


def build(dataset: Dataset) -> Sequence[Block]:
    """Definitions and rules."""
    return [_definitions(dataset), *_rules(dataset)]


SECTION = Section(Term("方法与依据", "Method and basis"), 100, build)
