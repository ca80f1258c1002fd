import pytest

from afterword.understanding.language import looks_english


@pytest.mark.parametrize(
    ("said", "english"),
    [
        ("he left me two weeks ago and i miss him", True),
        ("we brok up n im a mess", True),
        ("ok", True),
        ("😢😢😢", True),
        ("", True),
        ("mi novia me dejó la semana pasada", False),
        ("meine freundin hat gestern schluss gemacht", False),
        ("он ушёл от меня вчера вечером", False),
        ("彼に振られました", False),
    ],
)
def test_a_glance_tells_the_language(said, english):
    assert looks_english(said) is english
