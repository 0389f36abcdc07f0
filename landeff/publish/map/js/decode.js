/* Reads the columns that encode.py writes: base64 -> inflate -> typed arrays. */
(function () {
  'use strict';
  const Landeff = window.Landeff = window.Landeff || {};
  const MISSING = -2147483648;
  const TOO_OLD = '浏览器版本过低：需要 Chrome / Edge 86、Firefox 113、Safari 16.4 或更新版本。' +
    ' This browser is too old: Chrome / Edge 86, Firefox 113 or Safari 16.4 is needed.';

  function bytesOfBase64(text) {
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes;
  }

  async function inflate(bytes) {
    const isOld = typeof DecompressionStream === 'undefined' || !Element.prototype.replaceChildren;
    if (isOld) throw new Error(TOO_OLD);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  /* The chunk in <script type="text/plain" id=…>; its base64 text is freed once read. */
  async function readChunk(id) {
    const element = document.getElementById(id);
    const bytes = await inflate(bytesOfBase64(element.textContent));
    element.textContent = '';
    return bytes;
  }

  function joinPlanes(planes, n, width) {
    const bytes = new Uint8Array(n * width);
    for (let plane = 0; plane < width; plane++) {
      for (let i = 0, from = plane * n; i < n; i++) bytes[i * width + plane] = planes[from + i];
    }
    return bytes.buffer;
  }

  function intColumn(header, bytes, n) {
    const raw = new Int32Array(joinPlanes(bytes, n, 4));
    const factor = Math.pow(10, header.decimals);
    return { header, numeric: true, get: (i) => (raw[i] === MISSING ? null : raw[i] / factor) };
  }

  function floatColumn(header, bytes, n) {
    const raw = new Float64Array(joinPlanes(bytes, n, 8));
    return { header, numeric: true, get: (i) => (Number.isNaN(raw[i]) ? null : raw[i]) };
  }

  function codesColumn(header, bytes, n) {
    const codes = header.bytes === 1 ? bytes : new Uint16Array(joinPlanes(bytes, n, 2));
    return { header, codes, values: header.values, get: (i) => header.values[codes[i]] };
  }

  function textColumn(header, bytes) {
    const values = new TextDecoder().decode(bytes).split('\n');
    return { header, values, get: (i) => values[i] };
  }

  function bytesColumn(header, bytes) {
    return { header, codes: bytes, get: (i) => bytes[i] };
  }

  /* Two columns divided: only what both are known for, and never by nothing. */
  function ratioColumn(header, over, under) {
    const get = (i) => {
      const [a, b] = [over.get(i), under.get(i)];
      return a === null || !(b > 0) ? null : a / b;
    };
    return { header, numeric: true, get };
  }

  const READERS = { int: intColumn, float: floatColumn, codes: codesColumn, text: textColumn, bytes: bytesColumn };

  /* Columns of one table, each read when first asked for. */
  class Table {
    constructor(meta) {
      this.meta = meta;
      this.n = meta.n;
      this.pending = {};
      this.loaded = {};
    }

    has(name) {
      return name in this.meta.columns;
    }

    async load(names) {
      for (const name of names) {
        if (!this.pending[name]) this.pending[name] = this.read(name);
        this.loaded[name] = await this.pending[name];
      }
    }

    async read(name) {
      const header = this.meta.columns[name];
      if (header.type === 'ratio') {
        await this.load([header.over, header.under]);
        return ratioColumn(header, this.loaded[header.over], this.loaded[header.under]);
      }
      return READERS[header.type](header, await readChunk(header.id), this.n);
    }

    /* Value of a column that is loaded; null where it is missing. */
    get(name, i) {
      const value = this.loaded[name].get(i);
      return value === '' ? null : value;
    }
  }

  Object.assign(Landeff, { Table, readChunk });
})();
