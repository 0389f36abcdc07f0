/* Parcels in memory: geometry as typed arrays in Hilbert order, with a packed tree of boxes over it. */
(function () {
  'use strict';
  const Landeff = window.Landeff = window.Landeff || {};
  const FAN_OUT = 16;
  const FAR = 2147483647;

  function varintReader(bytes) {
    let position = 0;
    return function read(count, ArrayType) {
      const values = new ArrayType(count);
      for (let i = 0; i < count; i++) {
        let byte;
        let shift = 0;
        let value = 0;
        do {
          byte = bytes[position++];
          value |= (byte & 127) << shift;
          shift += 7;
        } while (byte & 128);
        values[i] = value;
      }
      return values;
    };
  }

  const unzigzag = (value) => (value >>> 1) ^ -(value & 1);

  /* Differences to coordinates, in place; a ring starts from the start of the ring before. */
  function sumDeltas(values, ringStart) {
    let start = 0;
    for (let ring = 0; ring + 1 < ringStart.length; ring++) {
      let value = start;
      for (let v = ringStart[ring]; v < ringStart[ring + 1]; v++) {
        value += unzigzag(values[v]);
        values[v] = value;
        if (v === ringStart[ring]) start = value;
      }
    }
  }

  function startsOf(counts) {
    const starts = new Uint32Array(counts.length + 1);
    for (let i = 0; i < counts.length; i++) starts[i + 1] = starts[i] + counts[i];
    return starts;
  }

  /* Boxes [x0, y0, x1, y1] of groups of `size` boxes. */
  function groupBoxes(boxes, size) {
    const n = boxes.length / 4;
    const groups = new Int32Array(4 * Math.ceil(n / size));
    for (let g = 0; g < groups.length; g += 4) {
      groups[g] = groups[g + 1] = FAR;
      groups[g + 2] = groups[g + 3] = -FAR;
    }
    for (let i = 0; i < n; i++) {
      const g = 4 * Math.floor(i / size);
      const b = 4 * i;
      groups[g] = Math.min(groups[g], boxes[b]);
      groups[g + 1] = Math.min(groups[g + 1], boxes[b + 1]);
      groups[g + 2] = Math.max(groups[g + 2], boxes[b + 2]);
      groups[g + 3] = Math.max(groups[g + 3], boxes[b + 3]);
    }
    return groups;
  }

  class Store extends Landeff.Table {
    get ready() {
      if (!this.whenReady) this.whenReady = this.readGeometry();
      return this.whenReady;
    }

    async readGeometry() {
      const meta = this.meta.geometry;
      const read = varintReader(await Landeff.readChunk(meta.id));
      this.ringsFrom = startsOf(read(meta.n, Uint32Array));
      this.verticesFrom = startsOf(read(meta.rings, Uint32Array));
      this.x = read(meta.vertices, Int32Array);
      this.y = read(meta.vertices, Int32Array);
      sumDeltas(this.x, this.verticesFrom);
      sumDeltas(this.y, this.verticesFrom);
      this.measureBoxes();
      this.found = new Uint32Array(meta.n);
      return this;
    }

    measureBoxes() {
      const boxes = new Int32Array(4 * this.n);
      let sum = 0;
      for (let i = 0; i < this.n; i++) {
        let [x0, y0, x1, y1] = [FAR, FAR, -FAR, -FAR];
        for (let v = this.firstVertex(i); v < this.firstVertex(i + 1); v++) {
          if (this.x[v] < x0) x0 = this.x[v];
          if (this.x[v] > x1) x1 = this.x[v];
          if (this.y[v] < y0) y0 = this.y[v];
          if (this.y[v] > y1) y1 = this.y[v];
        }
        boxes.set([x0, y0, x1, y1], 4 * i);
        if (x1 >= x0) sum += Math.max(x1 - x0, y1 - y0);
      }
      this.boxes = boxes;
      this.meanSize = sum / Math.max(1, this.n);
      this.levels = [boxes];
      while (this.levels[this.levels.length - 1].length > 4 * FAN_OUT) {
        this.levels.push(groupBoxes(this.levels[this.levels.length - 1], FAN_OUT));
      }
    }

    firstVertex(i) {
      return this.verticesFrom[this.ringsFrom[i]];
    }

    isEmpty(i) {
      return this.ringsFrom[i] === this.ringsFrom[i + 1];
    }

    /* Features whose box meets the box given (grid units); valid until the next query. */
    query(x0, y0, x1, y1) {
      let n = 0;
      const descend = (level, i) => {
        const boxes = this.levels[level];
        const b = 4 * i;
        if (boxes[b] > x1 || boxes[b + 2] < x0 || boxes[b + 1] > y1 || boxes[b + 3] < y0) return;
        if (level === 0) {
          this.found[n++] = i;
          return;
        }
        const last = Math.min(this.levels[level - 1].length / 4, (i + 1) * FAN_OUT);
        for (let child = i * FAN_OUT; child < last; child++) descend(level - 1, child);
      };
      const top = this.levels.length - 1;
      for (let i = 0; i < this.levels[top].length / 4; i++) descend(top, i);
      return this.found.subarray(0, n);
    }

    toGrid(latlng) {
      const { x0, y0, step } = this.meta.geometry;
      const sine = Math.sin(latlng.lat * Math.PI / 180);
      const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
      return [((latlng.lng + 180) / 360 - x0) / step, (y - y0) / step];
    }

    toLatLng(gridX, gridY) {
      const { x0, y0, step } = this.meta.geometry;
      const y = gridY * step + y0;
      return [Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180 / Math.PI, (gridX * step + x0) * 360 - 180];
    }

    /* Even-odd rule over all rings: holes are outside. */
    contains(i, x, y) {
      let inside = false;
      for (let ring = this.ringsFrom[i]; ring < this.ringsFrom[i + 1]; ring++) {
        const end = this.verticesFrom[ring + 1];
        for (let v = this.verticesFrom[ring], before = end - 1; v < end; before = v++) {
          const [ya, yb] = [this.y[v], this.y[before]];
          if ((ya > y) === (yb > y)) continue;
          if (x < (this.x[before] - this.x[v]) * (y - ya) / (yb - ya) + this.x[v]) inside = !inside;
        }
      }
      return inside;
    }

    /* The feature at a place, the one drawn last first; -1 where there is none that `accepts`. */
    pick(latlng, accepts) {
      const [x, y] = this.toGrid(latlng);
      const near = this.query(Math.floor(x), Math.floor(y), Math.ceil(x), Math.ceil(y));
      for (let k = near.length - 1; k >= 0; k--) {
        if (accepts(near[k]) && this.contains(near[k], x, y)) return near[k];
      }
      return -1;
    }

    /* Plots that touch this one, or come within `reach` grid units, in the order of the store. */
    neighbours(i, reach) {
      if (this.isEmpty(i)) return [];
      const b = 4 * i;
      const near = this.query(this.boxes[b] - reach, this.boxes[b + 1] - reach, this.boxes[b + 2] + reach,
        this.boxes[b + 3] + reach);
      return [...near].filter((k) => k !== i && (this.comesNear(i, k, reach) || this.comesNear(k, i, reach)));
    }

    /* Whether a vertex of one comes within `reach` of an edge of the other. */
    comesNear(one, other, reach) {
      const limit = reach * reach;
      for (let v = this.firstVertex(one); v < this.firstVertex(one + 1); v++) {
        for (let ring = this.ringsFrom[other]; ring < this.ringsFrom[other + 1]; ring++) {
          const end = this.verticesFrom[ring + 1];
          for (let w = this.verticesFrom[ring], before = end - 1; w < end; before = w++) {
            if (this.squaredDistance(v, before, w) <= limit) return true;
          }
        }
      }
      return false;
    }

    squaredDistance(v, from, to) {
      const { x, y } = this;
      const [dx, dy] = [x[to] - x[from], y[to] - y[from]];
      const along = ((x[v] - x[from]) * dx + (y[v] - y[from]) * dy) / (dx * dx + dy * dy || 1);
      const t = Math.max(0, Math.min(1, along));
      return (x[from] + t * dx - x[v]) ** 2 + (y[from] + t * dy - y[v]) ** 2;
    }

    latLngs(i) {
      const rings = [];
      for (let ring = this.ringsFrom[i]; ring < this.ringsFrom[i + 1]; ring++) {
        const points = [];
        for (let v = this.verticesFrom[ring]; v < this.verticesFrom[ring + 1]; v++) {
          points.push(this.toLatLng(this.x[v], this.y[v]));
        }
        rings.push(points);
      }
      return rings;
    }

    bounds(i) {
      const b = 4 * i;
      return L.latLngBounds(
        this.toLatLng(this.boxes[b], this.boxes[b + 1]), this.toLatLng(this.boxes[b + 2], this.boxes[b + 3]));
    }

    /* Rows in which one of the columns contains the text; upper and lower case are alike. */
    search(names, text, limit) {
      const wanted = text.trim().toLowerCase();
      const rows = new Set();
      for (const name of wanted ? names : []) this.searchColumn(this.loaded[name], wanted, limit, rows);
      return [...rows];
    }

    searchColumn(column, wanted, limit, rows) {
      const hit = column.values.map((value) => value.toLowerCase().includes(wanted));
      for (let i = 0; i < this.n && rows.size < limit; i++) {
        if (hit[column.codes ? column.codes[i] : i]) rows.add(i);
      }
    }
  }

  Landeff.Store = Store;
})();
