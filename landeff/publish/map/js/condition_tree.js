/* The condition tree of a finding: the shape of its rule, filled with what was found; Kleene's three values. */
(function () {
  'use strict';
  const Landeff = window.Landeff;
  const { el } = Landeff;
  const RANK = { false: -1, unknown: 0, true: 1 };
  const WORDS = new Map([[-1, 'false'], [0, 'unknown'], [1, 'true']]);
  const MARKS = { true: '✓', false: '✗', unknown: '?' };
  const MOST_WAYS = 6;

  const isLeaf = (shape) => typeof shape === 'number';

  /* How many comparisons a shape has. */
  function size(shape) {
    return isLeaf(shape) ? 1 : shape.items.reduce((sum, item) => sum + size(item), 0);
  }

  function rankOf(op, items) {
    const ranks = items.map((item) => item.rank);
    if (op === 'not') return -ranks[0];
    return op === 'all' ? Math.min(...ranks) : Math.max(...ranks);
  }

  /* What made a verdict what it is: the parts that say the same, and theirs. */
  function decide(node, isDecided) {
    node.isDecided = isDecided;
    for (const item of node.items || []) {
      const speaks = node.op === 'not' ? -item.rank : item.rank;
      decide(item, isDecided && (node.op === 'list' || speaks === node.rank));
    }
  }

  /* The tree of the comparisons that start at row `from` of the table of conditions. */
  function grow(table, shape, from) {
    let cell = from;
    const grown = (part) => {
      if (isLeaf(part)) {
        const rank = RANK[table.get('verdict', cell)] || 0;
        return { wording: part, cell: cell++, rank };
      }
      const items = part.items.map(grown);
      return { op: part.op, items, rank: rankOf(part.op, items) };
    };
    const tree = grown(shape);
    decide(tree, true);
    return tree;
  }

  const verdictOf = (node) => WORDS.get(node.rank);

  /* Every choice of one from each. */
  function choices(lists) {
    return lists.reduce((found, list) => found.flatMap((some) => list.map((each) => [...some, ...each])), [[]]);
  }

  /* Smallest sets of open comparisons, with what they must come to, that make the tree what is wanted. */
  function ways(node, isWanted) {
    if (!node.items) {
      if (node.rank === 0) return [[(isWanted ? '+' : '-') + node.wording]];
      return (node.rank === 1) === isWanted ? [[]] : [];
    }
    if (node.op === 'not') return ways(node.items[0], !isWanted);
    const parts = node.items.map((item) => ways(item, isWanted));
    const found = (node.op === 'all') === isWanted ? choices(parts) : parts.flat();
    const sets = new Map(found.map((way) => [...new Set(way)].sort()).map((way) => [way.join(), way]));
    const contradicts = (way) => way.some((need) => need[0] === '+' && way.includes('-' + need.slice(1)));
    const agreeing = [...sets.values()].filter((way) => !contradicts(way));
    return agreeing.filter((way) => !agreeing.some((other) =>
      other.length < way.length && other.every((need) => way.includes(need))));
  }

  function mark(app, node) {
    const verdict = verdictOf(node);
    return el('span', { class: 'le-mark', role: 'img', 'aria-label': app.word('is_' + verdict) }, MARKS[verdict]);
  }

  const classOf = (node) => 'le-' + verdictOf(node) + (node.isDecided ? ' le-decided' : '');

  /* What was found, against what, how old, and where it is written. */
  function found(app, table, { cell }, isBlank) {
    const value = app.coded('cell', table.get('value', cell));
    const other = app.coded('cell', table.get('other', cell));
    const source = [table.get('source_file', cell), table.get('source_row', cell)].filter((part) => part != null);
    const aged = table.get('aged_on', cell);
    const parts = [value == null ? null : app.pair(app.word('value'), value),
      other == null ? null : app.pair(app.word('other'), other),
      aged == null ? null : app.word('aged') + ' ' + aged, source.join(' · ' + app.word('row') + ' ')];
    const missing = value == null && !isBlank ? el('span', { class: 'le-missing' }, app.word('no_value')) : null;
    return el('small', {}, missing, parts.filter(Boolean).join('　'));
  }

  function leaf(app, table, node) {
    const wording = app.config.wordings[node.wording];
    return el('li', { class: classOf(node) }, mark(app, node), el('span', {}, app.term(wording.holds)),
      found(app, table, node, wording.isBlank));
  }

  function branch(app, table, node) {
    if (!node.items) return leaf(app, table, node);
    const title = app.pair(app.term(app.config.groups[node.op]), app.word('is_' + verdictOf(node)));
    return el('li', { class: 'le-branch ' + classOf(node) }, mark(app, node), el('span', {}, title),
      el('ul', {}, node.items.map((item) => branch(app, table, item))));
  }

  function wayText(app, way, verdict) {
    const tests = way.map((need) => {
      const wording = app.config.wordings[Number(need.slice(1))];
      return app.term(need[0] === '+' ? wording.holds : wording.fails);
    });
    return app.word('if') + ' ' + tests.join(app.word('and') + ' ') + ' → ' + app.coded('verdict', verdict);
  }

  /* The tree as nested lists; null where the finding has no evidence. */
  Landeff.conditionTree = function conditionTree(app, tree) {
    if (!tree) return null;
    const { conditions: table } = app.tables;
    const top = tree.op === 'list' ? tree.items : [tree];
    return el('ul', { class: 'le-conditions' }, top.map((node) => branch(app, table, node)));
  };

  /* What would settle an open verdict, either way; null where there is nothing to settle. */
  Landeff.settlingWays = function settlingWays(app, tree) {
    if (!tree || tree.op === 'list' || tree.rank !== 0) return null;
    const told = (isWanted, verdict) => ways(tree, isWanted)
      .sort((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1))
      .slice(0, MOST_WAYS).map((way) => el('li', {}, wayText(app, way, verdict)));
    return el('ul', { class: 'le-ways' }, told(true, 'hit'), told(false, 'clear'));
  };

  Landeff.tree = { grow, ways };

  /* Tree of a row of findings. */
  Landeff.treeOf = function treeOf(app, k) {
    const at = app.tables.findings.get('shape', k);
    return at == null ? null : grow(app.tables.conditions, app.config.shapes[at], app.conditionsFrom[k]);
  };

  /* Where the comparisons of each finding start. */
  Landeff.conditionStarts = function conditionStarts(app) {
    const { findings } = app.tables;
    const sizes = app.config.shapes.map(size);
    const starts = new Uint32Array(findings.n + 1);
    for (let k = 0; k < findings.n; k++) {
      const at = findings.get('shape', k);
      starts[k + 1] = starts[k] + (at == null ? 0 : sizes[at]);
    }
    return starts;
  };
})();
