#include "services/files/documents.h"

#include <algorithm>

#include "services/files/prints.h"

namespace heliograph::services {

namespace {

constexpr std::size_t text_max = 1024;
constexpr std::size_t waveform_max = 256;
constexpr std::int32_t side_max = 1 << 16;
constexpr std::int64_t duration_ms_max = std::int64_t{1000} * 60 * 60 * 24 * 365;

// "text/plain; charset=utf-8": printable and short, or the type that says nothing.
std::string clean_mime_type(std::string text) {
  const bool good = !text.empty() && text.size() <= 128 && text.find('/') != text.npos &&
                    std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
  return good ? std::move(text) : std::string("application/octet-stream");
}

// No control characters, and no way out of the folder it will be saved in.
std::string clean_text(std::string text) {
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (text.size() > text_max) {
    auto end = text_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // whole characters
    text.resize(end);
  }
  return text;
}
std::string clean_file_name(std::string name) {
  name = clean_text(std::move(name));
  std::ranges::replace(name, '/', '_');
  std::ranges::replace(name, '\\', '_');
  if (name == "." || name == "..") name = "file";
  return name;
}

Status check(const DocumentAttribute& attribute) {
  const auto side = [](std::int32_t value) { return value >= 0 && value <= side_max; };
  if (!side(attribute.width) || !side(attribute.height) || attribute.duration_ms < 0 ||
      attribute.duration_ms > duration_ms_max || attribute.waveform.size() > waveform_max) {
    return fail(Error::invalid("MEDIA_INVALID", "What is said about the file cannot be."));
  }
  return {};
}

}  // namespace

Task<Result<std::vector<PictureSize>>> put_pictures(store::Blobs& blobs,
                                                    std::vector<images::Picture> pictures) {
  std::vector<PictureSize> sizes;
  for (auto& picture : pictures) {
    PictureSize size;
    size.type = std::string(1, picture.type);
    size.width = picture.width;
    size.height = picture.height;
    size.size = static_cast<std::int64_t>(picture.jpeg.size());
    CO_ASSIGN(size.file, co_await blobs.put(std::move(picture.jpeg)));
    sizes.push_back(std::move(size));
  }
  co_return sizes;
}

Task<std::optional<store::MediaPrint>> Documents::add_thumbs(Document& document, const ReadyFile& source,
                                                             std::int64_t bytes_max) {
  if (source.size > bytes_max || images::sniff(source.head) == images::Format::unknown)
    co_return std::nullopt;
  const auto bytes = co_await blobs_.read(source.blob, 0, static_cast<std::size_t>(source.size));
  if (!bytes) co_return std::nullopt;
  images::Job job;
  job.source = *bytes;
  job.targets.push_back(images::Target{});
  job.stripped = true;
  job.looks = true;
  const auto made = co_await images_.make(std::move(job));
  if (!made) co_return std::nullopt;
  auto sizes = co_await put_pictures(blobs_, made->sizes);
  if (!sizes) co_return std::nullopt;
  document.thumbs = std::move(*sizes);
  document.stripped = made->stripped;
  // The picture itself, not its thumbnail: how large it is, whatever its sender says.
  if (source.blob == document.file) {
    DocumentAttribute size;
    size.kind = AttributeKind::image_size;
    size.width = made->width;
    size.height = made->height;
    std::erase_if(document.attributes, [](const auto& a) { return a.kind == AttributeKind::image_size; });
    document.attributes.push_back(std::move(size));
  }
  if (!made->looks) co_return std::nullopt;
  // A picture is found by its own bytes, a thumbnail that came with something else by those made of it.
  const bool itself = source.blob == document.file;
  co_return print_of(itself ? document.file : document.thumbs.back().file, *made->looks, source.blob);
}

Task<Result<Document>> Documents::create(UserId owner, NewDocument wanted) {
  if (wanted.attributes.size() > attributes_max) co_return fail(Error::invalid("MEDIA_INVALID"));
  for (auto& attribute : wanted.attributes) {
    CO_TRY(check(attribute));
    attribute.text = attribute.kind == AttributeKind::file_name ? clean_file_name(std::move(attribute.text))
                                                                : clean_text(std::move(attribute.text));
    attribute.text2 = clean_text(std::move(attribute.text2));
  }
  CO_ASSIGN(const auto ready, co_await uploads_.finish(owner, std::move(wanted.file)));
  Document document;
  document.owner = owner;
  document.date = environment_.clock.unix_seconds();
  document.mime_type = clean_mime_type(std::move(wanted.mime_type));
  document.size = ready.size;
  document.file = ready.blob;
  document.attributes = std::move(wanted.attributes);
  if (document.find(AttributeKind::file_name) == nullptr && !ready.name.empty()) {
    DocumentAttribute name;
    name.text = clean_file_name(ready.name);
    document.attributes.push_back(std::move(name));
  }
  std::optional<store::MediaPrint> print;
  if (wanted.thumb) {
    CO_ASSIGN(const auto thumb, co_await uploads_.finish(owner, std::move(*wanted.thumb)));
    print = co_await add_thumbs(document, thumb, limits_.thumb_bytes_max);
  } else {
    print = co_await add_thumbs(document, ready, limits_.photo_bytes_max);
  }
  CO_ASSIGN(document.id, co_await library_.enter(document, std::move(print)));
  co_return document;
}

}  // namespace heliograph::services
