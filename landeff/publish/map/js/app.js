/* The page: what is shown, chosen and selected, and who is told when it changes. */
(function () {
  'use strict';
  const Landeff = window.Landeff;

  class App {
    constructor(map, storeMeta, findingsMeta, config) {
      this.map = map;
      this.config = config;
      this.store = new Landeff.Store(storeMeta);
      this.findings = new Landeff.Table(findingsMeta);
      this.lang = config.lang;
      this.layer = config.layers[0] || null;
      this.zone = '';
      this.selected = -1;
      this.shown = new Uint8Array(this.store.n);
      this.isOn = {};
      for (const layer of config.layers) this.isOn[layer.name] = new Uint8Array(256).fill(1, 0, layer.classes.length);
      this.fields = {};
      for (const field of [...config.fields, ...config.hidden]) this.fields[field.name] = field;
      this.listeners = { layer: [], zone: [], filter: [], select: [], lang: [] };
    }

    when(event, listener) {
      this.listeners[event].push(listener);
    }

    tell(event) {
      for (const listener of this.listeners[event]) listener();
    }

    /* A term in the language of the page. */
    term(value) {
      return value[this.lang];
    }

    word(key) {
      return this.term(this.config.labels[key]);
    }

    /* "title: text" in the punctuation of the language. */
    pair(title, text) {
      return title + (this.lang === 'zh' ? '：' : ': ') + text;
    }

    /* "title (text)"; the title alone where there is no text. */
    bracket(title, text) {
      if (!text) return title;
      return this.lang === 'zh' ? title + '（' + text + '）' : title + ' (' + text + ')';
    }

    /* A number and its unit; a unit that is a multiple ("10k CNY") is told apart from the number. */
    amount(text, unit) {
      if (!unit) return text;
      return text + (unit === '%' ? '' : /^\d/.test(unit) ? ' × ' : ' ') + unit;
    }

    list(parts) {
      return parts.join(this.lang === 'zh' ? '，' : ', ');
    }

    value(name, i) {
      return this.store.has(name) ? this.store.get(name, i) : null;
    }

    /* A value as people read it, null where it is unknown. */
    text(name, i) {
      const value = this.value(name, i);
      if (value == null) return null;
      const coded = this.config.values[name];
      if (coded) return coded[value] ? this.term(coded[value]) : value;
      return typeof value === 'number' ? Landeff.formatNumber(value, this.fields[name].digits) : value;
    }

    codes() {
      return this.store.loaded['class:' + this.layer.name].codes;
    }

    isPiece(i) {
      return this.value('plot_kind', i) === 'remainder';
    }

    setLayer(layer) {
      this.layer = layer;
      this.filter();
      this.tell('layer');
    }

    setZone(zone) {
      this.zone = zone;
      this.filter();
      this.tell('zone');
    }

    setLang(lang) {
      this.lang = lang;
      document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
      this.tell('lang');
    }

    isInZone(i) {
      return !this.zone || this.value('zone_id', i) === this.zone || this.value('sub_zone_id', i) === this.zone;
    }

    /* Decide anew which rows are shown. Without layers there is nothing to filter by class. */
    filter() {
      const codes = this.layer && this.codes();
      const isOn = this.layer && this.isOn[this.layer.name];
      for (let i = 0; i < this.store.n; i++) {
        this.shown[i] = (!codes || isOn[codes[i]]) && this.isInZone(i) ? 1 : 0;
      }
      this.tell('filter');
    }

    select(i) {
      this.selected = i;
      this.tell('select');
    }

    async load() {
      const { config, store } = this;
      await store.ready;
      const needed = [...config.ledger, ...config.search, 'plot_kind', 'basis_area_m2', 'tax_cny', 'zone_id',
        'sub_zone_id', ...config.layers.map((layer) => 'class:' + layer.name)];
      await store.load([...new Set(needed)].filter((name) => store.has(name)));
    }
  }

  function theme(app) {
    const { layer } = app;
    const plain = { colour: '#6b7075', fill: '#f7f5ef', hatch: '' };
    return {
      codes: layer ? app.codes() : new Uint8Array(app.store.n),
      classes: layer ? layer.classes : [plain],
      isShown: (i) => app.shown[i] === 1,
      label: layer && layer.label ? (i) => app.text(layer.label, i) : null,
    };
  }

  async function start(app) {
    const frame = Landeff.frame(app);
    try {
      await app.load();
    } catch (error) {
      frame.fail(error);
      return;
    }
    app.filter();
    app.grid = new Landeff.ParcelGrid(app.store, theme(app));
    app.when('layer', () => app.grid.setTheme(theme(app)));
    app.when('layer', () => app.grid.repaint());
    app.when('filter', () => app.grid.repaint());
    for (const part of [Landeff.panel, Landeff.dossier, Landeff.pointer, Landeff.print]) part(app, frame);
    app.map.addLayer(app.grid);
    frame.ready();
    await Landeff.openLink(app);
  }

  Landeff.page = function page(map, storeMeta, findingsMeta, config) {
    Landeff.app = new App(map, storeMeta, findingsMeta, config);
    Landeff.started = start(Landeff.app);
  };
})();
