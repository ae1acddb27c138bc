"""What can be wrong with how the dashboard is set up."""

from __future__ import annotations


class SettingError(ValueError):
    """A setting of the operator cannot be used; the text says which, why and how to mend it."""
