"""Runs real programs of the system; a missing one is a failure that names its package."""

import asyncio
import shutil
from dataclasses import dataclass

import pytest


@dataclass(frozen=True, slots=True)
class Ran:
    code: int
    output: str


async def run(package: str, program: str, *arguments: str, feed: bytes = b"", patience_s: float = 20.0) -> Ran:
    """Runs a program and waits for its end; `package` is what apt installs it from."""
    path = shutil.which(program)
    if path is None:
        pytest.fail(f"{program} is not here: apt-get install {package}")
    process = await asyncio.create_subprocess_exec(
        path,
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(patience_s):
        output, _ = await process.communicate(feed)
    assert process.returncode is not None
    return Ran(process.returncode, output.decode("utf-8", "replace"))
