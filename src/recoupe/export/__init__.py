"""A ledger in the formats of the trade: one file a format, each a function from a `Bundle` to a stream of bytes.

    export(Bundle.of(ledger), "geojson", file)        from formats.py and bundle.py

A format holds what its readers expect and no more; what it cannot hold is left out by a rule that its file states.
"""
