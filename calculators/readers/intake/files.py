"""Takes files one after another in pieces, and passes over what follows in one that cannot be read."""

from __future__ import annotations

from abc import ABC, abstractmethod

from calculators.readers.intake.refused_file import RefusedFile
from calculators.readers.intake.unpacking import IntakeUnpacking, UnpackedMember


class FileIntake(ABC):
    """Takes files one after another: `open`, then `feed` with its bytes, then `close`."""

    _file: IntakeUnpacking | None = None

    @property
    def is_full(self) -> bool:
        """Whether nothing more is taken, so that nothing more need be read."""
        return False

    def open(self, name: str) -> None:
        """Begins a file."""
        self._file = IntakeUnpacking(name, self)

    def feed(self, data: bytes) -> None:
        """Takes the next bytes of the file; what follows in a file that is refused is passed over."""
        if self._file is None:
            return
        try:
            self._file.feed(bytes(data))
        except RefusedFile as refused:
            self._give_up(refused)

    def close(self) -> None:
        """Ends the file."""
        if self._file is None:
            return
        try:
            self._file.finish()
        except RefusedFile as refused:
            self._give_up(refused)
        self._file = None

    def _give_up(self, refused: RefusedFile) -> None:
        self._file = None
        self.refuse(refused)

    @abstractmethod
    def begin(self, name: str) -> UnpackedMember:
        """Begins a file that came as it is, or out of an archive."""

    @abstractmethod
    def refuse(self, refused: RefusedFile) -> None:
        """Notes a file that cannot be read."""
