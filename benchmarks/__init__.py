"""How quick the dashboard is, measured in a browser beside its peers (``README.md``)."""
