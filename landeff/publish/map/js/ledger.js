/* The ledger: the rows shown on the map, as a table that only draws what is in view. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el, follow } = Landeff;
  const ROW_PX = 28;
  const SPARE_ROWS = 4;
  const PAGE = 12;
  const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE, Home: -Infinity, End: Infinity };

  class Ledger {
    constructor(app, frame) {
      this.app = app;
      this.frame = frame;
      this.names = app.config.ledger;
      this.sort = { name: this.names[0], direction: 1 };
      this.rows = [];
      this.at = -1;
      this.head = el('div', { class: 'le-row le-head', role: 'row' });
      this.filler = el('div', { class: 'le-filler' });
      this.body = el('div', { class: 'le-body', role: 'grid', tabindex: '0', onkeydown: (event) => this.key(event),
        onscroll: () => requestAnimationFrame(() => this.draw()) }, this.filler);
      app.when('filter', () => this.arrange());
      app.when('select', () => this.follow());
      app.when('lang', () => this.describe());
      new ResizeObserver(() => this.draw()).observe(this.body);
      this.describe();
      this.arrange();
    }

    describe() {
      this.body.setAttribute('aria-label', this.app.word('ledger_help'));
      this.writeHead();
      this.draw();
    }

    heading(name) {
      const field = this.app.fields[name];
      return this.app.bracket(this.app.term(field.title), this.app.term(field.unit));
    }

    writeHead() {
      const buttons = this.names.map((name) => {
        const sorted = this.sort.name === name;
        const order = sorted ? (this.sort.direction > 0 ? 'ascending' : 'descending') : 'none';
        const mark = sorted ? (this.sort.direction > 0 ? ' ▲' : ' ▼') : '';
        const text = this.heading(name) + mark;
        return el('span', { role: 'columnheader', 'aria-sort': order, class: this.align(name) },
          el('button', { type: 'button', title: text, onclick: () => this.sortBy(name) }, text));
      });
      this.head.replaceChildren(...buttons);
    }

    align(name) {
      return this.app.fields[name].digits == null ? '' : 'le-number';
    }

    sortBy(name) {
      this.sort = { name, direction: this.sort.name === name ? -this.sort.direction : 1 };
      this.writeHead();
      this.arrange();
    }

    /* Rows shown, sorted; unknown values always last. */
    arrange() {
      const { app, sort } = this;
      const rows = [];
      for (let i = 0; i < app.store.n; i++) if (app.shown[i]) rows.push(i);
      const values = new Map(rows.map((i) => [i, app.value(sort.name, i)]));
      rows.sort((a, b) => {
        const [x, y] = [values.get(a), values.get(b)];
        if (x == null || y == null) return (x == null) - (y == null) || a - b;
        return (x < y ? -1 : x > y ? 1 : 0) * sort.direction || a - b;
      });
      this.rows = rows;
      this.at = rows.indexOf(app.selected);
      this.filler.style.height = rows.length * ROW_PX + 'px';
      this.body.setAttribute('aria-rowcount', rows.length);
      this.body.scrollTop = 0;
      this.draw();
    }

    draw() {
      const first = Math.max(0, Math.floor(this.body.scrollTop / ROW_PX) - SPARE_ROWS);
      const last = Math.min(this.rows.length, first + Math.ceil(this.body.clientHeight / ROW_PX) + 2 * SPARE_ROWS);
      const drawn = [];
      for (let k = first; k < last; k++) drawn.push(this.row(k));
      this.body.replaceChildren(this.filler, ...drawn);
    }

    row(k) {
      const i = this.rows[k];
      const cells = this.names.map((name) => {
        const text = this.app.text(name, i);
        return el('span', { role: 'gridcell', class: this.align(name), title: text }, text == null ? '—' : text);
      });
      return el('div', { class: 'le-row', role: 'row', id: 'le-row-' + i, 'aria-rowindex': k + 1,
        'aria-selected': String(k === this.at), style: { top: k * ROW_PX + 'px' },
        onclick: () => Landeff.show(this.app, i) }, cells);
    }

    key(event) {
      if (event.key in STEPS) this.moveTo(this.at + STEPS[event.key]);
      else if (event.key === 'Enter' && this.at >= 0) Landeff.show(this.app, this.rows[this.at], this.body);
      else return;
      event.preventDefault();
    }

    moveTo(k) {
      if (!this.rows.length) return;
      this.at = Math.max(0, Math.min(this.rows.length - 1, k));
      this.reveal();
      this.draw();
      const i = this.rows[this.at];
      this.body.setAttribute('aria-activedescendant', 'le-row-' + i);
      this.frame.say(this.app.list(this.names.map((name) => this.app.text(name, i) || '—')));
    }

    reveal() {
      const top = this.at * ROW_PX;
      const { scrollTop, clientHeight } = this.body;
      if (top < scrollTop) this.body.scrollTop = top;
      else if (top + ROW_PX > scrollTop + clientHeight) this.body.scrollTop = top + ROW_PX - clientHeight;
    }

    follow() {
      this.at = this.rows.indexOf(this.app.selected);
      if (this.at >= 0) this.reveal();
      this.draw();
    }
  }

  /* A spreadsheet runs text that starts like a formula, and rounds codes of many digits: such text gets an
     apostrophe. */
  const RISKY = /^\s*[=+\-@＝＋－＠]|^\d{12,}$/;

  function csvCell(value) {
    const text = value == null ? '' : String(value);
    const safe = typeof value !== 'number' && RISKY.test(text) ? "'" + text : text;
    return '"' + safe.replace(/"/g, '""') + '"';
  }

  async function csvText(app, rows) {
    const fields = [...app.config.fields, ...app.config.hidden.filter((field) => field.name === 'inventory_class')];
    await app.store.load(fields.map((field) => field.name));
    const heading = (field) => csvCell(app.bracket(app.term(field.title), app.term(field.unit)));
    const lines = [fields.map(heading).join(',')];
    for (const i of rows) {
      lines.push(fields.map((field) => {
        const value = app.value(field.name, i);
        return csvCell(typeof value === 'number' ? value : app.text(field.name, i));
      }).join(','));
    }
    return '\ufeff' + lines.join('\r\n') + '\r\n';
  }

  async function download(app, rows) {
    const url = URL.createObjectURL(new Blob([await csvText(app, rows)], { type: 'text/csv' }));
    el('a', { href: url, download: app.word('file_name') + '.csv' }).click();
    setTimeout(() => URL.revokeObjectURL(url), 5000);
  }

  Landeff.csvText = csvText;

  Landeff.ledger = function ledger(app, frame) {
    const table = new Ledger(app, frame);
    const button = follow(app, el('button', { type: 'button', class: 'le-export' }), () => app.word('export'));
    button.addEventListener('click', () => download(app, table.rows));
    return el('div', { class: 'le-ledger' }, table.head, table.body, button);
  };
})();
