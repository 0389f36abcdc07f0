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
    const columns = fields.map((field) => app.columnOf(field.name)); // money of the year shown
    await app.store.load(columns.filter(Boolean));
    const heading = (field) => cell(app.bracket(app.titleOf(field.name), app.term(field.unit)));
    const lines = [fields.map(heading).join(',')];
    for (const i of rows) {
      lines.push(columns.map((column) => {
        const value = app.value(column, i);
        return cell(typeof value === 'number' ? value : app.text(column, i));
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
