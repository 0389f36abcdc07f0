/* Hatches: a class is never told by colour alone. */
(function () {
  'use strict';
  const Landeff = window.Landeff = window.Landeff || {};
  const CELL = 8; // divides the tile size, so that hatches run on from tile to tile
  const LINES = {
    diagonal: [[-2, 2, 2, -2], [0, 8, 8, 0], [6, 10, 10, 6]],
    back_diagonal: [[-2, 6, 2, 10], [0, 0, 8, 8], [6, -2, 10, 2]],
    horizontal: [[0, 4, 8, 4]],
    vertical: [[4, 0, 4, 8]],
  };
  LINES.grid = [...LINES.horizontal, ...LINES.vertical];
  LINES.dense = [[-2, 2, 2, -2], [0, 4, 4, 0], [0, 8, 8, 0], [4, 8, 8, 4], [6, 10, 10, 6]];
  LINES.dashes = [[0, 2, 4, 2], [4, 6, 8, 6]];
  LINES.zigzag = [[0, 6, 4, 2], [4, 2, 8, 6]];
  LINES.cross = [...LINES.diagonal, ...LINES.back_diagonal];
  const cache = new Map();

  function cell(kind, colour, scale) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = CELL * scale;
    const context = canvas.getContext('2d');
    context.scale(scale, scale);
    context.strokeStyle = context.fillStyle = colour;
    context.lineWidth = 1.4;
    context.beginPath();
    for (const [x0, y0, x1, y1] of LINES[kind] || []) {
      context.moveTo(x0, y0);
      context.lineTo(x1, y1);
    }
    context.stroke();
    if (kind === 'dots') {
      context.beginPath();
      context.arc(CELL / 2, CELL / 2, 1.6, 0, 2 * Math.PI);
      context.fill();
    }
    if (kind === 'circles') {
      context.lineWidth = 1.1;
      context.beginPath();
      context.arc(CELL / 2, CELL / 2, 2.3, 0, 2 * Math.PI);
      context.stroke();
    }
    return canvas;
  }

  Landeff.hatch = function hatch(context, kind, colour, scale) {
    const key = [kind, colour, scale].join(' ');
    if (!cache.has(key)) cache.set(key, context.createPattern(cell(kind, colour, scale), 'repeat'));
    return cache.get(key);
  };

  /* A legend swatch drawn as the map draws the class. */
  Landeff.swatch = function swatch(style) {
    const size = { width: '28px', height: '16px' };
    const canvas = Landeff.el('canvas', { class: 'le-swatch', width: 56, height: 32, style: size, 'aria-hidden': 'true' });
    const context = canvas.getContext('2d');
    context.fillStyle = style.fill;
    context.fillRect(0, 0, 56, 32);
    if (style.hatch) {
      context.fillStyle = Landeff.hatch(context, style.hatch, style.colour, 2);
      context.fillRect(0, 0, 56, 32);
    }
    context.strokeStyle = style.colour;
    context.lineWidth = 3;
    context.strokeRect(1, 1, 54, 30);
    return canvas;
  };
})();
