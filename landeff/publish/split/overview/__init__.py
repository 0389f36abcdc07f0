"""The one sheet of the workbook that says which files were made; found by itself."""
