"""A ``folium.Map`` that opens without a network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import folium
from folium.template import Template

from landeff.publish.offline.assets import VENDOR, data_uri
from landeff.publish.offline.figure import OfflineFigure


def _default_icon() -> dict[str, str]:
    files = {"iconUrl": "marker-icon", "iconRetinaUrl": "marker-icon-2x", "shadowUrl": "marker-shadow"}
    return {option: data_uri(VENDOR / "leaflet" / f"{name}.png") for option, name in files.items()}


class OfflineMap(folium.Map):
    """``folium.Map`` under an :class:`OfflineFigure`; no base map.

    Takes what ``folium.Map`` takes, besides ``title`` and ``lang`` of the page and ``image_hosts``, the hosts
    whose tiles the page may show (none otherwise). folium's own template is
    replaced because its head script cannot carry a nonce and its viewport forbids zooming (WCAG 1.4.4).

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
      .leaflet-container{font-size:{{ this.font_size }};background:#eceae5}</style>
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
        title: str = "landeff",
        lang: str = "zh-CN",
        image_hosts: Sequence[str] = (),
        **options: Any,
    ) -> None:
        super().__init__(location, tiles=None, **options)
        self.default_icon = _default_icon()
        OfflineFigure(title, lang, image_hosts).add_child(self)
