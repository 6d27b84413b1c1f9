// Judging after the fact: names, and what was written in a channel before it became public.
#include "services/discovery/public.h"
#include "services/moderation/judge.h"
#include "services/moderation/moderation.h"

namespace heliograph::services {

namespace {

constexpr std::size_t entries_at_once = 50;
constexpr std::int32_t posts_at_once = 200;

std::string line(const std::string& text) {
  return text.empty() ? text : text + "\n";
}

}  // namespace

Status Moderation::judge_names(store::Tx& tx, Peer peer) const {
  safety::Item item;
  item.place = peer;
  auto context = safety::Context{safety::Place::profile, safety::Standing::regular};
  if (peer.is_user()) {
    HG_ASSIGN(const auto account, tx.accounts().find(peer.user()));
    if (!account || !is_public(*account) || account->delisted) return {};
    item.author = account->id;
    item.text =
        line(account->first_name + " " + account->last_name) + line(account->username) + account->about;
  } else {
    HG_ASSIGN(const auto chat, tx.chats().find(peer));
    if (!chat || !is_public(*chat) || (chat->flags & store::chat_delisted) != 0) return {};
    item.author = chat->creator;
    item.title = chat->title;
    item.text = line(chat->title) + line(chat->username) + chat->about;
  }
  HG_ASSIGN(const auto account, tx.accounts().find(item.author));
  if (account) context.standing = standing_of(*account, environment_.clock.unix_seconds());
  HG_TRY(enforcer_->carry_out(tx, item, parts_.gate->judge(item.text, context), nullptr));
  return {};
}

// One step, newest first; what is left is queued again.
Status Moderation::judge_posts(store::Tx& tx, const store::Unjudged& entry) const {
  HG_ASSIGN(const auto chat, tx.chats().find(entry.peer));
  if (!chat || !is_public(*chat)) return {};
  store::HistoryRange range;
  range.offset_id = entry.below;
  range.limit = posts_at_once;
  HG_ASSIGN(const auto page, tx.messages().history(BoxId::of(entry.peer.channel()), entry.peer, range));
  for (const auto& post : page.messages) HG_TRY(judge_post(environment_, tx, *chat, post));
  if (page.messages.size() < static_cast<std::size_t>(posts_at_once)) return {};
  auto rest = entry;
  rest.below = page.messages.back().id;
  return tx.judge_queue().add(rest);
}

Task<Result<bool>> Moderation::judge_waiting() {
  CO_ASSIGN(const auto waiting, co_await environment_.store.read(
                                    [](store::Tx& tx) { return tx.judge_queue().first(entries_at_once); }));
  for (const auto& entry : waiting) {
    auto body = [this, entry](store::Tx& tx) -> Status {
      HG_TRY(tx.judge_queue().erase(entry.number));
      if (entry.kind == store::Unjudged::Kind::names) return judge_names(tx, entry.peer);
      return judge_posts(tx, entry);
    };
    CO_TRY(co_await environment_.store.write(std::move(body)));
  }
  co_return waiting.size() == entries_at_once;
}

}  // namespace heliograph::services
