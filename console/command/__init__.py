"""What every command is built on: the call, Chinese help, answers, the register of verbs."""

from typing import TYPE_CHECKING

from rules.lazy import lazily

if TYPE_CHECKING:
    from console.command.asking import (
        At as At,
        Past as Past,
        argument as argument,
        chosen_period as chosen_period,
        colour_code as colour_code,
        command_of as command_of,
        commands_of as commands_of,
        level_mark as level_mark,
        option as option,
        past_period as past_period,
        state_code as state_code,
        step_code as step_code,
        switch as switch,
        typed_day as typed_day,
        unit_code as unit_code,
        unit_id as unit_id,
    )
    from console.command.call import Call as Call, call_of as call_of
    from console.command.chinese import (
        Verb as Verb,
        Verbs as Verbs,
        one_verb as one_verb,
        verb_group as verb_group,
    )
    from console.command.output import (
        COLOUR_STYLES as COLOUR_STYLES,
        Fact as Fact,
        progress as progress,
        say as say,
        say_table as say_table,
        warn as warn,
    )
    from console.command.verbs import run as run

__getattr__, __dir__ = lazily(
    __name__,
    {
        "asking": (
            "At",
            "Past",
            "argument",
            "chosen_period",
            "colour_code",
            "command_of",
            "commands_of",
            "level_mark",
            "option",
            "past_period",
            "state_code",
            "step_code",
            "switch",
            "typed_day",
            "unit_code",
            "unit_id",
        ),
        "call": ("Call", "call_of"),
        "chinese": ("Verb", "Verbs", "one_verb", "verb_group"),
        "output": ("COLOUR_STYLES", "Fact", "progress", "say", "say_table", "warn"),
        "verbs": ("run",),
    },
)
