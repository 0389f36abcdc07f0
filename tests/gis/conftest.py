"""These are scripts of ``make check-gis``, run by the system's Python with QGIS; pytest leaves them alone."""

collect_ignore_glob = ["*.py"]
