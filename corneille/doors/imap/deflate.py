"""COMPRESS=DEFLATE (RFC 4978): raw DEFLATE both ways, flushed with each write."""

import zlib

CHUNK_BYTES = 16 * 1024
"""What one look at the client's octets inflates to at most: an enemy's kilobyte may stand for a megabyte."""
LEVEL, WINDOW_BITS, MEMORY = 3, 13, 5
"""48 KiB a connection instead of zlib's 256, for little less gain on IMAP's short lines."""


class Deflate:
    """One connection's two streams."""

    __slots__ = ("_packer", "_unpacker", "_waiting")

    def __init__(self) -> None:
        self._packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -WINDOW_BITS, MEMORY)
        self._unpacker = zlib.decompressobj(-zlib.MAX_WBITS)  # a client may use the whole window
        self._waiting = b""

    def pack(self, data: bytes) -> bytes:
        return self._packer.compress(data) + self._packer.flush(zlib.Z_SYNC_FLUSH)

    def feed(self, data: bytes) -> None:
        self._waiting += data

    def unpack(self) -> bytes:
        """Some more of what was fed; b"" when there is no more. Raises ValueError for what is no DEFLATE, or its end."""
        if not self._waiting:
            return b""
        try:
            data = self._unpacker.decompress(self._waiting, CHUNK_BYTES)
        except zlib.error as error:
            raise ValueError("not DEFLATE") from error
        if self._unpacker.eof:
            raise ValueError("the client ended its stream")
        self._waiting = self._unpacker.unconsumed_tail
        return data
