"""An input method's characters and its Esc are told from the user's own."""

from __future__ import annotations

from textual.events import Key

from console.frame.inputmethod import InputMethod


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_an_esc_just_after_a_composed_character_is_the_input_methods() -> None:
    seconds = Seconds()
    method = InputMethod(seconds)
    assert not method.takes(Key("洪", "洪"))
    seconds.now += 0.2
    assert method.takes(Key("escape", None))
    seconds.now += 0.2
    assert not method.takes(Key("escape", None))


def test_plain_characters_leave_esc_alone() -> None:
    seconds = Seconds()
    method = InputMethod(seconds)
    assert not method.takes(Key("h", "h"))
    assert not method.takes(Key("escape", None))


def test_full_width_punctuation_counts_as_composed() -> None:
    method = InputMethod(Seconds())
    assert method.composed(Key("fullwidth_question_mark", "？"))
    assert not method.composed(Key("question_mark", "?"))
    assert not method.composed(Key("up", None))
