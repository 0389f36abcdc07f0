/* Districts as the base: white land with grey outlines below everything else, in no figure and not to be clicked;
   their names stand where neither a zone nor its name is. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el } = Landeff;
  const PANE = 'le-districts';
  const NAMES = 'le-district-names';
  const EDGE = { pane: PANE, interactive: false, style: { color: '#cdd2d6', weight: 7, fill: false, lineJoin: 'round' } };
  const LAND = { pane: PANE, interactive: false,
    style: { color: '#98a1a9', weight: 1.1, fillColor: '#fff', fillOpacity: 1, lineJoin: 'round' } };

  let toMap = () => {}; // on a phone the panel covers the map

  function pane(app, name, zIndex) {
    const made = app.map.createPane(name);
    made.style.zIndex = zIndex;
    made.style.pointerEvents = 'none';
  }

  const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

  function boxesOf(app, selector) {
    return [...app.map.getContainer().querySelectorAll(selector)].map((each) => each.getBoundingClientRect());
  }

  /* Boxes on the screen of the zones, parts of others left out. */
  function zoneBoxes(app, view) {
    const places = app.config.zonePlaces.filter((place, k) => place && app.config.zones[k].parent === '');
    return places.map(({ bounds: [[south, west], [north, east]] }) => {
      const low = app.map.latLngToContainerPoint([south, west]);
      const high = app.map.latLngToContainerPoint([north, east]);
      return { left: view.left + low.x, right: view.left + high.x, top: view.top + high.y, bottom: view.top + low.y };
    });
  }

  function nameOf(district) {
    const label = el('span', { class: 'le-district-name' }, district.name);
    const icon = L.divIcon({ html: label, className: 'le-district-place', iconSize: [0, 0] });
    return { ...district, label, marker: L.marker(district.places[0], { icon, pane: NAMES, interactive: false, keyboard: false }) };
  }

  /* A name that would meet a zone, its name, another district's or the edge of the map is left out. */
  function arrange(app, names) {
    const view = app.map.getContainer().getBoundingClientRect();
    const taken = [...zoneBoxes(app, view), ...boxesOf(app, '.le-zone-name'), ...boxesOf(app, '.leaflet-control')];
    const isFree = ({ label, marker }, place) => {
      marker.setLatLng(place);
      const box = label.getBoundingClientRect();
      const isInside = box.left >= view.left && box.right <= view.right && box.top >= view.top && box.bottom <= view.bottom;
      return isInside && !taken.some((other) => meets(box, other)) && taken.push(box);
    };
    for (const name of names) {
      name.marker.addTo(app.map);
      if (!name.places.some((place) => isFree(name, place))) name.marker.remove();
    }
  }

  Landeff.districts = function districts(app, frame) {
    const { outlines } = app.config.districts;
    if (!outlines.length) return;
    toMap = () => frame.showView('map');
    pane(app, PANE, 150);   // below the tiles of a base map and the ground of the zones
    pane(app, NAMES, 380);  // below the lines of the zones
    app.map.getContainer().classList.add('le-with-districts');
    const shapes = outlines.map((each) => each.shape);
    L.geoJSON(shapes, EDGE).addTo(app.map); // of which the land leaves only what lies outside all districts
    L.geoJSON(shapes, LAND).addTo(app.map);
    const names = outlines.map(nameOf);
    const put = () => arrange(app, names);
    app.map.on('moveend', () => setTimeout(put, 0)); // once the names of the zones have found their places
    app.when('names', put);
  };

  /* The name of a district in a table: a button to its outline, where it has one. */
  Landeff.districtName = function districtName(app, { code, name }) {
    const outline = app.config.districts.outlines.find((each) => each.code === code);
    if (!outline) return name;
    const show = () => {
      app.map.fitBounds(outline.bounds, { animate: false, padding: [10, 10] });
      toMap();
    };
    return el('button', { type: 'button', class: 'le-to-district', onclick: show }, name);
  };
})();
