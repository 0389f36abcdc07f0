/* Parcels on canvas tiles: small ones as pixels, the others as paths, one batch of paths per class. */
(function () {
  'use strict';
  const Landeff = window.Landeff = window.Landeff || {};
  const FRAME_MS = 12;    // drawing per animation frame, so that the page never freezes
  const SMALL_PX = 3;     // below this a parcel is a rectangle of pixels
  const HATCH_PX = 6;     // mean size from which hatches can be told apart
  const OUTLINE_PX = 7;
  const SEAM_PX = 1.5;    // of the canvas
  const LABEL_PX = 64;
  const BATCH = 256;
  const FONT = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Source Han Sans SC",sans-serif';

  const queue = [];
  let frame = 0;

  function drawQueued() {
    frame = 0;
    const start = performance.now();
    queue.sort((a, b) => a.distance - b.distance);
    while (queue.length && performance.now() - start < FRAME_MS) queue.shift().run();
    if (queue.length) frame = requestAnimationFrame(drawQueued);
  }

  function enqueue(distance, run) {
    queue.push({ distance, run });
    if (!frame) frame = requestAnimationFrame(drawQueued);
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
      this.context = canvas.getContext('2d');
      this.size = canvas.width;
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

    paint() {
      const { context } = this;
      context.clearRect(0, 0, this.size, this.size);
      const large = this.paintSmall(this.visible());
      if (this.grid.theme.isFilled !== false) {
        large.forEach((rows, code) => this.closeSeams(rows, this.grid.theme.classes[code]));
        large.forEach((rows, code) => this.fillClass(rows, this.grid.theme.classes[code]));
      }
      if (this.meanPx >= OUTLINE_PX) {
        large.forEach((rows, code) => this.strokeClass(rows, this.grid.theme.classes[code]));
      }
      if (this.grid.theme.label && this.meanPx >= LABEL_PX) large.forEach((rows) => this.writeLabels(rows));
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
        const code = this.grid.theme.codes[i];
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

    inBatches(rows, draw) {
      for (let start = 0; start < rows.length; start += BATCH) {
        this.context.beginPath();
        for (const i of rows.slice(start, start + BATCH)) this.trace(i);
        draw();
      }
    }

    isHatched(style) {
      return style.hatch && this.meanPx >= HATCH_PX;
    }

    /* Where two plots share an edge, each covers a part of the pixels on it and the ground shines through
       between them. A line under the fills, in the colour of the plot and wide enough for any place of the edge within
       its pixels, closes the seam. */
    closeSeams(rows, style) {
      this.context.strokeStyle = this.isHatched(style) ? style.fill : style.solid;
      this.context.lineWidth = SEAM_PX;
      this.context.lineJoin = 'bevel';
      this.inBatches(rows, () => this.context.stroke());
    }

    fillClass(rows, style) {
      const hatched = this.isHatched(style);
      const fills = [hatched ? style.fill : style.solid];
      if (hatched) fills.push(Landeff.hatch(this.context, style.hatch, style.colour, this.ratio));
      for (const fill of fills) {
        this.context.fillStyle = fill;
        this.inBatches(rows, () => this.context.fill('evenodd'));
      }
    }

    strokeClass(rows, style) {
      this.context.strokeStyle = style.hatch ? style.colour : this.grid.theme.line || '#6b7075';
      this.context.lineWidth = this.ratio * (style.hatch ? 1.3 : this.grid.theme.weight || 0.7);
      this.context.lineJoin = 'round';
      this.inBatches(rows, () => this.context.stroke());
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
        const text = this.grid.theme.label(i);
        const b = 4 * i;
        const room = (store.boxes[b + 2] - store.boxes[b]) * this.scale * 0.95;
        if (!text || context.measureText(text).width > room) continue;
        const x = (store.boxes[b] + store.boxes[b + 2]) / 2 * this.scale + this.left;
        const y = (store.boxes[b + 1] + store.boxes[b + 3]) / 2 * this.scale + this.top;
        context.strokeText(text, x, y);
        context.fillText(text, x, y);
      }
    }
  }

  /* theme: {codes: class of each row, classes: [{colour, fill, hatch}], isShown(i), label(i) or null} */
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
      const ratio = this.options.ratio || Math.min(2, Math.ceil(window.devicePixelRatio || 1));
      const canvas = Landeff.el('canvas', { width: size * ratio, height: size * ratio });
      canvas.landeff = { coords, ratio, gone: false };
      enqueue(this.distanceFromCentre(coords, size), () => {
        if (!canvas.landeff.gone) new Painter(this, canvas).paint();
        done(null, canvas);
      });
      return canvas;
    },

    distanceFromCentre(coords, size) {
      const centre = this._map.project(this._map.getCenter(), coords.z).divideBy(size);
      return Math.hypot(coords.x + 0.5 - centre.x, coords.y + 0.5 - centre.y);
    },

    /* Paint the tiles there are again, after the theme or a filter changed. */
    repaint() {
      for (const key of Object.keys(this._tiles)) {
        const canvas = this._tiles[key].el;
        enqueue(0, () => { if (!canvas.landeff.gone) new Painter(this, canvas).paint(); });
      }
    },

    isPainted() {
      return queue.length === 0 && !this.isLoading();
    },
  });
})();
