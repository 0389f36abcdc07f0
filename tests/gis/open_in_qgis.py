"""Open the GeoPackage of a run in QGIS as a user does, hold it to its embedded styles, and draw it.

Usage: ``QT_QPA_PLATFORM=offscreen /usr/bin/python3 open_in_qgis.py results.gpkg FOLDER``. Exit code 1 and a
line for each thing that is wrong.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from qgis.core import (
    NULL,
    Qgis,
    QgsApplication,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsLayerTree,
    QgsLayerTreeModel,
    QgsLegendRenderer,
    QgsLegendSettings,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsRectangle,
    QgsRenderContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage, QPainter

#: How each layer is drawn, the topmost first, and fields whose alias a reader of the attributes relies on.
EXPECTED = {
    "audit": ("categorizedSymbol", {"key": "编号"}),
    "zones": ("RuleRenderer", {"zone_id": "园区代码"}),
    "blocks": ("categorizedSymbol", {"block_id": "连片地块", "idle_area_m2": "疑似闲置面积"}),
    "remainders": ("RuleRenderer", {"approval_id": "批次编号"}),
    "parcels": ("categorizedSymbol", {"registered_area_m2": "登记面积", "parcel_id": "宗地代码"}),
    "districts": ("RuleRenderer", {"district_code": "县区代码"}),
}
CHINESE = re.compile("[\u4e00-\u9fff]")


def default_styles(path: Path) -> set[str]:
    """Layers that have a default style in the file."""
    with closing(sqlite3.connect(path)) as base:
        rows = base.execute("SELECT f_table_name FROM layer_styles WHERE useAsDefault").fetchall()
    return {name for (name,) in rows}


def wrong_with(layer: QgsVectorLayer, styled: set[str]) -> list[str]:
    """What is wrong with a layer as QGIS took it in."""
    name = layer.name()
    if not layer.isValid():
        return [f"{name}: QGIS cannot open it"]
    found = [] if layer.featureCount() > 0 else [f"{name}: no features"]
    if name not in styled:
        found.append(f"{name}: no default style in layer_styles")
    renderer, aliases = EXPECTED.get(name, ("", {}))
    for field, alias in aliases.items():
        place = layer.fields().indexOf(field)
        shown = layer.attributeAlias(place) if place >= 0 else "no such field"
        if shown != alias:
            found.append(f"{name}: {field} is called {shown!r}, expected {alias!r}")
    bare = [
        each.name()
        for each in layer.fields()
        if not layer.attributeAlias(layer.fields().indexOf(each.name()))
    ]
    if set(bare) - {"fid"}:
        found.append(f"{name}: no alias for {', '.join(bare)}")
    if layer.isSpatial():
        if not layer.crs().isValid():
            found.append(f"{name}: no CRS")
        drawn = layer.renderer().type()
        if drawn != renderer:
            found.append(f"{name}: drawn as {drawn}, expected {renderer or 'a layer that this check knows'}")
        elif drawn == "categorizedSymbol":
            found += wrong_categories(layer)
    return found


def wrong_categories(layer: QgsVectorLayer) -> list[str]:
    """Labels without Chinese, and values that no category draws: their land would be invisible."""
    renderer, name = layer.renderer(), layer.name()
    categories = renderer.categories()
    found = [
        f"{name}: {each.value()} is labelled {each.label()!r}"
        for each in categories
        if not CHINESE.search(each.label())
    ]
    drawn = {each.value() for each in categories}
    there = layer.uniqueValues(layer.fields().indexOf(renderer.classAttribute()))
    lost = sorted("NULL" if value == NULL else str(value) for value in there if value not in drawn)
    if lost and "" not in drawn and NULL not in drawn:
        found.append(f"{name}: nothing draws {', '.join(lost)}")
    return found


def busiest_zone(zones: QgsVectorLayer, parcels: QgsVectorLayer) -> QgsRectangle:
    """Extent of the zone with the most idle parcels."""
    idle = [
        each.geometry().boundingBox().center() for each in parcels.getFeatures("inventory_class = 'idle'")
    ]
    boxes = [each.geometry().boundingBox() for each in zones.getFeatures()]
    return max(boxes, key=lambda box: sum(box.contains(point) for point in idle))


def picture(layers: list[QgsVectorLayer], extent: QgsRectangle) -> QImage:
    """The map of an extent, the first layer on top."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(layers[0].crs())
    settings.setOutputSize(QSize(1500, 1100))
    settings.setOutputDpi(120)
    settings.setBackgroundColor(QColor("white"))
    extent = QgsRectangle(extent)
    extent.scale(1.1)
    settings.setExtent(extent)
    context = QgsExpressionContext()
    context.appendScopes(
        [QgsExpressionContextUtils.globalScope(), QgsExpressionContextUtils.mapSettingsScope(settings)]
    )
    settings.setExpressionContext(context)  # knows the scale, as the window of QGIS does
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


def legend(layers: list[QgsVectorLayer]) -> QImage:
    """Symbols and labels of the layers, as QGIS lists them."""
    tree = QgsLayerTree()
    for layer in layers:
        tree.addLayer(layer)
    settings = QgsLegendSettings()
    settings.setTitle("")
    model = QgsLayerTreeModel(tree)  # the renderer does not keep it alive
    drawer = QgsLegendRenderer(model, settings)
    size = drawer.minimumSize()
    scale = 5  # pixels a millimetre
    image = QImage(int(size.width() * scale) + 10, int(size.height() * scale) + 10, QImage.Format_RGB32)
    image.setDotsPerMeterX(scale * 1000)
    image.setDotsPerMeterY(scale * 1000)
    image.fill(QColor("white"))
    painter = QPainter(image)
    context = QgsRenderContext.fromQPainter(painter)
    context.setScaleFactor(scale)
    painter.scale(scale, scale)
    drawer.drawLegend(context)
    painter.end()
    return image


def is_blank(image: QImage) -> bool:
    """Whether nothing but background was drawn."""
    small = image.scaled(60, 44)
    return len({small.pixel(x, y) for x in range(60) for y in range(44)}) < 3


def main(path: Path, folder: Path) -> int:
    """Check each layer, draw the whole city and one zone."""
    program = QgsApplication([], True)
    program.initQgis()
    root = QgsVectorLayer(str(path), "all", "ogr")
    names = [text.split("!!::!!")[1] for text in root.dataProvider().subLayers()]
    names = [name for name in names if name != "layer_styles"]
    styled = default_styles(path)
    wrong = [f"{name}: the layer is missing" for name in EXPECTED if name not in names]
    layers = {name: QgsVectorLayer(f"{path}|layername={name}", name, "ogr") for name in names}
    for layer in layers.values():
        wrong += wrong_with(layer, styled)
    drawn = [layers[name] for name in EXPECTED if name in layers and layers[name].isValid()]
    if len(drawn) == len(EXPECTED):
        zone = busiest_zone(layers["zones"], layers["parcels"])
        images = {
            "city": picture(drawn, layers["zones"].extent()),
            "zone": picture(drawn, zone),
            "legend": legend(drawn),
        }
        for name, image in images.items():
            if is_blank(image) or not image.save(str(folder / f"qgis_{name}.png")):
                wrong.append(f"the picture of the {name} is blank or cannot be written")
    for each in wrong:
        print(each, file=sys.stderr)
    counts = ", ".join(f"{name} {layer.featureCount()}" for name, layer in layers.items())
    print(f"QGIS {Qgis.QGIS_VERSION}: {counts}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
