"""YAML files whose contents have a model: read, and told in sentences where they do not fit it."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from geo.errors import DataError
from geo.plan import Record
from geo.plan_faults import faults_of_fields
from geo.reading import read_text
from geo.yaml_lines import Path as Place
from geo.yaml_lines import load_yaml

Model = TypeVar("Model", bound=Record)


def read_record(path: Path, model: type[Model]) -> tuple[Model, dict[Place, int]]:
    """The contents of a YAML file as ``model``, and the lines of its entries.

    Raises :class:`DataError` with a sentence, and its line, for each fault.
    """
    data, lines = load_yaml(read_text(path), path.name)
    try:
        return model.model_validate(data), lines
    except ValidationError as error:
        raise DataError(faults_of_fields(error, path.name, lines)) from error
