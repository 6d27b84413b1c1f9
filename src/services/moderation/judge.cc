#include "services/moderation/judge.h"

#include "safety/enforcement/statement.h"
#include "services/chats/comments.h"
#include "services/chats/content.h"
#include "services/chats/new_poll.h"
#include "services/discovery/public.h"
#include "services/groups/barred.h"
#include "services/moderation/limited.h"
#include "services/moderation/media.h"
#include "services/moderation/moderation.h"
#include "services/moderation/withheld.h"

namespace heliograph::services {

namespace {

constexpr UnixSeconds fresh_for = 7 * 86'400;  // seconds from signing up

// What a service message gives a topic for a title.
std::string title_in(const MessageContent& content) {
  const auto& action = content.action;
  if (!action) return {};
  const bool titles = action->kind == ActionKind::topic_create || action->kind == ActionKind::topic_edit;
  return titles ? action->text : std::string();
}

std::string judged_text(const std::string& text, const std::vector<Entity>& entities,
                        const std::optional<Media>& media) {
  auto all = text;
  const auto add = [&all](const std::string& more) {
    if (!more.empty()) all += "\n" + more;
  };
  for (const auto& entity : entities) {
    if (entity.kind == EntityKind::text_url) add(entity.text);
  }
  if (media) {
    add(media->title);
    add(media->address);
    add(media->first_name);
    add(media->last_name);
    if (media->poll) {
      add(words_of(*media->poll));
      add(media->poll->solution.text);
      for (const auto& entity : media->poll->solution.entities) {
        if (entity.kind == EntityKind::text_url) add(entity.text);
      }
    }
    if (media->document) {
      for (const auto& attribute : media->document->attributes) add(attribute.text);
    }
  }
  return all;
}

// None: nobody judges here.
Result<const Moderation*> judge_of(const Environment& environment, store::Tx& tx, const Place& place) {
  if (!place.chat || environment.moderation == nullptr) return nullptr;
  HG_ASSIGN(const bool open, is_open(tx, *place.chat));
  return open ? environment.moderation : nullptr;
}

Result<FirstLook> judge(const Environment& environment, store::Tx& tx, const Judged& judged,
                        const std::string& text, const MessageContent& content) {
  const auto& moderation = *environment.moderation;
  const auto said = title_in(content);
  HG_ASSIGN(const auto media, judged_media(tx, content.media, moderation.image_model()));
  FirstLook look{
      moderation.gate()->judge(said.empty() ? judged_text(text, content.entities, content.media) : said,
                               media.prints, judged.context, judged.writing),
      !media.unseen.empty()};
  if (look.judgement.failed && moderation.gate()->rulebook()->policy->refuse_on_failure()) {
    return fail(
        Error::unavailable("JUDGING_FAILED", "What is public cannot be checked now. Try again later."));
  }
  return look;
}

// Carries it out. With the message that makes a campaign of what looked harmless one by one, those before it
// are judged again.
Status carry_out(const Environment& environment, store::Tx& tx, const safety::Item& item,
                 const safety::Judgement& judgement, const store::Message* original) {
  const auto& moderation = *environment.moderation;
  const auto& campaign = judgement.seen.campaign;
  bool begins = false;
  if (!campaign.empty() && judgement.effect != safety::Effect::allow) {
    HG_ASSIGN(const bool stands, moderation.enforcer().stands(tx, campaign));
    begins = !stands;
  }
  HG_TRY(moderation.enforcer().carry_out(tx, item, judgement, original));
  if (!begins) return {};
  for (const auto& member : moderation.gate()->signals().members(campaign)) {
    if (member.place == item.place && member.message == item.message) continue;
    HG_TRY(tx.judge_queue().add({0, store::Unjudged::Kind::again, member.place, member.message}));
  }
  return {};
}

// Pictures that nobody has looked at wait for that, and so does what could not be judged.
Status queue_unseen(const Moderation& moderation, store::Tx& tx, Peer place, MessageId message,
                    const FirstLook& look) {
  if (look.judgement.failed) {
    HG_TRY(tx.judge_queue().add({0, store::Unjudged::Kind::again, place, message}));
  }
  if (!look.unseen || !moderation.looks()) return {};
  return tx.judge_queue().add({0, store::Unjudged::Kind::media, place, message});
}

// The same; and what the first stage is not sure about waits for the second, if there is one.
Status queue_unsure(const Environment& environment, store::Tx& tx, Peer place, MessageId message,
                    const FirstLook& look) {
  if (environment.moderation == nullptr) return {};
  const auto& moderation = *environment.moderation;
  if (look.judgement.unsure && moderation.asks_twice()) {
    HG_TRY(tx.judge_queue().add({0, store::Unjudged::Kind::unsure, place, message}));
  }
  return queue_unseen(moderation, tx, place, message, look);
}

Barred barred_by(const safety::Judgement& judgement) {
  return {joined_countries(judgement.countries), safety::country_tombstone(judgement.clause_title)};
}

Result<safety::Item> item_of(const Place& place, const store::Message& shown,
                             const store::Message& original) {
  HG_ASSIGN(auto text, quoted_text(original));
  HG_ASSIGN(const auto content, decode_content(original));
  auto media = media_evidence(content);
  return safety::Item{place.peer,
                      shown.id,
                      shown.from,
                      std::move(text),
                      place.chat->title,
                      shown.date,
                      std::move(media.lines),
                      std::move(media.ids)};
}

}  // namespace

Result<std::string> quoted_text(const store::Message& message) {
  auto text = message.text;
  const bool service = (message.flags & store::message_service) != 0;
  if (message.kind != store::MessageKind::poll && !service) return text;
  HG_ASSIGN(const auto content, decode_content(message));
  if (service) return title_in(content);
  if (!content.media || !content.media->poll) return text;
  if (!text.empty()) text += '\n';
  text += words_of(*content.media->poll);
  if (!content.media->poll->solution.text.empty()) text += '\n' + content.media->poll->solution.text;
  return text;
}

Result<std::string> judged_text(const store::Message& message) {
  HG_ASSIGN(const auto content, decode_content(message));
  if ((message.flags & store::message_service) != 0) return title_in(content);
  if (content.withheld) {
    return judged_text(content.withheld->text, content.withheld->entities, content.withheld->media);
  }
  return judged_text(message.text, content.entities, content.media);
}

Result<std::optional<OpenPost>> open_post(store::Tx& tx, Peer place, MessageId id) {
  HG_ASSIGN(auto chat, find_open_chat(tx, place));
  if (!chat) return std::nullopt;
  HG_ASSIGN(auto message, tx.messages().find(BoxId::of(place.channel()), id));
  if (!message) return std::nullopt;
  return OpenPost{std::move(*chat), std::move(*message)};
}

safety::Standing standing_of(const store::Account& account, UnixSeconds now) {
  if (account.limited_until > now) return safety::Standing::limited;
  if (account.verified) return safety::Standing::trusted;
  return account.created_at > now - fresh_for ? safety::Standing::fresh : safety::Standing::regular;
}

Result<Judged> judged_of(store::Tx& tx, const store::Chat& chat, UserId author, MessageId message,
                         UnixSeconds now) {
  HG_ASSIGN(const auto account, tx.accounts().find(author));
  HG_ASSIGN(const auto member, tx.chats().find_member(chat.peer, author));
  Judged judged;
  judged.context.place =
      chat.kind == store::ChatKind::broadcast ? safety::Place::public_channel : safety::Place::public_group;
  if (account) judged.context.standing = standing_of(*account, now);
  auto& writing = judged.writing;
  writing.place = chat.peer;
  writing.message = message;
  writing.author = author;
  if (account) writing.author_since = account->created_at;
  if (member && store::is_in(member->status)) writing.joined_at = member->joined_at;
  writing.now = now;
  return judged;
}

Status note_joined(const Environment& environment, store::Tx& tx, Peer place, UserId user, UnixSeconds now) {
  if (environment.moderation == nullptr) return {};
  HG_ASSIGN(const auto chat, find_open_chat(tx, place));
  HG_ASSIGN(const auto account, tx.accounts().find(user));
  if (chat && account) environment.moderation->gate()->joined(place, user, account->created_at, now);
  return {};
}

Result<Appended> append_judged(const Environment& environment, store::Tx& tx, const Caller& origin,
                               const Place& place, Outgoing message) {
  HG_ASSIGN(const auto* const moderation, judge_of(environment, tx, place));
  if (moderation == nullptr) return append_message(tx, origin, message);
  HG_ASSIGN(auto judged, judged_of(tx, *place.chat, message.from, {}, place.now));
  if (judged.context.standing == safety::Standing::limited) {
    // One that was sent before has had its turn.
    HG_ASSIGN(auto before, sent_before(tx, message.from, message.to, message.random_id));
    if (before) return std::move(*before);
    const auto pace = moderation->gate()->rulebook()->policy->slow_seconds();
    HG_TRY(take_turn_in_public(tx, message.from, place.now, pace));
  }
  HG_ASSIGN(const auto look, judge(environment, tx, judged, message.text, message.content));
  const auto& judgement = look.judgement;
  std::optional<store::Message> original;
  if (safety::Enforcer::withholds(judgement.effect)) {
    original.emplace();
    original->text = message.text;
    original->flags = message.flags;
    original->kind = message.kind;
    original->content = encode_content(message.content);
    HG_TRY(touch_media(tx, message.content.media, message.date));
    show_tombstone(message, safety::Enforcer::tombstone(judgement));
  }
  if (judgement.effect == safety::Effect::restrict_countries) {
    message.content.barred = barred_by(judgement);
    message.flags |= store::message_barred;
  }
  HG_ASSIGN(auto appended, append_message(tx, origin, message));
  if (appended.duplicate) return appended;
  judged.writing.message = appended.message.id;
  moderation->gate()->remember(judgement, judged.writing);
  HG_TRY(queue_unsure(environment, tx, place.peer, appended.message.id, look));
  if (judgement.effect == safety::Effect::allow) return appended;
  const auto& shown = appended.message;
  HG_ASSIGN(const auto item, item_of(place, shown, original ? *original : shown));
  HG_TRY(carry_out(environment, tx, item, judgement, original ? &*original : nullptr));
  return appended;
}

Result<JudgedEdit> judge_edit(const Environment& environment, store::Tx& tx, UserId editor,
                              const Place& place, store::Message& edited) {
  JudgedEdit judged;
  HG_ASSIGN(const auto* const moderation, judge_of(environment, tx, place));
  if (moderation == nullptr) return judged;
  HG_TRY(may_edit_in_public(tx, editor, place.now));
  HG_ASSIGN(const auto content, decode_content(edited));
  HG_ASSIGN(const auto who, judged_of(tx, *place.chat, edited.from, edited.id, place.now));
  HG_ASSIGN(judged.look, judge(environment, tx, who, edited.text, content));
  moderation->gate()->remember(judged.look.judgement, who.writing);
  if (judged.look.judgement.effect == safety::Effect::restrict_countries) {
    judged.barred = barred_by(judged.look.judgement);
    HG_TRY(bar_in(edited, *judged.barred));
  }
  if (!safety::Enforcer::withholds(judged.look.judgement.effect)) return judged;
  judged.original = edited;
  HG_TRY(withhold_in(edited, *judged.original, safety::Enforcer::tombstone(judged.look.judgement)));
  return judged;
}

Status settle_edit(const Environment& environment, store::Tx& tx, const Place& place,
                   const store::Message& edited, const JudgedEdit& judged) {
  using safety::Effect;
  const auto effect = judged.look.judgement.effect;
  HG_TRY(queue_unsure(environment, tx, place.peer, edited.id, judged.look));
  const auto has = [&](store::MessageFlag flag) { return (edited.flags & flag) != 0; };
  // What was marked before stays so, and its author knows.
  if (effect == Effect::allow || (effect == Effect::mark_sensitive && has(store::message_sensitive)) ||
      (effect == Effect::hide_from_search && has(store::message_unsearchable))) {
    return {};
  }
  const auto& original = judged.original ? *judged.original : edited;
  HG_ASSIGN(const auto item, item_of(place, edited, original));
  return carry_out(environment, tx, item, judged.look.judgement, judged.original ? &original : nullptr);
}

Status carry_out_on(const Environment& environment, store::Tx& tx, const store::Chat& chat,
                    const store::Message& post, const safety::Judgement& judgement) {
  using safety::Effect;
  const auto has = [&](std::uint32_t flags) { return (post.flags & flags) != 0; };
  if (has(store::message_withheld)) return {};
  // Of what the service says, topics have a text of somebody's; a picture is judged with the chat's name.
  if (has(store::message_service) && !has(store::message_topic)) return {};
  // What was marked is withheld all the same, if that is what is found now; it is not marked twice.
  if (has(store::message_sensitive | store::message_unsearchable) &&
      !safety::Enforcer::withholds(judgement.effect)) {
    return {};
  }
  if ((post.flags & store::message_discussed) != 0) {
    // What is said in a public channel is judged there, once.
    HG_ASSIGN(const auto original, commented_post(post));
    HG_ASSIGN(const auto channel, tx.chats().find(original ? original->channel : Peer{}));
    if (channel && is_public(*channel)) return {};
  }
  HG_ASSIGN(auto quoted, quoted_text(post));
  HG_ASSIGN(const auto content, decode_content(post));
  auto media = media_evidence(content);
  const safety::Item item{post.peer,
                          post.id,
                          post.from,
                          std::move(quoted),
                          chat.title,
                          post.date,
                          std::move(media.lines),
                          std::move(media.ids)};
  return carry_out(environment, tx, item, judgement, nullptr);
}

Status judge_post(const Environment& environment, store::Tx& tx, const store::Chat& chat,
                  const store::Message& post) {
  const auto& moderation = *environment.moderation;
  HG_ASSIGN(const auto text, judged_text(post));
  HG_ASSIGN(const auto media, judged_media(tx, post, moderation.image_model()));
  if (text.empty() && media.prints.empty()) return {};
  HG_ASSIGN(const auto judged, judged_of(tx, chat, post.from, post.id, environment.clock.unix_seconds()));
  const FirstLook look{moderation.gate()->judge(text, media.prints, judged.context, judged.writing),
                       !media.unseen.empty()};
  HG_TRY(queue_unseen(moderation, tx, post.peer, post.id, look));
  return carry_out_on(environment, tx, chat, post, look.judgement);
}

}  // namespace heliograph::services
