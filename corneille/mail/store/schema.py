"""The index's tables, as numbered steps; a step once released never changes."""

import apsw

_STEP_1 = """
CREATE TABLE mail_account (
  id INTEGER PRIMARY KEY,
  quota_bytes INTEGER NOT NULL,
  used_bytes INTEGER NOT NULL DEFAULT 0,
  message_count INTEGER NOT NULL DEFAULT 0,
  modseq INTEGER NOT NULL DEFAULT 1,         -- the last given
  next_number INTEGER NOT NULL DEFAULT 1,    -- lower half of the next message's id
  next_uid_validity INTEGER NOT NULL
);

CREATE TABLE mailbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL,
  name TEXT NOT NULL,
  special_use TEXT,
  uid_validity INTEGER NOT NULL,
  uid_next INTEGER NOT NULL DEFAULT 1,
  modseq INTEGER NOT NULL,
  message_count INTEGER NOT NULL DEFAULT 0,
  unseen_count INTEGER NOT NULL DEFAULT 0,
  deleted_count INTEGER NOT NULL DEFAULT 0,
  size_bytes INTEGER NOT NULL DEFAULT 0,
  expunged_count INTEGER NOT NULL DEFAULT 0, -- rows in expunged
  expunged_floor INTEGER NOT NULL DEFAULT 0, -- what was expunged at or before this modseq is forgotten
  keywords TEXT NOT NULL DEFAULT ''          -- each keyword this mailbox saw, in its first spelling
);
CREATE UNIQUE INDEX mailbox_name ON mailbox (account, name);

CREATE TABLE subscription (
  account INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (account, name)
) WITHOUT ROWID;

CREATE TABLE message (
  id INTEGER PRIMARY KEY,                    -- mail account << 32 | number
  mailbox INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  modseq INTEGER NOT NULL,
  added_modseq INTEGER NOT NULL,             -- when it came to this mailbox
  flags TEXT NOT NULL,                       -- as FETCH sends them
  is_unseen INTEGER NOT NULL,
  is_deleted INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  saved_at INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL,
  thread INTEGER NOT NULL,
  content INTEGER NOT NULL
);
CREATE UNIQUE INDEX message_uid ON message (mailbox, uid);
CREATE INDEX message_modseq ON message (mailbox, modseq);
CREATE INDEX message_received ON message (mailbox, received_at);
CREATE INDEX message_unseen ON message (mailbox, received_at) WHERE is_unseen;
CREATE INDEX message_first_unseen ON message (mailbox, uid) WHERE is_unseen;
CREATE INDEX message_deleted ON message (mailbox, uid) WHERE is_deleted;
CREATE INDEX message_thread ON message (thread);
CREATE INDEX message_content ON message (content);

CREATE TABLE content (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  segment INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL,
  place_count INTEGER NOT NULL,
  digest BLOB NOT NULL,
  has_attachment INTEGER NOT NULL,
  sent_day INTEGER,                          -- proleptic ordinal of the Date header's own day
  sent_at INTEGER,
  sender_name TEXT NOT NULL,
  sender_address TEXT NOT NULL,
  recipients TEXT NOT NULL,
  subject TEXT NOT NULL,
  preview TEXT NOT NULL,
  envelope BLOB NOT NULL,
  bodystructure BLOB NOT NULL,
  body BLOB NOT NULL
);
CREATE INDEX content_digest ON content (digest);
CREATE INDEX content_dropped ON content (segment) WHERE place_count = 0;

CREATE TABLE expunged (
  mailbox INTEGER NOT NULL, modseq INTEGER NOT NULL, uid INTEGER NOT NULL, added_modseq INTEGER NOT NULL,
  PRIMARY KEY (mailbox, modseq, uid)
) WITHOUT ROWID;

CREATE TABLE thread_key (
  account INTEGER NOT NULL, key INTEGER NOT NULL, thread INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (account, key)
) WITHOUT ROWID;
"""

_STEP_2 = """
CREATE VIRTUAL TABLE letters USING fts5 (   -- substrings: header and body
  text, tokenize = 'trigram remove_diacritics 1', content = '', contentless_delete = 1, detail = none
);
CREATE VIRTUAL TABLE words USING fts5 (     -- words: who, subject, body, file names
  text, tokenize = 'unicode61 remove_diacritics 1', content = '', contentless_delete = 1, detail = none
);
CREATE TABLE words_pending (message INTEGER PRIMARY KEY, is_gone INTEGER NOT NULL);
CREATE TABLE content_text (content INTEGER PRIMARY KEY, header BLOB NOT NULL, body BLOB NOT NULL);
"""

_STEP_3 = """
ALTER TABLE content ADD COLUMN is_dropped INTEGER NOT NULL DEFAULT 0; -- a segment says that its last place went
CREATE UNIQUE INDEX content_position ON content (segment, offset);
DROP INDEX content_dropped;
CREATE INDEX content_to_drop ON content (id) WHERE place_count = 0 AND NOT is_dropped;
"""

_STEP_4 = """
CREATE INDEX content_sender ON content (sender_address COLLATE NOCASE); -- whoever got what a sender sent
"""

_STEP_5 = """
ALTER TABLE mailbox ADD COLUMN first_recent INTEGER NOT NULL DEFAULT 1; -- UIDs from here: no IMAP session heard of them
UPDATE mailbox SET first_recent = uid_next;
"""

_STEP_6 = """
CREATE TABLE metadata (                    -- what programs note; mailbox 0: of the whole mail account
  account INTEGER NOT NULL, mailbox INTEGER NOT NULL, entry TEXT NOT NULL, value BLOB NOT NULL,
  PRIMARY KEY (account, mailbox, entry)
) WITHOUT ROWID;
"""

_STEP_7 = """
ALTER TABLE content ADD COLUMN emptied_at INTEGER; -- when its last place went (s); compaction waits from there
UPDATE content SET emptied_at = unixepoch() WHERE place_count = 0;
CREATE INDEX content_emptied ON content (emptied_at) WHERE place_count = 0;
CREATE TABLE chore (name TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID; -- work that is owed, since when (s)
"""

_STEP_8 = """
CREATE TABLE seen (                        -- \\Seen of each reader, in mail accounts that have several
  reader INTEGER NOT NULL, mailbox INTEGER NOT NULL, message INTEGER NOT NULL, is_seen INTEGER NOT NULL,
  modseq INTEGER NOT NULL,
  PRIMARY KEY (reader, mailbox, message)
) WITHOUT ROWID;
CREATE INDEX seen_message ON seen (message);
"""

_STEP_9 = """
CREATE TABLE deleted (                     -- removed for good, to be put back for some days
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL,
  mailbox INTEGER NOT NULL,
  mailbox_name TEXT NOT NULL,
  flags TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  deleted_at INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL,
  sender_name TEXT NOT NULL,
  sender_address TEXT NOT NULL,
  recipients TEXT NOT NULL,
  subject TEXT NOT NULL,
  content INTEGER NOT NULL
);
CREATE INDEX deleted_account ON deleted (account, id);
CREATE INDEX deleted_at ON deleted (deleted_at);
CREATE INDEX deleted_content ON deleted (content);
CREATE TRIGGER content_went AFTER DELETE ON content BEGIN -- whatever took the octets away took the words with them
  DELETE FROM deleted WHERE content = old.id;
END;
"""

_STEP_10 = """
CREATE TABLE attachment_text (             -- folded words of attached documents, for people's searches
  content INTEGER NOT NULL, path TEXT NOT NULL, name TEXT NOT NULL, text BLOB NOT NULL, PRIMARY KEY (content, path)
) WITHOUT ROWID;
CREATE TABLE attachments_pending (content INTEGER PRIMARY KEY);
INSERT INTO attachments_pending SELECT c.id FROM content c JOIN content_text t ON t.content = c.id WHERE c.has_attachment;
CREATE TRIGGER text_went AFTER DELETE ON content_text BEGIN
  DELETE FROM attachment_text WHERE content = old.content;
  DELETE FROM attachments_pending WHERE content = old.content;
END;
"""

_STEP_11 = """
ALTER TABLE expunged DROP COLUMN added_modseq; -- all that went since is told: who asks may have seen it come
"""

_STEP_12 = """
CREATE TABLE content_head (content INTEGER PRIMARY KEY, text TEXT NOT NULL); -- folded lines of who and what, unpacked
CREATE TRIGGER head_went AFTER DELETE ON content_text BEGIN
  DELETE FROM content_head WHERE content = old.content;
END;
"""

_STEP_13 = """
ALTER TABLE metadata RENAME TO metadata_before;
CREATE TABLE metadata (                    -- what programs note; mailbox 0: of the whole mail account
  account INTEGER NOT NULL, mailbox INTEGER NOT NULL,
  reader INTEGER NOT NULL,                 -- /private/ of one of several readers; 0: everybody's who has the mail
  entry TEXT NOT NULL, modseq INTEGER NOT NULL, value BLOB NOT NULL,
  PRIMARY KEY (account, mailbox, reader, entry)
) WITHOUT ROWID;
INSERT INTO metadata SELECT account, mailbox, 0, entry, 0, value FROM metadata_before;
DROP TABLE metadata_before;
"""

_STEP_14 = """
CREATE TABLE compaction (                  -- when (s) a segment was given back last, and how much in all
  only INTEGER PRIMARY KEY CHECK (only = 1), at INTEGER NOT NULL, freed_bytes INTEGER NOT NULL
);
"""

_STEP_15 = """
ALTER TABLE deleted ADD COLUMN withheld INTEGER; -- the removal of a campaign that keeps it from being put back
CREATE INDEX deleted_sender ON deleted (sender_address COLLATE NOCASE); -- its content's words are empty
CREATE INDEX deleted_withheld ON deleted (withheld) WHERE withheld IS NOT NULL;
"""

_STEP_16 = """
CREATE TABLE spare (                       -- a second record of a content, which a compaction was stopped over
  segment INTEGER NOT NULL, offset INTEGER NOT NULL, content INTEGER NOT NULL, PRIMARY KEY (segment, offset)
) WITHOUT ROWID;
CREATE INDEX spare_content ON spare (content);
"""

STEPS = (
    _STEP_1, _STEP_2, _STEP_3, _STEP_4, _STEP_5, _STEP_6, _STEP_7, _STEP_8, _STEP_9, _STEP_10, _STEP_11, _STEP_12,
    _STEP_13, _STEP_14, _STEP_15, _STEP_16,
)  # fmt: skip


class SchemaTooNew(Exception):
    """The index was written by a later version of this program."""


def bring_up_to_date(connection: apsw.Connection) -> None:
    """Runs the steps that this index has not seen, each in its own transaction."""
    while (version := connection.pragma("user_version")) < len(STEPS):
        connection.execute("BEGIN IMMEDIATE")
        if connection.pragma("user_version") == version:  # another process may just have done it
            connection.execute(STEPS[version])
            connection.execute(f"PRAGMA user_version = {version + 1}")
        connection.execute("COMMIT")
    if version > len(STEPS):
        raise SchemaTooNew(f"the index has schema {version}; this program knows {len(STEPS)}")
