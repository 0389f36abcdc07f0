/* The page: what is shown, chosen and selected, and who is told when it changes. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const PLAIN = { colour: '#6b7075', fill: '#f7f5ef', hatch: '', solid: '#f7f5ef' };
  const BELOW = { colour: '#c8102e', fill: '#fbd5d5', hatch: 'diagonal', solid: '#c8102e' };
  const ABOVE = { colour: '#0f395f', fill: '#c3d3e3', hatch: '', solid: '#c3d3e3' };
  const NOT_DRAWN = 255;

  class App {
    constructor(map, storeMeta, tables, config) {
      this.map = map;
      this.config = config;
      this.store = new Landeff.Store(storeMeta);
      this.tables = {};
      for (const name of Object.keys(tables)) this.tables[name] = new Landeff.Table(tables[name]);
      this.lang = config.lang;
      this.layer = config.layers[0] || null;
      this.latestYear = Math.max(...config.years);
      this.year = this.latestYear;
      this.threshold = null;
      this.zone = '';
      this.choices = {};
      this.selected = -1;
      this.inBase = new Uint8Array(this.store.n); // in the zone and among what was chosen in the ledger
      this.shown = new Uint8Array(this.store.n);  // and in a class that the legend shows
      this.isOn = {};
      this.fields = {};
      for (const field of [...config.fields, ...config.hidden]) this.fields[field.name] = field;
      this.listeners = { view: [], base: [], filter: [], select: [], lang: [], year: [], names: [] };
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

    /* A coded value as people read it. */
    coded(group, value) {
      const titles = this.config.values[group];
      return value != null && titles && titles[value] ? this.term(titles[value]) : value;
    }

    /* A value of a plot as people read it, null where it is unknown. */
    text(name, i) {
      const value = this.value(name, i);
      if (value == null || this.config.values[name]) return this.coded(name, value);
      if (typeof value !== 'number') return value;
      return Landeff.formatNumber(value, this.fields[name.split(':')[0]].digits);
    }

    isPiece(i) {
      return this.value('plot_kind', i) === 'remainder';
    }

    isYearly(name) {
      return this.config.yearly.includes(name);
    }

    /* The column of a figure in the year shown; null where that year has none. */
    columnOf(name) {
      const column = this.year === this.latestYear || !this.isYearly(name) ? name : name + ':' + this.year;
      return this.store.has(column) ? column : null;
    }

    /* Title of a figure, with its year where it has years. */
    titleOf(name) {
      const title = this.term(this.fields[name].title);
      return this.isYearly(name) ? title + ' ' + this.year : title;
    }

    /* The number behind the layer: {column, breaks, unit, year}; null for layers of categories. The column is null
       where the year has none. */
    measure() {
      const measure = this.layer && this.layer.measure;
      if (!measure) return null;
      const [[first, whole]] = measure.columns;
      if (!first) return { ...measure, year: null, column: whole }; // a number without years
      const ofYear = measure.columns.find(([year]) => year === this.year);
      return { ...measure, year: this.year, column: ofYear ? ofYear[1] : null };
    }

    measureCodes(measure) {
      const { breaks, column } = measure;
      const limits = this.threshold == null ? breaks : [this.threshold];
      const codes = new Uint8Array(this.store.n);
      for (let i = 0; i < this.store.n; i++) {
        const value = this.value(column, i);
        let code = limits.length + 1;
        if (value != null) for (code = 0; code < limits.length && value >= limits[code];) code++;
        codes[i] = this.isPiece(i) ? NOT_DRAWN : code;
      }
      return codes;
    }

    thresholdClasses(measure) {
      const limit = this.amount(Landeff.formatPlain(this.threshold), this.term(measure.unit));
      const noData = this.layer.classes[this.layer.classes.length - 1];
      const titled = (style, sign) => ({ ...style, title: { zh: sign + ' ' + limit, en: sign + ' ' + limit } });
      return [titled(BELOW, '<'), titled(ABOVE, '≥'), noData];
    }

    /* Class the plots anew, after another layer, year or threshold. */
    refreshView() {
      const measure = this.measure();
      const { layer } = this;
      if (!layer) this.view = { key: '', classes: [PLAIN], codes: new Uint8Array(this.store.n) };
      else if (!measure) {
        this.view = { key: layer.name, classes: layer.classes, codes: this.store.loaded['class:' + layer.name].codes };
      } else {
        const classes = this.threshold == null ? layer.classes : this.thresholdClasses(measure);
        const key = layer.name + (this.threshold == null ? '' : ' threshold');
        this.view = { key, classes, codes: this.measureCodes(measure) };
      }
      const { key, classes } = this.view;
      if (!this.isOn[key]) this.isOn[key] = new Uint8Array(256).fill(1, 0, classes.length);
    }

    changeView() {
      this.refreshView();
      this.filter();
      this.tell('view');
    }

    async setLayer(layer) {
      await this.store.load(this.columnsOf(layer));
      this.layer = layer;
      this.threshold = null;
      this.changeView();
    }

    async setYear(year) {
      this.year = year;
      await this.store.load(this.config.yearly.map((name) => this.columnOf(name)).filter(Boolean));
      if (this.year !== year) return; // another was chosen meanwhile
      this.tell('year');
      this.changeView();
    }

    setThreshold(value) {
      this.threshold = value;
      this.changeView();
    }

    columnsOf(layer) {
      return layer.measure ? layer.measure.columns.map(([, column]) => column) : ['class:' + layer.name];
    }

    setZone(zone) {
      this.zone = zone;
      this.changeBase();
    }

    /* Show only plots with this value in a column; empty for all. */
    choose(name, value) {
      if (value === '') delete this.choices[name];
      else this.choices[name] = value;
      this.changeBase();
    }

    setLang(lang) {
      this.lang = lang;
      document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
      if (this.threshold != null) this.refreshView();
      this.tell('lang');
    }

    isInZone(i) {
      return !this.zone || this.value('zone_id', i) === this.zone || this.value('sub_zone_id', i) === this.zone;
    }

    refreshBase() {
      const wanted = Object.entries(this.choices);
      for (let i = 0; i < this.store.n; i++) {
        const isIn = this.isInZone(i) && wanted.every(([name, value]) => this.value(name, i) === value);
        this.inBase[i] = isIn ? 1 : 0;
      }
    }

    changeBase() {
      this.refreshBase();
      this.filter();
      this.tell('base');
    }

    /* Decide anew which rows are shown. */
    filter() {
      const { codes, key } = this.view;
      const isOn = this.isOn[key];
      for (let i = 0; i < this.store.n; i++) this.shown[i] = this.inBase[i] && isOn[codes[i]] ? 1 : 0;
      this.tell('filter');
    }

    select(i) {
      this.selected = i;
      this.tell('select');
    }

    async load() {
      const { config, store } = this;
      await store.ready;
      const needed = [...config.ledger, ...config.search, ...config.filters, 'plot_kind', 'basis_area_m2', 'tax_cny',
        'zone_id', 'sub_zone_id', ...(this.layer ? this.columnsOf(this.layer) : [])];
      await store.load([...new Set(needed)].filter((name) => store.has(name)));
      this.refreshView();
      this.refreshBase();
      this.filter();
    }
  }

  function theme(app) {
    const { layer, view } = app;
    const measure = app.measure();
    const label = layer && layer.label && (measure ? measure.column : app.columnOf(layer.label));
    return {
      codes: view.codes,
      classes: view.classes,
      isShown: (i) => app.shown[i] === 1,
      label: label ? (i) => app.text(label, i) : null,
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
    app.grid = new Landeff.ParcelGrid(app.store, theme(app));
    app.when('view', () => app.grid.setTheme(theme(app)));
    app.when('view', () => app.grid.repaint());
    app.when('filter', () => app.grid.repaint());
    for (const name of ['panel', 'side', 'dossier', 'pointer', 'tiles', 'print', 'districts']) Landeff[name](app, frame);
    app.map.addLayer(app.grid);
    frame.ready();
    await Landeff.openLink(app);
  }

  Landeff.page = function page(map, storeMeta, tables, config) {
    Landeff.app = new App(map, storeMeta, tables, config);
    Landeff.started = start(Landeff.app);
  };
})();
