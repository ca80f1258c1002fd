import pytest

from afterword.understanding.features import features_of


def test_persons_and_length_are_counted(engine):
    features = features_of(engine.read("I told him that you never called me."))
    assert (features.first, features.second, features.third) == (2, 1, 1)
    assert features.words == 8
    assert not features.nobody


@pytest.mark.parametrize(
    ("said", "past"),
    [("she walked out and took the dog", 2), ("he is here now", 0), ("i was told he left", 3)],
)
def test_past_forms_are_counted(engine, said, past):
    assert features_of(engine.read(said)).past == past


@pytest.mark.parametrize(
    ("said", "ours", "elsewhere"),
    [
        ("my ex girlfriend", {"partner"}, set()),
        ("we broke up", {"parting"}, set()),
        ("my boss fired me", set(), {"work"}),
        ("the bus was late", set(), {"things"}),
    ],
)
def test_topics_come_from_the_rules(engine, said, ours, elsewhere):
    features = features_of(engine.read(said))
    assert features.ours == ours
    assert features.elsewhere == elsewhere


def test_a_message_about_nobody(engine):
    assert features_of(engine.read("capital of peru")).nobody
