#!/bin/sh
# Find Chromium for the browser tests, or install it with the system's package manager where that is allowed.
set -u
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ -n "${LANDEFF_CHROMIUM:-}" ] && [ -x "${LANDEFF_CHROMIUM}" ]; then exit 0; fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk >/dev/null && exit 0
fi
echo "No Chromium: the browser tests will be skipped. Install it (e.g. apt-get install chromium fonts-noto-cjk)," >&2
echo "or set LANDEFF_CHROMIUM to the executable." >&2
[ "${CI:-}" != true ]
