/* The ledger: the rows shown on the map, as a table that only draws what is in view. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el, follow, formatNumber } = Landeff;
  const ROW_PX = 30;
  const HEAD_PX = 54;
  const SPARE_ROWS = 4;
  const PAGE = 12;
  const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE, Home: -Infinity, End: Infinity };
  const NARROW_PX = 480; // the ledger of a phone
  const WIDTHS = { parcel_id: 150, shown_name: 104, zone_name: 150, inventory_class: 78, start_due_on: 92 };
  const WIDTHS_EN = { parcel_id: 150, shown_name: 96, zone_name: 150, inventory_class: 98, start_due_on: 92 };
  const WIDTHS_NARROW = { ...WIDTHS, shown_name: 86, inventory_class: 72 };
  const NARROW_EN = { shown_name: 70, inventory_class: 100 };
  const [NUMBER_PX, NUMBER_EN_PX, TEXT_PX] = [66, 78, 92];

  class Ledger {
    constructor(app, frame) {
      this.app = app;
      this.frame = frame;
      this.names = app.config.ledger;
      this.sort = { name: this.names[0], direction: 1 };
      this.keys = {};
      this.rows = [];
      this.at = -1;
      this.head = el('div', { class: 'le-row le-head', role: 'row', 'aria-rowindex': 1 });
      this.filler = el('div', { class: 'le-filler' });
      this.body = el('div', { class: 'le-body', role: 'grid', tabindex: '0', onkeydown: (event) => this.key(event),
        onscroll: () => requestAnimationFrame(() => this.draw()) }, this.head, this.filler);
      app.when('filter', () => this.arrange());
      app.when('select', () => this.follow());
      app.when('lang', () => this.describe());
      app.when('year', () => this.writeHead());
      new ResizeObserver(() => {
        this.setWidths();
        this.draw();
      }).observe(this.body);
      this.describe();
      this.arrange();
    }

    setWidths() {
      const widths = this.names.map((name) => this.columnWidth(name));
      this.body.style.setProperty('--columns', widths.map((width) => width + 'px').join(' '));
      this.body.style.setProperty('--width', widths.reduce((sum, width) => sum + width, 0) + 'px');
    }

    columnWidth(name) {
      const isEnglish = this.app.lang === 'en';
      const isNarrow = this.body.clientWidth < NARROW_PX - 16;
      const own = isNarrow ? { ...WIDTHS_NARROW, ...(isEnglish ? NARROW_EN : {}) } : isEnglish ? WIDTHS_EN : WIDTHS;
      const number = isEnglish && !isNarrow ? NUMBER_EN_PX : NUMBER_PX;
      return own[name] || (this.app.fields[name].digits == null ? TEXT_PX : number);
    }

    describe() {
      this.keys = {};
      this.body.setAttribute('aria-label', this.app.word('ledger_help'));
      this.setWidths();
      this.writeHead();
      this.draw();
    }

    writeHead() {
      this.head.replaceChildren(...this.names.map((name) => {
        const field = this.app.fields[name];
        const sorted = this.sort.name === name;
        const order = sorted ? (this.sort.direction > 0 ? 'ascending' : 'descending') : 'none';
        const mark = sorted ? (this.sort.direction > 0 ? ' ▲' : ' ▼') : '';
        const unit = this.app.term(field.unit);
        const title = this.app.titleOf(name);
        return el('span', { role: 'columnheader', 'aria-sort': order, class: this.align(name) },
          el('button', { type: 'button', title: this.app.bracket(title, unit), 'data-control': 'sort-' + name,
            onclick: () => this.sortBy(name) }, title + mark,
          unit ? el('small', {}, unit) : null));
      }));
    }

    align(name) {
      return this.app.fields[name].digits == null ? '' : 'le-number';
    }

    sortBy(name) {
      this.sort = { name, direction: this.sort.name === name ? -this.sort.direction : 1 };
      this.writeHead();
      this.arrange();
      this.head.children[this.names.indexOf(name)].firstChild.focus({ preventScroll: true }); // its button is a new one
    }

    /* A number for each row that sorts like its value as people read it; NaN where it is unknown. */
    sortKeys(name) {
      const { app } = this;
      const column = app.columnOf(name);
      if (this.keys[column]) return this.keys[column];
      const keys = new Float64Array(app.store.n);
      const isNumber = this.align(name) !== '';
      const texts = isNumber ? null : [...new Set(Array.from(keys, (_, i) => app.text(column, i)))].sort();
      const rank = new Map((texts || []).map((text, k) => [text, text == null ? NaN : k]));
      for (let i = 0; i < app.store.n; i++) {
        const value = isNumber ? app.value(column, i) : rank.get(app.text(column, i));
        keys[i] = value == null ? NaN : value;
      }
      this.keys[column] = keys;
      return keys;
    }

    /* Rows shown, sorted; unknown values always last. */
    arrange() {
      const { app, sort } = this;
      const rows = [];
      for (let i = 0; i < app.store.n; i++) if (app.shown[i]) rows.push(i);
      const keys = this.sortKeys(sort.name);
      rows.sort((a, b) => {
        const [x, y] = [keys[a], keys[b]];
        if (x !== x || y !== y) return (x !== x) - (y !== y) || a - b;
        return (x - y) * sort.direction || a - b;
      });
      this.rows = rows;
      this.at = rows.indexOf(app.selected);
      this.filler.style.height = rows.length * ROW_PX + 'px';
      this.body.setAttribute('aria-rowcount', rows.length + 1);
      this.body.scrollTop = 0;
      this.draw();
      if (this.whenArranged) this.whenArranged(rows.length);
    }

    draw() {
      const first = Math.max(0, Math.floor(this.body.scrollTop / ROW_PX) - SPARE_ROWS);
      const last = Math.min(this.rows.length, first + Math.ceil(this.body.clientHeight / ROW_PX) + 2 * SPARE_ROWS);
      const drawn = [];
      for (let k = first; k < last; k++) drawn.push(this.row(k));
      for (const old of [...this.body.children]) if (old !== this.head && old !== this.filler) old.remove();
      this.body.append(...drawn);
    }

    row(k) {
      const i = this.rows[k];
      const cells = this.names.map((name) => {
        const text = this.app.text(this.app.columnOf(name), i);
        return el('span', { role: 'gridcell', class: this.align(name), title: text }, text == null ? '—' : text);
      });
      return el('div', { class: 'le-row', role: 'row', id: 'le-row-' + i, 'aria-rowindex': k + 2,
        'aria-selected': String(k === this.at), style: { top: HEAD_PX + k * ROW_PX + 'px' },
        onclick: () => Landeff.show(this.app, i, this.body) }, cells);
    }

    key(event) {
      if (event.target !== this.body) return; // a heading's button
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
      this.frame.say(this.app.list(this.names.map((name) => this.app.text(this.app.columnOf(name), i) || '—')));
    }

    reveal() {
      const top = this.at * ROW_PX;
      const { scrollTop, clientHeight } = this.body;
      if (top < scrollTop) this.body.scrollTop = top;
      else if (top + ROW_PX + HEAD_PX > scrollTop + clientHeight) this.body.scrollTop = top + ROW_PX + HEAD_PX - clientHeight;
    }

    follow() {
      this.at = this.rows.indexOf(this.app.selected);
      if (this.at >= 0) this.reveal();
      this.draw();
    }
  }

  Landeff.side = function side(app, frame) {
    const table = new Ledger(app, frame);
    const button = (word, onclick) =>
      follow(app, el('button', { type: 'button', class: 'le-small', id: 'le-' + word, onclick }), () => app.word(word));
    const count = el('span', { class: 'le-note' });
    const write = () => { count.textContent = formatNumber(table.rows.length, 0) + ' ' + app.word('n_plots'); };
    table.whenArranged = write;
    app.when('lang', write);
    write();
    const bar = el('div', { class: 'le-bar' }, follow(app, el('h2'), () => app.word('ledger')), count,
      button('export', () => Landeff.download(app, table.rows)), button('hide', () => frame.showSide(false)));
    frame.side.prepend(bar, Landeff.filters(app), table.body);
    app.ledger = table;
  };
})();
