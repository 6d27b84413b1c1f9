#include "services/groups/admin_log.h"

#include <algorithm>

#include "services/groups/place.h"

namespace heliograph::services {

namespace {

constexpr std::size_t trimmed_at_once = 50;

// What a search for a word finds the entry by.
Result<std::string> findable(store::Tx& tx, const AdminActBody& body) {
  std::string text = body.before + " " + body.after;
  if (body.message_before) text += " " + body.message_before->text;
  if (body.message_after) text += " " + body.message_after->text;
  if (body.invite_after) text += " " + body.invite_after->title;
  if (body.topic_before) text += " " + body.topic_before->title;
  if (body.topic_after) text += " " + body.topic_after->title;
  if (body.member_after) {
    HG_ASSIGN(const auto account, tx.accounts().find(body.member_after->user));
    if (account) text += " " + account->first_name + " " + account->last_name + " " + account->username;
  }
  return text;
}

struct Switch {
  store::ChatFlag flag;
  AdminActKind kind;
};
constexpr Switch switches[] = {
    {store::chat_signatures, AdminActKind::signatures},
    {store::chat_signature_profiles, AdminActKind::signature_profiles},
    {store::chat_hidden_history, AdminActKind::hidden_history},
    {store::chat_no_forwards, AdminActKind::no_forwards},
    {store::chat_anti_spam, AdminActKind::anti_spam},
    {store::chat_forum, AdminActKind::forum},
};

}  // namespace

MemberShot shot_of(const store::Member& member) {
  return {member.user, member.status, member.admin_rights, member.banned, member.until,
          member.rank, member.by,     member.inviter,      member.date,   member.joined_at};
}

MemberShot shot_of(const std::optional<store::Member>& member, UserId user) {
  if (member) return shot_of(*member);
  MemberShot shot;
  shot.user = user;
  return shot;
}

MessageShot shot_of(const store::Message& message) {
  return {message.id,   message.from,   message.flags, message.date, message.edited_at,
          message.kind, message.thread, message.album, message.text, message.content};
}

InviteShot shot_of(const store::Invite& invite) {
  return {invite.admin, invite.hash,       invite.flags,       invite.title,
          invite.date,  invite.expires_at, invite.usage_limit, invite.usage};
}

TopicShot shot_of(const store::Topic& topic) {
  return {topic.id,         topic.creator,    topic.shown_as, topic.date,        topic.title,
          topic.icon_color, topic.icon_emoji, topic.flags,    topic.pinned_order};
}

store::Member member_of(const MemberShot& shot, Peer channel) {
  store::Member member;
  member.chat = channel;
  member.user = shot.user;
  member.status = shot.status;
  member.admin_rights = shot.admin_rights;
  member.banned = shot.banned;
  member.until = shot.until;
  member.rank = shot.rank;
  member.by = shot.by;
  member.inviter = shot.inviter;
  member.date = shot.date;
  member.joined_at = shot.joined_at;
  return member;
}

store::Message message_of(const MessageShot& shot, Peer channel) {
  store::Message message;
  message.owner = BoxId::of(channel.channel());
  message.peer = channel;
  message.id = shot.id;
  message.from = shot.from;
  message.flags = shot.flags;
  message.date = shot.date;
  message.edited_at = shot.edited_at;
  message.kind = shot.kind;
  message.thread = shot.thread;
  message.album = shot.album;
  message.text = shot.text;
  message.content = shot.content;
  return message;
}

store::Invite invite_of(const InviteShot& shot, Peer channel) {
  store::Invite invite;
  invite.chat = channel;
  invite.admin = shot.admin;
  invite.hash = shot.hash;
  invite.flags = shot.flags;
  invite.title = shot.title;
  invite.date = shot.date;
  invite.expires_at = shot.expires_at;
  invite.usage_limit = shot.usage_limit;
  invite.usage = shot.usage;
  return invite;
}

store::Topic topic_of(const TopicShot& shot, Peer channel) {
  store::Topic topic;
  topic.box = BoxId::of(channel.channel());
  topic.id = shot.id;
  topic.creator = shot.creator;
  topic.shown_as = shot.shown_as;
  topic.date = shot.date;
  topic.title = shot.title;
  topic.icon_color = shot.icon_color;
  topic.icon_emoji = shot.icon_emoji;
  topic.flags = shot.flags;
  topic.pinned_order = shot.pinned_order;
  return topic;
}

Status log_act(store::Tx& tx, Peer chat, UserId user, UnixSeconds now, AdminActKind kind, AdminActBody body) {
  if (!chat.is_channel()) return {};
  store::AdminAct act;
  act.chat = chat;
  act.user = user;
  act.date = now;
  act.kind = static_cast<std::uint8_t>(kind);
  HG_ASSIGN(act.text, findable(tx, body));
  act.body = encode(std::move(body));
  HG_TRY(tx.admin_log().append(act));
  // Whoever writes sweeps a little: no more is kept than two days' worth and what nobody has followed.
  HG_TRY(tx.admin_log().trim(now - admin_log_kept, trimmed_at_once));
  return {};
}

Status log_changes(store::Tx& tx, UserId user, UnixSeconds now, const store::Chat& before,
                   const store::Chat& after) {
  const auto texts = [&](AdminActKind kind, const std::string& old_text, const std::string& text) -> Status {
    if (old_text == text) return {};
    AdminActBody body;
    body.before = old_text;
    body.after = text;
    return log_act(tx, after.peer, user, now, kind, std::move(body));
  };
  const auto numbers = [&](AdminActKind kind, std::int64_t old_number, std::int64_t number) -> Status {
    if (old_number == number) return {};
    AdminActBody body;
    body.number_before = old_number;
    body.number_after = number;
    return log_act(tx, after.peer, user, now, kind, std::move(body));
  };
  HG_TRY(texts(AdminActKind::title, before.title, after.title));
  HG_TRY(texts(AdminActKind::about, before.about, after.about));
  HG_TRY(texts(AdminActKind::username, before.username, after.username));
  HG_TRY(numbers(AdminActKind::photo, before.photo, after.photo));
  HG_TRY(numbers(AdminActKind::slow_mode, before.slow_mode, after.slow_mode));
  HG_TRY(numbers(AdminActKind::default_banned, before.default_banned, after.default_banned));
  HG_TRY(numbers(AdminActKind::linked_chat, before.linked.id, after.linked.id));
  HG_TRY(numbers(AdminActKind::history_ttl, before.ttl_period, after.ttl_period));
  for (const auto& [flag, kind] : switches) {
    HG_TRY(numbers(kind, (before.flags & flag) != 0, (after.flags & flag) != 0));
  }
  return {};
}

Status log_erased(store::Tx& tx, Peer chat, UserId user, UnixSeconds now,
                  std::span<const store::Message> messages) {
  for (const auto& message : messages) {
    if (message.from == user) continue;
    AdminActBody body;
    body.message_before = shot_of(message);
    HG_TRY(log_act(tx, chat, user, now, AdminActKind::erase, std::move(body)));
  }
  return {};
}

Status log_standing(store::Tx& tx, UserId user, UnixSeconds now, AdminActKind kind,
                    const std::optional<store::Member>& before, const store::Member& after) {
  AdminActBody body;
  body.member_before = shot_of(before, after.user);
  body.member_after = shot_of(after);
  return log_act(tx, after.chat, user, now, kind, std::move(body));
}

Task<Result<std::vector<LoggedAct>>> admin_log(const Environment& environment, Caller caller, Peer channel,
                                               AdminLogQuery query) {
  if (!channel.is_channel()) co_return fail(Error::invalid("CHANNEL_INVALID"));
  const auto now = environment.clock.unix_seconds();
  store::AdminLogFilter filter;
  if (!query.kinds.empty()) filter.kinds = 0;
  for (const auto kind : query.kinds) filter.kinds |= std::uint64_t{1} << static_cast<unsigned>(kind);
  filter.users = std::move(query.admins);
  filter.query = std::move(query.text);
  filter.below = query.max_id;
  filter.above = query.min_id;
  filter.limit = std::clamp<std::size_t>(query.limit, 1, admin_log_page_max);
  auto body = [=](store::Tx& tx) -> Result<std::vector<LoggedAct>> {
    HG_ASSIGN(const auto place, open_chat(tx, caller.user, channel, now));
    if (!place.standing().is_admin()) return fail(Error::invalid("CHAT_ADMIN_REQUIRED"));
    HG_ASSIGN(auto acts, tx.admin_log().list(channel, filter));
    std::vector<LoggedAct> log;
    for (auto& act : acts) {
      if (act.date < now - admin_log_kept) break;
      HG_ASSIGN(auto inside, decode<AdminActBody>(act.body));
      log.push_back({std::move(act), std::move(inside)});
    }
    return log;
  };
  co_return co_await environment.store.read(std::move(body));
}

}  // namespace heliograph::services
