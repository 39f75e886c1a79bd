"""One module per command: its frozen value and `parse(cursor)`, which starts after the command's word."""
