"""What a writer hands back; only views know how a file is sent."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WrittenFile:
    name: str
    media_type: str
    data: bytes
