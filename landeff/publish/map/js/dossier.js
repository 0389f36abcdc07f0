/* 一宗一档: everything about one plot, set as text. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el, formatNumber } = Landeff;
  const REACH = 10; // grid units of 0.1 m: plots this near are neighbours
  const MOST_NEIGHBOURS = 12;

  function row(title, text) {
    return el('tr', {}, el('th', { scope: 'row' }, title), el('td', {}, text));
  }

  /* A heading and what is too wide to stand beside it. */
  function wide(title, note, content) {
    return el('tr', {}, el('td', { colspan: 2, class: 'le-wide' },
      el('div', {}, title, note ? el('small', {}, note) : null), content));
  }

  function valueText(app, field, i) {
    const text = app.text(field.name, i);
    return text == null ? '—' : app.amount(text, app.term(field.unit));
  }

  /* A piece of unsupplied land has few facts, and some facts only such a piece has: those are left out. */
  function isUsual(app, field, i) {
    return app.value(field.name, i) != null || !(app.isPiece(i) || app.config.pieceFields.includes(field.name));
  }

  function section(title, ...content) {
    return el('section', {}, el('h3', {}, title), ...content);
  }

  function groups(app, i) {
    const byGroup = new Map();
    for (const field of app.config.fields) {
      if (!isUsual(app, field, i)) continue;
      const key = app.term(field.group);
      if (!byGroup.has(key)) byGroup.set(key, []);
      const year = app.isYearly(field.name) ? ' ' + app.latestYear : '';
      byGroup.get(key).push(row(app.term(field.title) + year, valueText(app, field, i)));
    }
    for (const { group, file, row: line } of app.config.sources) {
      const rows = byGroup.get(app.term(group));
      const source = [app.value(file, i), app.value(line, i)].filter((part) => part != null);
      if (rows && source.length) rows.push(row(app.word('written_in'), source.join(' · ' + app.word('row') + ' ')));
    }
    return [...byGroup].map(([title, rows]) => section(title, el('table', {}, el('tbody', {}, rows))));
  }

  /* Money of each year, with bars to compare. */
  function years(app, i) {
    const names = ['tax_cny', 'output_cny'].filter((name) => app.config.years.some((y) => app.store.has(name + ':' + y)));
    if (!names.length || app.isPiece(i)) return null;
    const column = (name, year) => (year === app.latestYear ? name : name + ':' + year);
    const cell = (name, year) => {
      const value = app.value(column(name, year), i);
      const highest = Math.max(...app.config.years.map((each) => app.value(column(name, each), i) || 0));
      const width = value > 0 && highest > 0 ? 100 * value / highest : 0;
      return el('td', { class: 'le-number' }, el('span', { class: 'le-spark', style: { width: width + '%' } }),
        el('span', {}, value == null ? '—' : formatNumber(value, 2)));
    };
    const heads = names.map((name) =>
      el('th', { scope: 'col' }, app.bracket(app.term(app.fields[name].title), app.term(app.fields[name].unit))));
    return section(app.word('by_year'), el('table', { class: 'le-years' },
      el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, app.word('year')), heads)),
      el('tbody', {}, app.config.years.map((year) =>
        el('tr', {}, el('th', { scope: 'row' }, year), names.map((name) => cell(name, year)))))));
  }

  function finding(app, k) {
    const told = (name) => app.coded(name, app.tables.findings.get(name, k));
    const [first, second] = [...new Set([told('verdict'), told('reason')].filter(Boolean))];
    const lines = [['rule', told('rule_id')], ['verdict', second ? app.pair(first, second) : first]];
    for (const [word, name] of [['since', 'since_on'], ['missing', 'missing'], ['basis', 'basis'], ['advice', 'advice']]) {
      const text = told(name);
      if (text != null) lines.push([word, text]);
    }
    const rows = lines.map(([word, text]) => row(app.word(word), text));
    const tree = Landeff.treeOf(app, k);
    const list = Landeff.conditionTree(app, tree);
    if (list) rows.splice(2, 0, wide(app.word('conditions'), app.word('decisive'), list));
    const settled = Landeff.settlingWays(app, tree);
    if (settled) rows.splice(3, 0, wide(app.word('settled'), '', settled));
    const kind = app.tables.findings.get('verdict', k) === 'hit' ? 'le-hit' : 'le-unknown';
    return el('table', { class: 'le-finding ' + kind }, el('tbody', {}, rows));
  }

  function correction(app, k) {
    const table = app.tables.corrections;
    const told = (name) => app.coded(name, table.get(name, k));
    const change = [table.get('old_value', k), table.get('new_value', k)].map((value) => (value == null ? '—' : value));
    const lines = [['correction', told('kind')], ['column', told('column')], ['change', change.join(' → ')],
      ['status', app.list([told('status'), table.get('why_' + app.lang, k)].filter(Boolean))],
      ['document', told('document')], ['signer', told('signer')], ['decided_on', told('decided_on')]];
    return el('table', { class: 'le-finding' }, el('tbody', {}, lines.filter(([, text]) => text)
      .map(([word, text]) => row(app.word(word), text))));
  }

  function neighbours(app, i) {
    const found = app.store.neighbours(i, REACH);
    if (!found.length) return null;
    const item = (k) => {
      const category = app.text('inventory_class', k);
      return el('li', {}, el('button', { type: 'button', 'data-control': 'neighbour',
        onclick: () => Landeff.show(app, k, app.returnTo) },
        app.text('shown_name', k) || app.word('unnamed'),
        el('small', {}, [app.text('parcel_id', k), category].filter(Boolean).join(' · '))));
    };
    const more = found.length > MOST_NEIGHBOURS ? el('li', {}, '… ' + formatNumber(found.length, 0)) : null;
    return section(app.word('neighbours'),
      el('ul', { class: 'le-neighbours' }, found.slice(0, MOST_NEIGHBOURS).map(item), more));
  }

  const rowsOf = (table, i) => [...Array(table.n).keys()].filter((k) => table.get('row', k) === i);

  function content(app, i, close) {
    const found = rowsOf(app.tables.findings, i).map((k) => finding(app, k));
    const corrected = rowsOf(app.tables.corrections, i).map((k) => correction(app, k));
    const kind = app.text('inventory_class', i);
    return [
      el('div', { class: 'le-dossier-head' },
        el('div', {}, el('p', { class: 'le-kicker' }, app.word('dossier')),
          el('h2', {}, app.text('shown_name', i) || app.word('unnamed')),
          el('p', { class: 'le-code' }, app.text('parcel_id', i)),
          kind ? el('p', { class: 'le-badge' }, kind) : null),
        el('button', { type: 'button', class: 'le-close', 'data-control': 'close', 'aria-label': app.word('close'),
          onclick: close }, '×')),
      app.isPiece(i) ? null : section(app.word('findings'), ...(found.length ? found : [el('p', {}, app.word('no_findings'))])),
      corrected.length ? section(app.word('corrections'), ...corrected) : null,
      ...groups(app, i), years(app, i),
      ...Landeff.firmSections(app, i).map(([word, parts]) => section(app.word(word), ...parts)),
      neighbours(app, i),
    ];
  }

  /* All columns of the store and the tables; then where the comparisons of each finding start. */
  async function loadAll(app) {
    await app.store.load(Object.keys(app.store.meta.columns));
    for (const table of Object.values(app.tables)) await table.load(Object.keys(table.meta.columns));
    if (!app.conditionsFrom) app.conditionsFrom = Landeff.conditionStarts(app);
  }

  function moveFocus(app, frame) {
    if (!app.returnTo) return;
    if (app.selected >= 0) {
      frame.dossier.querySelector('.le-close').focus();
    } else {
      app.returnTo.focus();
      app.returnTo = null;
    }
  }

  Landeff.dossier = function dossier(app, frame) {
    const { dossier: box, side } = frame;
    const write = async () => {
      const i = app.selected;
      if (i >= 0) await loadAll(app);
      if (i !== app.selected) return; // another plot was chosen meanwhile
      if (i >= 0 && side.hidden) {
        frame.showSide(true);
        app.closesSide = true;
      }
      box.hidden = i < 0;
      document.body.classList.toggle('le-with-dossier', i >= 0);
      box.replaceChildren(...(i < 0 ? [] : content(app, i, () => app.select(-1)).filter(Boolean)));
      box.scrollTop = 0;
      if (i < 0 && app.closesSide) {
        frame.showSide(false);
        app.closesSide = false;
      }
      moveFocus(app, frame);
    };
    app.when('select', () => { app.whenTold = write(); });
    app.when('lang', write);
    app.when('year', write);
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && app.selected >= 0) app.select(-1);
    });
  };
})();
