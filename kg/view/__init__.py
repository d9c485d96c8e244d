"""The picture of who meets, visits, signs and trades with whom, as one HTML file."""

from kg.view.graph import Edge, Node, Quote, network
from kg.view.page import picture
from kg.view.relations import relations

__all__ = ["Edge", "Node", "Quote", "network", "picture", "relations"]
