"""What a finished run is shown as: map, report, workbook, GeoPackage. HTML is made only here."""
