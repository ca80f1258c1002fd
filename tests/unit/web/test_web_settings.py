"""Settings of the website channel from the environment."""

from __future__ import annotations

import pytest

from addons.channels.web_settings import WebSettings


def read(**env: str) -> WebSettings:
    return WebSettings.from_environment(env)


def test_without_anything_set() -> None:
    settings = read()
    assert settings.origins == frozenset()
    assert settings.proxies == 0


def test_origins() -> None:
    given = "https://Example.org/, http://localhost:8000"
    assert read(AFTERWORD_ORIGINS=given).origins == {"https://example.org", "http://localhost:8000"}


@pytest.mark.parametrize(
    "text", ["*", "https://*", "example.org", "https://a/b", "null", "ftp://a"]
)
def test_what_is_no_origin_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="AFTERWORD_ORIGINS"):
        read(AFTERWORD_ORIGINS=text)


@pytest.mark.parametrize(
    ("text", "number"), [("", 0), ("no", 0), ("0", 0), ("yes", 1), ("true", 1), ("1", 1), ("2", 2)]
)
def test_proxies(text: str, number: int) -> None:
    assert read(AFTERWORD_TRUST_PROXY=text).proxies == number


@pytest.mark.parametrize("text", ["some", "-1", "1.5"])
def test_what_is_no_number_of_proxies_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="AFTERWORD_TRUST_PROXY"):
        read(AFTERWORD_TRUST_PROXY=text)


@pytest.mark.parametrize("text", ["0", "-5", "many"])
def test_what_is_no_rate_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="AFTERWORD_WEB_SESSION_RATE"):
        read(AFTERWORD_WEB_SESSION_RATE=text)


def test_a_session_can_be_renewed_as_long_as_things_are_kept() -> None:
    assert read(AFTERWORD_RETENTION_DAYS="7").renew_seconds == 7 * 86_400
