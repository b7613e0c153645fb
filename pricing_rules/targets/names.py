"""Identifiers made of words: of types, of definitions and components, of operations."""

from collections.abc import Iterable


class Names:
    """Identifiers, each given once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._used = dict.fromkeys(taken, 1)

    def of(self, words: str) -> str:
        """Turn words into a name in PascalCase that is not given yet, such as KlingV21ProImageToVideo."""
        name = "".join(word[:1].upper() + word[1:] for word in _kept(words)) or "Shape"
        return self._free(f"Shape{name}" if name[0].isdigit() else name)

    def call(self, words: str, instead: str) -> str:
        """Turn words into a name in camelCase that is not given yet, such as generateImage.

        Args:
            words: what is done.
            instead: other words, where no character of those can stand in a name.
        """
        first, *rest = _kept(words) or _kept(instead) or ["call"]
        name = "".join((first[:1].lower() + first[1:], *(word[:1].upper() + word[1:] for word in rest)))
        return self._free(f"call{name}" if name[0].isdigit() else name)

    def _free(self, name: str) -> str:
        free = name
        while free in self._used:
            self._used[name] = self._used.get(name, 1) + 1
            free = f"{name}{self._used[name]}"
        self._used[free] = 1
        return free


def _kept(words: str) -> list[str]:
    return "".join(char if char.isascii() and char.isalnum() else " " for char in words).split()
