/* Printing: the page is laid out for the sheet chosen, and every tile painted, before the browser takes its picture.
   The page's own button waits for that; the browser's menu does not wait, so there all is painted at one go. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el } = Landeff;
  const PRINT_RATIO = 2;
  const PAD_PX = 26; // names of zones at the edge
  const PRINT_ZOOM_SNAP = 0.25; // fills the sheet; tiles are sharp enough at twice the pixels

  async function painted(app) {
    do {
      await new Promise((resolve) => setTimeout(resolve, 40));
    } while (!app.grid.isPainted());
    await Landeff.nextFrame();
  }

  class Sheet {
    constructor(app) {
      this.app = app;
      this.before = null; // what the screen showed: {centre, zoom, snap}
      this.page = el('style');
      document.head.append(this.page);
      this.choosePaper();
    }

    choosePaper() {
      this.page.textContent = '@page { size: ' + this.app.paper.value + ' landscape; margin: 8mm; }';
    }

    setClasses(isPrint) {
      const root = document.documentElement;
      root.classList.toggle('le-print', isPrint);
      root.classList.toggle('le-a4', isPrint && this.app.paper.value === 'A4');
      this.app.grid.options.ratio = isPrint ? PRINT_RATIO : 0;
    }

    /* What the map shows, without the empty ground around the data. */
    shown() {
      const { map, config } = this.app;
      const view = map.getBounds();
      const data = config.bounds && L.latLngBounds(config.bounds);
      if (!data || !view.intersects(data)) return view;
      return L.latLngBounds([Math.max(view.getSouth(), data.getSouth()), Math.max(view.getWest(), data.getWest())],
        [Math.min(view.getNorth(), data.getNorth()), Math.min(view.getEast(), data.getEast())]);
    }

    /* Lay the page out for the sheet; once only. */
    layOut() {
      if (this.before) return;
      const { map, grid } = this.app;
      const shown = this.shown();
      this.before = { centre: map.getCenter(), zoom: map.getZoom(), snap: map.options.zoomSnap };
      this.setClasses(true);
      map.options.zoomSnap = PRINT_ZOOM_SNAP;
      map.invalidateSize({ animate: false, pan: false });
      map.fitBounds(shown, { animate: false, padding: [PAD_PX, PAD_PX] });
      this.app.zoneNames.arrange(); // where the zoom stayed, nobody told them
      grid.redraw();
    }

    /* The screen as it was. */
    putBack() {
      if (!this.before) return;
      const { map, grid } = this.app;
      const { centre, zoom, snap } = this.before;
      this.before = null;
      this.setClasses(false);
      map.invalidateSize({ animate: false, pan: false });
      map.setView(centre, zoom, { animate: false });
      this.app.zoneNames.arrange();
      map.options.zoomSnap = snap;
      grid.redraw();
    }

    async print() {
      this.layOut();
      await painted(this.app);
      window.print();
    }
  }

  Landeff.print = function print(app) {
    const sheet = new Sheet(app);
    app.paper.addEventListener('change', () => sheet.choosePaper());
    app.printButton.addEventListener('click', () => sheet.print());
    window.addEventListener('beforeprint', () => {
      sheet.layOut();
      app.grid.paintNow();
    });
    window.addEventListener('afterprint', () => sheet.putBack());
    document.addEventListener('keydown', (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'p') return;
      event.preventDefault();
      sheet.print();
    });
  };
})();
