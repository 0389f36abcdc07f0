/* The left panel: search, figures, zone, layer, legend, distribution, area by district. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el, follow } = Landeff;

  /* Layers under the headings of their groups. */
  function layerChoice(app) {
    const select = el('select', { class: 'le-layer', onchange: () => app.setLayer(app.config.layers[select.value]) });
    const write = () => {
      const groups = new Map();
      app.config.layers.forEach((layer, k) => {
        const group = app.term(layer.group);
        if (!groups.has(group)) groups.set(group, []);
        groups.get(group).push(el('option', { value: k }, app.term(layer.title)));
      });
      select.replaceChildren(...[...groups].map(([label, options]) => el('optgroup', { label }, options)));
      select.value = app.config.layers.indexOf(app.layer);
    };
    app.when('lang', write);
    app.when('view', () => { select.value = app.config.layers.indexOf(app.layer); });
    write();
    return labelled(app, 'layer', select);
  }

  function labelled(app, word, control) {
    return el('label', { class: 'le-control' }, follow(app, el('span'), () => app.word(word)), control);
  }

  function zoneChoice(app) {
    const choose = () => {
      app.setZone(select.value);
      const place = app.config.zonePlaces[app.config.zones.findIndex((zone) => zone.id === app.zone)];
      const bounds = place ? place.bounds : app.config.bounds;
      if (bounds) app.map.fitBounds(bounds, { animate: false, padding: [10, 10] });
    };
    const select = el('select', { class: 'le-zone', onchange: choose });
    const write = () => {
      const options = app.config.zones.map((zone) =>
        el('option', { value: zone.id }, (zone.parent ? '　' : '') + zone.name));
      select.replaceChildren(el('option', { value: '' }, app.word('all_zones')), ...options);
      select.value = app.zone;
    };
    app.when('lang', write);
    write();
    return labelled(app, 'zone', select);
  }

  Landeff.panel = function panel(app, frame) {
    const { config } = app;
    const parts = [Landeff.search(app, frame), Landeff.headline(app)];
    if (config.zones.length) parts.push(zoneChoice(app));
    if (app.layer) parts.push(layerChoice(app), Landeff.legend(app), Landeff.measureBox(app, frame));
    if (config.outlines.length) parts.push(Landeff.outlines(app));
    parts.push(Landeff.totalsBox(app, frame));
    if (config.districts.rows.length) parts.push(Landeff.districtTable(app));
    frame.panel.append(...parts);
  };
})();
