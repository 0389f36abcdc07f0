"""Allocation, places, groups, compositions and the gate in whole runs over the four squares; by hand."""

import datetime as dt

import pandas as pd
import pytest
from four_squares import MU, E, N, project

import landeff
from landeff.core.errors import ConfigError, InputError
from landeff.publish.report import build_report


def run(link=None, compositions=None, tax="tax_paid", **sources):
    raw = project(**{name: each for name, each in sources.items() if name in ("returns", "occupancy")})
    raw["sources"] |= sources
    raw["link"] = link or {}
    raw["scopes"] = {**raw["scopes"], "tax": tax}
    if compositions:
        raw["compositions"] = compositions
    return landeff.run(raw)


def money(**items):
    """万元 of H1 and H2."""
    columns = {name: {"to": f"item:{name}", "unit": "万元"} for name in items}
    frame = pd.DataFrame({"enterprise_id": ["H1", "H2"], **items})
    return {"data": frame, "year": 2024, "columns": columns}


def lines(result, measure):
    return result.table("ledger").query("measure == @measure").set_index("entry")["value"]


NET = {"net": {"items": {"vat": 0.5, "refund": -1}, "document": "某办〔2024〕1号", "verified": True}}


def test_a_composed_numerator_goes_through_the_ledger():
    # H1: 0.5 × 100 − 10 = 40; H2: 0.5 × 60 − 0 = 30 (万元)
    result = run(compositions=NET, tax="net", returns=money(vat=[100.0, 60.0], refund=[10.0, 0.0]))
    tax = result.parcels.set_index("parcel_id")["tax_cny"]
    assert tax["A"] == pytest.approx(400_000)
    assert tax["B"] == pytest.approx(300_000)
    assert lines(result, "net")["total_in"] == pytest.approx(700_000)
    assert lines(result, "net")["in_zones"] == pytest.approx(700_000)
    assert lines(result, "vat")["total_in"] == pytest.approx(1_600_000)  # the items stay as they are
    assert result.dataset.meta.matched_share == 1.0
    made = result.table("contributions").query("item == 'net' and parcel_id == 'A'")
    assert made.set_index("source_item")["value"].to_dict() == {"vat": 500_000.0, "refund": -100_000.0}


def test_a_missing_item_makes_the_measure_unknown_not_less():
    returns = money(vat=[100.0, 60.0], refund=[10.0, None])
    result = run(compositions=NET, tax="net", returns=returns)
    tax = result.parcels.set_index("parcel_id")["tax_cny"]
    assert tax["A"] == pytest.approx(400_000)
    assert pd.isna(tax["B"])
    assert lines(result, "net")["composition_incomplete"] == pytest.approx(300_000)  # 0.5 × 60 waits there
    assert pd.isna(result.table("enterprise_year").set_index("enterprise_id").loc["H2", "tax_cny"])
    counted = {"net": {**NET["net"], "missing": {"refund": "zero"}}}
    result = run(compositions=counted, tax="net", returns=returns)
    assert result.parcels.set_index("parcel_id")["tax_cny"]["B"] == pytest.approx(300_000)


def test_negative_items_set_to_zero_stay_in_the_ledger():
    # refund of H1 −10 set to zero by the source's policy: net in 50 + 30 − (−10) = 90, adjusted −10
    returns = {**money(vat=[100.0, 60.0], refund=[-10.0, 0.0]), "negative": "zero"}
    result = run(compositions=NET, tax="net", returns=returns)
    found = lines(result, "net")
    assert found["total_in"] == pytest.approx(900_000)
    assert found["set_to_zero"] == pytest.approx(-100_000)
    assert found["in_zones"] == pytest.approx(800_000)


def test_an_unverified_composition_is_marked_wherever_its_figure_shows():
    loose = {"net": {"items": {"vat": 1}, "title": {"zh": "净税收", "en": "net tax"}}}
    result = run(compositions=loose, tax="net", returns=money(vat=[100.0, 60.0]))
    meta = result.dataset.meta
    assert meta.tax_title.zh == "净税收（组成未核实）"
    assert "净税收" in meta.notices[0].zh
    html = build_report(result.dataset)
    assert html.count("净税收（组成未核实）") >= 4  # headline, zones, years, method
    assert not result.table("compositions")["is_verified"].any()


def test_a_composition_of_the_catalogue_is_off_unless_named():
    returns = money(tax_paid=[100.0, 60.0], tax_refund=[10.0, 0.0])
    assert run(returns=returns).table("compositions").empty
    result = run(tax="tax_paid_net_of_refunds", returns=returns)
    assert result.parcels.set_index("parcel_id")["tax_cny"]["A"] == pytest.approx(900_000)
    assert result.dataset.meta.notices
    named = run({"compositions": ["tax_paid_net_of_refunds"]}, returns=returns)
    assert "tax_paid_net_of_refunds_cny" in named.table("parcel_year")


def test_compositions_of_nothing_or_of_a_taken_name_are_refused():
    with pytest.raises(ConfigError, match="none of its items"):
        run(compositions={"net": {"items": {"vta": 1}}}, returns=money(vat=[1.0, 2.0]))
    with pytest.raises(InputError, match="a composition has that name"):
        run(compositions={"vat": {"items": {"x": 1}}}, returns=money(vat=[1.0, 2.0]))


def test_an_enterprise_known_by_its_place_brings_its_money_there():
    # X pays 7 万元 and has no land; its point lies in C, which nobody is known on
    register = {"enterprise_id": ["X"], "name": ["某某公司"], "x": [E + 3_500.0], "y": [N + 100.0]}
    result = run(enterprises={"data": pd.DataFrame(register), "crs": "EPSG:4528"})
    assert result.parcels.set_index("parcel_id")["tax_cny"]["C"] == pytest.approx(70_000)
    row = result.table("shares").set_index("enterprise_id").loc["X"]
    assert (row["parcel_id"], row["method"]) == ("C", "location")


def test_longitude_and_latitude_and_a_point_layer_say_the_same():
    geopandas = pytest.importorskip("geopandas")
    at = geopandas.GeoSeries.from_xy([E + 3_500.0], [N + 100.0], crs="EPSG:4528")
    named = {"enterprise_id": ["X"], "name": ["某某公司"]}
    degrees = at.to_crs("EPSG:4490")
    frame = pd.DataFrame({**named, "lon": degrees.x, "lat": degrees.y})
    layer = geopandas.GeoDataFrame(named, geometry=at)
    for source in ({"data": frame, "crs": "EPSG:4490"}, {"data": layer}):
        shares = run(enterprises=source).table("shares").set_index("enterprise_id")
        assert shares.loc["X", "parcel_id"] == "C"


def test_a_group_judged_together_has_one_figure():
    # H4 (8 万元, D of 375 mu) and X (7 万元, no land) are one group: 15 万元 on D
    register = pd.DataFrame(
        {"enterprise_id": ["H4", "X"], "name": ["甲公司", "乙公司"], "group_id": ["G", "G"]}
    )
    result = run({"groups": "merged"}, enterprises={"data": register})
    firms = result.table("enterprise_year").set_index("enterprise_id")
    assert firms.loc[["H4", "X"], "tax_cny_per_mu"].tolist() == pytest.approx([150_000 / 375] * 2)
    assert firms.loc["X", "unit_area_m2"] == pytest.approx(375 * MU)
    assert lines(result, "tax_paid")["outside_zones"] == pytest.approx(150_000)
    apart = run(enterprises={"data": register})
    assert lines(apart, "tax_paid")["no_land"] == pytest.approx(70_000)


def test_firms_of_one_parcel_share_the_result_where_they_merge():
    # H1 100 and T 20 万元 on A of 750 mu
    firms = run({"allocation": "merge_share"}).table("enterprise_year").set_index("enterprise_id")
    assert firms.loc[["H1", "T"], "tax_cny_per_mu"].tolist() == pytest.approx([1_200_000 / 750] * 2)
    assert firms.loc["H2", "tax_cny_per_mu"] == pytest.approx(600_000 / 750)
    assert firms.loc[["H1", "T"], "basis_area_m2"].tolist() == pytest.approx([500 * MU, 250 * MU])


def test_land_of_parcels_is_in_the_ledger():
    # A, B and D (750 + 750 + 375 mu) have an enterprise, C (750) has none
    found = lines(run(), "enterprise_land")
    assert found["with_enterprise"] == pytest.approx(1_875 * MU)
    assert found["without_enterprise"] == pytest.approx(750 * MU)


def test_sensitivity_counts_what_the_other_policies_change():
    # H1 (100 万元) holds A and rents 375 mu of C in Z2; C has no holder. By land: T has 250 of A, H1 500:375.
    # Z1: 100 × 500/875 + 20 + 30 = 107.1; Z2: 42.9 + 30 = 72.9. Equal: 50 to C: Z1 100, Z2 80. Owner bears:
    # A whole 750 : 375, so 33.3 to C: Z1 116.7, Z2 63.3. No rank changes; A and C change by over a tenth.
    rows = pd.DataFrame({"parcel_id": ["A", "C"], "enterprise_id": ["T", "H1"], "land": [250.0, 375.0]})
    occupancy = {"data": rows, "columns": {"land": {"to": "land_area_m2", "unit": "亩"}}}
    table = run(occupancy=occupancy).table("sensitivity")
    tax = table.set_index(["policy", "zone_id"])["tax_cny"]
    assert tax["by_land_area", "Z1"] == pytest.approx(1_000_000 * 500 / 875 + 500_000, rel=1e-6)
    assert tax["equal", "Z1"] == pytest.approx(1_000_000, rel=1e-6)
    assert tax["owner_bears", "Z1"] == pytest.approx(1_000_000 * 750 / 1_125 + 500_000, rel=1e-6)
    city = table[table["zone_id"] == ""].set_index("policy")
    assert set(city.index) == {
        *("by_land_area", "by_floor_area", "by_contract_area", "owner_bears", "merge_share", "equal")
    }
    # A: 77.1 by land, 70 equal (−9.3 %, not over a tenth), 86.7 to the owner (+12.4 %); C: 42.9, 50, 33.3
    assert city.loc["equal", "n_parcels_changed"] == 1
    assert city.loc["owner_bears", "n_parcels_changed"] == 2
    assert city.loc["merge_share", ["n_parcels_changed", "n_zones_moved"]].tolist() == [0, 0]
    assert city["tax_cny"].tolist() == pytest.approx([1_800_000] * 6)  # nothing is lost by any of them
    assert city.loc["by_land_area", "is_declared"]
    assert (city["flagged_by"] == "below_zone_mean").all()


def test_leases_above_the_parcel_are_refused_where_declared():
    rows = pd.DataFrame({"parcel_id": ["A"], "enterprise_id": ["T"], "land_area_m2": [600_000.0]})
    with pytest.raises(InputError, match=r"more land is stated than the parcel has: A \(1 parcels\)"):
        run({"leases_over_parcel": "refuse"}, occupancy={"data": rows})


def test_below_the_gate_every_page_says_so(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    result = run({"min_matched_share": 0.99})
    meta = result.dataset.meta
    assert meta.below_gate
    folder = result.save(tmp_path / "out")
    html = (folder / "report.html").read_text("utf-8")
    assert '<p class="gate">未达对账线' in html
    assert "其中最大的几行" in html
    book = openpyxl.load_workbook(folder / "inventory.xlsx")
    assert all("未达对账线" in page.oddHeader.center.text for page in book)
    assert "未达对账线" in (folder / "map.html").read_text("utf-8")


def test_the_matched_subtotal_is_in_the_report():
    html = build_report(run().dataset)
    assert "对账情况" in html
    assert "1,880,000.00" in html  # 180 in zones + 8 outside


def test_keys_of_the_link_section_are_checked():
    raw = project()
    raw["link"] = {"precedence": ["holder"], "groups": "together", "compositions": ["nett"]}
    raw["project"]["as_of"] = dt.date(2024, 12, 31)
    with pytest.raises(ConfigError) as caught:
        landeff.run(raw)
    for words in ("precedence", "groups"):
        assert words in str(caught.value)
