/* Search as a combobox: parcel code, enterprise, holder, supply number, contract. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el } = Landeff;
  const LIMIT = 50;

  class Search {
    constructor(app, frame) {
      this.app = app;
      this.frame = frame;
      this.rows = [];
      this.active = -1;
      this.list = el('ul', { id: 'le-results', role: 'listbox', hidden: true });
      this.input = el('input', { type: 'search', id: 'le-search', role: 'combobox', 'aria-expanded': 'false',
        'aria-controls': 'le-results', autocomplete: 'off', spellcheck: 'false',
        oninput: () => this.find(), onkeydown: (event) => this.key(event),
        onblur: () => this.close() });
      app.when('lang', () => this.describe());
      this.describe();
    }

    describe() {
      this.input.placeholder = this.app.word('search');
      this.input.setAttribute('aria-label', this.app.word('search'));
    }

    find() {
      const { app } = this;
      this.rows = app.store.search(app.config.search, this.input.value, LIMIT);
      this.active = -1;
      const options = this.rows.map((i, k) => this.option(i, k));
      const none = el('li', { class: 'le-none' }, app.word('no_match'));
      this.list.replaceChildren(...(options.length ? options : [none]));
      this.list.hidden = this.input.value.trim() === '';
      this.input.setAttribute('aria-expanded', String(!this.list.hidden));
      this.frame.say(this.rows.length + ' ' + app.word('n_results'));
    }

    option(i, k) {
      const choose = (event) => {
        event.preventDefault();
        this.choose(i);
      };
      return el('li', { role: 'option', id: 'le-result-' + k, 'aria-selected': 'false', onmousedown: choose },
        this.app.text('shown_name', i) || this.app.word('unnamed'), el('small', {}, this.app.text('parcel_id', i)));
    }

    key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) this.move(step);
      else if (event.key === 'Enter' && this.rows.length) this.choose(this.rows[Math.max(0, this.active)]);
      else if (event.key === 'Escape') this.close();
      else return;
      event.preventDefault();
    }

    move(step) {
      const options = [...this.list.querySelectorAll('[role=option]')];
      if (!options.length) return;
      const from = this.active < 0 && step < 0 ? 0 : this.active;
      this.active = (from + step + options.length) % options.length;
      options.forEach((option, k) => option.setAttribute('aria-selected', String(k === this.active)));
      options[this.active].scrollIntoView({ block: 'nearest' });
      this.input.setAttribute('aria-activedescendant', options[this.active].id);
    }

    choose(i) {
      this.close();
      Landeff.show(this.app, i);
    }

    close() {
      this.list.hidden = true;
      this.input.setAttribute('aria-expanded', 'false');
      this.input.removeAttribute('aria-activedescendant');
    }
  }

  Landeff.search = function search(app, frame) {
    const box = new Search(app, frame);
    return el('div', { class: 'le-search' }, box.input, box.list);
  };
})();
