"""Recognises the mistake behind an exception, by its type and the state it was raised in."""

from __future__ import annotations

from .observation import Observation


def recognise(observation: Observation):
    return None
