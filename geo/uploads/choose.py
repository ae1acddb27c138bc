"""Which layer of a file is meant."""

from __future__ import annotations

from geo.notices import say
from geo.uploads import messages
from geo.uploads.notices import NotReadError
from geo.uploads.upload import Layer, Upload


def choose_layer(upload: Upload, name: str | None, kinds: tuple[str, ...]) -> Layer:
    """The layer of that name, or the only one with geometry of ``kinds``.

    Raises :class:`NotReadError`, which lists the layers to choose from.
    """
    fit = [each for each in upload.layers if _holds(each, kinds)]
    listed = ", ".join(f"«{each.name}»" for each in (fit or upload.layers))
    if name is not None:
        for each in upload.layers:
            if each.name == name:
                return each
        raise NotReadError(say(messages.NO_SUCH_LAYER, layer=name[:60], layers=listed))
    if len(fit) > 1:
        raise NotReadError(say(messages.SEVERAL_LAYERS, layers=listed))
    if fit:
        return fit[0]
    if not any(layer.kinds for layer in upload.layers):
        raise NotReadError(say(messages.EMPTY_LAYERS))
    raise NotReadError(say(messages.POINTS_ONLY))


def _holds(layer: Layer, kinds: tuple[str, ...]) -> bool:
    return any(
        kind in each or each == "GeometryCollection" for each in layer.kinds for kind in kinds
    )
