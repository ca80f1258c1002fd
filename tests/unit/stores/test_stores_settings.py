"""What the stores are told by the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from addons.stores.settings import StoreSettings


def test_without_anything_all_is_in_one_folder() -> None:
    settings = StoreSettings.from_environment({})
    assert settings.database_url.render_as_string() == "sqlite:///var/conversations.db"
    assert (settings.window, settings.retention_days, settings.redis) == (8, 30.0, None)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_both_spellings_of_postgresql_are_understood(scheme: str) -> None:
    settings = StoreSettings.from_environment({"AFTERWORD_TRACKER_URL": f"{scheme}://a@b/c"})
    assert settings.database_url.get_backend_name() == "postgresql"


def test_the_data_folder() -> None:
    assert StoreSettings.from_environment({"AFTERWORD_DATA": "/x y"}).data == Path("/x y")


@pytest.mark.parametrize("value", ["soon", "0", "-3"])
def test_numbers_must_be_numbers_above_zero(value: str) -> None:
    with pytest.raises(ValueError, match="AFTERWORD_RETENTION_DAYS must be"):
        StoreSettings.from_environment({"AFTERWORD_RETENTION_DAYS": value})
