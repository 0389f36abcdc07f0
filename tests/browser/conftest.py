"""A headless Chromium without a network, for pages opened from disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from map_page import put_back
from map_run import told_run
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright

from landeff.core.dataset import Dataset

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass
class OfflinePage:
    """A page that records what it asks for and what goes wrong. ``page`` is Playwright's."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open_file(self, path: Path) -> None:
        """Open ``path`` from disk and wait until the page has settled."""
        self.page.goto(path.resolve().as_uri())
        self.page.wait_for_load_state("load")

    def wait_until(self, expression: str) -> None:
        """Wait until a JavaScript ``expression`` holds (Playwright's own way is eval)."""
        poll = f"const look = () => (({expression}) ? done() : setTimeout(look, 20)); look();"
        self.page.evaluate(f"() => new Promise((done) => {{ {poll} }})")

    def assert_quiet(self) -> None:
        """Nothing but local files was asked for, and nothing was complained about."""
        assert [url for url in self.requests if not url.startswith(("file:", "data:", "blob:"))] == []
        assert self.complaints == []


def _listen(recorded: OfflinePage) -> None:
    def console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            recorded.complaints.append(f"{message.type}: {message.text}")

    def route(each: Route) -> None:
        if each.request.url.startswith("file:"):
            each.continue_()
        else:
            each.abort()

    recorded.page.on("request", lambda request: recorded.requests.append(request.url))
    recorded.page.on("console", console)
    recorded.page.on("pageerror", lambda error: recorded.complaints.append(f"error: {error}"))
    recorded.page.on("dialog", lambda dialog: (recorded.complaints.append("dialog"), dialog.dismiss()))
    recorded.page.route("**/*", route)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        reason = f"no Chromium found ({', '.join(NAMES)})"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def _offline_page(chromium: Browser) -> Iterator[OfflinePage]:
    context = chromium.new_context(
        offline=True, viewport={"width": 1400, "height": 900}, accept_downloads=True
    )
    recorded = OfflinePage(context.new_page())
    recorded.page.set_default_timeout(15_000)
    _listen(recorded)
    yield recorded
    context.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[OfflinePage]:
    with _offline_page(chromium) as recorded:
        yield recorded


@pytest.fixture(scope="module")
def module_page(chromium: Browser) -> Iterator[OfflinePage]:
    """One page for all tests of a module: opened once, put back between tests by whoever shares it."""
    with _offline_page(chromium) as recorded:
        yield recorded


@pytest.fixture(scope="module")
def told(tiny_dataset: Dataset) -> Dataset:
    """The tiny run with all that a dossier can tell."""
    return told_run(tiny_dataset)


@pytest.fixture
def opened(shared: OfflinePage) -> OfflinePage:
    """The map that a module opened as ``shared``, as it was when opened."""
    put_back(shared)
    return shared
