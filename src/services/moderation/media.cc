#include "services/moderation/media.h"

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

Result<JudgedMedia> judged_media(store::Tx& tx, const store::Message& message,
                                 const std::string& image_model) {
  HG_ASSIGN(const auto content, decode_content(message));
  return judged_media(tx, content.withheld ? content.withheld->media : content.media, image_model);
}

Task<Status> match_early(const Environment& environment, Peer to, std::vector<Media> media) {
  const auto* const moderation = environment.moderation;
  if (moderation == nullptr || !to.is_channel()) co_return Status();
  const auto lists = moderation->gate()->rulebook()->hashes;
  if (lists->size() == 0) co_return Status();
  auto find = [to, media = std::move(media)](store::Tx& tx) -> Result<std::vector<safety::MediaPrint>> {
    std::vector<safety::MediaPrint> prints;
    HG_ASSIGN(const auto chat, tx.chats().find(to));
    if (!chat) return prints;
    HG_ASSIGN(const bool open, is_open(tx, *chat));
    if (!open) return prints;
    for (const auto& one : media) {
      HG_ASSIGN(auto found, judged_media(tx, std::optional(one), {}));
      for (auto& print : found.prints) prints.push_back(std::move(print));
    }
    return prints;
  };
  CO_ASSIGN(const auto prints, co_await environment.store.read(std::move(find)));
  for (const auto& print : prints) static_cast<void>(lists->match(print));
  co_return Status();
}

}  // namespace heliograph::services
