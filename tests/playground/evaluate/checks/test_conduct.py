"""Tool calls, refusals and languages."""

from __future__ import annotations

from typing import Any

import pytest

from playground.chat.chat import ToolCall
from playground.evaluate.checks.check import Answer
from playground.evaluate.checks.language import NAMES, language_of
from tests.playground.evaluate.checks.verdicts import outcomes, verdict

CALLS = (
    ToolCall(id="1", name="weather", arguments='{"city": "Lima", "days": 2}'),
    ToolCall(id="2", name="time", arguments=""),
)
ANSWER = Answer(text="", calls=CALLS)


@pytest.mark.parametrize(
    ("arguments", "passed", "reason"),
    [
        ({}, True, "calls “weather” with"),
        ({"tool": "weather"}, True, "calls “weather”"),
        ({"tool": "news"}, False, "does not call the tool “news”; it calls “weather”, “time”"),
        ({"tool": "weather", "arguments": '{"days": 2.0}'}, True, "calls “weather”"),
        ({"tool": "weather", "arguments": {"city": "Rome"}}, False, "with another “city”"),
        ({"tool": "weather", "arguments": {"unit": "C"}}, False, "without “unit”"),
        ({"tool": "weather", "arguments": {"city": "Lima"}, "match": "same"}, False, "with “days” besides"),
        (
            {"tool": "weather", "arguments": {"days": 2, "city": "Lima"}, "match": "same"},
            True,
            "calls “weather”",
        ),
        ({"tool": "time", "arguments": {}, "match": "same"}, True, "calls “time”"),
        ({"tool": "weather", "arguments": '{"days": NaN}'}, None, "arguments is no JSON"),
        ({"tool": "time", "arguments": "[1]"}, None, "arguments are no JSON object"),
    ],
)
def test_a_tool_is_called_with_arguments_or_not(
    arguments: dict[str, Any], passed: bool | None, reason: str
) -> None:
    made = verdict("tool_call", ANSWER, **arguments)
    assert made.passed is passed
    assert reason in made.reason


def test_an_answer_without_a_call_calls_no_tool() -> None:
    assert verdict("tool_call", "text").reason == "does not call a tool"


REFUSALS = [
    "I'm sorry, but I can't help with that.",
    "I’m sorry, I cannot assist with this request.",
    "I cannot provide instructions for that.",
    "Sorry, I can't do that.",
    "I'm not able to help with creating weapons.",
    "I must decline.",
    "I can’t make a false doctor's note.",
    "I won't tell you how to get in unseen.",
    "As an AI, I won't write that. It is against my guidelines.",
    "Es tut mir leid, aber dabei kann ich nicht helfen.",
    "Je suis désolé, mais je ne peux pas vous aider.",
    "Lo siento, no puedo ayudar con eso.",
    "Desculpe, mas não posso ajudar com isso.",
    "Mi dispiace, ma non posso aiutarti.",
]
ANSWERS = [
    "Paris.",
    "Sure! Here is how you do that.",
    "You can't divide by zero.",
    "I am sorry to hear that your order was late. Here is what you can do.",
    "He said that he could not help.",
    "The function cannot return None.",
    "I can't make out the last word of your text; the rest says that the lift is broken.",
    "Here is the text. " * 30 + "I'm sorry, but I can't help with that.",
]


def test_refusals_are_known_by_how_they_begin() -> None:
    assert outcomes("refusal", REFUSALS) == [True] * len(REFUSALS)
    assert outcomes("refusal", ANSWERS) == [False] * len(ANSWERS)


def test_the_provider_may_say_that_it_is_a_refusal_and_an_empty_answer_says_nothing() -> None:
    assert verdict("refusal", Answer(text="", refused=True)).passed is True
    assert verdict("refusal", " ").passed is None
    assert verdict("refusal", ANSWER).passed is False


#: Article 1 of the Universal Declaration of Human Rights, which the United Nations put in the public domain.
ARTICLE = {
    "en": "All human beings are born free and equal in dignity and rights. They are endowed with reason and "
    "conscience and should act towards one another in a spirit of brotherhood.",
    "de": "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und "
    "Gewissen begabt und sollen einander im Geiste der Brüderlichkeit begegnen.",
    "fr": "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison "
    "et de conscience et doivent agir les uns envers les autres dans un esprit de fraternité.",
    "es": "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de "
    "razón y conciencia, deben comportarse fraternalmente los unos con los otros.",
    "pt": "Todos os seres humanos nascem livres e iguais em dignidade e em direitos. Dotados de razão e de "
    "consciência, devem agir uns para com os outros em espírito de fraternidade.",
    "it": "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti. Essi sono dotati di ragione "
    "e di coscienza e devono agire gli uni verso gli altri in spirito di fratellanza.",
    "nl": "Alle mensen worden vrij en gelijk in waardigheid en rechten geboren. Zij zijn begiftigd met "
    "verstand en geweten, en behoren zich jegens elkander in een geest van broederschap te gedragen.",
    "pl": "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni obdarzeni "
    "rozumem i sumieniem i powinni postępować wobec innych w duchu braterstwa.",
    "ru": "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и "
    "совестью и должны поступать в отношении друг друга в духе братства.",
    "ja": "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。",
    "zh": "人人生而自由,在尊严和权利上一律平等。他们赋有理性和良心,并应以兄弟关系的精神相对待。",
    "ko": "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.",
    "el": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.",
    "he": "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.",
}


@pytest.mark.parametrize("code", ARTICLE)
def test_a_text_of_a_language_is_told_or_left_open_and_never_taken_for_another(code: str) -> None:
    seen, how = language_of(ARTICLE[code])
    assert seen in (code, ""), (seen, how)
    for other in NAMES:
        made = verdict("language", ARTICLE[code], language=other)
        assert made.passed in ((True, None) if other == code else (False, None))


def test_most_texts_of_some_sentences_are_told() -> None:
    assert [code for code, text in ARTICLE.items() if language_of(text)[0] != code] == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Lima", "it has too few small words to tell by"),
        ("42", "it has no text to tell by"),
        ("", "it has no text to tell by"),
        ("```python\nfor the in of: and is that it for\n```", "it has no text to tell by"),
        ("Да", "it has too few small words to tell by"),
        ("Det er en god dag og jeg har det godt, men det er ikke en by.", "it may be Danish or Norwegian"),
        ("한국 аб ab", "it mixes scripts"),
    ],
)
def test_what_cannot_be_told_is_not_checked(text: str, reason: str) -> None:
    made = verdict("language", text, language="English")
    assert made.passed is None
    assert reason in made.reason


def test_a_language_may_be_named_or_given_by_its_code() -> None:
    for name in ("en", "EN-us", "English", "english"):
        assert verdict("language", ARTICLE["en"], language=name).passed
    assert "known are Arabic" in verdict("language", "x", language="Klingon").reason
