// Topics of forums on the wire.
#pragma once

#include "services/chats/topic_views.h"
#include "services/services.h"
#include "tl/core_f.h"
#include "tl/core_u.h"

namespace heliograph::api {

// forumTopic, or forumTopicDeleted.
tl::Box<tl::ForumTopic> render_topic(const services::Environment& environment, UserId viewer,
                                     const services::TopicView& view);
// What it is and not what the viewer has read of it: the reduced form, for the administrators' log.
tl::forumTopic render_short_topic(const store::Topic& topic, UserId viewer);

// That a topic was pinned, or that the pinned ones are these: one update as the layers up to 227 have it, one
// as those from 216 on have it. A layer without one of them is sent the other alone.
std::vector<tl::Box<tl::Update>> render_topic_pinned(Peer forum, MessageId topic, bool pinned);
std::vector<tl::Box<tl::Update>> render_pinned_topics(Peer forum, const std::vector<MessageId>& order);

}  // namespace heliograph::api
