"""The map page in browser tests: opened once a module, put back between tests."""

from pathlib import Path

#: The page as it was when it was opened; whatever a test did to it is undone.
PUT_BACK = """async () => {
  const { app } = Landeff;
  window.printed = undefined;
  document.querySelector('#le-search').value = '';
  document.querySelector('#le-results').hidden = true;
  const { paper } = app;
  paper.value = 'A3';
  paper.dispatchEvent(new Event('change'));
  document.querySelector('[data-view=map]').click();
  if (app.lang !== app.config.lang) app.setLang(app.config.lang);
  if (app.selected >= 0) app.select(-1);
  await app.whenTold;
  app.returnTo = null;
  app.closesSide = false;
  if (!document.querySelector('#le-open').hidden) document.querySelector('#le-open').click();
  app.isOn = {};
  app.choices = {};
  if (app.year !== app.latestYear) await app.setYear(app.latestYear);
  await app.setLayer(app.config.layers[0]);
  Landeff.goToZone(app, '');
  app.ledger.sort = { name: app.ledger.names[0], direction: 1 };
  app.ledger.writeHead();
  app.ledger.arrange();
  for (const box of document.querySelectorAll('.le-panel, .le-side, .le-body')) box.scrollTop = 0;
  if (document.activeElement) document.activeElement.blur();
}"""
SHOW = """async (code) => {
  const { app } = Landeff;
  await app.store.load(['parcel_id']);
  Landeff.show(app, [...Array(app.store.n).keys()].find((i) => app.value('parcel_id', i) === code));
  await app.whenTold;
}"""
LEGEND = """() => [...document.querySelectorAll('label.le-class')].map((row) =>
  [...row.querySelectorAll('.le-name, .le-count')].map((e) => e.textContent))"""


def open_map(page, path: Path) -> None:
    """Open the page and wait until it is painted."""
    page.open_file(path)
    page.page.evaluate("Landeff.started")
    page.wait_until("Landeff.app.grid.isPainted()")


def put_back(page) -> None:
    """Undo what a test did to a page that others use too."""
    page.page.set_viewport_size({"width": 1400, "height": 900})
    page.page.evaluate(PUT_BACK)
    page.wait_until("Landeff.app.grid.isPainted()")


def show(page, code: str) -> None:
    """Open the dossier of a plot."""
    page.page.evaluate(SHOW, code)
    page.page.locator(".le-dossier .le-code", has_text=code).wait_for()


def choose_layer(page, title: str) -> None:
    """Choose a layer by its Chinese title."""
    page.page.locator("#le-layer").select_option(label=title)
    page.wait_until(f"Landeff.app.layer.title.zh === '{title}'")


def set_range(page, selector: str, value: float) -> None:
    """Move a slider."""
    page.page.locator(selector).evaluate(
        "(e, value) => { e.value = value; e.dispatchEvent(new Event('input')); }", value
    )
