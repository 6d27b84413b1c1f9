#include "api/media_arguments.h"

#include <cmath>

#include "api/peers.h"

namespace heliograph::api {

namespace {

std::int64_t milliseconds(double seconds) {
  // What cannot be a duration is refused by the service.
  return std::isfinite(seconds) && std::abs(seconds) < 1e12 ? std::llround(seconds * 1000) : -1;
}

services::DocumentAttribute attribute(services::AttributeKind kind) {
  services::DocumentAttribute made;
  made.kind = kind;
  return made;
}

std::optional<services::DocumentAttribute> attribute_from(const tl::Box<tl::DocumentAttribute>& input) {
  using services::AttributeKind;
  if (const auto* name = input.get_if<tl::documentAttributeFilename>()) {
    auto made = attribute(AttributeKind::file_name);
    made.text = name->file_name;
    return made;
  }
  if (const auto* size = input.get_if<tl::documentAttributeImageSize>()) {
    auto made = attribute(AttributeKind::image_size);
    made.width = size->w;
    made.height = size->h;
    return made;
  }
  if (input.is<tl::documentAttributeAnimated>()) return attribute(AttributeKind::animated);
  if (input.is<tl::documentAttributeHasStickers>()) return attribute(AttributeKind::has_stickers);
  if (const auto* video = input.get_if<tl::documentAttributeVideo>()) {
    auto made = attribute(AttributeKind::video);
    made.width = video->w;
    made.height = video->h;
    made.duration_ms = milliseconds(video->duration);
    made.round = video->round_message;
    made.streaming = video->supports_streaming;
    made.no_sound = video->nosound;
    if (video->preload_prefix_size) made.preload_bytes = *video->preload_prefix_size;
    if (video->video_start_ts) made.start_ms = milliseconds(*video->video_start_ts);
    made.text = video->video_codec.value_or("");
    return made;
  }
  if (const auto* audio = input.get_if<tl::documentAttributeAudio>()) {
    auto made = attribute(AttributeKind::audio);
    made.duration_ms = std::int64_t{audio->duration} * 1000;
    made.voice = audio->voice;
    made.text = audio->title.value_or("");
    made.text2 = audio->performer.value_or("");
    made.waveform = audio->waveform.value_or(Bytes());
    return made;
  }
  if (const auto* sticker = input.get_if<tl::documentAttributeSticker>()) {
    auto made = attribute(AttributeKind::sticker);
    made.text = sticker->alt;
    made.mask = sticker->mask;
    return made;
  }
  return std::nullopt;
}

}  // namespace

Result<services::UploadedFile> uploaded_from(const tl::Box<tl::InputFile>& input) {
  services::UploadedFile file;
  if (const auto* small = input.get_if<tl::inputFile>()) {
    file.file = small->id;
    file.parts = small->parts;
    file.name = small->name;
    file.md5 = small->md5_checksum;
  } else if (const auto* big = input.get_if<tl::inputFileBig>()) {
    file.file = big->id;
    file.parts = big->parts;
    file.name = big->name;
  } else {
    return fail(Error::invalid("FILE_ID_INVALID"));
  }
  return file;
}

Result<services::MediaName> photo_name_from(const tl::Box<tl::InputPhoto>& input) {
  const auto* photo = input.get_if<tl::inputPhoto>();
  if (photo == nullptr) return fail(Error::invalid("PHOTO_INVALID"));
  return services::MediaName{photo->id, photo->access_hash, photo->file_reference};
}

Result<services::MediaName> document_name_from(const tl::Box<tl::InputDocument>& input) {
  const auto* document = input.get_if<tl::inputDocument>();
  if (document == nullptr) return fail(Error::invalid("DOCUMENT_INVALID"));
  return services::MediaName{document->id, document->access_hash, document->file_reference};
}

std::vector<services::DocumentAttribute> attributes_from(
    const std::vector<tl::Box<tl::DocumentAttribute>>& inputs) {
  std::vector<services::DocumentAttribute> attributes;
  for (const auto& input : inputs) {
    if (auto made = attribute_from(input)) attributes.push_back(std::move(*made));
  }
  return attributes;
}

Task<Result<services::FilePlace>> place_from(Context& context, const tl::Box<tl::InputFileLocation>& input) {
  if (const auto* document = input.get_if<tl::inputDocumentFileLocation>()) {
    services::MediaName name{document->id, document->access_hash, document->file_reference};
    co_return services::DocumentPlace{std::move(name), document->thumb_size};
  }
  if (const auto* photo = input.get_if<tl::inputPhotoFileLocation>()) {
    services::MediaName name{photo->id, photo->access_hash, photo->file_reference};
    co_return services::PhotoPlace{std::move(name), photo->thumb_size};
  }
  if (const auto* of_peer = input.get_if<tl::inputPeerPhotoFileLocation>()) {
    CO_ASSIGN(const auto peer, co_await peer_from(context, of_peer->peer));
    if (peer.is_user()) {
      auto& photos = context.services.files.profile_photos;
      CO_ASSIGN(const bool shown, co_await photos.visible(context.caller.user, peer.user()));
      if (!shown) co_return fail(Error::invalid("LOCATION_INVALID"));
    } else {
      CO_ASSIGN(const auto view, co_await context.services.chat_views.view_one(context.caller.user, peer));
      if (view.forbidden()) co_return fail(Error::invalid("LOCATION_INVALID"));
    }
    co_return services::PeerPhotoPlace{peer, of_peer->photo_id, of_peer->big};
  }
  if (context.takeout && input.is<tl::inputTakeoutFileLocation>()) {
    // A file of what no method gives; there is none, and this is how clients are told so.
    co_return fail(Error::invalid("TAKEOUT_FILE_EMPTY"));
  }
  co_return fail(Error::invalid("LOCATION_INVALID"));
}

bool is_file_media(const tl::Box<tl::InputMedia>& input) {
  return input.is<tl::inputMediaUploadedPhoto>() || input.is<tl::inputMediaUploadedDocument>() ||
         input.is<tl::inputMediaPhoto>() || input.is<tl::inputMediaDocument>();
}

Task<Result<SentMedia>> sent_media_from(Context& context, tl::Box<tl::InputMedia>& input) {
  auto& files = context.services.files;
  SentMedia sent;
  if (auto* fresh_photo = input.get_if<tl::inputMediaUploadedPhoto>()) {
    CO_ASSIGN(auto file, uploaded_from(fresh_photo->file));
    sent.ttl_seconds = fresh_photo->ttl_seconds.value_or(0);
    sent.spoiler = fresh_photo->spoiler;
    CO_ASSIGN(sent.photo, co_await files.photos.create(context.caller.user, std::move(file),
                                                       services::Photos::Use::message));
  } else if (auto* fresh = input.get_if<tl::inputMediaUploadedDocument>()) {
    services::NewDocument wanted;
    CO_ASSIGN(wanted.file, uploaded_from(fresh->file));
    if (fresh->thumb) {
      CO_ASSIGN(wanted.thumb, uploaded_from(fresh->thumb));
    }
    sent.ttl_seconds = fresh->ttl_seconds.value_or(0);
    wanted.mime_type = std::move(fresh->mime_type);
    wanted.attributes = attributes_from(fresh->attributes);
    wanted.as_file = fresh->force_file;
    sent.spoiler = fresh->spoiler;
    CO_ASSIGN(sent.document, co_await files.documents.create(context.caller.user, std::move(wanted)));
  } else if (auto* photo = input.get_if<tl::inputMediaPhoto>()) {
    CO_ASSIGN(auto name, photo_name_from(photo->id));
    sent.ttl_seconds = photo->ttl_seconds.value_or(0);
    sent.spoiler = photo->spoiler;
    CO_ASSIGN(sent.photo, co_await files.library.photo(std::move(name), "PHOTO_INVALID"));
  } else if (auto* document = input.get_if<tl::inputMediaDocument>()) {
    CO_ASSIGN(auto name, document_name_from(document->id));
    sent.ttl_seconds = document->ttl_seconds.value_or(0);
    sent.spoiler = document->spoiler;
    CO_ASSIGN(sent.document, co_await files.library.document(std::move(name), "DOCUMENT_INVALID"));
  } else {
    co_return fail(Error::invalid("MEDIA_INVALID", "This server does not take this kind of media."));
  }
  co_return sent;
}

}  // namespace heliograph::api
