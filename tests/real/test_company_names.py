"""Real pairs of names, labelled by others; real short names of listed companies."""

import csv
import itertools
from collections import Counter, defaultdict

import pandas as pd
import pytest

from landeff.link.names.compare import compare
from landeff.link.names.parse import parse
from landeff.link.names.search import find_candidates

pytestmark = pytest.mark.real

#: Labelled "same", disputed: another brand, another bank, another county or another street.
DISPUTED = {
    "黑龙江省鑫政融资担保集团有限公司": "鑫政/鑫正: the brand differs",
    "深圳市尚衡芳源投资企业(有限合伙)": "芳源/芳园: the brand differs",
    "山西晋北天然气有限责任公司": "晋北/晋西北; its twin 晋南/晋西南 is labelled different",
    "安徽志周合道企业管理合伙企业(有限合伙)": "安徽/杭州; its twin 宁波/海南博远新轩 is labelled different",
    "杭州理想小额贷款有限公司": "杭州/浙江: registered in two places",
    "四川都江堰铁合金冶炼有限公司": "海棠 is a brand that one of them lacks",
    "内蒙古蒙西联化工有限公司": "蒙西联/西联: the brand differs",
    "罗莱家纺(香港)有限公司": "罗莱/罗乐: the brand differs",
    "无锡永通汽车销售服务有限公司": "永通/东方永通: the brand differs",
    "新安中联水泥有限公司": "中联/中联万基: the brand differs",
    "郑州银行农业路支行": "郑州银行/中原银行: two banks",
    "中国建设银行股份有限公司钱江支行": "钱江/余杭: two branches",
    "中国工商银行股份有限公司贵阳诚信路支行": "诚信路/林城西路: two branches",
    "厦门市商业银行湖里支行": "商业银行/农村商业银行: two kinds of bank; the heads are labelled different",
    "厦门市商业银行杏林支行": "商业银行/农村商业银行",
    "广州市商业银行海珠支行": "商业银行/农村商业银行",
    "哈尔滨市商业银行东莱支行": "商业银行/农村商业银行",
    "上饶市商业银行信州支行": "商业银行/农村商业银行",
    "浙商银行股份有限公司苏州支行": "its twin 宁波支行/宁波观城支行 is labelled different",
    "上海浦东发展银行南昌支行": "南昌/南昌红谷, as above",
    "上海浦东发展银行股份有限公司兰州支行": "兰州/兰州广场, as above",
    "中国光大银行海口支行": "海口/海口海甸, as above",
    "中国工商银行吴江支行": "吴江/吴江盛泽, as above",
    "中国农业银行股份有限公司张家港支行": "张家港/张家港泗港, as above",
    "汉口银行股份有限公司营业部": "a branch is not its parent",
}


@pytest.fixture(scope="module")
def verdicts(real_data):
    with (real_data / "company_names" / "labelled_pairs.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [
        (row["name_a"], row["same"] == "1", compare(parse(row["name_a"]), parse(row["name_b"])).verdict)
        for row in rows
    ]
    assert len(told) == 429
    return told


def test_no_pair_marked_different_is_accepted(verdicts):
    assert [name for name, same, verdict in verdicts if not same and verdict == "same"] == []


def test_pairs_marked_same_are_accepted_or_asked_about(verdicts):
    told = Counter(verdict for _, same, verdict in verdicts if same)
    fair = Counter(verdict for name, same, verdict in verdicts if same and name not in DISPUTED)
    assert fair["same"] / fair.total() >= 0.85
    assert told["same"] / told.total() >= 0.84  # with the disputed ones
    assert (told["same"] + told["review"]) / told.total() >= 0.98


def test_different_listed_firms_are_never_one(real_data):
    listed = pd.read_csv(real_data / "company_names" / "listed_short_full.csv", encoding="utf-8-sig")
    names = [parse(name) for name in sorted(listed["公司中文名称"].unique())]
    # `same` demands equal wholes or equal brands: no other pair can be accepted.
    groups = defaultdict(set)
    for name in names:
        groups["whole", name.whole].add(name)
        groups["brand", name.brand].add(name)
    pairs = {pair for group in groups.values() for pair in itertools.combinations(sorted(group, key=str), 2)}
    assert len(pairs) > 10_000
    assert [(a.text, b.text) for a, b in pairs if compare(a, b).verdict == "same"] == []


def test_short_names_find_their_firm(real_data):
    listed = pd.read_csv(real_data / "company_names" / "listed_short_full.csv", encoding="utf-8-sig")
    full = pd.Series(sorted(listed["公司中文名称"].unique()))
    found = find_candidates(listed["证券简称"], full)
    right = found["right"].map(full) == found["left"].map(listed["公司中文名称"])
    accepted = right[(found["verdict"] == "same") & (found["n_same"] == 1)]
    assert accepted.mean() >= 0.99
    assert len(accepted) >= 2_500
    in_top_3 = right[found.groupby("left").cumcount() < 3].groupby(found["left"]).any()
    assert in_top_3.sum() / len(listed) >= 0.85
