"""A reader's own plan: begun from another, edited in a form or as YAML, undone, packed for links.

The text (YAML) is what is kept; forms edit the plain data that it holds and write it anew.
"""
