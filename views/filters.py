"""Filters of a list: fixed choices in one GET form, and the chips that take them off again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request
from flask_admin.model.filters import BaseFilter

Options = Sequence[tuple[str, str]]
Rule = Callable[[str], Any]


class ChoiceFilter(BaseFilter):
    """One select: `arg` names it in the address, `rule(value)` is the clause it adds.

    `options` may be a function when the choices hang on who is asking; it is called per request.
    """

    def __init__(
        self, arg: str, name: str, options: Options | Callable[[], Options], rule: Rule
    ) -> None:
        super().__init__(name)
        self.arg, self.choices, self.rule = arg, options, rule

    def words(self) -> dict[str, str]:
        """Value -> label, as this person may choose them."""
        return dict(self.choices() if callable(self.choices) else self.choices)

    def get_options(self, view: Any) -> None:
        """Asked once, before anybody is there: nothing is kept from then."""

    def operation(self) -> str:
        """Always "is"; the select needs no word for it."""
        return ""

    def validate(self, value: str) -> bool:
        """Only what the select offers."""
        return value in self.words()

    def apply(self, query: Any, value: str, alias: Any = None) -> Any:
        """Add the clause, to the list and to its count alike."""
        return query.filter(self.rule(value))


@dataclass(frozen=True)
class Control:
    """A select as the template draws it."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str


@dataclass(frozen=True)
class Chip:
    """An active filter, with the address of the list without it."""

    label: str
    value: str
    url: str


def controls(filters: Sequence[ChoiceFilter]) -> list[Control]:
    """The selects of a list, in order, each with what is chosen now."""
    return [
        Control(
            name := f"flt{index}_{one.arg}",
            str(one.name),
            tuple((value, str(label)) for value, label in one.words().items()),
            request.args.get(name, ""),
        )
        for index, one in enumerate(filters)
    ]


def chips(shown: Sequence[Control], search: str, search_label: str) -> list[Chip]:
    """What narrows the list now."""
    found = [
        Chip(one.label, dict(one.options)[one.value], without(one.name))
        for one in shown
        if one.value and one.value in dict(one.options)
    ]
    if search:
        found.insert(0, Chip(search_label, search, without("search")))
    return found


def without(*names: str) -> str:
    """This address without the arguments `names`, back on its first page."""
    kept = [(key, value) for key, value in narrowing("sort", "desc") if key not in names]
    return address(kept)


def narrowing(*more: str) -> list[tuple[str, str]]:
    """The arguments of this address that choose rows, and `more`; nothing else is carried on."""
    return [
        (key, value)
        for key, value in request.args.items()
        if value and (key.startswith("flt") or key in ("search", *more))
    ]


def address(arguments: Sequence[tuple[str, str]], path: str = "") -> str:
    """`path`, or that of this page, with `arguments`."""
    return (path or request.path) + ("?" + urlencode(arguments) if arguments else "")
