/* Choices above the ledger: zone, category, industry, grade … Each narrows map, legend and ledger alike. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el, follow } = Landeff;

  /* The values of a column that occur, titled, in the order of their titles. */
  function choices(app, name) {
    const column = app.store.loaded[name];
    const seen = new Set(column.codes || []);
    const values = (column.codes ? column.values.filter((_, code) => seen.has(code)) : [...new Set(column.values)]);
    return values.filter((value) => value !== '').map((value) => [value, app.coded(name, value)])
      .sort((a, b) => a[1].localeCompare(b[1], 'zh-CN'));
  }

  function filter(app, name) {
    const select = el('select', { 'data-filter': name, id: 'le-filter-' + name,
      onchange: () => app.choose(name, select.value) });
    const write = () => {
      const title = app.term(app.fields[name].title);
      select.setAttribute('aria-label', title);
      select.replaceChildren(el('option', { value: '' }, app.pair(title, app.word('all'))),
        ...choices(app, name).map(([value, text]) => el('option', { value }, text)));
      select.value = app.choices[name] || '';
    };
    app.when('lang', write);
    app.when('base', () => { select.value = app.choices[name] || ''; });
    write();
    return select;
  }

  /* The zone, chosen here or in the panel. */
  function zoneFilter(app) {
    const select = el('select', { id: 'le-filter-zone', onchange: () => Landeff.goToZone(app, select.value) });
    const write = () => {
      select.setAttribute('aria-label', app.word('zone'));
      select.replaceChildren(...Landeff.zoneOptions(app, app.pair(app.word('zone'), app.word('all'))));
      select.value = app.zone;
    };
    app.when('lang', write);
    app.when('base', () => { select.value = app.zone; });
    write();
    return select;
  }

  function clearButton(app) {
    const clear = () => {
      app.choices = {};
      if (app.zone) Landeff.goToZone(app, '');
      else app.changeBase();
      button.parentNode.querySelector('select').focus(); // the button hides itself: whoever uses the keyboard stays here
    };
    const button = follow(app, el('button', { type: 'button', class: 'le-clear', id: 'le-clear', onclick: clear }),
      () => app.word('clear'));
    const write = () => { button.hidden = !app.zone && !Object.keys(app.choices).length; };
    app.when('base', write);
    write();
    return button;
  }

  Landeff.filters = function filters(app) {
    return el('div', { class: 'le-filters' }, app.config.zones.length ? zoneFilter(app) : null,
      app.config.filters.map((name) => filter(app, name)), clearButton(app));
  };
})();
