"""Lines of contact from elsewhere: an archive that an operator names, and VIINA's tables.

Nothing here runs of its own accord: an archive is asked when a reader wants a day of it, a table
is read from a file. Another archive or table is another module beside these.
"""
