/* 一宗一档: everything about one plot, set as text. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el } = Landeff;

  function row(title, text) {
    return el('tr', {}, el('th', { scope: 'row' }, title), el('td', {}, text));
  }

  function valueText(app, field, i) {
    const text = app.text(field.name, i);
    return text == null ? '—' : app.amount(text, app.term(field.unit));
  }

  /* A piece of unsupplied land has few facts, and some facts only such a piece has: those are left out. */
  function isUsual(app, field, i) {
    return app.value(field.name, i) != null || !(app.isPiece(i) || app.config.pieceFields.includes(field.name));
  }

  function groups(app, i) {
    const byGroup = new Map();
    for (const field of app.config.fields) {
      if (!isUsual(app, field, i)) continue;
      const key = app.term(field.group);
      if (!byGroup.has(key)) byGroup.set(key, []);
      byGroup.get(key).push(row(app.term(field.title), valueText(app, field, i)));
    }
    return [...byGroup].map(([title, rows]) => section(title, el('table', {}, el('tbody', {}, rows))));
  }

  function section(title, ...content) {
    return el('section', {}, el('h3', {}, title), ...content);
  }

  function findingText(app, name, k) {
    const value = app.findings.get(name, k);
    const coded = app.config.values[name];
    return value != null && coded && coded[value] ? app.term(coded[value]) : value;
  }

  function finding(app, k) {
    const verdict = [findingText(app, 'verdict', k), findingText(app, 'reason', k)].filter(Boolean);
    const [first, second] = [...new Set(verdict)];
    const lines = [['rule', findingText(app, 'rule_id', k)], ['verdict', second ? app.pair(first, second) : first]];
    for (const [word, name] of [['since', 'since_on'], ['missing', 'missing'], ['basis', 'basis'], ['advice', 'advice']]) {
      const text = findingText(app, name, k);
      if (text != null) lines.push([word, text]);
    }
    const rows = lines.map(([word, text]) => row(app.word(word), text));
    const kind = app.findings.get('verdict', k) === 'hit' ? 'le-hit' : 'le-unknown';
    return el('table', { class: 'le-finding ' + kind }, el('tbody', {}, rows));
  }

  function findingsOf(app, i) {
    const found = [];
    for (let k = 0; k < app.findings.n; k++) if (app.findings.get('row', k) === i) found.push(k);
    return found;
  }

  function content(app, i, close) {
    const found = findingsOf(app, i);
    const kind = app.text('inventory_class', i);
    const tables = found.length ? found.map((k) => finding(app, k)) : [el('p', {}, app.word('no_findings'))];
    return [
      el('div', { class: 'le-dossier-head' },
        el('div', {}, el('p', { class: 'le-kicker' }, app.word('dossier')),
          el('h2', {}, app.text('shown_name', i) || app.word('unnamed')),
          el('p', { class: 'le-code' }, app.text('parcel_id', i)),
          kind ? el('p', { class: 'le-badge' }, kind) : null),
        el('button', { type: 'button', class: 'le-close', 'aria-label': app.word('close'), onclick: close }, '×')),
      app.isPiece(i) ? null : section(app.word('findings'), ...tables),
      ...groups(app, i),
    ];
  }

  async function loadAll(app) {
    const { store, findings, config } = app;
    await store.load([...config.fields, ...config.hidden].map((field) => field.name));
    await findings.load(Object.keys(findings.meta.columns));
  }

  Landeff.dossier = function dossier(app, frame) {
    const { side } = frame;
    const write = async () => {
      const i = app.selected;
      if (i >= 0) await loadAll(app);
      if (i !== app.selected) return; // another plot was chosen meanwhile
      side.hidden = i < 0;
      side.replaceChildren(...(i < 0 ? [] : content(app, i, () => app.select(-1)).filter(Boolean)));
      side.scrollTop = 0;
      document.body.classList.toggle('le-with-dossier', i >= 0);
      if (app.returnTo) {
        if (i < 0) {
          app.returnTo.focus();
          app.returnTo = null;
        } else {
          side.querySelector('.le-close').focus();
        }
      }
    };
    app.when('select', write);
    app.when('lang', write);
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && app.selected >= 0) app.select(-1);
    });
  };
})();
