#include "services/discovery/search_help.h"

#include <algorithm>
#include <tuple>

#include "services/chats/append.h"
#include "services/chats/dialog.h"
#include "services/chats/text.h"
#include "services/discovery/public.h"
#include "services/groups/enter.h"
#include "services/groups/notice.h"
#include "services/updates/events.h"

namespace heliograph::services {

namespace {

constexpr std::string_view kept_as = "search help";

// Part of the stored format: which message says what.
struct KeptHelpPost {
  std::string key;
  MessageId message;
  void fields(auto& codec) { codec(key, message); }
};
struct KeptHelp {
  Peer channel;
  std::vector<KeptHelpPost> posts;
  void fields(auto& codec) { codec(channel, posts); }
};

// A post as it is to be.
struct WantedHelpPost {
  std::string key;
  FormattedText text;
  std::size_t of = 0;  // which of the texts
  bool open = false;
};

std::string key_of(const HelpText& text, bool open) {
  std::string key = text.category ? std::string(terms::name(*text.category)) : "general";
  key += "/" + text.language;
  for (const auto& country : text.countries) key += "/" + country;
  return open ? key + "/open" : key;
}

Result<WantedHelpPost> wanted_post(const HelpText& text, std::size_t of, bool open) {
  WantedHelpPost post{key_of(text, open), {}, of, open};
  auto written = text.text;
  std::vector<Entity> entities;
  if (open) {
    while (!written.empty() && written.back() == '\n') written.pop_back();
    written += "\n\n";
    Entity link;
    link.kind = EntityKind::text_url;
    link.offset = static_cast<std::int32_t>(utf16_length(written));
    link.length = static_cast<std::int32_t>(utf16_length(text.show));
    link.text = SearchHelp::show_link;
    entities.push_back(std::move(link));
    written += text.show;
  }
  HG_ASSIGN(post.text, format_text(std::move(written), std::move(entities)));
  return post;
}

// Not by way of note_chat(): what the service itself says is not put before its own judge.
Result<Peer> make_channel(store::Tx& tx, UnixSeconds now, const HelpTexts& texts) {
  HG_ASSIGN(const auto taken, tx.chats().resolve(SearchHelp::username));
  if (taken) {
    return fail(Error::unavailable("SEARCH_HELP_NAME_TAKEN",
                                   "Somebody has the username searchhelp: the channel that answers guarded "
                                   "searches needs it. Take it from them, and start again."));
  }
  store::Chat chat;
  chat.peer.kind = PeerKind::channel;
  chat.kind = store::ChatKind::broadcast;
  chat.creator = service_user;
  chat.flags = store::chat_verified;
  chat.title = texts.title;
  chat.about = texts.about;
  chat.username = SearchHelp::username;
  chat.created_at = now;
  HG_ASSIGN(chat.peer, tx.chats().insert(chat));
  const Caller service{service_user, {}, {}};
  Entry creator;
  creator.user = service_user;
  creator.status = store::MemberStatus::creator;
  HG_TRY(enter(tx, service, now, chat, creator));
  store::SearchChange change;
  change.kind = store::SearchChange::Kind::whole;
  change.peer = chat.peer;
  HG_TRY(tx.search_log().append(change));
  return chat.peer;
}

Status rename(store::Tx& tx, Peer channel, const HelpTexts& texts) {
  HG_ASSIGN(auto chat, tx.chats().find(channel));
  if (!chat || (chat->title == texts.title && chat->about == texts.about)) return {};
  chat->title = texts.title;
  chat->about = texts.about;
  HG_TRY(tx.chats().update(*chat));
  return tell_changed(tx, Caller{}, channel);
}

Result<MessageId> put_post(store::Tx& tx, UnixSeconds now, Peer channel, MessageId before,
                           const WantedHelpPost& wanted) {
  HG_ASSIGN(auto there, before ? tx.messages().find(BoxId::of(channel.channel()), before)
                               : Result<std::optional<store::Message>>());
  if (!there) {
    Outgoing message;
    message.from = service_user;
    message.to = channel;
    message.date = now;
    // An answer, not something to be found beside what people say.
    message.flags = store::message_post | store::message_views | store::message_unsearchable;
    if (wanted.text.has_link) message.flags |= store::message_has_link;
    message.text = wanted.text.text;
    message.content.entities = wanted.text.entities;
    HG_ASSIGN(const auto appended, append_message(tx, Caller{}, message));
    return appended.message.id;
  }
  HG_ASSIGN(auto content, decode_content(*there));
  if (there->text == wanted.text.text && content.entities == wanted.text.entities) return there->id;
  content.entities = wanted.text.entities;
  there->text = wanted.text.text;
  there->content = encode_content(content);
  there->edited_at = now;
  HG_TRY(tx.messages().update(*there));
  HG_TRY(note_message(tx, *there));
  HG_TRY(append_message_event(tx, Caller{}, now, store::UpdateKind::edit_message, *there));
  return there->id;
}

// What the file does not say any more.
Status take_away(store::Tx& tx, UnixSeconds now, Peer channel, const std::vector<KeptHelpPost>& gone) {
  std::vector<store::Message> messages;
  for (const auto& post : gone) {
    HG_ASSIGN(auto message, tx.messages().find(BoxId::of(channel.channel()), post.message));
    if (message) messages.push_back(std::move(*message));
  }
  if (messages.empty()) return {};
  HG_TRY(erase_from_box(tx, Caller{}, now, BoxId::of(channel.channel()), messages));
  return {};
}

Result<KeptHelp> bring_up_to_date(store::Tx& tx, UnixSeconds now, const HelpTexts& texts,
                                  const std::vector<WantedHelpPost>& wanted) {
  KeptHelp kept, next;
  HG_ASSIGN(const auto stored, tx.settings().find_global(kept_as));
  if (stored) {
    HG_ASSIGN(kept, decode<KeptHelp>(*stored));
    HG_TRY(rename(tx, kept.channel, texts));
  } else {
    HG_ASSIGN(kept.channel, make_channel(tx, now, texts));
  }
  next.channel = kept.channel;
  for (const auto& post : wanted) {
    const auto before = std::ranges::find(kept.posts, post.key, &KeptHelpPost::key);
    const auto id = before == kept.posts.end() ? MessageId{} : before->message;
    if (before != kept.posts.end()) kept.posts.erase(before);
    HG_ASSIGN(const auto message, put_post(tx, now, next.channel, id, post));
    next.posts.push_back({post.key, message});
  }
  HG_TRY(take_away(tx, now, next.channel, kept.posts));
  HG_TRY(tx.settings().put_global(kept_as, encode(next)));
  return next;
}

bool speaks(const terms::Asker& asker, const std::string& language) {
  return asker.language.starts_with(language);
}

}  // namespace

MessageId SearchHelp::find(const search::Opinion& opinion, const terms::Asker& asker) const {
  const Post* best = nullptr;
  auto best_rank = std::tuple(false, false, false, false);
  for (const auto& post : posts) {
    const auto& about = post.about;
    const bool of_category = about.category && about.category == opinion.category;
    const bool of_country = std::ranges::find(about.countries, asker.country) != about.countries.end();
    if (about.category && !of_category) continue;
    if (!about.countries.empty() && !of_country) continue;
    const bool spoken = speaks(asker, about.language);
    if (!spoken && about.language != "en") continue;
    const auto rank = std::tuple(of_category, spoken, of_country, true);
    if (rank > best_rank) best = &post, best_rank = rank;
  }
  if (best == nullptr) return {};
  const bool open = opinion.effect == terms::SearchEffect::interstitial && best->open;
  return open ? best->open : best->closed;
}

Task<Result<SearchHelp>> ensure_search_help(const Environment& environment, HelpTexts texts) {
  std::vector<WantedHelpPost> wanted;
  for (std::size_t i = 0; i < texts.texts.size(); ++i) {
    const auto& text = texts.texts[i];
    for (const bool open : {false, true}) {
      if (open && text.show.empty()) continue;
      CO_ASSIGN(auto post, wanted_post(text, i, open));
      if (std::ranges::find(wanted, post.key, &WantedHelpPost::key) != wanted.end()) {
        co_return fail(Error::invalid("HELP_INVALID", "There are two help texts for " + post.key + "."));
      }
      wanted.push_back(std::move(post));
    }
  }
  const auto now = environment.clock.unix_seconds();
  auto body = [now, texts, wanted](store::Tx& tx) { return bring_up_to_date(tx, now, texts, wanted); };
  CO_ASSIGN(const auto kept, co_await environment.store.write(body));
  SearchHelp help;
  help.channel = kept.channel;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!wanted[i].open) {
      SearchHelp::Post post;
      post.about = texts.texts[wanted[i].of];
      post.about.text.clear();
      post.closed = kept.posts[i].message;
      help.posts.push_back(std::move(post));
    } else {
      help.posts.back().open = kept.posts[i].message;
    }
  }
  co_return help;
}

}  // namespace heliograph::services
