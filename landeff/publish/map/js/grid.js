/* Parcels on canvas tiles: small ones as pixels, the others as paths, one batch of paths per class. */
(function () {
  'use strict';
  const Landeff = window.Landeff = window.Landeff || {};
  const FRAME_MS = 12;    // drawing per animation frame, so that the page never freezes
  const SMALL_PX = 4;     // below this a parcel is a rectangle of pixels
  const HATCH_PX = 6;     // mean size from which hatches can be told apart
  const OUTLINE_PX = 7;
  const SEAM_PX = 1.8;    // of the canvas
  const LABEL_PX = 64;
  const BATCH = 256;
  const FONT = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Source Han Sans SC",sans-serif';

  const queue = [];
  let current = null;
  let frame = 0;

  /* Go on with the tile in hand, then with the one nearest the centre, until the time of the frame is used up. */
  function drawQueued() {
    frame = 0;
    const start = performance.now();
    queue.sort((a, b) => a.distance - b.distance);
    while (performance.now() - start < FRAME_MS) {
      if (!current && !queue.length) return;
      if (!current) current = queue.shift().steps();
      if (current.next().done) current = null;
    }
    frame = requestAnimationFrame(drawQueued);
  }

  /* `steps` is a generator function: it yields wherever drawing may pause. */
  function enqueue(distance, steps) {
    queue.push({ distance, steps });
    if (!frame) frame = requestAnimationFrame(drawQueued);
  }

  /* Tiles are painted here and shown whole; there is one at a time. */
  let scratch = null;

  function scratchOf(size) {
    if (!scratch) scratch = document.createElement('canvas');
    if (scratch.width !== size) scratch.width = scratch.height = size;
    return scratch.getContext('2d');
  }

  function pixelOf(colour) {
    const context = document.createElement('canvas').getContext('2d');
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return new Uint32Array(context.getImageData(0, 0, 1, 1).data.buffer)[0];
  }

  /* One tile being painted: the affine map from grid units to its pixels, and the drawing steps. */
  class Painter {
    constructor(grid, canvas) {
      const { coords, ratio } = canvas.landeff;
      const { x0, y0, step } = grid.store.meta.geometry;
      const world = 256 * Math.pow(2, coords.z);
      this.grid = grid;
      this.store = grid.store;
      this.theme = grid.theme;
      this.canvas = canvas;
      this.size = canvas.width;
      this.context = scratchOf(this.size);
      this.ratio = ratio;
      this.scale = step * world * ratio;
      this.left = (x0 * world - coords.x * grid.getTileSize().x) * ratio;
      this.top = (y0 * world - coords.y * grid.getTileSize().y) * ratio;
      this.meanPx = grid.store.meanSize * this.scale / ratio;
    }

    visible() {
      const pad = 2;
      const toX = (px) => (px - this.left) / this.scale;
      const toY = (px) => (px - this.top) / this.scale;
      return this.store.query(toX(-pad), toY(-pad), toX(this.size + pad), toY(this.size + pad));
    }

    * paint() {
      const { context, theme } = this;
      context.clearRect(0, 0, this.size, this.size);
      const large = this.paintSmall(this.visible());
      yield;
      const isOutlined = this.meanPx >= OUTLINE_PX;
      const inClasses = function* inClasses(draw) {
        for (const code of Object.keys(large)) yield* draw(large[code], theme.classes[code]);
      };
      if (theme.isFilled !== false) {
        if (!isOutlined) yield* inClasses((rows, style) => this.closeSeams(rows, style));
        yield* inClasses((rows, style) => this.fillClass(rows, style));
      }
      if (isOutlined) yield* inClasses((rows, style) => this.strokeClass(rows, style));
      if (theme.label && this.meanPx >= LABEL_PX) large.forEach((rows) => this.writeLabels(rows));
      this.show();
    }

    show() {
      const shown = this.canvas.getContext('2d');
      // never on a new tile: a sheet printed at once repeats what was done to it, and clears to white
      if (this.canvas.landeff.isShown) shown.clearRect(0, 0, this.size, this.size);
      this.canvas.landeff.isShown = true;
      shown.drawImage(this.context.canvas, 0, 0);
    }

    /* Rectangles of pixels for parcels too small for a path; returns the others by class. */
    paintSmall(rows) {
      const large = [];
      const image = this.meanPx < 3 * SMALL_PX ? this.context.createImageData(this.size, this.size) : null;
      const pixels = image && new Uint32Array(image.data.buffer);
      const limit = SMALL_PX * this.ratio / this.scale;
      const { boxes } = this.store;
      for (const i of rows) {
        if (!this.grid.isShown(i)) continue;
        const code = this.theme.codes[i];
        const b = 4 * i;
        if (pixels && boxes[b + 2] - boxes[b] < limit && boxes[b + 3] - boxes[b + 1] < limit) {
          this.fillPixels(pixels, b, this.grid.pixels[code]);
        } else {
          (large[code] = large[code] || []).push(i);
        }
      }
      if (image) this.context.putImageData(image, 0, 0);
      return large;
    }

    fillPixels(pixels, b, colour) {
      const { boxes } = this.store;
      const clip = (value) => Math.max(0, Math.min(this.size, value));
      const x0 = Math.round(boxes[b] * this.scale + this.left);
      const y0 = Math.round(boxes[b + 1] * this.scale + this.top);
      const x1 = clip(Math.max(x0 + 1, Math.round(boxes[b + 2] * this.scale + this.left)));
      const y1 = clip(Math.max(y0 + 1, Math.round(boxes[b + 3] * this.scale + this.top)));
      for (let y = clip(y0); y < y1; y++) pixels.fill(colour, y * this.size + clip(x0), y * this.size + x1);
    }

    trace(i) {
      const { x, y, ringsFrom, verticesFrom } = this.store;
      for (let ring = ringsFrom[i]; ring < ringsFrom[i + 1]; ring++) {
        let v = verticesFrom[ring];
        this.context.moveTo(x[v] * this.scale + this.left, y[v] * this.scale + this.top);
        for (v++; v < verticesFrom[ring + 1]; v++) {
          this.context.lineTo(x[v] * this.scale + this.left, y[v] * this.scale + this.top);
        }
        this.context.closePath();
      }
    }

    * inBatches(rows, draw) {
      for (let start = 0; start < rows.length; start += BATCH) {
        this.context.beginPath();
        for (const i of rows.slice(start, start + BATCH)) this.trace(i);
        draw();
        yield;
      }
    }

    isHatched(style) {
      return style.hatch && this.meanPx >= HATCH_PX;
    }

    /* Where two plots share an edge, each covers a part of the pixels on it and the ground shines through
       between them; under an outline that is not seen. A line under the fills, in the colour of the plot and wide enough for any place of the edge within
       its pixels, closes the seam. */
    * closeSeams(rows, style) {
      this.context.strokeStyle = this.isHatched(style) ? style.fill : style.solid;
      this.context.lineWidth = SEAM_PX;
      this.context.lineJoin = 'bevel';
      yield* this.inBatches(rows, () => this.context.stroke());
    }

    * fillClass(rows, style) {
      const hatched = this.isHatched(style);
      const fills = [hatched ? style.fill : style.solid];
      if (hatched) fills.push(Landeff.hatch(this.context, style.hatch, style.colour, this.ratio));
      for (const fill of fills) {
        this.context.fillStyle = fill;
        yield* this.inBatches(rows, () => this.context.fill('evenodd'));
      }
    }

    * strokeClass(rows, style) {
      this.context.strokeStyle = style.hatch ? style.colour : this.theme.line || '#6b7075';
      this.context.lineWidth = this.ratio * (style.hatch ? 1.3 : this.theme.weight || 0.7);
      this.context.lineJoin = 'round';
      yield* this.inBatches(rows, () => this.context.stroke());
    }

    /* Labels only where they fit into the box of the parcel. */
    writeLabels(rows) {
      const { context, store } = this;
      context.font = '600 ' + 12 * this.ratio + 'px ' + FONT;
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.lineJoin = 'round';
      context.lineWidth = 3.5 * this.ratio;
      context.strokeStyle = 'rgba(255,255,255,.9)';
      context.fillStyle = '#111';
      for (const i of rows) {
        const text = this.theme.label(i);
        const b = 4 * i;
        const room = (store.boxes[b + 2] - store.boxes[b]) * this.scale * 0.95;
        if (!text || context.measureText(text).width > room) continue;
        const [right, down] = this.theme.labelAt ? this.theme.labelAt(i) : [0.5, 0.5];
        const x = (store.boxes[b] + (store.boxes[b + 2] - store.boxes[b]) * right) * this.scale + this.left;
        const y = (store.boxes[b + 1] + (store.boxes[b + 3] - store.boxes[b + 1]) * down) * this.scale + this.top;
        context.strokeText(text, x, y);
        context.fillText(text, x, y);
      }
    }
  }

  /* theme: {codes: class of each row, classes: [{colour, fill, hatch}], isShown(i), label(i) or null,
     labelAt(i): where in the box of row i, from its upper left, in parts of it} */
  Landeff.ParcelGrid = L.GridLayer.extend({
    options: { tileSize: 256, updateWhenZooming: false, updateWhenIdle: false, keepBuffer: 1, maxZoom: 22,
      zIndex: 300 },

    initialize(store, theme, options) {
      L.GridLayer.prototype.initialize.call(this, options);
      this.store = store;
      this.setTheme(theme);
      this.on('tileunload', (event) => { event.tile.landeff.gone = true; });
    },

    setTheme(theme) {
      this.theme = theme;
      this.pixels = theme.classes.map((style) => pixelOf(style.solid));
    },

    isShown(i) {
      return this.theme.codes[i] < this.theme.classes.length && this.theme.isShown(i);
    },

    createTile(coords, done) {
      const size = this.getTileSize().x;
      const isScaled = this._map.getZoom() % 1 !== 0; // by the browser, between two zooms
      const ratio = this.options.ratio || (isScaled ? 2 : Math.min(2, Math.ceil(window.devicePixelRatio || 1)));
      const canvas = Landeff.el('canvas', { width: size * ratio, height: size * ratio });
      canvas.landeff = { coords, ratio, gone: false };
      const paint = this.steps(canvas);
      enqueue(this.distanceFromCentre(coords, size), function* first() {
        yield* paint();
        done(null, canvas);
      });
      return canvas;
    },

    /* How a tile is painted; nothing where it has left the map meanwhile. */
    steps(canvas) {
      canvas.landeff.isQueued = true;
      const grid = this;
      return function* steps() {
        canvas.landeff.isQueued = false;
        if (!canvas.landeff.gone) yield* new Painter(grid, canvas).paint();
      };
    },

    distanceFromCentre(coords, size) {
      const centre = this._map.project(this._map.getCenter(), coords.z).divideBy(size);
      return Math.hypot(coords.x + 0.5 - centre.x, coords.y + 0.5 - centre.y);
    },

    /* Paint the tiles there are again, after the theme or a filter changed. */
    repaint() {
      for (const key of Object.keys(this._tiles)) {
        const canvas = this._tiles[key].el;
        if (!canvas.landeff.isQueued) enqueue(0, this.steps(canvas));
      }
    },

    /* Paint all that waits at once: a sheet is being printed and will not wait. */
    paintNow() {
      while (current || queue.length) {
        if (!current) current = queue.shift().steps();
        if (current.next().done) current = null;
      }
    },

    isPainted() {
      return queue.length === 0 && !current && !this.isLoading();
    },
  });
})();
