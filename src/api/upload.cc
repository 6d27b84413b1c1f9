// upload.*, and the methods of messages.* that are about files alone.
#include "tl/upload.h"

#include "api/media_arguments.h"
#include "api/method.h"
#include "api/peers.h"
#include "api/render/media.h"
#include "tl/core_f.h"
#include "tl/fn_messages.h"
#include "tl/fn_upload.h"
#include "tl/storage.h"

namespace heliograph::api {

namespace {

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

namespace upload_fn = tl::fn::upload;

tl::Box<tl::storage::FileType> file_type(std::string_view mime_type) {
  if (mime_type == "image/jpeg") return tl::storage::fileJpeg{};
  if (mime_type == "image/png") return tl::storage::filePng{};
  if (mime_type == "image/gif") return tl::storage::fileGif{};
  if (mime_type == "image/webp") return tl::storage::fileWebp{};
  if (mime_type == "video/mp4") return tl::storage::fileMp4{};
  if (mime_type == "video/quicktime") return tl::storage::fileMov{};
  if (mime_type == "audio/mpeg") return tl::storage::fileMp3{};
  if (mime_type == "application/pdf") return tl::storage::filePdf{};
  return tl::storage::fileUnknown{};
}

Answer<upload_fn::saveFilePart> save_file_part(Context& context, upload_fn::saveFilePart& request) {
  CO_TRY(co_await context.services.files.uploads.save_part(
      context.caller.user, request.file_id, request.file_part, std::nullopt, std::move(request.bytes)));
  co_return true;
}

Answer<upload_fn::saveBigFilePart> save_big_file_part(Context& context, upload_fn::saveBigFilePart& request) {
  CO_TRY(co_await context.services.files.uploads.save_part(context.caller.user, request.file_id,
                                                           request.file_part, request.file_total_parts,
                                                           std::move(request.bytes)));
  co_return true;
}

Answer<upload_fn::getFile> get_file(Context& context, upload_fn::getFile& request) {
  CO_ASSIGN(auto place, co_await place_from(context, request.location));
  CO_ASSIGN(auto piece, co_await context.services.files.downloads.piece(std::move(place), request.offset,
                                                                        request.limit, request.precise));
  tl::upload::file reply;
  reply.type = file_type(piece.mime_type);
  reply.mtime = static_cast<std::int32_t>(piece.date);
  reply.bytes = std::move(piece.bytes);
  co_return reply;
}

Answer<upload_fn::getFileHashes> get_file_hashes(Context& context, upload_fn::getFileHashes& request) {
  CO_ASSIGN(auto place, co_await place_from(context, request.location));
  CO_ASSIGN(auto hashes, co_await context.services.files.downloads.hashes(std::move(place), request.offset));
  std::vector<tl::Box<tl::FileHash>> reply;
  for (auto& hash : hashes) {
    tl::fileHash one;
    one.offset = hash.offset;
    one.limit = hash.size;
    one.hash = std::move(hash.sha256);
    reply.push_back(std::move(one));
  }
  co_return reply;
}

Answer<tl::fn::messages::uploadMedia> upload_media(Context& context, tl::fn::messages::uploadMedia& request) {
  CO_TRY(co_await peer_from(context, request.peer));
  CO_ASSIGN(const auto sent, co_await sent_media_from(context, request.media));
  const auto& library = context.services.files.library;
  if (sent.photo) {
    co_return render_photo_media(render_photo(library, *sent.photo), sent.spoiler, sent.ttl_seconds);
  }
  co_return render_document_media(*sent.document, render_document(library, *sent.document), sent.spoiler,
                                  sent.ttl_seconds);
}

Answer<tl::fn::messages::getDocumentByHash> get_document_by_hash(
    Context& context, tl::fn::messages::getDocumentByHash& request) {
  const auto& library = context.services.files.library;
  CO_ASSIGN(const auto document,
            co_await context.services.files.library.own_document(
                context.caller.user, std::move(request.sha256), request.size, std::move(request.mime_type)));
  if (!document) co_return tl::documentEmpty{};
  co_return render_document(library, *document);
}

}  // namespace

void register_upload(Methods& methods) {
  methods.on(save_file_part);
  methods.on(save_big_file_part);
  methods.on(get_file);
  methods.on(get_file_hashes);
  methods.on(upload_media);
  methods.on(get_document_by_hash);
}

}  // namespace heliograph::api
