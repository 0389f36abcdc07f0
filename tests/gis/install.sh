#!/bin/sh
# QGIS with its Python, LibreOffice Calc, poppler and Chinese fonts, as Debian has them, for `make check-gis`.
set -u
missing() {
    for name in soffice pdftoppm pdftotext; do
        command -v "$name" >/dev/null 2>&1 || return 0
    done
    ! /usr/bin/python3 -c 'import qgis.core' >/dev/null 2>&1
}
missing || exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends \
        qgis python3-qgis libreoffice-calc poppler-utils fonts-noto-cjk >/dev/null && exit 0
fi
echo "make check-gis needs QGIS with its Python, LibreOffice Calc, poppler and Chinese fonts, e.g." >&2
echo "  apt-get install --no-install-recommends qgis python3-qgis libreoffice-calc poppler-utils fonts-noto-cjk" >&2
exit 1
