"""The words of documents that people attach: piece by piece, so that what is too long or broken gives what came before."""
