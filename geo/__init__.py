"""The domain of Terms of Territory: clauses of a peace plan bound to pieces of land.

Data flows one way: files under ``data/`` are loaded (:mod:`geo.plan`, :mod:`geo.territories`,
:mod:`geo.line`), cut into zones (:mod:`geo.zones`), measured (:mod:`geo.ledger`) and shown by the
pages. Nothing in this package imports Streamlit.
"""
