/* The left panel: search, figures, zone, layer, legend, distribution, area by district. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el, follow } = Landeff;

  /* Layers under the headings of their groups. */
  function layerChoice(app) {
    const select = el('select', { class: 'le-layer', id: 'le-layer', onchange: () => app.setLayer(app.config.layers[select.value]) });
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

  /* Show a zone alone, and the map at it; all for an empty code. */
  Landeff.goToZone = function goToZone(app, code) {
    app.setZone(code);
    const place = app.config.zonePlaces[app.config.zones.findIndex((zone) => zone.id === code)];
    const bounds = place ? place.bounds : app.config.bounds;
    if (bounds) Landeff.fit(app.map, bounds);
  };

  Landeff.zoneOptions = function zoneOptions(app, all) {
    const options = app.config.zones.map((zone) =>
      el('option', { value: zone.id }, (zone.parent ? '　' : '') + zone.name));
    return [el('option', { value: '' }, all), ...options];
  };

  function zoneChoice(app) {
    const select = el('select', { class: 'le-zone', id: 'le-zone', onchange: () => Landeff.goToZone(app, select.value) });
    const write = () => {
      select.replaceChildren(...Landeff.zoneOptions(app, app.word('all_zones')));
      select.value = app.zone;
    };
    app.when('lang', write);
    app.when('base', () => { select.value = app.zone; });
    write();
    return labelled(app, 'zone', select);
  }

  Landeff.panel = function panel(app, frame) {
    const { config } = app;
    const parts = [Landeff.search(app, frame), Landeff.headline(app)];
    if (config.zones.length) parts.push(zoneChoice(app));
    if (app.layer) parts.push(layerChoice(app));
    if (config.moneyYears.length > 1 && config.yearly.length) parts.push(Landeff.yearSlider(app));
    if (app.layer) parts.push(Landeff.legend(app), Landeff.measureBox(app, frame));
    if (config.outlines.length) parts.push(Landeff.outlines(app));
    parts.push(Landeff.totalsBox(app, frame));
    if (config.districts.rows.length) parts.push(Landeff.districtTable(app));
    frame.panel.append(...parts);
  };
})();
