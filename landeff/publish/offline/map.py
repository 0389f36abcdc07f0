"""A ``folium.Map`` that opens without a network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import folium
from folium.map import FitBounds
from folium.template import Template

from landeff.publish.offline.assets import VENDOR, data_uri
from landeff.publish.offline.escape import json_for_script
from landeff.publish.offline.figure import OfflineFigure, add_verbatim
from landeff.publish.plain import plain

#: Zooms in quarters, so that what is shown fills the window; legends at either side stay beside it.
_FIT = """(function (map, bounds) {
  const box = map.getContainer();
  const covered = (side) => Math.max(0, ...Array.from(
    box.querySelectorAll('.leaflet-' + side + ' .le-legend'), (legend) => legend.offsetWidth));
  const isWide = box.clientWidth >= 800;
  map.options.zoomSnap = 0.25;
  map.fitBounds(bounds, {paddingTopLeft: [isWide ? covered('left') + 20 : 10, 14],
    paddingBottomRight: [isWide ? covered('right') + 20 : 10, 14], animate: false});
})"""


def _default_icon() -> dict[str, str]:
    files = {"iconUrl": "marker-icon", "iconRetinaUrl": "marker-icon-2x", "shadowUrl": "marker-shadow"}
    return {option: data_uri(VENDOR / "leaflet" / f"{name}.png") for option, name in files.items()}


class OfflineMap(folium.Map):
    """``folium.Map`` under an :class:`OfflineFigure`; no base map.

    Takes what ``folium.Map`` takes, besides ``title`` and ``lang`` of the page and ``image_hosts``, the hosts
    whose tiles the page may show (none otherwise). Without a ``location`` or ``fit_bounds`` it shows all of
    its layers, as large as the window lets it, with a scale bar; without a ``title`` that of its first layer
    is the page's. folium's own template is replaced because its head script cannot carry a nonce and its
    viewport forbids zooming (WCAG 1.4.4).

    >>> page = OfflineMap([32.4, 119.4], title="<b>").get_root().render()
    >>> "<title>&lt;b&gt;</title>" in page, "cdn.jsdelivr" in page
    (True, False)
    """

    _template = Template("""
    {% macro header(this, kwargs) %}
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <style>html,body{width:100%;height:100%;margin:0;padding:0}
      #{{ this.get_name() }}{position:{{ this.position }};width:{{ this.width[0] }}{{ this.width[1] }};
      height:{{ this.height[0] }}{{ this.height[1] }};left:{{ this.left[0] }}{{ this.left[1] }};
      top:{{ this.top[0] }}{{ this.top[1] }}}
      .leaflet-container{font-size:{{ this.font_size }};background:{{ this.ground }}}</style>
    {% endmacro %}
    {% macro html(this, kwargs) %}<div class="folium-map" id={{ this.get_name()|tojson }}></div>{% endmacro %}
    {% macro script(this, kwargs) %}
      L.Icon.Default.mergeOptions({{ this.default_icon|tojson }});
      L.Icon.Default.imagePath = '';
      var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
        center: {{ this.location|tojson }},
        crs: L.CRS.{{ this.crs }},
        ...{{ this.options|tojavascript }}
      });
      if ({{ this.get_name() }}.attributionControl) {
        {{ this.get_name() }}.attributionControl.setPrefix('Leaflet');
      }
      {%- if this.control_scale %}
      L.control.scale({imperial: false}).addTo({{ this.get_name() }});
      {%- endif %}
      {%- if this.zoom_control_position %}
      L.control.zoom({position: {{ this.zoom_control|tojson }}}).addTo({{ this.get_name() }});
      {%- endif %}
    {% endmacro %}""")

    def __init__(
        self,
        location: list[float] | None = None,
        *,
        title: str = "",
        lang: str = "zh-CN",
        image_hosts: Sequence[str] = (),
        **options: Any,
    ) -> None:
        self.is_placed = location is not None
        self.ground = "#eceae5" if self.is_placed else "#f7f7f5"  # paler than any land
        if not self.is_placed:
            options = {"control_scale": True, "zoom_control": "topright", **options}
        super().__init__(location, tiles=None, **options)
        self.default_icon = _default_icon()
        OfflineFigure(title, lang, image_hosts).add_child(self)

    def render(self, **kwargs: Any) -> str:
        """Put the map and its layers into the page."""
        super().render(**kwargs)  # type: ignore[no-untyped-call]  # folium
        layers = list(self._children.values())
        bounds = self.get_bounds()
        is_fitted = self.is_placed or any(isinstance(each, FitBounds) for each in layers)
        if not is_fitted and all(edge is not None for corner in bounds for edge in corner):
            script = f"{_FIT}({self.get_name()}, {json_for_script(bounds)});"
            add_verbatim(self.get_root(), f"{self.get_name()}_fit", "", script)
        figure = self.get_root()
        if isinstance(figure, OfflineFigure) and not figure.title:
            headings = [str(getattr(each, "heading", "")) for each in layers]
            figure.title = plain(next(filter(None, headings), "landeff"))
        return ""
