"""What an operator sets: read, refused with a sentence, and told of in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from serving.errors import SettingError
from serving.settings import PREFIX, Settings, read_settings

DEPLOY = Path(__file__).parents[1] / "deploy"


def test_settings_come_from_the_environment():
    assert read_settings({}) == Settings()
    assert read_settings({"TERRITORY_SESSIONS": "40", "OTHER": "x"}).sessions == 40
    assert read_settings({"TERRITORY_SESSIONS": ""}).sessions == Settings().sessions


def test_a_name_that_is_no_setting_is_refused_and_the_archives_are_not():
    others = ("ARCHIVE_URL", "ARCHIVE_LICENCE", "ARCHIVE_CREDIT", "ARCHIVE_CACHE", "PORT")
    assert read_settings({f"TERRITORY_{name}": "x" for name in others}) == Settings()
    with pytest.raises(SettingError) as error:
        read_settings({"TERRITORY_SESSION": "40", "TERRITORY_SESSIONS": "0"})
    first, second = str(error.value).splitlines()
    assert first == (
        "TERRITORY_SESSION is no setting of the dashboard. Correct its name, or leave it out."
    )
    assert second.startswith("TERRITORY_SESSIONS is '0'")


def test_a_wrong_setting_is_a_sentence_and_all_of_them_are_named():
    wrong = {"TERRITORY_SESSIONS": "many", "TERRITORY_DRAIN_SECONDS": "-1"}
    with pytest.raises(SettingError) as error:
        read_settings(wrong)
    first, second = str(error.value).splitlines()
    assert first.startswith("TERRITORY_SESSIONS is 'many': Input should be a valid integer")
    assert first.endswith("leave it out for 1500.")
    assert second.startswith("TERRITORY_DRAIN_SECONDS is '-1': Input should be greater than")


def test_operators_read_of_every_setting():
    readme = (DEPLOY / "README.md").read_text("utf-8")
    for field in Settings.model_fields:
        assert f"`{PREFIX}{field.upper()}`" in readme
