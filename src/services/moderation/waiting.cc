// Judging after the fact: names, and what was written in a channel before it became public.
#include <algorithm>

#include "base/log.h"
#include "safety/cases/rank.h"
#include "safety/enforcement/found.h"
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

// What a search for these names would be refused for; none: nothing.
struct Refused {
  std::string reading;  // the name as the guard reads it, misspellings put right
  terms::Category category = terms::Category::other_illegal;
  std::string term;
};
std::optional<Refused> refused_name(const search::Guard* guard, const std::vector<std::string>& names) {
  const auto terms = guard != nullptr ? guard->terms() : nullptr;
  if (!terms) return std::nullopt;
  terms::GuardScratch scratch;
  terms::GuardVerdict verdict;
  for (const auto& name : names) {
    terms->check(name, scratch, verdict);
    if (verdict.effect < terms::SearchEffect::interstitial || verdict.hits.empty()) continue;
    const auto strongest =
        std::ranges::max(verdict.hits, {}, [](const auto& hit) { return hit.term->effect; });
    return Refused{verdict.read_as, strongest.term->category.value_or(terms::Category::other_illegal),
                   strongest.term->id};
  }
  return std::nullopt;
}

}  // namespace

Status Moderation::judge_names(store::Tx& tx, Peer peer, Pictures pictures) const {
  safety::Item item;
  std::vector<std::string> names;  // of these the guard is asked
  item.place = peer;
  auto context = safety::Context{safety::Place::profile, safety::Standing::regular};
  if (peer.is_user()) {
    HG_ASSIGN(const auto account, tx.accounts().find(peer.user()));
    if (!account || !is_public(*account) || account->delisted) return {};
    item.author = account->id;
    item.text =
        line(account->first_name + " " + account->last_name) + line(account->username) + account->about;
    names = {account->first_name + " " + account->last_name, account->username};
  } else {
    HG_ASSIGN(const auto chat, tx.chats().find(peer));
    if (!chat || !is_public(*chat) || (chat->flags & (store::chat_delisted | store::chat_closed)) != 0)
      return {};
    item.author = chat->creator;
    item.title = chat->title;
    item.text = line(chat->title) + line(chat->username) + chat->about;
    names = {chat->title, chat->username};
  }
  HG_ASSIGN(const auto account, tx.accounts().find(item.author));
  if (account) context.standing = standing_of(*account, environment_.clock.unix_seconds());
  HG_ASSIGN(const auto media, judged_media(tx, peer, image_model()));
  // Judged again once the model has seen it; what it cannot see it is not asked for twice.
  if (pictures == Pictures::not_seen && !media.unseen.empty()) {
    HG_TRY(tx.judge_queue().add({0, store::Unjudged::Kind::media, peer, {}}));
  }
  const auto refused = refused_name(guard_, names);
  const auto text = item.text + (refused ? "\n" + refused->reading : "");
  auto judgement = parts_.gate->judge(text, media.prints, context);
  if (judgement.failed) return fail(Error::unavailable("JUDGING_FAILED"));  // it is tried again
  if (refused && judgement.effect == safety::Effect::allow && judgement.proposed == safety::Effect::allow) {
    // A word that the staff guards searches against says nothing to the scan: a person looks.
    judgement.effect = judgement.proposed = safety::Effect::review;
    judgement.category = refused->category;
    judgement.severity = safety::severity_of(refused->category);
    judgement.rule = "guard";
    judgement.terms = {refused->term};
  }
  // Title and username may wait here one after the other: what is in force is not done twice.
  HG_ASSIGN(const auto before, tx.cases().of_subject(safety::subject_of(item).text, 1));
  if (!before.empty() && before.front().state == store::CaseState::decided &&
      before.front().effect == static_cast<std::uint8_t>(safety::effect_of(item, judgement))) {
    return {};
  }
  HG_TRY(enforcer_->carry_out(tx, item, judgement, nullptr));
  return {};
}

// One step, newest first; what is left is queued again.
Status Moderation::judge_posts(store::Tx& tx, const store::Unjudged& entry) const {
  HG_ASSIGN(const auto chat, find_open_chat(tx, entry.peer));
  if (!chat) return {};
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
  HG_ASSIGN(const auto post, open_post(tx, entry.peer, entry.message));
  if (!post) return {};
  return judge_post(environment_, tx, post->chat, post->message);
}

Task<Status> Moderation::judge_waiting() {
  using Kind = store::Unjudged::Kind;
  auto count = [](store::Tx& tx) { return tx.judge_queue().count(); };
  CO_ASSIGN(waiting_, co_await environment_.store.read(std::move(count)));
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
      if (entry.kind == Kind::names) return judge_names(tx, entry.peer, Pictures::not_seen);
      if (entry.kind == Kind::again) return judge_again(tx, entry);
      return judge_posts(tx, entry);
    };
    const auto judged = co_await environment_.store.write(std::move(body));
    if (!judged) CO_TRY(co_await put_back(entry, judged.error()));
  }
  co_return Status();
}

Task<Status> Moderation::put_back(store::Unjudged entry, const Error& why) {
  log::warn("what waits to be judged could not be, and is tried again later: {}", why.code);
  auto body = [entry](store::Tx& tx) -> Status {
    HG_TRY(tx.judge_queue().erase(entry.number));
    return tx.judge_queue().add({0, entry.kind, entry.peer, entry.message});
  };
  co_return co_await environment_.store.write(std::move(body));
}

Task<Status> Moderation::ask_second() {
  if (parts_.second == nullptr) co_return Status();
  CO_ASSIGN(const auto waiting, co_await environment_.store.read([](store::Tx& tx) {
    return tx.judge_queue().first(store::Unjudged::Kind::unsure, entries_at_once);
  }));
  for (const auto& entry : waiting) {
    // Nothing to ask about: it is gone, or not public any more.
    auto find = [entry](store::Tx& tx) -> Result<std::string> {
      HG_ASSIGN(const auto post, open_post(tx, entry.peer, entry.message));
      return post ? judged_text(post->message) : Result<std::string>("");
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
      HG_ASSIGN(const auto found, open_post(tx, entry.peer, entry.message));
      if (text.empty() || !found) return {};
      const auto& [chat, post] = *found;
      // Edited meanwhile: the new text was judged, and queued, by itself.
      HG_ASSIGN(const auto present, judged_text(post));
      if (present != text) return {};
      HG_ASSIGN(const auto judged,
                judged_of(tx, chat, post.from, post.id, environment_.clock.unix_seconds()));
      HG_ASSIGN(const auto media, judged_media(tx, post, image_model()));
      return carry_out_on(environment_, tx, chat, post,
                          parts_.gate->judge_again(text, media.prints, judged.context, judged.writing, scores,
                                                   parts_.second->version()));
    };
    CO_TRY(co_await environment_.store.write(std::move(body)));
  }
  co_return Status();
}

}  // namespace heliograph::services
