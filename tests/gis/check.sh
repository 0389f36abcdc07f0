#!/bin/sh
# The outputs of a run in the programs people open them with: QGIS and LibreOffice. Pictures go to $1, to be looked at.
# LANDEFF is the command to run; the sample city is computed afresh.
set -eu
out=${1:?folder for the pictures}
landeff=${LANDEFF:-landeff}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"

$landeff run "$here/../../data/project.toml" --out "$work/run" --quiet
$landeff review --result "$work/run" --out "$work/review.xlsx"
$landeff split "$work/run" --out "$work/split"

QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR="$work" HOME="$work" \
    /usr/bin/python3 "$here/open_in_qgis.py" "$work/run/results.gpkg" "$out"

# of the split, the workbook of the first district
set -- "$work/run/inventory.xlsx" "$work/review.xlsx"
for book in "$work/split/"[0-9]*.xlsx; do
    cp "$book" "$work/split.xlsx"
    set -- "$@" "$work/split.xlsx"
    break
done
/usr/bin/python3 "$here/print_workbooks.py" "$out" "$@"
echo "look at the pictures in $out"
