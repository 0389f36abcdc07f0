/* The selection as CSV. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el } = Landeff;

  /* A spreadsheet runs text that starts like a formula, and rounds codes of many digits: such text gets an
     apostrophe. */
  const RISKY = /^\s*[=+\-@＝＋－＠\t\r]|^\d{12,}$/;

  function cell(value) {
    const text = value == null ? '' : String(value);
    const safe = typeof value !== 'number' && RISKY.test(text) ? "'" + text : text;
    return '"' + safe.replace(/"/g, '""') + '"';
  }

  Landeff.csvText = async function csvText(app, rows) {
    const fields = [...app.config.fields, ...app.config.hidden.filter((field) => field.name === 'inventory_class')];
    await app.store.load(fields.map((field) => field.name));
    const heading = (field) => cell(app.bracket(app.term(field.title), app.term(field.unit)));
    const lines = [fields.map(heading).join(',')];
    for (const i of rows) {
      lines.push(fields.map((field) => {
        const value = app.value(field.name, i);
        return cell(typeof value === 'number' ? value : app.text(field.name, i));
      }).join(','));
    }
    return '\ufeff' + lines.join('\r\n') + '\r\n';
  };

  Landeff.download = async function download(app, rows) {
    const url = URL.createObjectURL(new Blob([await Landeff.csvText(app, rows)], { type: 'text/csv' }));
    el('a', { href: url, download: app.word('file_name') + '.csv' }).click();
    setTimeout(() => URL.revokeObjectURL(url), 5000);
  };
})();
