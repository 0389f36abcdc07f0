/* Names of zones on the map, with tax per mu or mu of stock land below; none covers another. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el } = Landeff;
  const LABEL_INSIDE_PX = 260; // a zone this wide and high may have its name inside, a smaller one beside it
  const SUB_PARK_PX = 150;     // a sub-park smaller than this is not named
  const GAP_PX = 6; // Leaflet's own, between a place and the tooltip beside it

  /* Where the name of a zone may stand, best first: [direction, latitude and longitude]. */
  function labelPlaces(app, { zone, at, bounds }) {
    const [[south, west], [north, east]] = bounds;
    const corner = (lat, lon) => app.map.latLngToContainerPoint([lat, lon]);
    const size = corner(south, east).subtract(corner(north, west));
    if (zone.parent !== '' && Math.min(size.x, size.y) < SUB_PARK_PX) return [];
    const [lat, lon] = [(south + north) / 2, (west + east) / 2];
    const beside = [['bottom', [south, lon]], ['top', [north, lon]]];
    if (zone.parent !== '' || Math.min(size.x, size.y) >= LABEL_INSIDE_PX) {
      return zone.parent === '' && app.map.getBounds().contains(bounds) ? [...beside, ['center', at]] : [['center', at]];
    }
    return [...beside, ['right', [lat, east]], ['left', [lat, west]],
      ['right', [south, east]], ['left', [south, west]], ['right', [north, east]], ['left', [north, west]]];
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

  /* Mu of stock land by zone and by sub-park. */
  function stockByZone(app) {
    const sums = new Map();
    if (!app.store.has('inventory_class')) return sums;
    const stock = new Set(app.config.stock);
    for (let i = 0; i < app.store.n; i++) {
      if (!stock.has(app.value('inventory_class', i))) continue;
      const mu = app.value('basis_area_m2', i) || 0;
      for (const zone of [app.value('zone_id', i), app.value('sub_zone_id', i)]) {
        if (zone != null) sums.set(zone, (sums.get(zone) || 0) + mu);
      }
    }
    return sums;
  }

  /* Below the name of a zone: tax per mu where that is shown, else its stock land. */
  function zoneFigure(app, zone, stock) {
    if (app.layer && app.layer.name === 'tax_per_mu' && zone.perMu != null && app.year === app.latestYear) {
      return app.amount(Landeff.formatNumber(zone.perMu, 2), app.term(app.config.units.wan_per_mu));
    }
    return stock.has(zone.id)
      ? app.word('stock_land') + ' ' + Landeff.formatNumber(stock.get(zone.id), 0) + ' ' + app.word('mu') : '';
  }

  /* The box on the screen of something of this size, beside a point. */
  function boxBeside({ x, y }, direction, { width, height }) {
    const left = { left: x - width - GAP_PX, right: x + GAP_PX }[direction];
    const top = { top: y - height - GAP_PX, bottom: y + GAP_PX }[direction];
    const box = { left: left == null ? x - width / 2 : left, top: top == null ? y - height / 2 : top };
    return { ...box, right: box.left + width, bottom: box.top + height };
  }

  const meets = (box, others) => others.some((other) => box.left < other.right && other.left < box.right &&
    box.top < other.bottom && other.top < box.bottom);

  /* Within the view, or far outside it, where a name does no harm: panning may bring it in. */
  function isWhole(box, view) {
    return (box.left >= view.left && box.right <= view.right && box.top >= view.top && box.bottom <= view.bottom)
      || box.right < view.left || box.left > view.right || box.bottom < view.top || box.top > view.bottom;
  }

  class ZoneNames {
    constructor(app) {
      this.app = app;
      this.named = app.config.zones.map((zone, k) => ({ zone, ...app.config.zonePlaces[k] })).filter(({ at }) => at);
      this.named.sort((a, b) => Number(a.zone.parent !== '') - Number(b.zone.parent !== ''));
      this.stock = stockByZone(app);
      this.tips = this.named.map(() => L.tooltip({ permanent: true, offset: [0, 0], className: 'le-zone-name' }));
      this.sizes = {};
      app.map.on('zoomend', () => this.arrange());
      app.map.on('resize', () => this.write());
      for (const event of ['view', 'lang']) app.when(event, () => this.write());
      this.write();
    }

    write() {
      this.sizes = {};
      this.arrange();
    }

    /* `form`: the name with its figure (full), in one line (plain), or in several (narrow). */
    put(k, form, direction, place) {
      const [tip, { zone }] = [this.tips[k], this.named[k]];
      const figure = form === 'full' ? zoneFigure(this.app, zone, this.stock) : '';
      tip.setContent(el('span', { class: form === 'narrow' ? 'le-narrow' : false }, zone.name,
        figure ? el('small', {}, figure) : null));
      tip.options.direction = direction;
      this.app.map.addLayer(tip.setLatLng(place));
    }

    /* How large a name is in a form; looked at once. */
    size(k, form) {
      const key = k + ' ' + form;
      if (!this.sizes[key]) {
        this.put(k, form, 'center', this.named[k].at);
        const { width, height } = this.tips[k].getElement().getBoundingClientRect();
        this.tips[k].remove();
        this.sizes[key] = { width, height };
      }
      return this.sizes[key];
    }

    /* A name above or below a zone at the edge of the map is moved inwards, as long as it stays at its zone. */
    inView([direction, place], { width }) {
      const { map } = this.app;
      const [at, half] = [map.latLngToContainerPoint(place), width / 2 + 1];
      const x = Math.max(half, Math.min(map.getSize().x - half, at.x));
      const isMoved = (direction === 'top' || direction === 'bottom') && x !== at.x && Math.abs(x - at.x) < half;
      return [direction, isMoved ? map.containerPointToLatLng([x, at.y]) : place];
    }

    /* Each name where it covers neither a name nor another zone: with its figure, else without, else in several
       lines; else it is left out until there is room. */
    arrange() {
      const { map } = this.app;
      const view = map.getContainer().getBoundingClientRect();
      const taken = [...map.getContainer().querySelectorAll('.leaflet-control')].map((each) => each.getBoundingClientRect());
      for (const tip of this.tips) tip.remove();
      this.named.forEach((zone, k) => {
        const places = labelPlaces(this.app, zone);
        if (!places.length) return;
        const zones = zoneBoxes(this.app, this.named, view, zone);
        for (const form of ['full', 'plain', 'narrow']) {
          const size = this.size(k, form);
          const free = places.map((put) => this.inView(put, size)).find(([direction, place]) => {
            const at = map.latLngToContainerPoint(place);
            const box = boxBeside({ x: view.left + at.x, y: view.top + at.y }, direction, size);
            return isWhole(box, view) && !meets(box, taken) && !meets(box, zones) && taken.push(box);
          });
          if (!free) continue;
          this.put(k, form, ...free);
          return;
        }
      });
      this.app.tell('names');
    }
  }

  Landeff.zoneNames = function zoneNames(app) {
    app.zoneNames = new ZoneNames(app);
  };
})();
