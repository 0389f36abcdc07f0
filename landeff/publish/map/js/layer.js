/* A layer of polygons for any folium map: classes, a tooltip and a legend. */
(function () {
  'use strict';
  const Landeff = window.Landeff = window.Landeff || {};
  const { el, formatNumber, formatPlain } = Landeff;
  const SERIF = 'Georgia, "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif';
  const SANS = '"Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "Helvetica Neue", Arial, sans-serif';
  const MUTED = '#4c5966';
  const BAR_PX = 46;
  const FIRST_Z = 300;
  let made = 0;

  function valueText(store, name, i) {
    const column = store.loaded[name];
    const value = store.get(name, i);
    return value == null ? '—' : column.numeric ? formatPlain(value) : value;
  }

  function tip(store, columns, i) {
    return el('div', { style: { maxWidth: '280px', whiteSpace: 'normal', font: '13px/1.45 ' + SANS } },
      columns.map(({ name, title }, k) => el('div', { style: { fontWeight: k ? '400' : '600' } },
        k ? title + ': ' + valueText(store, name, i) : valueText(store, name, i))));
  }

  /* Under the mouse; and, for those who use the keyboard, in the centre on Enter. */
  function tell(map, group, store, columns) {
    const shown = L.tooltip({ direction: 'top', offset: [0, -6] });
    const at = (latlng) => {
      const i = map.hasLayer(group) ? store.pick(latlng, () => true) : -1;
      if (i < 0) map.closeTooltip(shown);
      else map.openTooltip(shown.setLatLng(latlng).setContent(tip(store, columns, i)));
    };
    map.on('mousemove', (event) => at(event.latlng));
    map.on('mouseout', () => map.closeTooltip(shown));
    const container = map.getContainer();
    container.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && event.target === container) at(map.getCenter());
    });
  }

  /* Classes of a number as a chart: as high as the class is frequent, limits between the bars. */
  function chart(config) {
    const known = config.classes.slice(0, config.breaks.length + 1);
    const highest = Math.max(...known.map((item) => item.n), 1);
    const bar = (item) => el('div', { title: item.title + ': ' + formatNumber(item.n, 0), style: { flex: '1', display: 'flex',
      flexDirection: 'column', justifyContent: 'flex-end', height: BAR_PX + 'px' } },
    el('div', { style: { height: Math.round(item.n / highest * (BAR_PX - 9)) + 'px', background: item.fill, opacity: '0.55' } }),
    el('div', { style: { height: '9px', background: item.fill } }));
    const tick = (limit, k) => el('span', { style: { position: 'absolute', transform: 'translateX(-50%)',
      left: 100 * (k + 1) / known.length + '%' } }, formatPlain(limit));
    return [el('div', { style: { display: 'flex', gap: '1px', marginTop: '8px' }, 'aria-hidden': 'true' }, known.map(bar)),
      el('div', { style: { position: 'relative', height: '17px', fontSize: '12px' } }, config.breaks.map(tick)),
      config.unit ? el('div', { style: { color: MUTED } }, config.unit) : null];
  }

  function line(item) {
    return el('div', { style: { display: 'flex', gap: '7px', alignItems: 'center' } }, Landeff.swatch(item),
      el('span', { style: { flex: '1' } }, item.title),
      el('span', { style: { color: MUTED, fontVariantNumeric: 'tabular-nums' } }, formatNumber(item.n, 0)));
  }

  function legendBox(config) {
    const rows = config.isNumber && config.breaks.length
      ? [...chart(config), ...config.classes.slice(config.breaks.length + 1).map(line)]
      : config.classes.filter((item) => item.title).map(line);
    const small = (text) => (text ? el('div', { style: { marginTop: '5px', fontSize: '11.5px', color: MUTED } }, text) : null);
    const box = el('section', { class: 'le-legend', 'aria-label': config.title, style: { boxSizing: 'border-box', width: '264px',
      maxWidth: 'calc(100vw - 20px)', padding: '11px 14px', background: 'rgba(255,255,255,.94)', color: '#1c2733',
      font: '13px/1.45 ' + SANS, borderTop: '3px solid #1c2733', boxShadow: '0 1px 5px rgba(0,0,0,.18)' } },
    el('div', { style: { font: '700 18px/1.25 ' + SERIF } }, config.title),
    config.note ? el('div', { style: { marginTop: '3px', color: MUTED } }, config.note) : null,
    ...rows, small(config.method), small(config.source));
    L.DomEvent.disableClickPropagation(box);
    return box;
  }

  function legend(config) {
    const control = L.control({ position: config.corner || 'bottomright' });
    control.onAdd = () => legendBox(config);
    return control;
  }

  /* config: {title, note, source, unit, method, isNumber, breaks, classes: [{title, colour, fill, hatch, n}],
     tooltip: [{name, title}], line, opacity, corner} */
  Landeff.layer = function layer(meta, config) {
    const group = L.layerGroup();
    const zIndex = FIRST_Z + made++; // a layer made later lies above, whichever is read first
    const store = new Landeff.Store(meta);
    const whenLoaded = store.ready.then(() => store.load(Object.keys(meta.columns)));
    group.whenDrawn = whenLoaded.then(() => {
      const theme = { codes: store.loaded['class:'].codes, classes: config.classes, isShown: () => true,
        line: config.line, weight: config.weight, isFilled: config.isFilled };
      if (config.label) {
        theme.label = (i) => store.get(config.label, i);
        theme.labelAt = (i) => [store.get('label:x', i), store.get('label:y', i)];
      }
      group.grid = new Landeff.ParcelGrid(store, theme, { opacity: config.opacity, zIndex });
      group.addLayer(group.grid);
    });
    group.store = store;
    const key = config.corner ? legend(config) : null;
    if (key) {
      group.on('add', () => { key.addTo(group._map); });
      group.on('remove', () => key.remove());
    }
    group.once('add', () => {
      const map = group._map;
      if (config.tooltip.length) group.whenDrawn.then(() => tell(map, group, store, config.tooltip));
      group.whenDrawn.catch((error) => legend({ ...config, title: error.message, classes: [] }).addTo(map));
    });
    return group;
  };
})();
