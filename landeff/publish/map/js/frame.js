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
    return el('header', { class: 'le-header' },
      el('div', { class: 'le-heading' },
        el('h1', {}, app.config.title),
        follow(app, el('p', { class: 'le-scope' }), () => scopeLine(app))),
      el('div', { class: 'le-notices' }, notices),
      el('div', { class: 'le-actions' }, language, app.printButton));
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
      const overlaps = (box) => taken.some((other) => box.left < other.right && other.left < box.right &&
        box.top < other.bottom && other.top < box.bottom);
      tips.forEach((tip, k) => {
        app.map.removeLayer(tip);
        const free = labelPlaces(app, named[k]).map(([direction, place]) => () => boxAt(tip, direction, place))
          .some((put) => { const box = put(); return !overlaps(box) && taken.push(box); });
        if (!free) app.map.removeLayer(tip);
      });
    };
    app.map.on('zoomend', arrange);
    arrange();
  }

  Landeff.follow = follow;

  /* Builds the page around the map; returns what the other parts hang their elements on. */
  Landeff.frame = function frame(app) {
    const { map } = app;
    const loading = follow(app, el('div', { class: 'le-loading', role: 'status' }), () => app.word('loading'));
    const panel = el('aside', { class: 'le-panel' });
    const side = el('aside', { class: 'le-dossier', hidden: true });
    const live = el('div', { class: 'le-unseen', 'aria-live': 'polite' });
    const container = map.getContainer();
    container.setAttribute('role', 'application');
    document.body.prepend(header(app), panel);
    document.body.append(footer(app), side, loading, live);
    container.append(watermark(app));
    const describe = () => {
      container.setAttribute('aria-label', app.word('map_help'));
      panel.setAttribute('aria-label', app.word('panel'));
      side.setAttribute('aria-label', app.word('dossier'));
    };
    app.when('lang', describe);
    describe();
    map.setMaxZoom(20);
    map.invalidateSize({ animate: false });
    if (app.config.bounds) map.fitBounds(app.config.bounds, { animate: false, padding: [10, 10] });
    L.control.scale({ imperial: false, maxWidth: 140 }).addTo(map);
    northArrow(app).addTo(map);
    return {
      panel, side,
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
  };
})();
