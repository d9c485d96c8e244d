"""``kg serve``: a SPARQL endpoint, an interface for programs and an explorer of one store, over HTTP.

The process that listens never runs a query: it hands each to one of a few workers, which read an immutable snapshot
of the store and are ended when one takes too long or falls. So a hostile text costs its sender an answer and nobody
else anything.
"""
