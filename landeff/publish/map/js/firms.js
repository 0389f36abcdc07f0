/* Firms of a plot: their shares, the rows behind the money, and their scores. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el, formatNumber } = Landeff;

  /* Rows of a table whose column, which rises, has this value. */
  function rowsWith(table, name, value) {
    if (!table) return [];
    let [low, high] = [0, table.n];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (table.get(name, middle) < value) low = middle + 1;
      else high = middle;
    }
    const rows = [];
    for (let k = low; k < table.n && table.get(name, k) === value; k++) rows.push(k);
    return rows;
  }

  /* Up to four decimals, no noughts at the end. */
  const plain = (value) => (value == null ? '—' : value.toLocaleString('zh-CN', { maximumFractionDigits: 4 }));
  const percent = (ratio) => formatNumber(100 * ratio, 2) + '%';

  function firmName(app, firm) {
    if (firm == null) return app.word('unnamed_firm');
    return app.tables.firms.get('name', firm) || app.tables.firms.get('enterprise_id', firm);
  }

  function stand(app, k) {
    const { stands: table, firms } = app.tables;
    const told = [app.coded('method', table.get('method', k)), app.coded('land_basis', table.get('land_basis', k))];
    const mu = table.get('land_mu', k);
    if (mu != null) told.push(formatNumber(mu, 2) + ' ' + app.word('mu'));
    return el('li', {}, el('strong', {}, firmName(app, table.get('firm', k))),
      el('small', {}, firms.get('enterprise_id', table.get('firm', k))),
      el('span', {}, app.word('share_of').replace('{}', percent(table.get('share_ratio', k) || 0))),
      el('small', {}, told.filter(Boolean).join(' · ')));
  }

  function moneyRow(app, k) {
    const { money: table } = app.tables;
    const [wan, share] = [table.get('wan', k), table.get('share_ratio', k)];
    const unit = app.term(app.config.units.wan);
    const product = share > 0 && share !== 1 ? formatNumber(wan / share, 2) + ' × ' + percent(share) + ' = ' : '';
    const source = [table.get('source_file', k), table.get('source_row', k)].filter((part) => part != null);
    return el('li', {},
      el('span', {}, app.pair(table.get('year', k) + ' ' + app.coded('money_item', table.get('item', k)),
        product + app.amount(formatNumber(wan, 2), unit))),
      el('small', {}, [firmName(app, table.get('firm', k)), source.join(' · ' + app.word('row') + ' ')].join('　')));
  }

  /* The year shown first; the others are folded. */
  function moneyRows(app, i) {
    const rows = rowsWith(app.tables.money, 'row', i);
    const isNow = (k) => app.tables.money.get('year', k) === app.year;
    const [now, others] = [rows.filter(isNow), rows.filter((k) => !isNow(k))];
    const list = (some) => el('ul', { class: 'le-rows' }, some.map((k) => moneyRow(app, k)));
    if (!rows.length) return [];
    return [now.length ? list(now) : null, others.length
      ? el('details', {}, el('summary', { 'data-control': 'other-years' }, app.word('other_years')), list(others)) : null];
  }

  function scoreRow(app, k) {
    const { scores: table } = app.tables;
    const unit = table.get('unit', k);
    const note = [app.coded('score_status', table.get('status', k)), app.coded('score_why', table.get('reason', k))];
    const known = note.filter((text) => text && !['scored', 'by_cut'].includes(text));
    const number = (name) => el('td', { class: 'le-number' }, plain(table.get(name, k)));
    const weight = table.get('weight', k);
    const lowest = table.get('lowest', k);
    return el('tr', {},
      el('th', { scope: 'row' }, app.coded('score_item', table.get('item', k)),
        el('small', {}, [unit && unit !== '1' ? unit : null, ...known].filter(Boolean).join(' · '))),
      number('value'),
      el('td', { class: 'le-number' }, (lowest == null ? '' : plain(lowest) + '–') + plain(table.get('benchmark', k))),
      el('td', { class: 'le-number' }, plain(table.get('points', k)),
        weight == null ? null : el('small', {}, ' / ' + plain(weight))));
  }

  function score(app, k) {
    const { grades: table } = app.tables;
    const rank = table.get('rank', k);
    const [grade, official] = [table.get('grade', k), table.get('official_grade', k)];
    const head = (word) => el('th', { scope: 'col', class: word === 'item' ? '' : 'le-number' }, app.word(word));
    const adjusted = table.get('adjustment', k);
    const lines = [
      app.pair(app.word('simulated_grade'), app.bracket(grade || '—', app.word('simulated'))),
      app.pair(app.word('official_grade'), official || '—'),
      rank == null ? null : app.word('rank') + ' ' + rank + ' / ' + table.get('n', k),
      adjusted ? app.word('adjustment') + ' ' + plain(adjusted) : null,
      app.pair(app.word('because'), app.coded('grade_reason', table.get('reason', k)) || '—'),
    ];
    return el('div', { class: 'le-score' },
      el('p', {}, el('strong', {}, firmName(app, table.get('firm', k))),
        el('small', {}, table.get('year', k) + ' · ' + app.coded('scorecard', table.get('scorecard', k)))),
      el('table', {}, el('thead', {}, el('tr', {}, ['item', 'raw_value', 'benchmark', 'points'].map(head))),
        el('tbody', {}, rowsWith(app.tables.scores, 'grade', k).map((each) => scoreRow(app, each))),
        el('tfoot', {}, el('tr', {}, el('th', { scope: 'row', colspan: 3 }, app.word('total_points')),
          el('td', { class: 'le-number' }, plain(table.get('total', k)))))),
      el('p', { class: 'le-note' }, lines.filter(Boolean).join('　')));
  }

  /* Sections of the dossier: [heading, contents]. */
  Landeff.firmSections = function firmSections(app, i) {
    if (app.isPiece(i)) return [];
    const { tables } = app;
    const stands = rowsWith(tables.stands, 'row', i);
    const firms = [...new Set(stands.map((k) => tables.stands.get('firm', k)))].sort((a, b) => a - b);
    const scored = firms.flatMap((firm) => rowsWith(tables.grades, 'firm', firm));
    const left = (name) => (app.config.leftOut.includes(name) ? [el('p', { class: 'le-note' }, app.word('left_' + name))] : []);
    const found = [
      ['stands', stands.length ? [el('ul', { class: 'le-rows' }, stands.map((k) => stand(app, k)))] : []],
      ['money_rows', [...moneyRows(app, i), ...left('money')]],
      ['scores', [...scored.map((k) => score(app, k)), ...left('scores')]],
    ];
    return found.filter(([, content]) => content.length);
  };
})();
