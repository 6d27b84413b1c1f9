// Judging after the fact: names, and what was written in a channel before it became public.
#include "services/discovery/public.h"
#include "services/moderation/judge.h"
#include "services/moderation/media.h"
#include "services/moderation/moderation.h"

namespace heliograph::services {

namespace {

constexpr std::size_t entries_at_once = 50;
constexpr std::size_t channels_at_once = 4;
constexpr std::int32_t posts_at_once = 200;

using Entries = std::vector<store::Unjudged>;

std::string line(const std::string& text) {
  return text.empty() ? text : text + "\n";
}

}  // namespace

Status Moderation::judge_names(store::Tx& tx, Peer peer) const {
  safety::Item item;
  std::int64_t photo = 0;
  item.place = peer;
  auto context = safety::Context{safety::Place::profile, safety::Standing::regular};
  if (peer.is_user()) {
    HG_ASSIGN(const auto account, tx.accounts().find(peer.user()));
    if (!account || !is_public(*account) || account->delisted) return {};
    item.author = account->id;
    item.text =
        line(account->first_name + " " + account->last_name) + line(account->username) + account->about;
    if (const auto shown = peer_photo_from(account->photo)) photo = shown->photo;
  } else {
    HG_ASSIGN(const auto chat, tx.chats().find(peer));
    if (!chat || !is_public(*chat) || (chat->flags & store::chat_delisted) != 0) return {};
    item.author = chat->creator;
    item.title = chat->title;
    item.text = line(chat->title) + line(chat->username) + chat->about;
    photo = chat->photo;
  }
  HG_ASSIGN(const auto account, tx.accounts().find(item.author));
  if (account) context.standing = standing_of(*account, environment_.clock.unix_seconds());
  JudgedMedia media;
  HG_ASSIGN(const auto row, photo == 0 ? Result<std::optional<store::Media>>() : tx.media().find(photo));
  if (row) {
    HG_ASSIGN(const auto shown, photo_from(*row));
    HG_ASSIGN(media, judged_media(tx, shown, {}));
  }
  HG_TRY(enforcer_->carry_out(tx, item, parts_.gate->judge(item.text, media.prints, context), nullptr));
  return {};
}

// One step, newest first; what is left is queued again.
Status Moderation::judge_posts(store::Tx& tx, const store::Unjudged& entry) const {
  HG_ASSIGN(const auto chat, tx.chats().find(entry.peer));
  if (!chat) return {};
  HG_ASSIGN(const bool open, is_open(tx, *chat));
  if (!open) return {};
  store::HistoryRange range;
  range.offset_id = entry.message;
  range.limit = posts_at_once;
  HG_ASSIGN(const auto page, tx.messages().history(BoxId::of(entry.peer.channel()), entry.peer, range));
  for (const auto& post : page.messages) HG_TRY(judge_post(environment_, tx, *chat, post));
  if (page.messages.size() < static_cast<std::size_t>(posts_at_once)) return {};
  auto rest = entry;
  rest.message = page.messages.back().id;
  return tx.judge_queue().add(rest);
}

Status Moderation::judge_again(store::Tx& tx, const store::Unjudged& entry) const {
  HG_ASSIGN(const auto chat, tx.chats().find(entry.peer));
  if (!chat) return {};
  HG_ASSIGN(const bool open, is_open(tx, *chat));
  HG_ASSIGN(const auto post, tx.messages().find(BoxId::of(entry.peer.channel()), entry.message));
  if (!open || !post) return {};
  return judge_post(environment_, tx, *chat, *post);
}

Task<Status> Moderation::judge_waiting() {
  using Kind = store::Unjudged::Kind;
  CO_ASSIGN(const auto waiting, co_await environment_.store.read([](store::Tx& tx) -> Result<Entries> {
    HG_ASSIGN(auto all, tx.judge_queue().first(Kind::names, entries_at_once));
    HG_ASSIGN(const auto posts, tx.judge_queue().first(Kind::posts, channels_at_once));
    all.insert(all.end(), posts.begin(), posts.end());
    HG_ASSIGN(const auto again, tx.judge_queue().first(Kind::again, entries_at_once));
    all.insert(all.end(), again.begin(), again.end());
    return all;
  }));
  for (const auto& entry : waiting) {
    auto body = [this, entry](store::Tx& tx) -> Status {
      HG_TRY(tx.judge_queue().erase(entry.number));
      if (entry.kind == Kind::names) return judge_names(tx, entry.peer);
      if (entry.kind == Kind::again) return judge_again(tx, entry);
      return judge_posts(tx, entry);
    };
    CO_TRY(co_await environment_.store.write(std::move(body)));
  }
  co_return Status();
}

Task<Status> Moderation::ask_second() {
  if (parts_.second == nullptr) co_return Status();
  CO_ASSIGN(const auto waiting, co_await environment_.store.read([](store::Tx& tx) {
    return tx.judge_queue().first(store::Unjudged::Kind::unsure, entries_at_once);
  }));
  for (const auto& entry : waiting) {
    // Nothing to ask about: it is gone, or not public any more.
    auto find = [entry](store::Tx& tx) -> Result<std::string> {
      HG_ASSIGN(const auto chat, tx.chats().find(entry.peer));
      if (!chat) return "";
      HG_ASSIGN(const bool open, is_open(tx, *chat));
      if (!open) return "";
      HG_ASSIGN(const auto post, tx.messages().find(BoxId::of(entry.peer.channel()), entry.message));
      return post ? judged_text(*post) : Result<std::string>("");
    };
    CO_ASSIGN(const auto text, co_await environment_.store.read(std::move(find)));
    safety::Scores scores{};
    if (!text.empty()) {
      auto answer = co_await parts_.second->judge(text);
      if (!answer) co_return Status();  // the entry stays
      scores = *answer;
    }
    auto body = [this, entry, text, scores](store::Tx& tx) -> Status {
      HG_TRY(tx.judge_queue().erase(entry.number));
      HG_ASSIGN(const auto chat, tx.chats().find(entry.peer));
      HG_ASSIGN(const auto post, tx.messages().find(BoxId::of(entry.peer.channel()), entry.message));
      if (text.empty() || !chat || !post) return {};
      // Edited meanwhile: the new text was judged, and queued, by itself.
      HG_ASSIGN(const auto present, judged_text(*post));
      if (present != text) return {};
      HG_ASSIGN(const auto judged,
                judged_of(tx, *chat, post->from, post->id, environment_.clock.unix_seconds()));
      HG_ASSIGN(const auto media, judged_media(tx, *post, image_model()));
      return carry_out_on(environment_, tx, *chat, *post,
                          parts_.gate->judge_again(text, media.prints, judged.context, judged.writing, scores,
                                                   parts_.second->version()));
    };
    CO_TRY(co_await environment_.store.write(std::move(body)));
  }
  co_return Status();
}

}  // namespace heliograph::services
