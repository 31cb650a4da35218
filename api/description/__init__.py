"""The interface as an OpenAPI 3.1 document, made from the tables that the routes are made of; nothing is said twice.

Read in this order: answered, answers, sent, examples, asks, operations, wording, document, route.
"""

from api.description.document import About, document
from api.description.route import openapi_route

__all__ = ["About", "document", "openapi_route"]
