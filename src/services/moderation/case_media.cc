#include "services/moderation/case_media.h"

#include <algorithm>

#include "services/chats/content.h"
#include "store/console.h"
#include "terms/category.h"

namespace heliograph::services {

namespace {

constexpr std::size_t kReportsLookedAt = 1000;

Error unknown_medium() {
  return Error::not_found("MEDIA_UNKNOWN", "There is no picture here that can be shown.");
}

// The largest that needs no making smaller, or else the smallest.
const PictureSize* fitting(const std::vector<PictureSize>& sizes) {
  const PictureSize* best = nullptr;
  for (const auto& size : sizes) {
    if (best == nullptr || std::max(size.width, size.height) <= CaseMedia::side_most) best = &size;
  }
  return best;
}

void show(CaseMedium& medium, const PictureSize& size) {
  medium.picture = size.file;
  medium.picture_bytes = size.size;
}

CaseMedium medium_of(const Photo& photo) {
  CaseMedium medium;
  medium.media = photo.id;
  medium.kind = "photo";
  if (!photo.sizes.empty()) {
    const auto& whole = photo.sizes.back();
    medium.width = whole.width;
    medium.height = whole.height;
    medium.size = whole.size;
  }
  if (const auto* size = fitting(photo.sizes)) show(medium, *size);
  return medium;
}

CaseMedium medium_of(const Document& document) {
  CaseMedium medium;
  medium.media = document.id;
  medium.size = document.size;
  medium.kind = "document";
  const std::string_view type = document.mime_type;
  if (type.starts_with("video/")) medium.kind = "video";
  if (type.starts_with("audio/")) medium.kind = "audio";
  if (document.find(AttributeKind::sticker) != nullptr) medium.kind = "sticker";
  if (const auto* name = document.find(AttributeKind::file_name)) medium.name = name->text;
  for (const auto kind : {AttributeKind::image_size, AttributeKind::video}) {
    const auto* attribute = document.find(kind);
    if (attribute == nullptr) continue;
    medium.width = attribute->width;
    medium.height = attribute->height;
  }
  if (medium.kind == "audio") return medium;
  if (const auto* thumb = fitting(document.thumbs)) show(medium, *thumb);
  // A picture sent as a file is shown itself.
  if (type.starts_with("image/") && document.size <= CaseMedia::bytes_most) {
    medium.picture = document.file;
    medium.picture_bytes = document.size;
  }
  return medium;
}

}  // namespace

Result<bool> is_closed(store::Tx& tx, const store::Case& one, const safety::CaseFile& file) {
  constexpr auto closed = terms::Category::csae;
  if (static_cast<terms::Category>(one.category) == closed) return true;
  const auto found = [](const safety::Finding& finding) { return finding.category == terms::name(closed); };
  if (std::ranges::any_of(file.findings, found)) return true;
  HG_ASSIGN(const auto reports, tx.reports().of_case(one.id, 0, kReportsLookedAt));
  return std::ranges::any_of(reports, [](const store::Report& report) {
    return static_cast<terms::Category>(report.category) == closed;
  });
}

Result<std::vector<CaseMedium>> media_of_case(store::Tx& tx, const store::Case& one,
                                              const safety::CaseFile& file) {
  HG_ASSIGN(auto ids, store::console_of(tx).case_prints().evidence_media(one.id));
  if (file.message && file.place.is_channel()) {
    HG_ASSIGN(const auto message, tx.messages().find(BoxId::of(file.place.channel()), file.message));
    if (message) {
      HG_ASSIGN(const auto content, decode_content(*message));
      const auto& media = content.withheld ? content.withheld->media : content.media;
      const auto add = [&ids](std::int64_t id) {
        if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
      };
      if (media && media->photo) add(media->photo->id);
      if (media && media->document) add(media->document->id);
    }
  }
  std::vector<CaseMedium> all;
  if (ids.empty()) return all;
  HG_ASSIGN(const bool closed, is_closed(tx, one, file));
  HG_ASSIGN(const auto rows, tx.media().find_many(ids));
  for (const auto& row : rows) {
    CaseMedium medium;
    if (row.kind == store::MediaKind::photo) {
      HG_ASSIGN(const auto photo, photo_from(row));
      medium = medium_of(photo);
      if (!file.message) medium.kind = "avatar";
    } else {
      HG_ASSIGN(const auto document, document_from(row));
      medium = medium_of(document);
    }
    medium.closed = closed;
    all.push_back(std::move(medium));
  }
  return all;
}

Task<Result<Bytes>> CaseMedia::picture(std::int64_t case_id, std::size_t index, bool veiled) const {
  auto find = [this, case_id, index](store::Tx& tx) -> Result<CaseMedium> {
    HG_ASSIGN(const auto one, tx.cases().find(case_id));
    if (!one) return fail(Error::not_found("CASE_UNKNOWN", "There is no case of this number."));
    HG_ASSIGN(const auto file, safety::open_file(*one, environment_.sealer));
    HG_ASSIGN(auto media, media_of_case(tx, *one, file));
    if (index >= media.size()) return fail(unknown_medium());
    return std::move(media[index]);
  };
  CO_ASSIGN(const auto medium, co_await environment_.store.read(std::move(find)));
  if (medium.closed) {
    co_return fail(Error::forbidden("MEDIA_CLOSED", "Pictures of this kind are shown to nobody."));
  }
  if (medium.picture.sha256.empty() || medium.picture_bytes > bytes_most) co_return fail(unknown_medium());
  images::Job job;
  auto bytes = co_await blobs_.read(medium.picture, 0, static_cast<std::size_t>(bytes_most));
  if (!bytes && bytes.error().code == "BLOB_NOT_FOUND") co_return fail(unknown_medium());
  if (!bytes) co_return fail(bytes.error());
  job.source = std::move(*bytes);
  job.targets = {{'y', side_most, false}};
  job.veiled = veiled;
  auto made = co_await images_.make(std::move(job));
  if (!made && made.error().kind == ErrorKind::unavailable) co_return fail(made.error());
  if (!made || made->sizes.empty()) co_return fail(unknown_medium());
  co_return std::move(made->sizes.back().jpeg);
}

}  // namespace heliograph::services
