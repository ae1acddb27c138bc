"""Rebuild the files of ``data/`` that are not written by hand."""
