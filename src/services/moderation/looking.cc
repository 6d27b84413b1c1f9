// Looking at pictures after the fact: those that were sent in before there was anything to compare them with,
// and those that a model has not seen.
#include "services/moderation/judge.h"
#include "services/moderation/media.h"
#include "services/moderation/moderation.h"

namespace heliograph::services {

namespace {

constexpr std::size_t looked_at_once = 20;

}  // namespace

Task<Result<store::MediaPrint>> Moderation::look_at_picture(Looked picture) {
  auto find = [picture](store::Tx& tx) { return tx.media_prints().find(picture.content); };
  CO_ASSIGN(auto known, co_await environment_.store.read(std::move(find)));
  store::MediaPrint print;
  print.content = picture.content;
  if (known) print = std::move(*known);
  if (picture.size > looking_.bytes_max) co_return print;
  auto bytes = co_await looking_.blobs.read(picture.content, 0, static_cast<std::size_t>(picture.size));
  if (!bytes) co_return fail(bytes.error());
  if (!known) {
    images::Job job;
    job.source = *bytes;
    job.looks = true;
    auto made = co_await looking_.images.make(std::move(job));
    if (!made && made.error().kind == ErrorKind::unavailable) co_return fail(made.error());
    // What cannot be read is no picture to anybody.
    if (!made || !made->looks) co_return print;
    print = print_of(picture.content, *made->looks, picture.content);
  }
  if (parts_.viewer == nullptr || print.pdq.empty()) co_return print;
  const auto seen = co_await parts_.viewer->look(std::move(*bytes));
  if (!seen && seen.error().kind == ErrorKind::unavailable) co_return fail(seen.error());
  print.image_model = image_model();
  print.sexual = seen ? seen->sexual : 0;
  co_return print;
}

Task<Status> Moderation::look_at(store::Unjudged entry) {
  auto find = [this, entry](store::Tx& tx) -> Result<std::vector<Looked>> {
    if (!entry.message) {
      HG_ASSIGN(auto media, judged_media(tx, entry.peer, image_model()));
      return std::move(media.unseen);
    }
    HG_ASSIGN(const auto post, open_post(tx, entry.peer, entry.message));
    if (!post) return std::vector<Looked>{};
    HG_ASSIGN(auto media, judged_media(tx, post->message, image_model()));
    return std::move(media.unseen);
  };
  CO_ASSIGN(auto unseen, co_await environment_.store.read(std::move(find)));
  std::vector<store::MediaPrint> prints;
  for (auto& picture : unseen) {
    auto print = co_await look_at_picture(std::move(picture));
    if (!print && print.error().kind == ErrorKind::unavailable) co_return fail(print.error());
    if (print) prints.push_back(std::move(*print));  // or else its bytes are gone
  }
  auto body = [this, entry, prints = std::move(prints)](store::Tx& tx) -> Status {
    HG_TRY(tx.judge_queue().erase(entry.number));
    for (const auto& print : prints) HG_TRY(tx.media_prints().put(print));
    if (!entry.message) return judge_names(tx, entry.peer, Pictures::seen);
    HG_ASSIGN(const auto post, open_post(tx, entry.peer, entry.message));
    if (!post) return {};
    HG_ASSIGN(const auto text, judged_text(post->message));
    HG_ASSIGN(const auto media, judged_media(tx, post->message, image_model()));
    HG_ASSIGN(const auto judged, judged_of(tx, post->chat, post->message.from, post->message.id,
                                           environment_.clock.unix_seconds()));
    const auto& gate = *parts_.gate;
    const auto judgement = gate.judge(text, media.prints, judged.context, judged.writing);
    // What the text alone asks for was done when it was sent.
    const auto before = gate.judge(text, {}, judged.context, judged.writing);
    if (judgement.rule == before.rule && judgement.effect == before.effect) return {};
    return carry_out_on(environment_, tx, post->chat, post->message, judgement);
  };
  co_return co_await environment_.store.write(std::move(body));
}

Task<Status> Moderation::look_at_waiting() {
  if (parts_.gate == nullptr) co_return Status();
  CO_ASSIGN(const auto waiting, co_await environment_.store.read([](store::Tx& tx) {
    return tx.judge_queue().first(store::Unjudged::Kind::media, looked_at_once);
  }));
  for (const auto& entry : waiting) {
    const auto looked = co_await look_at(entry);
    if (!looked) CO_TRY(co_await put_back(entry, looked.error()));
  }
  co_return Status();
}

}  // namespace heliograph::services
