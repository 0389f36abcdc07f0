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
    const shown = (name, i) => app.amount(app.text(name, i) || '—', app.term(app.fields[name.split(':')[0]].unit));
    const figures = (i) => {
      const measure = app.measure();
      const names = ['basis_area_m2', measure ? measure.column : app.columnOf('tax_cny_per_mu')];
      return names.filter((name) => name && name in app.store.loaded && (name === names[0] || !app.isPiece(i)))
        .map((name) => shown(name, i)).join('　');
    };
    const classOf = (i) => {
      const item = app.view.classes[app.view.codes[i]];
      return item && item.title && !app.measure() ? el('div', {}, app.term(item.title)) : null;
    };
    const text = (i) => el('div', {}, el('strong', {}, app.text('shown_name', i) || app.word('unnamed')),
      el('div', {}, app.text('parcel_id', i)),
      classOf(i), el('div', {}, figures(i)));
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

  const PAD_PX = 60;

  /* Select a plot and bring it into view; focus comes back to `returnTo` when its dossier is closed. */
  Landeff.show = async function show(app, i, returnTo) {
    app.returnTo = returnTo || null;
    app.select(i);
    await app.whenTold;
    if (app.selected !== i || app.store.isEmpty(i)) return;
    app.map.fitBounds(app.store.bounds(i), { maxZoom: 16, paddingTopLeft: [PAD_PX, PAD_PX],
      paddingBottomRight: covered(app), animate: false });
  };

  /* How much of the map the dossier covers: on narrow pages its right side, on a phone its lower part. */
  function covered(app) {
    const view = app.map.getContainer().getBoundingClientRect();
    const side = document.querySelector('.le-side').getBoundingClientRect();
    if (!side.width || side.left >= view.right) return [PAD_PX, PAD_PX];
    if (side.left > view.left) return [view.right - side.left + PAD_PX, PAD_PX];
    return [PAD_PX, Math.max(0, view.bottom - side.top) + PAD_PX / 2];
  }

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
    const container = app.map.getContainer();
    container.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.target !== container) return;
      const i = app.store.pick(app.map.getCenter(), (row) => app.shown[row] === 1);
      app.returnTo = container;
      if (i >= 0) app.select(i);
    });
    window.addEventListener('hashchange', () => Landeff.openLink(app));
  };
})();
