"""Help texts: prose is wrapped to the terminal, examples stand as they are written."""

import argparse
import textwrap


class TeachingHelp(argparse.HelpFormatter):
    """Wraps a text of one line, keeps one of several."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if "\n" in text:
            return textwrap.indent(text, indent)
        return super()._fill_text(text, width, indent)
