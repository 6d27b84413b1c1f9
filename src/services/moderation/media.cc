#include "services/moderation/media.h"

#include <algorithm>

#include "services/discovery/public.h"
#include "services/moderation/moderation.h"

namespace heliograph::services {

namespace {

safety::MediaPrint print_to_judge(const store::MediaPrint& known) {
  safety::MediaPrint print;
  for (const auto& sha256 : {known.content.sha256, known.origin}) {
    if (const auto hash = Hash256::from_bytes(sha256)) print.sha256.push_back(*hash);
  }
  print.pdq_quality = known.pdq_quality;
  for (std::size_t at = 0; at + Hash256::bytes <= known.pdq.size(); at += Hash256::bytes) {
    print.pdq.push_back(*Hash256::from_bytes(ByteView(known.pdq).subspan(at, Hash256::bytes)));
  }
  print.image_model = known.image_model;
  print.sexual = static_cast<float>(known.sexual) / 1000;
  return print;
}

Status add_prints(store::Tx& tx, std::vector<Looked> all, const std::string& image_model,
                  JudgedMedia& found) {
  for (auto& one : all) {
    HG_ASSIGN(const auto known, tx.media_prints().find(one.content));
    auto print = print_to_judge(known ? *known : store::MediaPrint{one.content, {}, 0, {}, {}, 0});
    const bool classified =
        image_model.empty() || (known && (known->image_model == image_model || known->pdq.empty()));
    if (one.picture && (!known || !classified)) found.unseen.push_back(std::move(one));
    found.prints.push_back(std::move(print));
  }
  return {};
}

}  // namespace

Result<JudgedMedia> judged_media(store::Tx& tx, const Photo& photo, const std::string& image_model) {
  JudgedMedia judged;
  HG_TRY(add_prints(tx, looked_at_in(photo), image_model, judged));
  return judged;
}

Result<JudgedMedia> judged_media(store::Tx& tx, const std::optional<Media>& media,
                                 const std::string& image_model) {
  JudgedMedia judged;
  if (media && media->photo) HG_TRY(add_prints(tx, looked_at_in(*media->photo), image_model, judged));
  if (media && media->document) HG_TRY(add_prints(tx, looked_at_in(*media->document), image_model, judged));
  return judged;
}

Result<JudgedMedia> judged_media(store::Tx& tx, Peer peer, const std::string& image_model) {
  std::int64_t photo = 0;
  if (peer.is_user()) {
    HG_ASSIGN(const auto account, tx.accounts().find(peer.user()));
    const auto shown = account ? peer_photo_from(account->photo) : std::nullopt;
    if (shown) photo = shown->photo;
  } else {
    HG_ASSIGN(const auto chat, tx.chats().find(peer));
    if (chat) photo = chat->photo;
  }
  HG_ASSIGN(const auto row, photo == 0 ? Result<std::optional<store::Media>>() : tx.media().find(photo));
  if (!row) return JudgedMedia{};
  HG_ASSIGN(const auto shown, photo_from(*row));
  return judged_media(tx, shown, image_model);
}

Result<JudgedMedia> judged_media(store::Tx& tx, const store::Message& message,
                                 const std::string& image_model) {
  HG_ASSIGN(const auto content, decode_content(message));
  return judged_media(tx, content.withheld ? content.withheld->media : content.media, image_model);
}

void add_lines(const std::vector<Looked>& files, std::string_view what, std::vector<std::string>& lines) {
  for (const auto& file : files) {
    lines.push_back(std::string(what) + ", " + std::to_string(file.size) + " bytes, SHA-256 " +
                    to_hex(file.content.sha256));
  }
}

MediaEvidence media_evidence(const MessageContent& content) {
  MediaEvidence evidence;
  const auto& media = content.withheld ? content.withheld->media : content.media;
  if (media && media->photo) {
    add_lines(looked_at_in(*media->photo), "photo", evidence.lines);
    evidence.ids.push_back(media->photo->id);
  }
  if (media && media->document) {
    const auto type = media->document->mime_type.empty() ? "file" : media->document->mime_type;
    add_lines(looked_at_in(*media->document), type, evidence.lines);
    evidence.ids.push_back(media->document->id);
  }
  return evidence;
}

Task<Status> match_early(const Environment& environment, Peer to, std::span<const Media* const> media) {
  const auto* const moderation = environment.moderation;
  if (moderation == nullptr || !to.is_channel()) co_return Status();
  const auto lists = moderation->gate()->rulebook()->hashes;
  if (lists->size() == 0) co_return Status();
  auto look = [to](store::Tx& tx) -> Result<bool> {
    HG_ASSIGN(const auto chat, find_open_chat(tx, to));
    return chat.has_value();
  };
  CO_ASSIGN(const bool open, co_await environment.store.read(std::move(look)));
  if (!open) co_return Status();
  // A copy: the store may still be reading when whoever waits for it is gone.
  std::vector<Looked> looked;
  for (const auto* one : media) {
    if (one->photo) std::ranges::move(looked_at_in(*one->photo), std::back_inserter(looked));
    if (one->document) std::ranges::move(looked_at_in(*one->document), std::back_inserter(looked));
  }
  auto find = [looked = std::move(looked)](store::Tx& tx) -> Result<std::vector<safety::MediaPrint>> {
    JudgedMedia found;
    HG_TRY(add_prints(tx, looked, {}, found));
    return std::move(found.prints);
  };
  CO_ASSIGN(const auto prints, co_await environment.store.read(std::move(find)));
  for (const auto& print : prints) static_cast<void>(lists->match(print));
  co_return Status();
}

}  // namespace heliograph::services
