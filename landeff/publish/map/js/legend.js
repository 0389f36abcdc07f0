/* The legend: classes with number, mu and share; its boxes show and hide classes. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el, formatNumber } = Landeff;

  /* Number and mu of each class among the plots chosen; what the legend shuts off stays counted. */
  function counts(app) {
    const { classes, codes } = app.view;
    const found = classes.map(() => ({ n: 0, mu: 0 }));
    for (let i = 0; i < app.store.n; i++) {
      const count = found[codes[i]];
      if (!count || !app.inBase[i]) continue;
      count.n += 1;
      count.mu += app.value('basis_area_m2', i) || 0;
    }
    return found;
  }

  function row(app, item, code, count, whole) {
    const isOn = app.isOn[app.view.key];
    const change = (event) => {
      isOn[code] = event.target.checked ? 1 : 0;
      app.filter();
    };
    const share = whole > 0 ? count.mu / whole : 0;
    const input = el('input', { type: 'checkbox', 'data-control': 'class', checked: isOn[code] === 1, onchange: change });
    const bar = el('span', { class: 'le-share', style: { width: (100 * share).toFixed(2) + '%' } });
    return el('label', { class: 'le-class' }, input, Landeff.swatch(item),
      el('span', { class: 'le-name' }, app.term(item.title)),
      el('span', { class: 'le-count' }, formatNumber(count.n, 0)),
      el('span', { class: 'le-count' }, formatNumber(count.mu, 1)),
      el('span', { class: 'le-track', 'aria-hidden': 'true' }, bar));
  }

  function head(app) {
    return el('div', { class: 'le-class le-class-head', 'aria-hidden': 'true' }, el('span'), el('span'), el('span'),
      el('span', { class: 'le-count' }, app.word('n_parcels')),
      el('span', { class: 'le-count' }, app.word('mu')));
  }

  function heading(app) {
    const measure = app.measure();
    const title = app.term(app.layer.title);
    if (!measure) return title;
    const year = measure.year ? ' · ' + measure.year : '';
    return app.bracket(title, app.term(measure.unit)) + year;
  }

  Landeff.legend = function legend(app) {
    const set = el('fieldset', { class: 'le-legend' });
    const write = () => {
      const found = counts(app);
      const whole = found.reduce((sum, count) => sum + count.mu, 0);
      set.replaceChildren(el('legend', {}, heading(app)), head(app),
        ...app.view.classes.map((item, code) => row(app, item, code, found[code], whole)),
        el('p', { class: 'le-note' }, app.term(app.layer.note)));
    };
    for (const event of ['view', 'base', 'lang']) app.when(event, write);
    write();
    return set;
  };
})();
