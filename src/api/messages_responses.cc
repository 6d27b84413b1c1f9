// messages.*: mentions, views of posts, who has read, reactions.
#include <charconv>

#include "api/message_arguments.h"
#include "api/messages_families.h"
#include "api/peers.h"
#include "api/render/chat.h"
#include "api/render/message.h"
#include "api/render/responses.h"
#include "services/chats/mentions.h"
#include "services/chats/react.h"
#include "services/chats/read_participants.h"
#include "tl/core_a.h"
#include "tl/core_d.h"
#include "tl/core_r.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

using namespace tl::fn::messages;  // NOLINT(google-build-using-namespace): the methods this file serves
using store::AttentionKind;

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

template <AttentionKind kind, typename Fn>
Answer<Fn> get_unread(Context& context, Fn& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  store::HistoryRange range;
  range.offset_id = MessageId{std::max(request.offset_id, 0)};
  range.add_offset = request.add_offset;
  range.limit = request.limit;
  range.max_id = MessageId{std::max(request.max_id, 0)};
  range.min_id = MessageId{std::max(request.min_id, 0)};
  range.thread = MessageId{std::max(request.top_msg_id.value_or(0), 0)};
  CO_ASSIGN(auto page, co_await services::unread_attention(context.services.environment, context.caller.user,
                                                           peer, kind, range));
  const auto pts = page.channel_pts;
  co_return co_await render_page(context.services, context.caller.user, std::move(page), pts);
}

template <AttentionKind kind, typename Fn>
Answer<Fn> read_all(Context& context, Fn& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_ASSIGN(const auto read,
            co_await services::read_attention(context.services.environment, context.caller, peer, kind,
                                              MessageId{std::max(request.top_msg_id.value_or(0), 0)}));
  co_return render_affected_history(read.update, read.more);
}

Answer<getMessagesViews> get_messages_views(Context& context, getMessagesViews& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_ASSIGN(const auto posts,
            co_await context.services.post_views.views(context.caller.user, peer,
                                                       message_ids_from(request.id), request.increment));
  tl::messages::messageViews answer;
  std::vector<Peer> named;
  for (const auto& post : posts) {
    tl::messageViews wire;
    if (post.counted) {
      wire.views = static_cast<std::int32_t>(post.views);
      wire.forwards = static_cast<std::int32_t>(post.forwards);
    }
    if (post.thread) {
      wire.replies = render_replies(*post.thread);
      if (post.thread->group) {
        named.push_back(post.thread->group);
        for (const auto writer : post.thread->count.recent) named.push_back(writer);
      }
    }
    answer.views.emplace_back(std::move(wire));
  }
  CO_TRY(co_await describe_into(answer, context.services, context.caller.user, std::move(named)));
  co_return tl::Box<tl::messages::MessageViews>(std::move(answer));
}

Answer<getMessageReadParticipants> get_read_participants(Context& context,
                                                         getMessageReadParticipants& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_ASSIGN(const auto readers,
            co_await services::read_participants(context.services.environment, context.caller.user, peer,
                                                 MessageId{request.msg_id}));
  getMessageReadParticipants::Reply answer;
  for (const auto& reader : readers) {
    tl::readParticipantDate wire;
    wire.user_id = reader.user.value;
    wire.date = static_cast<std::int32_t>(reader.at);
    answer.emplace_back(std::move(wire));
  }
  co_return answer;
}

Result<std::vector<std::string>> reactions_from(const std::vector<tl::Box<tl::Reaction>>& wire) {
  std::vector<std::string> reactions;
  for (const auto& box : wire) {
    if (box.is<tl::reactionEmpty>()) continue;
    const auto* emoji = box.get_if<tl::reactionEmoji>();
    if (emoji == nullptr) return fail(Error::invalid("REACTION_INVALID", "This server takes emoji only."));
    // Some clients add the variation selector that asks for colour.
    auto text = emoji->emoticon;
    if (text.ends_with("\xef\xb8\x8f")) text.resize(text.size() - 3);
    reactions.push_back(std::move(text));
  }
  return reactions;
}

void add_reactions(UpdatesAnswer& answer, const services::Reacted& reacted, UserId viewer) {
  tl::updateMessageReactions update;
  update.peer = render_peer(reacted.message.peer);
  update.msg_id = reacted.message.id.value;
  if (reacted.message.thread) update.top_msg_id = reacted.message.thread.value;
  update.reactions = render_reactions(reacted.summary, viewer);
  answer.updates.emplace_back(std::move(update));
  answer.named.push_back(reacted.message.peer);
  for (const auto& given : reacted.summary.recent) answer.named.push_back(Peer::of(given.user));
}

Answer<sendReaction> send_reaction(Context& context, sendReaction& request) {
  services::React react;
  CO_ASSIGN(react.peer, co_await peer_from(context, request.peer));
  react.id = MessageId{request.msg_id};
  react.big = request.big;
  if (request.reaction) {
    CO_ASSIGN(react.reactions, reactions_from(*request.reaction));
  }
  CO_ASSIGN(const auto reacted,
            co_await services::send_reaction(context.services.environment, context.caller, std::move(react)));
  UpdatesAnswer answer;
  add_reactions(answer, reacted, context.caller.user);
  co_return co_await render_answer(context, std::move(answer));
}

Answer<getMessagesReactions> get_messages_reactions(Context& context, getMessagesReactions& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_ASSIGN(const auto found,
            co_await services::reactions_of(context.services.environment, context.caller.user, peer,
                                            message_ids_from(request.id)));
  UpdatesAnswer answer;
  for (const auto& one : found) add_reactions(answer, one, context.caller.user);
  co_return co_await render_answer(context, std::move(answer));
}

Answer<getMessageReactionsList> get_reactions_list(Context& context, getMessageReactionsList& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  std::string reaction;
  if (request.reaction) {
    std::vector<tl::Box<tl::Reaction>> one;
    one.push_back(std::move(request.reaction));
    CO_ASSIGN(auto given, reactions_from(one));
    if (!given.empty()) reaction = std::move(given.front());
  }
  std::size_t offset = 0;
  if (request.offset && !request.offset->empty()) {
    const auto& text = *request.offset;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), offset);
    if (read.ec != std::errc() || offset > 1'000'000) co_return fail(Error::invalid("OFFSET_INVALID"));
  }
  CO_ASSIGN(const auto page,
            co_await services::list_reactions(context.services.environment, context.caller.user, peer,
                                              MessageId{request.id}, std::move(reaction), offset,
                                              static_cast<std::size_t>(std::clamp(request.limit, 1, 100))));
  tl::messages::messageReactionsList answer;
  answer.count = static_cast<std::int32_t>(page.total);
  std::vector<Peer> named;
  for (const auto& given : page.given) {
    answer.reactions.emplace_back(render_given(given, context.caller.user, false));
    named.push_back(Peer::of(given.user));
  }
  if (page.next != 0) answer.next_offset = std::to_string(page.next);
  CO_TRY(co_await describe_into(answer, context.services, context.caller.user, std::move(named)));
  co_return tl::Box<tl::messages::MessageReactionsList>(std::move(answer));
}

// The emoji are drawn by the clients: this server has no animations for them.
Answer<getAvailableReactions> get_available_reactions(Context&, getAvailableReactions& request) {
  constexpr std::int32_t version = 1;
  if (request.hash == version) {
    co_return tl::Box<tl::messages::AvailableReactions>(tl::messages::availableReactionsNotModified{});
  }
  tl::messages::availableReactions answer;
  answer.hash = version;
  for (const auto& known : services::known_reactions()) {
    tl::availableReaction wire;
    wire.reaction = known.emoji;
    wire.title = known.title;
    wire.static_icon = tl::documentEmpty{};
    wire.appear_animation = tl::documentEmpty{};
    wire.select_animation = tl::documentEmpty{};
    wire.activate_animation = tl::documentEmpty{};
    wire.effect_animation = tl::documentEmpty{};
    answer.reactions.emplace_back(std::move(wire));
  }
  co_return tl::Box<tl::messages::AvailableReactions>(std::move(answer));
}

Answer<setChatAvailableReactions> set_available(Context& context, setChatAvailableReactions& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  if (request.paid_enabled.value_or(false)) co_return fail(Error::invalid("REACTION_INVALID"));
  store::ReactionPolicy policy;
  policy.limit = request.reactions_limit.value_or(0);
  if (const auto* some = request.available_reactions.get_if<tl::chatReactionsSome>()) {
    policy.all = false;
    CO_ASSIGN(policy.some, reactions_from(some->reactions));
  } else if (request.available_reactions.is<tl::chatReactionsNone>()) {
    policy.all = false;
  }
  CO_TRY(co_await services::set_reaction_policy(context.services.environment, context.caller, peer,
                                                std::move(policy)));
  UpdatesAnswer answer;
  answer.named.push_back(peer);
  co_return co_await render_answer(context, std::move(answer));
}

}  // namespace

void register_responses(Methods& methods) {
  methods.on(get_unread<AttentionKind::mention, getUnreadMentions>);
  methods.on(get_unread<AttentionKind::reaction, getUnreadReactions>);
  methods.on(read_all<AttentionKind::mention, readMentions>);
  methods.on(read_all<AttentionKind::reaction, readReactions>);
  methods.on(get_messages_views);
  methods.on(get_read_participants);
  methods.on(send_reaction);
  methods.on(get_messages_reactions);
  methods.on(get_reactions_list);
  methods.on(get_available_reactions);
  methods.on(set_available);
}

}  // namespace heliograph::api
