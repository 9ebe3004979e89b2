"""What a row of a rekapan tells of its proposal."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from backoffice.workflow.definition import Field
from views import recapitulation


def test_a_private_answer_does_not_stand_in_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = (
        Field(key="jumlah", label="Jumlah", type="number"),
        Field(key="penyakit", label="Penyakit", type="text", private=True),
    )
    monkeypatch.setattr(
        recapitulation, "definition_of", lambda _case: SimpleNamespace(fields=fields)
    )
    case: Any = SimpleNamespace(answers={"jumlah": 2, "penyakit": "asma"})
    assert recapitulation.facts(case) == "Jumlah: 2"
