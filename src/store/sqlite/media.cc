#include "store/sqlite/media_tables.h"

namespace heliograph::store::sqlite {

namespace {

#define HG_MEDIA_COLUMNS "id, kind, owner, created_at, touched_at, sha256, size, mime_type, body"

Media read_media(Row& row) {
  Media media;
  row.read(media.id, media.kind, media.owner, media.created_at, media.touched_at, media.file.sha256,
           media.size, media.mime_type, media.body);
  return media;
}

ProfilePhoto read_photo(Row& row) {
  ProfilePhoto photo;
  row.read(photo.peer, photo.photo, photo.number);
  return photo;
}

}  // namespace

Status SqliteMedia::insert(const Media& media, const std::vector<BlobName>& blobs) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("INSERT INTO media (" HG_MEDIA_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", media.id,
                 media.kind, media.owner, media.created_at, media.created_at, media.file.sha256, media.size,
                 media.mime_type, media.body));
  for (const auto& blob : blobs) {
    HG_TRY(db_.run("INSERT OR IGNORE INTO media_blobs (sha256, media) VALUES (?, ?)", blob.sha256, media.id));
  }
  return {};
}

Result<std::optional<Media>> SqliteMedia::find(std::int64_t id) {
  return db_.one("SELECT " HG_MEDIA_COLUMNS " FROM media WHERE id = ?", read_media, id);
}

Result<std::vector<Media>> SqliteMedia::find_many(const std::vector<std::int64_t>& ids) {
  std::vector<Media> found;
  for (const auto id : ids) {
    HG_ASSIGN(auto media, find(id));
    if (media) found.push_back(std::move(*media));
  }
  return found;
}

Result<std::optional<Media>> SqliteMedia::find_document(UserId owner, const BlobName& file,
                                                        std::int64_t size) {
  return db_.one("SELECT " HG_MEDIA_COLUMNS
                 " FROM media WHERE id IN (SELECT media FROM media_blobs WHERE sha256 = ?) AND kind = 2 AND "
                 "owner = ? AND sha256 = ? AND size = ? ORDER BY created_at DESC, id LIMIT 1",
                 read_media, file.sha256, owner, file.sha256, size);
}

Status SqliteMedia::erase(std::int64_t id) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("DELETE FROM media_blobs WHERE media = ?", id));
  return db_.run("DELETE FROM media WHERE id = ?", id);
}

Status SqliteMedia::touch(std::int64_t id, UnixSeconds at) {
  HG_TRY(session_.changing());
  return db_.run("UPDATE media SET touched_at = ? WHERE id = ?", at, id);
}

Result<std::vector<std::int64_t>> SqliteMedia::unattached(std::int64_t after, UnixSeconds touched_before,
                                                          std::size_t limit) {
  return db_.all(
      "SELECT id FROM media m WHERE id > ? AND touched_at < ? AND NOT EXISTS (SELECT 1 FROM profile_photos "
      "WHERE photo = m.id) AND NOT EXISTS (SELECT 1 FROM stickers WHERE document = m.id) AND NOT "
      "EXISTS (SELECT 1 FROM evidence_media WHERE media = m.id) ORDER BY id LIMIT ?",
      [](Row& row) { return row.get<std::int64_t>(); }, after, touched_before, limit);
}

// Places below 0 are among the scheduled messages, which have keys made in the same way.
Result<MediaTable::ContentPage> SqliteMedia::contents(std::int64_t place, std::size_t limit) {
  ContentPage page;
  std::int64_t last = 0;
  const auto take = [&](Row& row) {
    row.read(last, page.contents.emplace_back());
    return true;
  };
  if (place >= 0) {
    HG_TRY(db_.each("SELECT key, content FROM messages WHERE key > ? AND kind != 0 ORDER BY key LIMIT ?",
                    take, place, limit));
    page.next = page.contents.size() < limit ? -1 : last;
    return page;
  }
  const auto after = -1 - place;
  HG_TRY(
      db_.each("SELECT owner << 31 | id, content FROM scheduled_messages WHERE (owner, id) > (?, ?) ORDER BY "
               "owner, id "
               "LIMIT ?",
               take, after >> 31, after & 0x7fffffff, limit));
  page.next = page.contents.size() < limit ? 0 : -1 - last;
  return page;
}

Result<bool> SqliteMedia::uses(const BlobName& blob) {
  HG_ASSIGN(const auto used,
            db_.number("SELECT EXISTS (SELECT 1 FROM media_blobs WHERE sha256 = ?1) OR EXISTS (SELECT 1 FROM "
                       "uploads WHERE sha256 = ?1)",
                       0, blob.sha256));
  return used != 0;
}

Status SqliteMedia::put_profile_photo(ProfilePhoto photo) {
  HG_TRY(session_.changing());
  if (photo.number == 0) {
    HG_ASSIGN(const auto highest,
              db_.number("SELECT max(number) FROM profile_photos WHERE peer = ?", 0, photo.peer));
    photo.number = highest + 1;
  }
  return db_.run("INSERT OR REPLACE INTO profile_photos (peer, photo, number) VALUES (?, ?, ?)", photo.peer,
                 photo.photo, photo.number);
}

Result<bool> SqliteMedia::erase_profile_photo(Peer peer, std::int64_t photo) {
  HG_TRY(session_.changing());
  HG_TRY(db_.run("DELETE FROM profile_photos WHERE peer = ? AND photo = ?", peer, photo));
  return db_.changes() > 0;
}

Result<std::optional<ProfilePhoto>> SqliteMedia::find_profile_photo(Peer peer, std::int64_t photo) {
  return db_.one("SELECT peer, photo, number FROM profile_photos WHERE peer = ? AND photo = ?", read_photo,
                 peer, photo);
}

Result<std::vector<ProfilePhoto>> SqliteMedia::profile_photos(Peer peer, std::int64_t below,
                                                              std::size_t offset, std::size_t limit) {
  return db_.all(
      "SELECT peer, photo, number FROM profile_photos WHERE peer = ?1 AND (?2 = 0 OR number < ?2) ORDER BY "
      "number DESC LIMIT ?3 OFFSET ?4",
      read_photo, peer, below, limit, offset);
}

Result<std::int64_t> SqliteMedia::count_profile_photos(Peer peer) {
  return db_.number("SELECT count(*) FROM profile_photos WHERE peer = ?", 0, peer);
}

Status SqliteMedia::erase_profile_photos(Peer peer) {
  HG_TRY(session_.changing());
  return db_.run("DELETE FROM profile_photos WHERE peer = ?", peer);
}

}  // namespace heliograph::store::sqlite
