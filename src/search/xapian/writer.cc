#include "search/xapian/writer.h"

#include <algorithm>
#include <cstdio>
#include <system_error>

#include "base/log.h"
#include "search/xapian/builder.h"

namespace heliograph::search {

namespace {

struct StoredPosition {
  std::int64_t log = 0;
  bool filling = true;
  Peer peer;
  std::int32_t message = 0;
  void fields(auto& codec) { codec(log, filling, peer, message); }
};

std::string block_name(std::size_t n) {
  char name[16];
  std::snprintf(name, sizeof name, "b%08zx", n);
  return name;
}

void remove_files(const std::filesystem::path& folder) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::error_code ignored;
    if (entry.path().extension() == ".glass" || entry.path().filename() == "iamglass") {
      std::filesystem::remove(entry.path(), ignored);
    }
  }
}

template <typename T>
std::string packed(T value) {
  return std::string(as_text(encode(std::move(value))));
}

}  // namespace

Writer::Writer(std::filesystem::path folder, Shared& shared, int flags)
    : folder_(std::move(folder)), shared_(shared), flags_(flags), db_(folder_.string(), flags_) {
  load();
}

Result<std::unique_ptr<Writer>> Writer::open(const std::filesystem::path& folder, Shared& shared, bool sync) {
  const int flags = Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS | (sync ? 0 : Xapian::DB_NO_SYNC);
  for (const bool again : {false, true}) {
    try {
      std::filesystem::create_directories(folder);
      std::unique_ptr<Writer> writer(new Writer(folder, shared, flags));
      const auto version = writer->db_.get_metadata("version");
      if (version == layout_version) return writer;
      if (!version.empty() && !again) {
        log::warn("the search index is of another version: it is made anew");
        writer.reset();
        remove_files(folder);
        continue;
      }
      writer->begin();
      writer->db_.set_metadata("version", std::string(layout_version));
      HG_TRY(writer->commit());
      return writer;
    } catch (const Xapian::DatabaseLockError&) {
      return fail(Error::unavailable("SEARCH_LOCKED", "Another process has the search index open."));
    } catch (const Xapian::Error& error) {
      if (again) {
        log::error("the search index cannot be opened: {}", error.get_type());
        return fail(Error::internal("SEARCH_FAILED"));
      }
      log::error("the search index is damaged ({}): it is made anew", error.get_type());
      remove_files(folder);
    } catch (const std::exception& error) {
      log::error("the search index cannot be opened: {}", error.what());
      return fail(Error::internal("SEARCH_FAILED"));
    }
  }
  return fail(Error::internal("SEARCH_FAILED"));
}

void Writer::load() {
  blocks_ = {};
  blocks_changed_.clear();
  next_ = first_docid;
  position_ = {};
  if (db_.get_metadata("version") != layout_version) {  // new, or laid out in a way that is no longer known
    next_position_ = position_;
    shared_.publish(std::make_shared<const Blocks>(blocks_));
    return;
  }
  if (const auto next = db_.get_metadata("next"); !next.empty()) {
    next_ = static_cast<Xapian::docid>(std::stoul(next));
  }
  const auto position = db_.get_metadata("position");
  if (const auto stored = decode<StoredPosition>(as_bytes(position)); stored && !position.empty()) {
    position_ = {stored->log, stored->filling, {stored->peer, stored->message}};
  }
  next_position_ = position_;
  for (std::size_t n = 0; next_ != first_docid && n <= Blocks::number(next_ + 1); ++n) {
    const auto stored = db_.get_metadata(block_name(n));
    const auto block = decode<Block>(as_bytes(stored));
    if (!block || stored.empty()) throw Xapian::DatabaseCorruptError("a block is missing");
    blocks_.set(n) = *block;
  }
  blocks_.finish();
  size_ = db_.get_doccount();
  shared_.publish(std::make_shared<const Blocks>(blocks_));
}

template <typename F>
Status Writer::guarded(F work) {
  try {
    work();
    return {};
  } catch (const Xapian::Error& error) {
    log::error("the search index cannot be changed: {}", error.get_type());
  } catch (const std::exception& error) {
    log::error("the search index cannot be changed: {}", error.what());
  }
  try {
    begun_ = false;
    db_ = Xapian::WritableDatabase();  // gives the lock back
    db_ = Xapian::WritableDatabase(folder_.string(), flags_);
    load();
  } catch (const std::exception&) {  // the next change will say so
  } catch (const Xapian::Error&) {
  }
  return fail(Error::internal("SEARCH_FAILED"));
}

void Writer::put(const Document& document) {
  const auto built = build(document, stems_);
  const auto term = key_term(document.key);
  const auto there = db_.postlist_begin(term);
  const auto id = there == db_.postlist_end(term) ? next_-- : *there;
  db_.replace_document(id, built.document);
  blocks_.widen(id, built.facts);
  blocks_changed_.push_back(Blocks::number(id));
}

void Writer::begin() {
  // Without a transaction Xapian commits by itself now and then, before metadata and position are right.
  if (!begun_) db_.begin_transaction();
  begun_ = true;
}

Status Writer::change(const std::vector<Change>& changes, const Position& position) {
  return guarded([&] {
    begin();
    for (const auto& change : changes) {
      if (const auto* document = std::get_if<Put>(&change)) {
        put(*document);
      } else if (const auto* remove = std::get_if<Remove>(&change)) {
        db_.delete_document(key_term(remove->key));
      } else {
        db_.delete_document(peer_term('P', std::get<RemovePeer>(change).peer));
      }
    }
    next_position_ = position;
  });
}

void Writer::remove_everything() {
  // Over what is there: readers that are at work keep what they have until they open it anew.
  for (auto name = db_.metadata_keys_begin(); name != db_.metadata_keys_end(); ++name) {
    db_.set_metadata(*name, {});
  }
  for (auto id = db_.postlist_begin(""); id != db_.postlist_end(""); ++id) db_.delete_document(*id);
  blocks_ = {};
  blocks_changed_.clear();
  next_ = first_docid;
  next_position_ = {};
}

Status Writer::clear() {
  return guarded([&] {
    begin();
    remove_everything();
    db_.set_metadata("version", std::string(layout_version));
  });
}

Status Writer::commit() {
  return guarded([&] {
    begin();
    std::ranges::sort(blocks_changed_);
    blocks_changed_.erase(std::ranges::unique(blocks_changed_).begin(), blocks_changed_.end());
    for (const auto n : blocks_changed_) db_.set_metadata(block_name(n), packed(blocks_.at(n)));
    blocks_changed_.clear();
    db_.set_metadata("next", std::to_string(next_));
    db_.set_metadata("position", packed(StoredPosition{next_position_.log, next_position_.filling,
                                                       next_position_.filled_up_to.peer,
                                                       next_position_.filled_up_to.message}));
    blocks_.finish();
    shared_.publish(std::make_shared<const Blocks>(blocks_));
    db_.commit_transaction();
    begun_ = false;
    position_ = next_position_;
    size_ = db_.get_doccount();
    shared_.commits.fetch_add(1);
  });
}

}  // namespace heliograph::search
