"""Mail as other programs leave it on a disk: mbox files, Maildirs, folders of .eml. Read as streams, never written."""
