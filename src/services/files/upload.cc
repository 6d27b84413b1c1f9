#include "services/files/upload.h"

#include <algorithm>
#include <array>

namespace heliograph::services {

namespace {

constexpr std::int32_t parts_ever_max = 8000;  // whatever the configuration says
constexpr std::int32_t retry_after_seconds = 600;

// All parts but the last have such a size.
bool whole(std::int32_t size) {
  return size % 1024 == 0 && Uploads::part_bytes_max % size == 0;
}

std::unexpected<Error> size_changed() {
  return fail(Error::invalid("FILE_PART_SIZE_CHANGED", "All parts but the last have the same size."));
}

// What the new part says about the size of all parts and about which is the last. Early, so that the client
// hears of a mistake before it has sent everything; finish() checks the whole again.
Status place(store::Upload& upload, const store::BlobPart& part, std::optional<std::int32_t> first_size) {
  const auto known_last = upload.total_parts > 0 ? upload.total_parts - 1 : upload.last_part;
  if (known_last >= 0 && part.number > known_last) return fail(Error::invalid("FILE_PART_INVALID"));
  if (part.number == known_last) {
    if (upload.part_size != 0 && part.size > upload.part_size) return size_changed();
    return {};
  }
  if (!whole(part.size)) {
    // Only the last part is of any size: is this it?
    if (upload.total_parts > 0 || known_last >= 0) {
      return fail(Error::invalid("FILE_PART_SIZE_INVALID",
                                 "A part has a number of KiB that divides 512, save the last."));
    }
    if (upload.part_size != 0 && part.size > upload.part_size) return size_changed();
    upload.last_part = part.number;
    return {};
  }
  if (upload.part_size == 0 || upload.part_size == part.size) {
    upload.part_size = part.size;
    return {};
  }
  if (known_last >= 0) return size_changed();
  if (part.size < upload.part_size) {
    upload.last_part = part.number;
    return {};
  }
  // A last part that came first looked like all of them.
  if (first_size) return size_changed();
  upload.part_size = part.size;
  return {};
}

bool is_hex(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  });
}

}  // namespace

std::string_view missing_part_code(std::int32_t part) {
  static const auto codes = [] {
    std::vector<std::string> made;
    for (std::int32_t i = 0; i < parts_ever_max; ++i) {
      made.push_back("FILE_PART_" + std::to_string(i) + "_MISSING");
    }
    return made;
  }();
  return codes.at(static_cast<std::size_t>(std::clamp(part, 0, parts_ever_max - 1)));
}

Task<Status> Uploads::save_part(UserId owner, std::int64_t file, std::int32_t part,
                                std::optional<std::int32_t> total_parts, Bytes bytes) {
  const auto parts_max = std::min(limits_.parts_max, parts_ever_max);
  if (part < 0 || part >= parts_max) co_return fail(Error::invalid("FILE_PART_INVALID"));
  if (total_parts && *total_parts != -1 && (*total_parts < 1 || *total_parts > parts_max)) {
    co_return fail(Error::invalid("FILE_PARTS_INVALID"));
  }
  const auto total = std::max(total_parts.value_or(0), 0);
  if (total > 0 && part >= total) co_return fail(Error::invalid("FILE_PART_INVALID"));
  if (bytes.empty()) co_return fail(Error::invalid("FILE_PART_EMPTY"));
  if (bytes.size() > static_cast<std::size_t>(part_bytes_max)) {
    co_return fail(Error::invalid("FILE_PART_TOO_BIG"));
  }

  const store::BlobPart saved{part, static_cast<std::int32_t>(bytes.size()), store::crc32_of(bytes)};
  const auto now = environment_.clock.unix_seconds();
  // Written down first: the limits hold before a byte is stored, and no byte is stored that nobody knows of.
  CO_TRY(co_await environment_.store.write([=, limits = limits_](store::Tx& tx) -> Status {
    HG_ASSIGN(auto found, tx.uploads().find(owner, file));
    if (found && !found->sha256.empty()) {
      // What was put together is used; the client begins anew under the same number.
      HG_TRY(tx.uploads().erase(owner, file));
      found.reset();
    }
    const bool fresh = !found;
    store::Upload upload = found.value_or(store::Upload{.owner = owner, .file = file});
    if (total > 0) {
      if (upload.total_parts != 0 && upload.total_parts != total) {
        return fail(Error::invalid("FILE_PARTS_INVALID"));
      }
      upload.total_parts = total;
    }
    HG_ASSIGN(const auto earlier, tx.uploads().find_part(owner, file, saved.number));
    std::optional<std::int32_t> another;
    if (upload.part_size != 0) {
      HG_ASSIGN(const auto first, tx.uploads().find_part(owner, file, 0));
      if (first && saved.number != 0) another = first->size;
    }
    HG_TRY(place(upload, saved, another));

    HG_ASSIGN(auto totals, tx.uploads().totals(owner));
    const auto more = saved.size - (earlier ? earlier->size : 0);
    if ((fresh && totals.files >= limits.unfinished_files_max) ||
        totals.bytes + more > limits.unfinished_bytes_max) {
      return fail(Error::flood(retry_after_seconds));
    }
    upload.bytes += more;
    upload.touched_at = now;
    HG_TRY(tx.uploads().put(upload));
    return tx.uploads().put_part(owner, file, saved);
  }));
  const store::UploadName name{owner, file};
  co_return co_await blobs_.put_part(name, part, std::move(bytes));
}

Task<Result<ReadyFile>> Uploads::finish(UserId owner, UploadedFile uploaded) {
  if (uploaded.parts < 1 || uploaded.parts > std::min(limits_.parts_max, parts_ever_max)) {
    co_return fail(Error::invalid("FILE_PARTS_INVALID"));
  }
  CO_ASSIGN(const auto upload, co_await join(owner, uploaded.file, uploaded.parts));
  if (!uploaded.md5.empty() && (!is_hex(uploaded.md5) || from_hex(uploaded.md5) != upload.md5)) {
    co_return fail(Error::invalid("MD5_CHECKSUM_INVALID", "What has come is not what was sent."));
  }
  ReadyFile ready;
  ready.blob.sha256 = upload.sha256;
  ready.size = upload.size;
  ready.name = std::move(uploaded.name);
  ready.head = upload.head;
  co_return ready;
}

Task<Result<store::Upload>> Uploads::join(UserId owner, std::int64_t file, std::int32_t count) {
  struct Found {
    store::Upload upload;
    std::vector<store::BlobPart> parts;
  };
  const auto look = [=](store::Tx& tx) -> Result<Found> {
    HG_ASSIGN(auto upload, tx.uploads().find(owner, file));
    if (!upload) return fail(Error::invalid(missing_part_code(0), "Send the file first."));
    Found result{std::move(*upload), {}};
    HG_ASSIGN(result.parts, tx.uploads().parts(owner, file));
    return result;
  };
  CO_ASSIGN(auto found, co_await environment_.store.read(look));
  if (!found.upload.sha256.empty()) co_return std::move(found.upload);

  if (found.upload.total_parts > 0 && found.upload.total_parts != count) {
    co_return fail(Error::invalid("FILE_PARTS_INVALID"));
  }
  for (std::int32_t i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (at >= found.parts.size() || found.parts[at].number != i) {
      co_return fail(Error::invalid(missing_part_code(i), "Send this part again."));
    }
    const auto size = found.parts[at].size;
    const auto first = found.parts.front().size;
    if (i + 1 < count ? size != first || !whole(size) : size > first && count > 1) {
      co_return fail(Error::invalid("FILE_PART_SIZE_INVALID"));
    }
  }
  if (found.parts.size() > static_cast<std::size_t>(count)) {
    co_return fail(Error::invalid("FILE_PARTS_INVALID"));
  }

  const store::UploadName name{owner, file};
  CO_ASSIGN(auto joined, co_await blobs_.join(name, std::move(found.parts)));
  if (joined.bad_part) {
    // Unless another call has just put the same file together, and the parts are gone for that.
    CO_ASSIGN(auto again, co_await environment_.store.read(look));
    if (!again.upload.sha256.empty()) co_return std::move(again.upload);
    co_return fail(Error::invalid(missing_part_code(*joined.bad_part), "Send this part again."));
  }
  found.upload.sha256 = joined.name.sha256;
  found.upload.size = joined.size;
  found.upload.md5 = joined.md5;
  found.upload.head = joined.head;
  found.upload.bytes = 0;
  found.upload.touched_at = environment_.clock.unix_seconds();
  auto remember = [upload = found.upload](store::Tx& tx) -> Status {
    HG_TRY(tx.uploads().put(upload));
    return tx.uploads().erase_parts(upload.owner, upload.file);
  };
  CO_TRY(co_await environment_.store.write(std::move(remember)));
  // What is left over if this fails goes with the upload.
  static_cast<void>(co_await blobs_.drop_parts(name));
  co_return std::move(found.upload);
}

Task<Status> Uploads::sweep() {
  const auto before = environment_.clock.unix_seconds() -
                      std::chrono::duration_cast<std::chrono::seconds>(limits_.upload_lifetime).count();
  CO_ASSIGN(const auto stale, co_await environment_.store.read(
                                  [before](store::Tx& tx) { return tx.uploads().stale(before, 100); }));
  for (const auto& name : stale) {
    // The bytes first: the row is what remembers them.
    CO_TRY(co_await blobs_.drop_parts(name));
    CO_TRY(co_await environment_.store.write([name, before](store::Tx& tx) -> Status {
      HG_ASSIGN(const auto upload, tx.uploads().find(name.owner, name.file));
      if (!upload || upload->touched_at >= before) return {};
      return tx.uploads().erase(name.owner, name.file);
    }));
  }
  co_return Status();
}

}  // namespace heliograph::services
