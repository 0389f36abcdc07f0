/* Around the map: header with scope and notices, footer, north arrow, watermark. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el } = Landeff;

  /* Text that follows the language. */
  function follow(app, element, text) {
    const write = () => { element.textContent = text(); };
    app.when('lang', write);
    write();
    return element;
  }

  function scopeLine(app) {
    const { config } = app;
    const parts = [app.pair(app.word('scope'), app.term(config.scope)), app.word('as_of') + ' ' + config.asOf];
    if (config.overall != null) {
      const value = app.amount(Landeff.formatNumber(config.overall, 2), app.term(config.units.wan_per_mu));
      parts.splice(1, 0, app.word('overall') + ' ' + value);
    }
    return parts.join('　');
  }

  function header(app) {
    const notices = app.config.notices.map((notice) =>
      follow(app, el('strong', { class: 'le-notice' }), () => app.term(notice)));
    const language = follow(app, el('button', { type: 'button', class: 'le-language', id: 'le-language' }), () => app.word('language'));
    language.addEventListener('click', () => app.setLang(app.lang === 'zh' ? 'en' : 'zh'));
    app.printButton = follow(app, el('button', { type: 'button', id: 'le-print' }), () => app.word('print'));
    app.paper = el('select', { class: 'le-paper', id: 'le-paper' }, ['A3', 'A4'].map((size) => el('option', { value: size }, size)));
    app.when('lang', () => app.paper.setAttribute('aria-label', app.word('paper')));
    app.paper.setAttribute('aria-label', app.word('paper'));
    return el('header', { class: 'le-header' },
      el('div', { class: 'le-heading' },
        el('h1', {}, app.config.title),
        follow(app, el('p', { class: 'le-scope' }), () => scopeLine(app))),
      el('div', { class: 'le-notices' }, notices),
      el('div', { class: 'le-actions' }, language, app.paper, app.printButton));
  }

  function footer(app) {
    const { config } = app;
    const review = () => app.pair(app.word('review_no'), config.reviewNo || app.word('not_reviewed'));
    return el('footer', { class: 'le-footer' },
      follow(app, el('span', {}), () => app.word('source')),
      follow(app, el('span', {}), () => app.pair(app.word('made'), config.asOf)),
      follow(app, el('span', {}), review),
      follow(app, el('strong', {}), () => app.word('internal')));
  }

  function watermark(app) {
    const marks = Array.from({ length: 12 }, () => follow(app, el('span', {}), () => app.word('watermark')));
    return el('div', { class: 'le-watermark', 'aria-hidden': 'true' }, marks);
  }

  function northArrow(app) {
    const control = L.control({ position: 'topright' });
    control.onAdd = () => el('div', { class: 'le-north' }, el('span', { class: 'le-arrow', 'aria-hidden': 'true' }),
      follow(app, el('span', {}), () => app.word('north')));
    return control;
  }

  const WIDE_PX = 1400; // from here on the ledger stands beside the map without being asked for
  const FIT_SNAP = 0.5;
  const FIT_PAD_PX = 12;

  /* The ledger beside the map: shown or not; on narrow pages it covers the map. */
  function sideSwitch(app, map, side) {
    const open = follow(app, el('button', { type: 'button', class: 'le-open-side', id: 'le-open' }), () => app.word('ledger'));
    const showSide = (isShown) => {
      const isWhole = app.config.bounds && map._loaded && map.getBounds().contains(app.config.bounds);
      document.body.classList.toggle('le-with-side', isShown);
      side.hidden = !isShown;
      open.hidden = isShown;
      open.setAttribute('aria-expanded', String(isShown));
      map.invalidateSize({ animate: false });
      if (isWhole) Landeff.fit(map, app.config.bounds);
      const under = isShown ? side.querySelector('.le-body') : open;
      if (side.contains(document.activeElement) && !isShown) under.focus();
    };
    open.addEventListener('click', () => {
      showSide(true);
      side.querySelector('.le-body').focus();
    });
    return { open, showSide };
  }

  /* On a phone, one of map, panel and ledger at a time. */
  function tabs(app, frame) {
    const views = ['map', 'panel_short', 'ledger'];
    const show = (view) => {
      document.body.dataset.view = view;
      for (const button of bar.children) button.setAttribute('aria-pressed', String(button.dataset.view === view));
      if (view === 'ledger') frame.showSide(true);
      app.map.invalidateSize({ animate: false });
    };
    const bar = el('nav', { class: 'le-views' }, views.map((view) =>
      follow(app, el('button', { type: 'button', id: 'le-view-' + view, 'data-view': view, onclick: () => show(view) }),
        () => app.word(view))));
    frame.showView = show;
    document.body.append(bar);
    show('map');
  }

  Landeff.follow = follow;

  /* Fill the view: half steps of zoom are painted larger and shown smaller, so they stay sharp. */
  Landeff.fit = function fit(map, bounds) {
    const { zoomSnap } = map.options;
    map.options.zoomSnap = FIT_SNAP;
    map.fitBounds(bounds, { animate: false, padding: [FIT_PAD_PX, FIT_PAD_PX] });
    map.options.zoomSnap = zoomSnap;
  };

  /* Leaflet names its buttons in English alone. */
  function zoomButtons(app) {
    for (const [name, word] of [['in', 'zoom_in'], ['out', 'zoom_out']]) {
      const button = app.map.getContainer().querySelector('.leaflet-control-zoom-' + name);
      if (!button) continue;
      const write = () => {
        button.title = app.word(word);
        button.setAttribute('aria-label', app.word(word));
      };
      app.when('lang', write);
      write();
    }
  }

  /* Builds the page around the map; returns what the other parts hang their elements on. */
  Landeff.frame = function frame(app) {
    const { map } = app;
    const loading = follow(app, el('div', { class: 'le-loading', role: 'status' }), () => app.word('loading'));
    const panel = el('aside', { class: 'le-panel' });
    const dossier = el('section', { class: 'le-dossier', hidden: true });
    const side = el('aside', { class: 'le-side' }, dossier);
    const live = el('div', { class: 'le-unseen', 'aria-live': 'polite' });
    const container = map.getContainer();
    const main = el('main');
    container.replaceWith(main);
    main.append(container);
    container.setAttribute('role', 'application');
    const { open, showSide } = sideSwitch(app, map, side);
    document.body.prepend(header(app), panel);
    document.body.append(side, footer(app), loading, live);
    container.append(watermark(app), open, el('span', { class: 'le-cross', 'aria-hidden': 'true' }));
    app.when('lang', () => map.invalidateSize({ animate: false })); // English needs a wider ledger
    const describe = () => {
      container.setAttribute('aria-label', app.word('map_help'));
      panel.setAttribute('aria-label', app.word('panel'));
      side.setAttribute('aria-label', app.word('ledger'));
      dossier.setAttribute('aria-label', app.word('dossier'));
    };
    app.when('lang', describe);
    describe();
    map.setMaxZoom(20);
    showSide(window.innerWidth >= WIDE_PX);
    zoomButtons(app);
    if (app.config.bounds) Landeff.fit(map, app.config.bounds);
    L.control.scale({ imperial: false, maxWidth: 140 }).addTo(map);
    northArrow(app).addTo(map);
    const made = {
      panel, side, dossier, showSide, showView: () => {},
      say: (text) => { live.textContent = text; },
      ready: () => {
        loading.remove();
        Landeff.zoneNames(app);
      },
      fail: (error) => {
        loading.setAttribute('role', 'alert');
        loading.textContent = app.word('failed') + error.message;
      },
    };
    tabs(app, made);
    return made;
  };
})();
