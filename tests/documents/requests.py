"""The smallest request for each printed price, in the spelling of the documents."""

from typing import Any

from documents.models import MODELS
from documents.places import AIV


def smallest_request(service: str, model: str, duration: int | None, resolution: str | None) -> dict[str, Any]:
    """Write a body with nothing in it but what is required and what the price depends on."""
    row = MODELS[service, model]
    if service == AIV:
        given = {"prompt": "A lighthouse", "resolution": resolution}
        return {"model": model, "input": given | ({"aspect_ratio": "16:9"} if resolution == "4k" else {})}
    body: dict[str, Any] = {"prompt": "A lighthouse", "model": model}
    if row.endpoint == "video":
        body["inputMode"] = row.modes[0]
    if row.modes == ("image_to_video",):
        body["inputImageUrls"] = ["https://example.com/frame.png"]
    priced = {"duration": duration, "resolution": resolution}
    return body | {name: value for name, value in priced.items() if value is not None}
