"""Files of the reader's own: a line or an area of control, or outlines of the territories.

:func:`geo.uploads.upload.read_upload` reads a file, :func:`geo.uploads.own_line.own_line` and
:func:`geo.uploads.own_outlines.own_outlines` make of it what the rest of ``geo`` works with.
A file is data from a stranger: it is parsed in a process of its own (:mod:`geo.uploads.worker`),
under the limits of :mod:`geo.uploads.limits`.
"""
