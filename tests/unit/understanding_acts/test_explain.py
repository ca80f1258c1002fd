from afterword.understanding.decide import decide
from afterword.understanding.explain import explain


def view(engine, text, believed=None, risk=None):
    reading = engine.read(text)
    return "\n".join(explain(reading, believed or {}, decide(reading, believed or {}), risk))


def test_the_view_shows_words_rules_and_decision(engine):
    shown = view(engine, "should i text her?", {"ask_contact": 0.7, "vent": 0.1})
    assert "should i text her ?" in shown
    assert "act ask_contact.whether strong: 'should i text her'" in shown
    assert "0.70 ask_contact" in shown
    assert "decided: ask_contact" in shown
    assert "because a strong rule heard it" in shown


def test_what_scope_silenced_is_shown_with_its_flag(engine):
    shown = view(engine, "he did not cheat on me")
    silenced = shown.split("silenced by its scope")[1]
    assert "negated" in silenced
    assert "causes claimed: none" in shown


def test_lemmas_are_shown_where_they_differ(engine):
    assert "cheated(cheat)" in view(engine, "he cheated")


def test_a_risk_is_named(engine):
    assert "risk: self_harm by x" in view(engine, "hello", risk="self_harm by x")
    assert "risk: none" in view(engine, "hello")
