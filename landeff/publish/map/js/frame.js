/* Around the map: header with scope and notices, footer, north arrow, watermark, names of zones. */
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
    const language = follow(app, el('button', { type: 'button', class: 'le-language' }), () => app.word('language'));
    language.addEventListener('click', () => app.setLang(app.lang === 'zh' ? 'en' : 'zh'));
    app.printButton = follow(app, el('button', { type: 'button' }), () => app.word('print'));
    app.paper = el('select', { class: 'le-paper' }, ['A3', 'A4'].map((size) => el('option', { value: size }, size)));
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

  const WIDE_PX = 1200; // from here on the ledger stands beside the map without being asked for
  const LABEL_INSIDE_PX = 260; // a zone this wide and high has its name inside, a smaller one beside it
  const SUB_PARK_PX = 150;      // a sub-park smaller than this is not named

  /* Where the name of a zone may stand, best first: [direction, latitude and longitude]. */
  function labelPlaces(app, { zone, at, bounds }) {
    const [[south, west], [north, east]] = bounds;
    const corner = (lat, lon) => app.map.latLngToContainerPoint([lat, lon]);
    const size = corner(south, east).subtract(corner(north, west));
    if (zone.parent !== '' && Math.min(size.x, size.y) < SUB_PARK_PX) return [];
    if (zone.parent !== '' || Math.min(size.x, size.y) >= LABEL_INSIDE_PX) return [['center', at]];
    const [lat, lon] = [(south + north) / 2, (west + east) / 2];
    return [['bottom', [south, lon]], ['top', [north, lon]], ['right', [lat, east]], ['left', [lat, west]]];
  }

  /* Boxes on the screen of the other zones that are no park in this one. */
  function zoneBoxes(app, named, view, own) {
    const others = named.filter((each) => each !== own && each.zone.parent === '' && own.zone.parent === '');
    return others.map(({ bounds: [[south, west], [north, east]] }) => {
      const low = app.map.latLngToContainerPoint([south, west]);
      const high = app.map.latLngToContainerPoint([north, east]);
      return { left: view.left + low.x, right: view.left + high.x, top: view.top + high.y, bottom: view.top + low.y };
    });
  }

  /* Names of zones; one that would cover another is left out until there is room. */
  function zoneNames(app) {
    const named = app.config.zones.map((zone, k) => ({ zone, ...app.config.zonePlaces[k] })).filter(({ at }) => at);
    named.sort((a, b) => Number(a.zone.parent !== '') - Number(b.zone.parent !== ''));
    const options = { permanent: true, offset: [0, 0], className: 'le-zone-name' };
    const tips = named.map(({ zone }) => L.tooltip(options).setContent(el('span', {}, zone.name)));
    const boxAt = (tip, direction, place) => {
      app.map.removeLayer(tip);
      tip.options.direction = direction;
      app.map.addLayer(tip.setLatLng(place));
      return tip.getElement().getBoundingClientRect();
    };
    const arrange = () => {
      const taken = [];
      const view = app.map.getContainer().getBoundingClientRect();
      const fits = (box) => box.left >= view.left && box.right <= view.right && box.top >= view.top && box.bottom <= view.bottom;
      // far outside the view a name does no harm; panning may bring it in
      const isFar = (box) => box.right < view.left || box.left > view.right || box.bottom < view.top || box.top > view.bottom;
      const meets = (box, others) => others.some((other) => box.left < other.right && other.left < box.right &&
        box.top < other.bottom && other.top < box.bottom);
      tips.forEach((tip, k) => {
        app.map.removeLayer(tip);
        const puts = labelPlaces(app, named[k]).map(([direction, place]) => () => boxAt(tip, direction, place));
        const zones = zoneBoxes(app, named, view, named[k]);
        const isFree = (put, others) => {
          const box = put();
          return (isFar(box) || fits(box)) && !meets(box, taken) && !meets(box, others) && taken.push(box);
        };
        // best where it covers neither a name nor another zone; then where it covers no name
        const free = puts.some((put) => isFree(put, zones)) || puts.some((put) => isFree(put, []));
        if (!free) app.map.removeLayer(tip);
      });
    };
    app.map.on('zoomend', arrange);
    arrange();
  }

  /* The ledger beside the map: shown or not; on narrow pages it covers the map. */
  function sideSwitch(app, map, side) {
    const open = follow(app, el('button', { type: 'button', class: 'le-open-side' }), () => app.word('ledger'));
    const showSide = (isShown) => {
      document.body.classList.toggle('le-with-side', isShown);
      side.hidden = !isShown;
      open.hidden = isShown;
      open.setAttribute('aria-expanded', String(isShown));
      map.invalidateSize({ animate: false });
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
      follow(app, el('button', { type: 'button', 'data-view': view, onclick: () => show(view) }),
        () => app.word(view))));
    frame.showView = show;
    document.body.append(bar);
    show('map');
  }

  Landeff.follow = follow;

  /* Builds the page around the map; returns what the other parts hang their elements on. */
  Landeff.frame = function frame(app) {
    const { map } = app;
    const loading = follow(app, el('div', { class: 'le-loading', role: 'status' }), () => app.word('loading'));
    const panel = el('aside', { class: 'le-panel' });
    const dossier = el('section', { class: 'le-dossier', hidden: true });
    const side = el('aside', { class: 'le-side' }, dossier);
    const live = el('div', { class: 'le-unseen', 'aria-live': 'polite' });
    const container = map.getContainer();
    container.setAttribute('role', 'application');
    const { open, showSide } = sideSwitch(app, map, side);
    document.body.prepend(header(app), panel);
    document.body.append(side, footer(app), loading, live);
    container.append(watermark(app), open, el('span', { class: 'le-cross', 'aria-hidden': 'true' }));
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
    if (app.config.bounds) map.fitBounds(app.config.bounds, { animate: false, padding: [10, 10] });
    L.control.scale({ imperial: false, maxWidth: 140 }).addTo(map);
    northArrow(app).addTo(map);
    const made = {
      panel, side, dossier, showSide, showView: () => {},
      say: (text) => { live.textContent = text; },
      ready: () => {
        loading.remove();
        zoneNames(app);
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
