/* Figures of the panel: what the run found, sums over the plots shown, area by district. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el, follow, formatNumber } = Landeff;

  Landeff.headline = function headline(app) {
    const { config } = app;
    const box = el('section', { class: 'le-headline' });
    const write = () => {
      const chips = config.headlines.map((item) => el('div', { class: 'le-chip' },
        el('dt', {}, Landeff.swatch(item), app.term(item.title)),
        el('dd', {}, formatNumber(item.mu, 0), el('small', {}, ' ' + app.word('mu') + ' · ' +
          formatNumber(item.n, 0) + ' ' + app.word('plots_unit')))));
      const whole = config.overall == null ? null : el('p', { class: 'le-overall' },
        el('span', {}, app.word('overall')), el('strong', {}, formatNumber(config.overall, 2)),
        el('small', {}, app.term(config.units.wan_per_mu)));
      box.replaceChildren(...[whole, chips.length ? el('dl', {}, chips) : null].filter(Boolean));
    };
    app.when('lang', write);
    write();
    return box;
  };

  /* Sums over the rows shown. Parcels without tax data stay in the area that tax is divided by. */
  function totals(app) {
    const sum = { parcels: 0, mu: 0, tax: 0, unknownMu: 0, pieces: 0, piecesMu: 0 };
    const column = app.columnOf('tax_cny');
    for (let i = 0; i < app.store.n; i++) {
      if (!app.shown[i]) continue;
      const mu = app.value('basis_area_m2', i) || 0;
      if (app.isPiece(i)) {
        sum.pieces += 1;
        sum.piecesMu += mu;
        continue;
      }
      const tax = column ? app.value(column, i) : null;
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

  function lines(app, sum) {
    const found = [];
    const mu = (value) => formatNumber(value, 1) + ' ' + app.word('mu');
    if (sum.unknownMu > 0) found.push(app.pair(app.word('unknown_tax'), mu(sum.unknownMu)));
    if (sum.pieces) found.push(app.pair(app.word('pieces'), app.list([sum.pieces, mu(sum.piecesMu)])));
    const zone = app.config.zones.find((each) => each.id === app.zone);
    if (zone && zone.perMu != null) {
      const value = [app.amount(formatNumber(zone.perMu, 2), app.term(app.config.units.wan_per_mu))];
      if (zone.rank) value.push(app.word('rank') + ' ' + zone.rank);
      found.push(app.pair(app.bracket(app.word('declared'), app.term(app.config.scope)), app.list(value)));
    }
    return found.map((line) => el('p', { class: 'le-note' }, line));
  }

  Landeff.totalsBox = function totalsBox(app, frame) {
    const box = el('section', { class: 'le-totals' });
    const write = () => {
      const sum = totals(app);
      const { units } = app.config;
      const hasTax = app.columnOf('tax_cny') && sum.mu > 0;
      box.replaceChildren(
        el('h2', {}, app.word('selection') + ' · ' + app.year),
        el('dl', {},
          figure(app.word('n_parcels'), formatNumber(sum.parcels, 0), ''),
          figure(app.word('area'), formatNumber(sum.mu, 1), app.word('mu')),
          figure(app.word('tax'), hasTax ? formatNumber(sum.tax, 0) : '—', app.term(units.wan)),
          figure(app.word('tax_per_mu'), hasTax ? formatNumber(sum.tax / sum.mu, 2) : '—',
            app.term(units.wan_per_mu))),
        el('p', { class: 'le-note' }, app.term(app.config.selection)),
        ...lines(app, sum));
      frame.say(formatNumber(sum.parcels + sum.pieces, 0) + ' ' + app.word('n_plots'));
    };
    app.when('filter', write);
    app.when('lang', write);
    write();
    return box;
  };

  function districtRow(app, tag, name, values) {
    const cells = [...values, values.reduce((sum, value) => sum + value, 0)];
    return el('tr', {}, el(tag, { scope: 'row' }, name),
      cells.map((value) => el('td', {}, value ? formatNumber(value, 0) : '·')));
  }

  Landeff.districtTable = function districtTable(app) {
    const { categories, rows } = app.config.districts;
    const box = el('section', { class: 'le-districts', tabindex: '0' }); // it scrolls: keys must reach it
    const write = () => {
      box.setAttribute('aria-label', app.word('districts'));
      const heads = categories.map((item) =>
        el('th', { scope: 'col' }, Landeff.swatch(item), el('span', {}, app.term(item.title))));
      const columns = categories.map((_, k) => rows.reduce((sum, row) => sum + row.mu[k], 0));
      box.replaceChildren(el('table', {},
        el('caption', {}, app.bracket(app.word('districts'), app.word('mu'))),
        el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, app.word('district')), heads,
          el('th', { scope: 'col' }, app.word('total')))),
        el('tbody', {}, rows.map((row) => districtRow(app, 'th', Landeff.districtName(app, row), row.mu))),
        el('tfoot', {}, districtRow(app, 'th', app.word('total'), columns))));
    };
    app.when('lang', write);
    write();
    return box;
  };
})();
