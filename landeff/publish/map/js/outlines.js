/* Layers for comparison by eye: dashed outlines over the zones, each off until it is switched on. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el, follow } = Landeff;
  const COLOUR = '#d4008f'; // no class and no zone has it
  const PANE = 'le-outlines';
  const LINE = { pane: PANE, interactive: false, style: { color: COLOUR, weight: 2, dashArray: '6 5', fill: false } };

  function row(app, { title, file, shapes }) {
    const layer = L.geoJSON(shapes, LINE);
    const change = (event) => {
      const isOn = event.target.checked;
      if (isOn) layer.addTo(app.map);
      else layer.remove();
      label.classList.toggle('le-off', !isOn);
      label.parentElement.classList.toggle('le-any', label.parentElement.querySelector(':checked') !== null);
    };
    const swatch = el('span', { class: 'le-dashed', style: { borderColor: COLOUR }, 'aria-hidden': 'true' });
    const label = el('label', { class: 'le-outline le-off' }, el('input', { type: 'checkbox', 'data-control': 'outline', onchange: change }), swatch,
      follow(app, el('span', { class: 'le-name' }), () => app.pair(app.term(title), file)));
    return label;
  }

  Landeff.outlines = function outlines(app) {
    const pane = app.map.createPane(PANE);
    pane.style.zIndex = 420;
    pane.style.pointerEvents = 'none';
    return el('fieldset', { class: 'le-outlines' }, follow(app, el('legend'), () => app.word('comparison')),
      app.config.outlines.map((each) => row(app, each)));
  };
})();
