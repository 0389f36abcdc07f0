/* A base map of the user's own: asked for only while it is switched on. A key is used and not kept. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el, follow } = Landeff;

  function layers(config, key) {
    return config.urls.map((url) => L.tileLayer(url.replace('{key}', encodeURIComponent(key)),
      { pane: 'le-base', maxZoom: 20, maxNativeZoom: 18, attribution: '' }));
  }

  Landeff.tiles = function tiles(app) {
    const { tiles: config } = app.config;
    if (!config) return;
    app.map.createPane('le-base').style.zIndex = 150;
    let shown = [];
    const toggle = el('input', { type: 'checkbox', id: 'le-tiles' });
    const key = el('input', { type: 'password', id: 'le-key', autocomplete: 'off', class: 'le-key', hidden: !config.needsKey });
    const source = el('span', { class: 'le-tile-source', hidden: true }, config.source);
    const change = () => {
      for (const layer of shown) layer.remove();
      const isOn = toggle.checked && (!config.needsKey || key.value !== '');
      shown = isOn ? layers(config, key.value) : [];
      for (const layer of shown) layer.addTo(app.map);
      app.map.getContainer().classList.toggle('le-on-tiles', isOn);
      app.grid.setOpacity(isOn ? 0.8 : 1);
      source.hidden = !isOn;
    };
    toggle.addEventListener('change', change);
    key.addEventListener('change', change);
    const describe = () => {
      key.setAttribute('aria-label', app.word('key'));
      key.placeholder = app.word('key');
    };
    app.when('lang', describe);
    describe();
    const control = L.control({ position: 'topright' });
    control.onAdd = () => {
      const title = follow(app, el('span'), () => app.pair(app.word('base_map'), config.source));
      const box = el('div', { class: 'le-base-map leaflet-bar' }, el('label', {}, toggle, title), key);
      L.DomEvent.disableClickPropagation(box);
      return box;
    };
    control.addTo(app.map);
    document.querySelector('.le-footer').prepend(source);
  };
})();
