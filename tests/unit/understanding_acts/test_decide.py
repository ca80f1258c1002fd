"""What rules decide alone, what the classifier adds, and what neither may do."""

import pytest

from afterword.understanding.decide import Decision, decide

ACTS = [
    # asking about contact
    ("should i text him", "ask_contact"),
    ("do i answer her or leave it until the weekend", "ask_contact"),
    ("is it too soon to get in touch with my ex", "ask_contact"),
    ("would it be weird if i sent him a card", "ask_contact"),
    ("I'm so tempted to call her tonight", "ask_contact"),
    # wanting them back
    ("how do i get her back", "ask_get_back"),
    ("i want my husband back more than anything", "ask_get_back"),
    ("is there any chance we end up together again", "ask_get_back"),
    ("will he ever come back", "ask_get_back"),
    # begged already
    ("i begged her on the phone for an hour", "begged_already"),
    ("i keep texting him and he never answers", "begged_already"),
    ("broke no contact last night, i sent her a long letter", "begged_already"),
    # looking at their pages
    ("i check his instagram before i get up", "checking_social_media"),
    ("cant stop looking at her facebook", "checking_social_media"),
    # somebody new
    ("he already has a new girlfriend", "jealous_new_partner"),
    ("seeing her with another guy kills me", "jealous_new_partner"),
    # why
    ("why did he leave me", "ask_why_they_left"),
    ("i just want to know what i did wrong", "ask_why_they_left"),
    # better
    ("i'm finally over him", "moving_on"),
    ("it gets better, i promise you all", "moving_on"),
    # looking after oneself
    ("how do i cope with the evenings", "self_care"),
    ("i signed up for a yoga class and it clears my head", "self_care"),
    # manners and the assistant
    ("thank you so much for listening", "thanks"),
    ("yes, i think that was it", "affirm"),
    ("no, not really", "deny"),
    ("good night, talk to you tomorrow", "goodbye"),
    ("hello there, how are you", "greet"),
    ("are you a real person", "bot_challenge"),
    # commands
    ("whats step 6", "ask_step"),
    ("what are the causes", "ask_causes"),
    ("why do you say that", "ask_why_said"),
    ("give me that jealousy text", "ask_manipulative_text"),
    ("start a pause please", "pause_start"),
    ("show me my plan", "plan_show"),
    ("forget me", "forget_me"),
    ("where were we", "go_back"),
]


@pytest.mark.parametrize(("said", "intent"), ACTS)
def test_rules_alone_hear_the_act(engine, said, intent):
    assert decide(engine.read(said), {}).intent == intent


OUTSIDE = [
    "tell me a joke",
    "what's the weather like in leeds",
    "my boss changed my shifts again",
    "i failed my maths exam",
    "my sister took my car without asking",
    "can you write a python function",
    "asdkl qwpe zmxn",
    "who won the match",
    "i'm looking for a new job and nobody replies",
]


@pytest.mark.parametrize("said", OUTSIDE)
def test_other_business_is_out_of_scope(engine, said):
    assert decide(engine.read(said), {}).intent == "out_of_scope"


@pytest.mark.parametrize(
    "said",
    [
        "my boyfriend lost his job and took it out on me",
        "she left me the week before my exam",
        "my ex works in the same company and i cry in every meeting",
        "my husband's mother never liked me and now he wants a divorce",
    ],
)
def test_other_business_with_a_partner_in_it_is_ours(engine, said):
    assert decide(engine.read(said), {}).intent != "out_of_scope"


@pytest.mark.parametrize(
    ("said", "believed", "never"),
    [
        # the classifier may not claim a cause that nobody named
        ("we broke up on sunday and i moved out", {"cause_betrayal": 0.9}, "cause_betrayal"),
        # nor take a long story for a command
        (
            "so we met at a friend's wedding and were together for three years and then he said "
            "he needed to think and he drove home and that was the last i saw of him",
            {"plan_show": 0.6, "tell_story": 0.3},
            "plan_show",
        ),
    ],
)
def test_the_classifier_alone_may_not(engine, said, believed, never):
    assert decide(engine.read(said), believed).intent != never


def test_the_classifier_decides_where_no_rule_heard_anything(engine):
    decision = decide(engine.read("mhmm yea ok then"), {"affirm": 0.8, "deny": 0.1})
    assert decision.intent == "affirm"
    assert decision.reason == "the classifier"


def test_a_question_goes_before_the_story_around_it(engine):
    said = "we were together for six years and she left in may. should i text her on her birthday?"
    assert decide(engine.read(said), {"tell_story": 0.9}).intent == "ask_contact"


def test_a_claimed_cause_is_the_intent_of_a_story(engine):
    decision = decide(engine.read("he cheated on me with my best friend"), {"tell_story": 0.8})
    assert decision.intent == "cause_betrayal"


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("she told me on friday and packed her things the next day", "tell_story"),
        ("my boyfriend and i met at work two years ago", "tell_story"),
        ("i miss you so much it hurts", "vent"),
        ("i'm so sad and lonely i can't stop crying", "vent"),
    ],
)
def test_what_happened_is_told_and_what_hurts_is_vented(engine, said, intent):
    assert decide(engine.read(said), {}).intent == intent


@pytest.mark.parametrize("said", ["", "   ", "?!", "🍕", "…", "12345"])
def test_next_to_nothing_still_gets_a_decision(engine, said):
    decision = decide(engine.read(said), {})
    assert decision.intent
    assert 0.0 <= decision.confidence <= 1.0


def test_rules_that_are_no_intents_stay_out(engine):
    decision = decide(engine.read("you misunderstood me"), {"deny": 0.5})
    assert "misread" not in decision.ranking


def test_the_ranking_list_is_short_and_begins_with_the_likeliest():
    ranking = {f"intent_{place}": place / 100 for place in range(30)}
    listed = Decision("intent_29", 0.29, "", ranking).ranking_list()
    assert len(listed) == 10
    assert listed[0] == {"name": "intent_29", "confidence": 0.29}
