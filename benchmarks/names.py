"""Names of firms against a register, beside plain ``rapidfuzz.process.cdist``, in one run.

    python benchmarks/names.py [--left 20000] [--right 100000] [--seed 4] [--any-speed]

A made-up register, and names out of it rewritten as other offices write them; every one has one right
answer. Recall: the right one is among the ten candidates. cdist is given names already in half width and
simplified characters; landeff is given them as written. The command ends with 1 where landeff is less than
five times as fast, by the clock or by the processor, or finds less.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import opencc
import pandas as pd
from rapidfuzz import fuzz, process

from landeff.link.names.parse import normal, parse
from landeff.link.names.places import places, written_places
from landeff.link.names.search import find_candidates

TARGET = 5.0
KEEP = 10
_CHUNK = 500

_BRAND = (
    "华信达盛康源恒瑞泰丰宏润海天龙金鑫科创联合通安嘉永兴东方明正大成力德国宝利佳美新中光辉邦凯悦诚义和顺昌隆"
    "庆云鹏飞翔宇博远景星月松柏青山川江河湖洋帆航启卓越群英杰雄伟强盈富裕福禄寿喜吉祥如意百千万亿元亨"
)
_TRADES = (
    "精密机械 机械 汽车零部件 新材料 生物医药 电子 电气 仪器仪表 食品 纺织 服饰 建材 金属制品 塑胶 包装 化工 "
    "环保科技 光电 半导体 物流 商贸 置业 房地产开发 建筑工程 装饰工程 市政工程 园林 水务 燃气 能源 光伏 "
    "智能装备 模具 轴承 阀门 电线电缆 船舶 家具 玩具 印刷 饲料 农业 种业 渔业 医疗器械 软件 信息技术"
)
_FORMS = ("有限公司", "有限公司", "有限责任公司", "股份有限公司", "科技有限公司", "实业有限公司")


def register(n: int, draw: random.Random) -> list[str]:
    """``n`` different names; no two with the same place, brand and trade."""
    where = sorted(name for name in places() if name not in ("中国", "HK"))
    trades = _TRADES.split()
    found: dict[str, str] = {}
    while len(found) < n:
        brand = "".join(draw.choices(_BRAND, k=2 if draw.random() < 0.5 else 3))
        trade, form = draw.choice(trades), draw.choice(_FORMS)
        place = draw.choice(where)
        stem = place + brand + trade + form.removesuffix("有限公司").removesuffix("股份")
        written = place + ("市" if f"{place}市" in written_places().get(place[:2], ()) else "")
        found.setdefault(stem, written + brand + trade + form)
    return list(found.values())


def _other_form(name: str, draw: random.Random) -> str:
    for form in ("股份有限公司", "有限责任公司", "有限公司"):
        if name.endswith(form):
            others = {"股份有限公司", "有限责任公司", "有限公司", "公司", ""} - {form}
            return name.removesuffix(form) + draw.choice(sorted(others))
    return name


def _without_city(name: str, draw: random.Random) -> str:
    del draw
    return name.replace("市", "", 1)


def _place_in_brackets(name: str, draw: random.Random) -> str:
    for size in (4, 3, 2):
        place = name[:size].removesuffix("市")
        if place in places():
            rest = name[size:]
            form = rest.find("股份有限" if "股份有限" in rest else "有限")
            cut = form if draw.random() < 0.5 else 2
            left, right = draw.choice(("（）", "()", "【】"))
            return rest[:cut] + left + place + right + rest[cut:]
    return name


def _group(name: str, draw: random.Random) -> str:
    written = draw.choice(("集团", "（集团）"))
    return name.replace("股份有限公司", f"{written}股份有限公司").replace("有限公司", f"{written}有限公司", 1)


def _dropped(name: str, draw: random.Random) -> str:
    at = draw.randrange(len(name))
    return name[:at] + name[at + 1 :]


_TRADITIONAL = opencc.OpenCC("s2t")


def _traditional(name: str, draw: random.Random) -> str:
    del draw
    return str(_TRADITIONAL.convert(name))


REWRITES: dict[str, Callable[[str, random.Random], str]] = {
    "legal form": _other_form,
    "without 市": _without_city,
    "brackets": _place_in_brackets,
    "集团": _group,
    "a character dropped": _dropped,
    "traditional": _traditional,
}


def by_landeff(left: list[str], right: list[str]) -> list[npt.NDArray[np.intp]]:
    """Candidates of each name, best first."""
    found = find_candidates(pd.Series(left), pd.Series(right), keep=KEEP)
    found = found[found.groupby("left").cumcount() < KEEP]
    by_name = {int(name): rows.to_numpy() for name, rows in found.groupby("left")["right"]}
    return [by_name.get(i, np.array([], dtype=np.intp)) for i in range(len(left))]


def by_cdist(left: list[str], right: list[str]) -> list[npt.NDArray[np.intp]]:
    """The names most alike by ``fuzz.ratio``, on all cores."""
    found: list[npt.NDArray[np.intp]] = []
    for start in range(0, len(left), _CHUNK):
        scores = process.cdist(
            left[start : start + _CHUNK], right, scorer=fuzz.ratio, dtype=np.uint8, workers=-1
        )
        found += list(np.argpartition(scores, -KEEP, axis=1)[:, -KEEP:])
    return found


def timed(
    find: Callable[[list[str], list[str]], list[npt.NDArray[np.intp]]], left: list[str], right: list[str]
) -> tuple[float, float, list[npt.NDArray[np.intp]]]:
    """Seconds by the clock and of all cores, and what was found; nothing is remembered from before."""
    parse.cache_clear()
    clock, cores = time.perf_counter(), time.process_time()
    found = find(left, right)
    return time.perf_counter() - clock, time.process_time() - cores, found


def recall(found: list[npt.NDArray[np.intp]], truth: list[int]) -> npt.NDArray[np.bool_]:
    """Whether the right one is among the candidates of each name."""
    return np.array([right in names for names, right in zip(found, truth, strict=True)])


def main(argv: list[str] | None = None) -> int:
    """Run both, print both."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--left", type=int, default=20_000)
    options.add_argument("--right", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=4)
    options.add_argument("--any-speed", action="store_true", help="end with 0 however slow")
    chosen = options.parse_args(argv)
    draw = random.Random(chosen.seed)
    right = register(chosen.right, draw)
    truth = draw.choices(range(len(right)), k=chosen.left)
    kinds = [list(REWRITES)[at % len(REWRITES)] for at in range(len(truth))]
    left = [REWRITES[kind](right[at], draw) for kind, at in zip(kinds, truth, strict=True)]
    plain_left, plain_right = [normal(name) for name in left], [normal(name) for name in right]
    usual = timed(by_cdist, plain_left, plain_right)
    ours = timed(by_landeff, left, right)
    faster = min(usual[0] / ours[0], usual[1] / ours[1])
    hits = [recall(found, truth) for _, _, found in (usual, ours)]
    print(f"{chosen.left} names against {chosen.right}")
    print(f"{'':24}{'cdist':>10}{'landeff':>10}")
    for at, what in enumerate(("seconds by the clock", "seconds of all cores")):
        print(
            f"{what:24}{usual[at]:10.1f}{ours[at]:10.1f}   {usual[at] / ours[at]:.1f}× (target {TARGET:g}×)"
        )
    print(f"{'recall, top ' + str(KEEP):24}{hits[0].mean():10.5f}{hits[1].mean():10.5f}")
    for kind in REWRITES:
        of_kind = np.array([each == kind for each in kinds])
        print(f"  {kind:22}{hits[0][of_kind].mean():10.5f}{hits[1][of_kind].mean():10.5f}")
    for at in np.flatnonzero(~hits[1])[:10]:
        print(f"  not found: {left[at]} ({right[truth[at]]})")
    is_fast = faster >= TARGET or chosen.any_speed
    return 0 if is_fast and hits[1].mean() >= hits[0].mean() else 1


if __name__ == "__main__":
    sys.exit(main())
