// The steps of the schema that are about uploads and media; see schema.h.
#pragma once

#include <string_view>

namespace heliograph::store::sqlite {

inline constexpr std::string_view kMediaTables = R"sql(
CREATE TABLE uploads (
  owner INTEGER NOT NULL,
  file INTEGER NOT NULL,                  -- the client's number
  total_parts INTEGER NOT NULL,           -- 0: not said yet
  part_size INTEGER NOT NULL,             -- 0: not known yet
  last_part INTEGER NOT NULL,             -- -1: not known yet
  bytes INTEGER NOT NULL,
  touched_at INTEGER NOT NULL,
  sha256 BLOB NOT NULL,                   -- empty: not joined yet
  size INTEGER NOT NULL,
  md5 BLOB NOT NULL,
  head BLOB NOT NULL,
  PRIMARY KEY (owner, file)
) STRICT, WITHOUT ROWID;
CREATE INDEX uploads_touched ON uploads (touched_at);
CREATE INDEX uploads_sha256 ON uploads (sha256) WHERE sha256 != x'';

CREATE TABLE upload_parts (
  owner INTEGER NOT NULL,
  file INTEGER NOT NULL,
  number INTEGER NOT NULL,
  size INTEGER NOT NULL,
  crc INTEGER NOT NULL,
  PRIMARY KEY (owner, file, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE media (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  owner INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  size INTEGER NOT NULL,
  mime_type TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;

-- What needs which blob; a blob without a row here may go.
CREATE TABLE media_blobs (
  sha256 BLOB NOT NULL,
  media INTEGER NOT NULL,
  PRIMARY KEY (sha256, media)
) STRICT, WITHOUT ROWID;
CREATE INDEX media_blobs_media ON media_blobs (media);

CREATE TABLE profile_photos (
  peer INTEGER NOT NULL,
  photo INTEGER NOT NULL,
  number INTEGER NOT NULL,                -- the highest is shown
  PRIMARY KEY (peer, photo)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX profile_photos_number ON profile_photos (peer, number);

-- The photo shown with the account, encoded by services/files; empty: none.
ALTER TABLE accounts ADD COLUMN photo BLOB NOT NULL DEFAULT x'';
)sql";

// When a photo or document was last put anywhere, and what finds out that it is nowhere any more.
inline constexpr std::string_view kMediaUse = R"sql(
ALTER TABLE media ADD COLUMN touched_at INTEGER NOT NULL DEFAULT 0;
UPDATE media SET touched_at = created_at;
CREATE INDEX profile_photos_photo ON profile_photos (photo);
CREATE INDEX stickers_document ON stickers (document);
)sql";

}  // namespace heliograph::store::sqlite
