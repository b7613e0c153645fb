"""Spark."""
from typing import Any
def is_frame(source: object) -> bool:
    """x"""
    return False
def is_session(engine: object) -> bool:
    """x"""
    return False
audit_frame: Any = None
audit_table: Any = None
