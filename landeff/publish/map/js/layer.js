/* A parcel layer for any folium map: classes, a tooltip and a small legend. */
(function () {
  'use strict';
  const Landeff = window.Landeff = window.Landeff || {};
  const { el } = Landeff;

  function tooltipText(store, columns, i) {
    return columns.map(({ name, title }) => {
      const column = store.loaded[name];
      const value = store.get(name, i);
      const shown = column.numeric ? Landeff.formatNumber(value, Math.min(2, column.header.decimals)) : value;
      return el('div', {}, title + ': ' + (shown == null ? '—' : shown));
    });
  }

  function followMouse(map, group, store, columns) {
    const tip = L.tooltip({ direction: 'top', offset: [0, -6] });
    map.on('mousemove', (event) => {
      const i = map.hasLayer(group) ? store.pick(event.latlng, () => true) : -1;
      if (i < 0) map.closeTooltip(tip);
      else map.openTooltip(tip.setLatLng(event.latlng).setContent(el('div', {}, tooltipText(store, columns, i))));
    });
  }

  function legend(config) {
    const control = L.control({ position: 'bottomright' });
    const style = { padding: '6px 10px', background: '#fff', color: '#1c2733' };
    control.onAdd = () => el('div', { class: 'leaflet-bar le-legend', style }, el('strong', {}, config.title),
      config.classes.map((item) => el('div', {}, Landeff.swatch(item), ' ' + item.title)));
    return control;
  }

  /* config: {title, classes: [{title, colour, fill, hatch}], tooltip: [{name, title}]} */
  Landeff.layer = function layer(meta, config) {
    const group = L.layerGroup();
    const store = new Landeff.Store(meta);
    const whenLoaded = store.ready.then(() => store.load(Object.keys(meta.columns)));
    group.whenDrawn = whenLoaded.then(() => {
      const theme = { codes: store.loaded['class:'].codes, classes: config.classes, isShown: () => true, label: null };
      group.addLayer(new Landeff.ParcelGrid(store, theme));
    });
    const key = legend(config);
    group.on('add', () => { key.addTo(group._map); });
    group.on('remove', () => key.remove());
    group.once('add', () => {
      const map = group._map;
      if (config.tooltip.length) group.whenDrawn.then(() => followMouse(map, group, store, config.tooltip));
      group.whenDrawn.catch((error) => legend({ title: error.message, classes: [] }).addTo(map));
    });
    return group;
  };
})();
