"""JSON that is not quite what it should be: what does not fit a type is left out, and nothing beside it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, TypeVar, cast

import msgspec
from msgspec import inspect

T = TypeVar("T")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_BAD_BYTES: Final = re.compile("[\udc80-\udcff]")
"""What bytes that are no UTF-8 become; a text with them is not what it was."""
_MAX_NUMBER: Final = 2**63 - 1


class Misfit(Exception):
    """A value that is no such thing, where one is needed."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where} {what}" if where else "it has another form")
        self.where = where
        self.what = what

    def within(self, place: str) -> Misfit:
        """Return the same for somebody who sees the value at `place`."""
        dot = "." if self.where and not self.where.startswith("[") else ""
        return Misfit(f"{place}{dot}{self.where}", self.what)


def decode_leniently(body: bytes, shape: type[T]) -> T:
    """Decode a JSON body, without the values in it that do not fit.

    A value that may be missing is left out, and so are an element of a list and an entry of a map. A number stands
    for a text and the other way round, an empty list for an empty map, and a map with numbers as keys for a list, as
    PHP writes them. A list in which nothing fits does not fit.

    Raises:
        Misfit: What can't be missing does not fit.
        ValueError: It is no JSON.
        RecursionError: It is nested too deeply.
    """
    data = json.loads(
        body.decode("utf-8-sig", "surrogateescape"),
        parse_int=_read_int,
        parse_float=_read_float,
        parse_constant=lambda _: None,
    )
    return msgspec.json.decode(msgspec.json.encode(_fit(data, _describe(cast("Any", shape)))), type=shape)


@cache
def _describe(shape: Any) -> inspect.Type:
    return inspect.type_info(shape)


def _read_int(digits: str) -> int | None:
    number = int(digits) if len(digits) < 20 else _MAX_NUMBER + 1
    return number if abs(number) <= _MAX_NUMBER else None


def _read_float(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None


def _fit(value: Any, kind: inspect.Type) -> Any:
    """Return what of a value fits a type, as JSON that is decoded without an error."""
    match kind:
        case inspect.UnionType():
            return _fit_union(value, kind)
        case inspect.StructType():
            return _fit_struct(value, kind)
        case inspect.ListType() | inspect.VarTupleType():
            return _fit_list(value, kind.item_type)
        case inspect.DictType():
            return _fit_map(value, kind.value_type)
        case inspect.RawType() | inspect.AnyType():
            return _clean(value)
    return _fit_scalar(value, kind)


def _fit_scalar(value: Any, kind: inspect.Type) -> Any:
    match kind:
        case inspect.IntType():
            return _fit_int(value, kind)
        case inspect.StrType():
            if (
                isinstance(value, str | int)
                and not isinstance(value, bool)
                and (text := _clean(str(value))) is not None
            ):
                return text
        case inspect.BoolType():
            if isinstance(value, bool):
                return value
        case inspect.NoneType():
            if value is None:
                return None
        case _:
            raise NotImplementedError(kind)
    raise Misfit("", "is missing" if value is None else "is of another kind")


def _fit_union(value: Any, kind: inspect.UnionType) -> Any:
    if value is None and kind.includes_none:
        return None
    exact = [member for member in kind.types if _is_exact(value, member)]
    for member in (*exact, *(member for member in kind.types if not _is_exact(value, member))):
        try:
            return _fit(value, member)
        except Misfit:
            continue
    if kind.includes_none:
        return None
    raise Misfit("", "is of another kind")


def _is_exact(value: Any, kind: inspect.Type) -> bool:
    """Return whether a value is of a type already, as far as one can see from the outside."""
    match value:
        case None:
            return isinstance(kind, inspect.NoneType)
        case bool():
            return isinstance(kind, inspect.BoolType)
        case int():
            return isinstance(kind, inspect.IntType)
        case str():
            return isinstance(kind, inspect.StrType)
        case dict():
            return isinstance(kind, inspect.StructType | inspect.DictType)
    return isinstance(kind, inspect.ListType | inspect.VarTupleType)


def _fit_struct(value: Any, kind: inspect.StructType) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise Misfit("", "is missing" if value is None else "is of another kind")
    fitted = {}
    for field in kind.fields:
        name = field.encode_name
        if name not in value and field.required:
            raise Misfit(name, "is missing")
        if name in value:
            try:
                fitted[name] = _fit(value[name], field.type)
            except Misfit as misfit:
                if field.required:
                    raise misfit.within(name) from None
    return fitted


def _fit_list(value: Any, kind: inspect.Type) -> list[Any]:
    if isinstance(value, Mapping) and all(key.isdecimal() for key in value):
        value = list(value.values())
    if not isinstance(value, list):
        raise Misfit("", "is of another kind")
    return [fitted for _, fitted in _fit_each(enumerate(value), kind, len(value))]


def _fit_map(value: Any, kind: inspect.Type) -> dict[str, Any]:
    if value == []:
        value = {}
    if not isinstance(value, Mapping):
        raise Misfit("", "is of another kind")
    return {_SURROGATES.sub("", key): fitted for key, fitted in _fit_each(iter(value.items()), kind, len(value))}


def _fit_each(values: Iterator[tuple[Any, Any]], kind: inspect.Type, count: int) -> Iterator[tuple[Any, Any]]:
    first: Misfit | None = None
    fitting = 0
    for key, value in values:
        try:
            fitted = _fit(value, kind)
        except Misfit as misfit:
            first = first or misfit.within(f"[{key}]")
            continue
        fitting += 1
        yield key, fitted
    if count and not fitting and first is not None:
        raise first


def _fit_int(value: Any, kind: inspect.IntType) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and re.fullmatch(r"\s*[+-]?\d{1,18}\s*", value, re.ASCII):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Misfit("", "is missing" if value is None else "is no number")
    lowest, highest = kind.ge, kind.le
    if kind.gt is not None or kind.lt is not None or kind.multiple_of is not None:
        raise NotImplementedError(kind)
    if (lowest is not None and value < lowest) or (highest is not None and value > highest):
        raise Misfit("", "is out of range")
    return value


def _clean(value: Any) -> Any:
    """Return a value without halves of surrogate pairs, which no text can have; None for a text that can't be read."""
    match value:
        case str() if not value.isascii():
            return _SURROGATES.sub("", value) if _BAD_BYTES.search(value) is None else None
        case list():
            return [_clean(part) for part in value]
        case dict():
            return {_SURROGATES.sub("", key): _clean(part) for key, part in value.items()}
    return value
