/* The panel: layers, legend that filters, zones, totals, area by district. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el, follow, formatNumber } = Landeff;

  function layerChoice(app) {
    const set = el('fieldset', { class: 'le-layers' }, follow(app, el('legend', {}), () => app.word('layer')));
    app.config.layers.forEach((layer, k) => {
      const choose = () => app.setLayer(layer);
      const input = el('input', { type: 'radio', name: 'le-layer', checked: k === 0, onchange: choose });
      set.append(el('label', {}, input, follow(app, el('span', {}), () => app.term(layer.title))));
    });
    return set;
  }

  /* Number and mu of each class in the zone chosen; what the legend shuts off stays counted. */
  function counts(app) {
    const found = app.layer.classes.map(() => ({ n: 0, mu: 0 }));
    const codes = app.codes();
    for (let i = 0; i < app.store.n; i++) {
      const count = found[codes[i]];
      if (!count || !app.isInZone(i)) continue;
      count.n += 1;
      count.mu += app.value('basis_area_m2', i) || 0;
    }
    return found;
  }

  function legendRow(app, item, code, count) {
    const isOn = app.isOn[app.layer.name];
    const change = (event) => {
      isOn[code] = event.target.checked ? 1 : 0;
      app.filter();
    };
    const input = el('input', { type: 'checkbox', checked: isOn[code] === 1, onchange: change });
    return el('label', { class: 'le-class' }, input, Landeff.swatch(item),
      el('span', { class: 'le-name' }, app.term(item.title)),
      el('span', { class: 'le-count' }, formatNumber(count.n, 0)),
      el('span', { class: 'le-count' }, formatNumber(count.mu, 1) + ' ' + app.word('mu')));
  }

  function legend(app) {
    const set = el('fieldset', { class: 'le-legend' });
    const write = () => {
      const heading = app.term(app.layer.title) + ' · ' + app.word('legend');
      const found = counts(app);
      set.replaceChildren(el('legend', {}, heading),
        ...app.layer.classes.map((item, code) => legendRow(app, item, code, found[code])),
        el('p', { class: 'le-note' }, app.term(app.layer.note)));
    };
    for (const event of ['layer', 'zone', 'lang']) app.when(event, write);
    write();
    return set;
  }

  function zoneChoice(app) {
    const choose = () => {
      app.setZone(select.value);
      const place = app.config.zonePlaces[app.config.zones.findIndex((zone) => zone.id === app.zone)];
      const bounds = place ? place.bounds : app.config.bounds;
      if (bounds) app.map.fitBounds(bounds, { animate: false, padding: [10, 10] });
    };
    const select = el('select', { onchange: choose });
    const write = () => {
      select.setAttribute('aria-label', app.word('zone'));
      const options = app.config.zones.map((zone) =>
        el('option', { value: zone.id }, (zone.parent ? '　' : '') + zone.name));
      select.replaceChildren(el('option', { value: '' }, app.word('all_zones')), ...options);
      select.value = app.zone;
    };
    app.when('lang', write);
    write();
    return select;
  }

  /* Sums over the rows shown. Parcels without tax data stay in the area that tax is divided by. */
  function totals(app) {
    const sum = { parcels: 0, mu: 0, tax: 0, unknownMu: 0, pieces: 0, piecesMu: 0 };
    for (let i = 0; i < app.store.n; i++) {
      if (!app.shown[i]) continue;
      const mu = app.value('basis_area_m2', i) || 0;
      if (app.isPiece(i)) {
        sum.pieces += 1;
        sum.piecesMu += mu;
        continue;
      }
      const tax = app.value('tax_cny', i);
      sum.parcels += 1;
      sum.mu += mu;
      if (tax == null) sum.unknownMu += mu;
      else sum.tax += tax;
    }
    return sum;
  }

  function figure(title, value, unit) {
    return el('div', {}, el('dt', {}, title, el('small', {}, unit ? ' ' + unit : '')), el('dd', {}, value));
  }

  function totalsLines(app, sum) {
    const lines = [];
    const mu = (value) => formatNumber(value, 1) + ' ' + app.word('mu');
    if (sum.unknownMu > 0) lines.push(app.pair(app.word('unknown_tax'), mu(sum.unknownMu)));
    if (sum.pieces) lines.push(app.pair(app.word('pieces'), app.list([sum.pieces, mu(sum.piecesMu)])));
    const zone = app.config.zones.find((each) => each.id === app.zone);
    if (zone && zone.perMu != null) {
      const value = [app.amount(formatNumber(zone.perMu, 2), app.term(app.config.units.wan_per_mu))];
      if (zone.rank) value.push(app.word('rank') + ' ' + zone.rank);
      lines.push(app.pair(app.bracket(app.word('declared'), app.term(app.config.scope)), app.list(value)));
    }
    return lines.map((line) => el('p', { class: 'le-note' }, line));
  }

  function totalsBox(app, frame) {
    const box = el('section', { class: 'le-totals' });
    const write = () => {
      const sum = totals(app);
      const { units } = app.config;
      const hasTax = app.store.has('tax_cny') && sum.mu > 0;
      box.replaceChildren(
        el('h2', {}, app.word('selection'), el('small', {}, app.bracket('', app.term(app.config.selection)))),
        el('dl', {},
          figure(app.word('n_parcels'), formatNumber(sum.parcels, 0), ''),
          figure(app.word('area'), formatNumber(sum.mu, 1), app.word('mu')),
          figure(app.word('tax'), hasTax ? formatNumber(sum.tax, 0) : '—', app.term(units.wan)),
          figure(app.word('tax_per_mu'), hasTax ? formatNumber(sum.tax / sum.mu, 2) : '—',
            app.term(units.wan_per_mu))),
        ...totalsLines(app, sum));
      frame.say(formatNumber(sum.parcels + sum.pieces, 0) + ' ' + app.word('n_plots'));
    };
    app.when('filter', write);
    app.when('lang', write);
    write();
    return box;
  }

  function districtRow(app, tag, name, values) {
    const cells = [...values, values.reduce((sum, value) => sum + value, 0)];
    return el('tr', {}, el(tag, { scope: 'row' }, name),
      cells.map((value) => el('td', {}, value ? formatNumber(value, 0) : '·')));
  }

  function districtTable(app) {
    const { categories, rows } = app.config.districts;
    const box = el('div', { class: 'le-districts' });
    const write = () => {
      const heads = categories.map((item) =>
        el('th', { scope: 'col' }, Landeff.swatch(item), el('span', {}, app.term(item.title))));
      const columns = categories.map((_, k) => rows.reduce((sum, row) => sum + row.mu[k], 0));
      box.replaceChildren(el('table', {},
        el('caption', {}, app.bracket(app.word('districts'), app.word('mu'))),
        el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, app.word('district')), heads,
          el('th', { scope: 'col' }, app.word('total')))),
        el('tbody', {}, rows.map((row) => districtRow(app, 'th', row.name, row.mu))),
        el('tfoot', {}, districtRow(app, 'th', app.word('total'), columns))));
    };
    app.when('lang', write);
    write();
    return box;
  }

  /* Two views that share the lower half of the panel. */
  function tabs(app, views) {
    const buttons = views.map(({ name, view }, k) => {
      const element = el('button', { type: 'button', role: 'tab', id: 'le-tab-' + k });
      const button = follow(app, element, () => app.word(name));
      button.addEventListener('click', () => show(k));
      view.setAttribute('role', 'tabpanel');
      view.setAttribute('aria-labelledby', 'le-tab-' + k);
      return button;
    });
    const show = (chosen) => views.forEach(({ view }, k) => {
      view.hidden = k !== chosen;
      buttons[k].setAttribute('aria-selected', String(k === chosen));
    });
    show(0);
    return el('section', { class: 'le-tabs' }, el('div', { class: 'le-tablist', role: 'tablist' }, buttons),
      views.map(({ view }) => view));
  }

  Landeff.panel = function panel(app, frame) {
    frame.panel.append(Landeff.search(app, frame));
    if (app.layer) frame.panel.append(layerChoice(app), legend(app));
    if (app.config.zones.length) frame.panel.append(zoneChoice(app));
    const views = [{ name: 'ledger', view: Landeff.ledger(app, frame) }];
    if (app.config.districts.rows.length) views.push({ name: 'districts', view: districtTable(app) });
    frame.panel.append(totalsBox(app, frame), tabs(app, views));
  };
})();
