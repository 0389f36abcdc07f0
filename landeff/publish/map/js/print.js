/* Printing: lay out for the sheet first, wait until every tile is painted, then print. Tiles painted only while
   the browser is already printing come out blank. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el } = Landeff;
  const PRINT_RATIO = 2;
  const PRINT_ZOOM_SNAP = 0.25; // fills the sheet; tiles are sharp enough at twice the pixels

  async function painted(app) {
    do {
      await new Promise((resolve) => setTimeout(resolve, 40));
    } while (!app.grid.isPainted());
    await Landeff.nextFrame();
  }

  async function layOut(app, bounds, isPrint) {
    const root = document.documentElement;
    root.classList.toggle('le-print', isPrint);
    root.classList.toggle('le-a4', isPrint && app.paper.value === 'A4');
    app.grid.options.ratio = isPrint ? PRINT_RATIO : 0;
    app.map.options.zoomSnap = isPrint ? PRINT_ZOOM_SNAP : 1;
    app.map.invalidateSize({ animate: false, pan: false });
    app.map.fitBounds(bounds, { animate: false });
    app.grid.redraw();
    await painted(app);
  }

  Landeff.print = function print(app) {
    const page = el('style');
    document.head.append(page);
    const run = async () => {
      const bounds = app.map.getBounds();
      page.textContent = '@page { size: ' + app.paper.value + ' landscape; margin: 8mm; }';
      window.addEventListener('afterprint', () => layOut(app, bounds, false), { once: true });
      await layOut(app, bounds, true);
      window.print();
    };
    app.printButton.addEventListener('click', run);
    document.addEventListener('keydown', (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'p') return;
      event.preventDefault();
      run();
    });
  };
})();
