"""What an OpenAPI document says of the requests to an endpoint, as a schema that stands alone."""

import json
from typing import Any

from pricing_rules import Catalog
from pricing_rules.targets.openapi import openapi


def requested(catalog: Catalog, endpoint: str) -> dict[str, Any]:
    """Return the schema of an endpoint's requests, with the components of the document as its definitions."""
    document = json.loads(json.dumps(openapi(catalog)).replace("#/components/schemas", "#/$defs"))
    place = catalog.endpoints[endpoint]
    operation = document["paths"][place.path][place.method.lower()]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    return {**schema, "$defs": document["components"]["schemas"]}
