"""Strangers' HTML: made harmless, folded, turned into text, and text turned into HTML.

Everything here is pure and never raises, whatever the text. Limits are stated where they are applied; beyond
them a message is shown simplified, never refused. The sanitiser is one of three walls: the pages also put its
result into a frame without scripts, under a policy that fetches nothing.
"""
