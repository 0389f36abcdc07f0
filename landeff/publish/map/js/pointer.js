/* Mouse, selection on the map, and links to one plot (#parcel=CODE). */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el } = Landeff;

  function outline(app, group) {
    group.clearLayers();
    if (app.selected < 0 || app.store.isEmpty(app.selected)) return;
    const shape = app.store.latLngs(app.selected);
    for (const [color, weight] of [['#ffffff', 7], ['#111111', 3]]) {
      group.addLayer(L.polygon(shape, { color, weight, fill: false, interactive: false }));
    }
  }

  function hover(app) {
    const tip = L.tooltip({ direction: 'top', offset: [0, -8] });
    const { map } = app;
    let under = -1;
    const shown = (name, i) => app.amount(app.text(name, i) || '—', app.term(app.fields[name].unit));
    const figures = (i) => ['basis_area_m2', 'tax_cny_per_mu']
      .filter((name) => app.store.has(name) && !(name === 'tax_cny_per_mu' && app.isPiece(i)))
      .map((name) => shown(name, i)).join('　');
    const text = (i) => el('div', {}, el('strong', {}, app.text('shown_name', i) || app.word('unnamed')),
      el('div', {}, app.text('parcel_id', i)),
      el('div', {}, figures(i)));
    map.on('mousemove', (event) => {
      const i = app.store.pick(event.latlng, (row) => app.shown[row] === 1);
      map.getContainer().classList.toggle('le-over', i >= 0);
      if (i < 0) map.closeTooltip(tip);
      else {
        if (i !== under) tip.setContent(text(i));
        map.openTooltip(tip.setLatLng(event.latlng));
      }
      under = i;
    });
    map.on('mouseout', () => map.closeTooltip(tip));
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch (error) {
      return text; // a stray % in a link typed by hand
    }
  }

  /* Select a plot and bring it into view; focus comes back to `returnTo` when its dossier is closed. */
  Landeff.show = function show(app, i, returnTo) {
    app.returnTo = returnTo || null;
    app.select(i);
    if (app.store.isEmpty(i)) return;
    const covered = document.querySelector('.le-dossier').clientWidth || 360;
    app.map.fitBounds(app.store.bounds(i), {
      maxZoom: 17, paddingTopLeft: [60, 60], paddingBottomRight: [covered + 60, 60], animate: false,
    });
  };

  Landeff.openLink = async function openLink(app) {
    const match = /^#parcel=(.+)$/.exec(location.hash);
    if (!match) return;
    const wanted = decoded(match[1]);
    for (let i = 0; i < app.store.n; i++) {
      if (app.value('parcel_id', i) === wanted) {
        Landeff.show(app, i);
        return;
      }
    }
  };

  Landeff.pointer = function pointer(app) {
    const selection = L.layerGroup().addTo(app.map);
    app.when('select', () => outline(app, selection));
    app.map.on('click', (event) => {
      app.returnTo = null;
      app.select(app.store.pick(event.latlng, (row) => app.shown[row] === 1));
    });
    hover(app);
    window.addEventListener('hashchange', () => Landeff.openLink(app));
  };
})();
