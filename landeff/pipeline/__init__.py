"""A run from the project file to the saved result: the only package that composes the others."""
