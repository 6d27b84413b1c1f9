// channels.* and messages.*: forums and their topics. The methods of topics have two names: layers up to 227
// call them channels.*, those from 216 on messages.*, with a peer in place of the channel.
#include "services/groups/topics.h"

#include "api/chats_families.h"
#include "api/message_arguments.h"
#include "api/messages_families.h"
#include "api/peers.h"
#include "api/render/chat.h"
#include "api/render/message.h"
#include "api/render/topic.h"
#include "services/chats/topic_views.h"
#include "tl/fn_channels.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

namespace of_channels = tl::fn::channels;
namespace of_messages = tl::fn::messages;

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

template <typename Fn>
Task<Result<Peer>> forum_from(Context& context, const Fn& request) {
  if constexpr (requires { request.channel; }) {
    co_return co_await channel_from(context, request.channel);
  } else {
    co_return co_await peer_from(context, request.peer);
  }
}

Answer<of_channels::toggleForum> toggle_forum(Context& context, of_channels::toggleForum& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  CO_TRY(co_await services::set_forum(context.services.environment, context.caller, channel, request.enabled,
                                      request.tabs));
  context.services.chat_views.forget(channel);
  co_return co_await render_changed(context, channel);
}

Answer<of_channels::toggleViewForumAsMessages> toggle_view(Context& context,
                                                           of_channels::toggleViewForumAsMessages& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  CO_TRY(co_await services::view_forum_as_messages(context.services.environment, context.caller, channel,
                                                   request.enabled));
  UpdatesAnswer answer;
  tl::updateChannelViewForumAsMessages update;
  update.channel_id = channel.id;
  update.enabled = request.enabled;
  answer.updates.emplace_back(std::move(update));
  answer.named.push_back(channel);
  co_return co_await render_answer(context, std::move(answer));
}

template <typename Fn>
Answer<Fn> create_topic(Context& context, Fn& request) {
  services::NewTopic wanted;
  CO_ASSIGN(wanted.forum, co_await forum_from(context, request));
  wanted.title = std::move(request.title);
  wanted.icon_color = request.icon_color.value_or(0);
  wanted.icon_emoji = request.icon_emoji_id.value_or(0);
  wanted.random_id = request.random_id;
  if (request.send_as) {
    const auto author = co_await peer_from(context, request.send_as);
    if (!author) co_return fail(Error::invalid("SEND_AS_PEER_INVALID"));
    wanted.send_as = *author;
  }
  CO_ASSIGN(const auto created,
            co_await services::create_topic(context.services.environment, context.services.limits,
                                            context.caller, std::move(wanted)));
  UpdatesAnswer answer;
  tl::updateMessageID number;
  number.id = created.message.id.value;
  number.random_id = request.random_id;
  answer.updates.emplace_back(std::move(number));
  CO_TRY(add_new_message(answer, created, Viewer(context.services, context.caller.user)));
  co_return co_await render_answer(context, std::move(answer));
}

template <typename Fn>
Answer<Fn> edit_topic(Context& context, Fn& request) {
  services::EditTopic edit;
  CO_ASSIGN(edit.forum, co_await forum_from(context, request));
  edit.id = MessageId{request.topic_id};
  edit.title = std::move(request.title);
  edit.icon_emoji = request.icon_emoji_id;
  edit.closed = request.closed;
  edit.hidden = request.hidden;
  CO_ASSIGN(const auto edited,
            co_await services::edit_topic(context.services.environment, context.caller, std::move(edit)));
  UpdatesAnswer answer;
  CO_TRY(add_new_message(answer, edited, Viewer(context.services, context.caller.user)));
  co_return co_await render_answer(context, std::move(answer));
}

Task<Result<tl::Box<tl::messages::ForumTopics>>> render_topics(Context& context, Peer forum,
                                                               const services::TopicPage& page) {
  const auto viewer = context.caller.user;
  std::vector<const store::Message*> tops;
  for (const auto& view : page.topics) {
    if (view.top) tops.push_back(&*view.top);
  }
  CO_ASSIGN(const auto seen_by, co_await viewer_of(context.services, viewer, tops));
  tl::messages::forumTopics answer;
  answer.count = static_cast<std::int32_t>(page.total);
  answer.pts = page.pts;
  std::vector<Peer> named{forum};
  collect_peers(seen_by, named);
  for (const auto& view : page.topics) {
    answer.topics.push_back(render_topic(context.services.environment, viewer, view));
    if (view.topic.creator) {
      named.push_back(view.topic.shown_as ? view.topic.shown_as : Peer::of(view.topic.creator));
    }
    if (!view.top) continue;
    CO_ASSIGN(auto message, render_message(*view.top, seen_by));
    answer.messages.push_back(std::move(message));
    collect_peers(*view.top, seen_by, named);
  }
  CO_TRY(co_await describe_into(answer, context.services, viewer, std::move(named)));
  co_return tl::Box<tl::messages::ForumTopics>(std::move(answer));
}

template <typename Fn>
Answer<Fn> get_topics(Context& context, Fn& request) {
  CO_ASSIGN(const auto forum, co_await forum_from(context, request));
  services::TopicRange range;
  range.text = request.q.value_or(std::string());
  range.offset_date = std::max(request.offset_date, 0);
  range.offset_id = MessageId{std::max(request.offset_id, 0)};
  range.offset_topic = MessageId{std::max(request.offset_topic, 0)};
  range.limit = request.limit;
  CO_ASSIGN(const auto page, co_await services::forum_topics(context.services.environment,
                                                             context.caller.user, forum, std::move(range)));
  co_return co_await render_topics(context, forum, page);
}

template <typename Fn>
Answer<Fn> get_topics_by_id(Context& context, Fn& request) {
  CO_ASSIGN(const auto forum, co_await forum_from(context, request));
  CO_ASSIGN(const auto page,
            co_await services::topics_by_id(context.services.environment, context.caller.user, forum,
                                            message_ids_from(request.topics)));
  co_return co_await render_topics(context, forum, page);
}

template <typename Fn>
Answer<Fn> pin_topic(Context& context, Fn& request) {
  CO_ASSIGN(const auto forum, co_await forum_from(context, request));
  const MessageId id{request.topic_id};
  CO_TRY(
      co_await services::pin_topic(context.services.environment, context.caller, forum, id, request.pinned));
  UpdatesAnswer answer;
  answer.updates = render_topic_pinned(forum, id, request.pinned);
  answer.named.push_back(forum);
  co_return co_await render_answer(context, std::move(answer));
}

template <typename Fn>
Answer<Fn> reorder_topics(Context& context, Fn& request) {
  CO_ASSIGN(const auto forum, co_await forum_from(context, request));
  if (request.order.size() > services::topics_limit_max) co_return fail(Error::invalid("LIMIT_INVALID"));
  CO_ASSIGN(const auto order,
            co_await services::reorder_pinned_topics(context.services.environment, context.caller, forum,
                                                     message_ids_from(request.order), request.force));
  UpdatesAnswer answer;
  answer.updates = render_pinned_topics(forum, order);
  answer.named.push_back(forum);
  co_return co_await render_answer(context, std::move(answer));
}

template <typename Fn>
Answer<Fn> delete_topic(Context& context, Fn& request) {
  CO_ASSIGN(const auto forum, co_await forum_from(context, request));
  CO_ASSIGN(const auto update, co_await services::delete_topic(context.services.environment, context.caller,
                                                               forum, MessageId{request.top_msg_id}));
  co_return render_affected_history(update, false);
}

}  // namespace

void register_topics(Methods& methods) {
  methods.on(toggle_forum);
  methods.on(toggle_view);
  methods.on(create_topic<of_channels::createForumTopic>);
  methods.on(create_topic<of_messages::createForumTopic>);
  methods.on(edit_topic<of_channels::editForumTopic>);
  methods.on(edit_topic<of_messages::editForumTopic>);
  methods.on(get_topics<of_channels::getForumTopics>);
  methods.on(get_topics<of_messages::getForumTopics>);
  methods.on(get_topics_by_id<of_channels::getForumTopicsByID>);
  methods.on(get_topics_by_id<of_messages::getForumTopicsByID>);
  methods.on(pin_topic<of_channels::updatePinnedForumTopic>);
  methods.on(pin_topic<of_messages::updatePinnedForumTopic>);
  methods.on(reorder_topics<of_channels::reorderPinnedForumTopics>);
  methods.on(reorder_topics<of_messages::reorderPinnedForumTopics>);
  methods.on(delete_topic<of_channels::deleteTopicHistory>);
  methods.on(delete_topic<of_messages::deleteTopicHistory>);
}

}  // namespace heliograph::api
