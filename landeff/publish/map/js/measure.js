/* Layers of a number: its distribution, the year, and a threshold that classes and counts anew. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el, follow, formatNumber, formatPlain } = Landeff;
  const BINS = 30;
  const BEYOND = 1.5; // the chart ends at this many times the highest class limit

  const top = (measure) => measure.breaks[measure.breaks.length - 1] * BEYOND;

  /* Mu of the plots chosen in each bin; the last bin holds all beyond. */
  function binned(app, measure) {
    const bins = new Float64Array(BINS);
    const width = top(measure) / BINS;
    for (let i = 0; i < app.store.n; i++) {
      const value = app.inBase[i] ? app.value(measure.column, i) : null;
      if (value == null || app.isPiece(i)) continue;
      const k = Math.max(0, Math.min(BINS - 1, Math.floor(value / width)));
      bins[k] += app.value('basis_area_m2', i) || 0;
    }
    return bins;
  }

  function colourOf(app, value) {
    const { breaks } = app.measure();
    const limits = app.threshold == null ? breaks : [app.threshold];
    const style = app.view.classes[limits.filter((limit) => value >= limit).length];
    return style.solid;
  }

  function chart(app, measure) {
    const bins = binned(app, measure);
    const highest = Math.max(...bins, 1e-9);
    const width = top(measure) / BINS;
    const bars = [...bins].map((mu, k) => el('span', {
      title: formatPlain(k * width) + (k === BINS - 1 ? '+' : '–' + formatPlain((k + 1) * width)) + '  ' +
        formatNumber(mu, 1) + ' ' + app.word('mu'),
      style: { height: Math.max(mu > 0 ? 2 : 0, 100 * mu / highest) + '%', background: colourOf(app, (k + 0.5) * width) },
    }));
    // limits that would stand on one another are left out
    let before = -1;
    const ticks = measure.breaks.filter((limit) => {
      const at = limit / top(measure);
      const isFree = at - before > 0.08;
      if (isFree) before = at;
      return isFree;
    }).map((limit) => el('span', { style: { left: 100 * limit / top(measure) + '%' } }, formatPlain(limit)));
    ticks.push(el('span', { class: 'le-tick-end' }, '≥ ' + formatPlain(top(measure) - width)));
    return [el('div', { class: 'le-bars', 'aria-hidden': 'true' }, bars),
      el('div', { class: 'le-ticks', 'aria-hidden': 'true' }, ticks)];
  }

  /* What lies below the threshold, of the plots chosen whose number is known. */
  function below(app, measure) {
    const sum = { n: 0, mu: 0, knownMu: 0 };
    for (let i = 0; i < app.store.n; i++) {
      const value = app.inBase[i] && !app.isPiece(i) ? app.value(measure.column, i) : null;
      if (value == null) continue;
      const mu = app.value('basis_area_m2', i) || 0;
      sum.knownMu += mu;
      if (value < app.threshold) {
        sum.n += 1;
        sum.mu += mu;
      }
    }
    return sum;
  }

  function belowText(app, measure) {
    const sum = below(app, measure);
    const share = sum.knownMu > 0 ? 100 * sum.mu / sum.knownMu : 0;
    const limit = app.amount(formatPlain(app.threshold), app.term(measure.unit));
    return app.pair(app.word('below') + ' ' + limit, app.list([
      formatNumber(sum.n, 0) + ' ' + app.word('plots_unit'), formatNumber(sum.mu, 1) + ' ' + app.word('mu'),
      app.word('share_known') + ' ' + formatNumber(share, 1) + '%']));
  }

  function threshold(app, frame, box) {
    const range = el('input', { type: 'range', class: 'le-threshold', id: 'le-threshold', disabled: true });
    const toggle = el('input', { type: 'checkbox', id: 'le-threshold-on' });
    const output = el('output', { class: 'le-note' });
    const write = () => {
      const measure = app.measure();
      range.setAttribute('aria-label', app.bracket(app.word('threshold'), measure ? app.term(measure.unit) : ''));
      output.textContent = '';
      if (!measure) return;
      const step = top(measure) / 120;
      Object.assign(range, { min: 0, max: top(measure), step });
      const isOn = app.threshold != null;
      range.value = isOn ? app.threshold : measure.breaks[0];
      toggle.checked = isOn;
      range.disabled = !isOn;
      range.setAttribute('aria-valuetext', formatPlain(Number(range.value)));
      if (isOn) output.textContent = belowText(app, measure);
    };
    toggle.addEventListener('change', () => app.setThreshold(toggle.checked ? Number(range.value) : null));
    range.addEventListener('input', () => app.setThreshold(Number(range.value)));
    range.addEventListener('change', () => frame.say(output.textContent));
    for (const event of ['view', 'base', 'lang']) app.when(event, write);
    write();
    const title = follow(app, el('span'), () => app.word('threshold'));
    box.append(range, el('label', { class: 'le-inline' }, toggle, title), output);
  }

  /* The year of all money on the page: layers, sums, ledger and export. */
  Landeff.yearSlider = function yearSlider(app) {
    const years = app.config.moneyYears;
    const range = el('input', { type: 'range', step: 1, min: 0, max: years.length - 1, id: 'le-year' });
    const shown = el('output');
    const title = follow(app, el('span'), () => app.word('year'));
    const label = el('label', { class: 'le-year' }, title, range, shown);
    const write = () => {
      range.value = years.indexOf(app.year);
      range.setAttribute('aria-valuetext', app.year);
      shown.textContent = app.year;
    };
    range.addEventListener('input', () => app.setYear(years[Number(range.value)]));
    app.when('year', write);
    write();
    return label;
  };

  Landeff.measureBox = function measureBox(app, frame) {
    const plot = el('div', { class: 'le-plot' });
    const slider = el('div', { class: 'le-slider' });
    const caption = follow(app, el('p', { class: 'le-note' }), () => app.word('distribution'));
    const box = el('section', { class: 'le-measure' }, caption, plot, slider);
    const write = () => {
      const measure = app.measure();
      box.hidden = !measure || !measure.breaks.length;
      if (!box.hidden) plot.replaceChildren(...chart(app, measure));
    };
    for (const event of ['view', 'base', 'lang']) app.when(event, write);
    write();
    threshold(app, frame, slider);
    return box;
  };
})();
