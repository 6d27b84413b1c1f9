// Searching beyond one dialog: messages.searchGlobal, channels.searchPosts and what belongs to it.
#include <algorithm>

#include "api/chats_families.h"
#include "api/message_arguments.h"
#include "api/peers.h"
#include "api/render/chat.h"
#include "api/render/message.h"
#include "api/render/responses.h"
#include "services/discovery/discovery.h"
#include "tl/core_s.h"
#include "tl/fn_channels.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

using services::Discovery;
using services::GlobalSearch;
using tl::fn::channels::checkSearchPostsFlood;
using tl::fn::channels::getChannelRecommendations;
using tl::fn::channels::searchPosts;
using tl::fn::messages::searchGlobal;

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

template <typename Fn>
Task<Result<services::SearchOffset>> offset_from(Context& context, const Fn& request) {
  services::SearchOffset offset;
  if (request.offset_rate <= 0 || !request.offset_peer ||
      request.offset_peer.template is<tl::inputPeerEmpty>()) {
    co_return offset;
  }
  CO_ASSIGN(offset.peer, co_await peer_from(context, request.offset_peer));
  offset.rate = request.offset_rate;
  offset.message = std::max(request.offset_id, 0);
  co_return offset;
}

// A slice with the rate to go on with; the last page is a plain list, so that no client goes on from it.
Task<Result<tl::Box<tl::messages::Messages>>> render_posts(Context& context, services::FoundPosts found) {
  store::Page page;
  page.messages = std::move(found.messages);
  page.total = static_cast<std::int64_t>(page.messages.size());
  if (found.next_rate) page.total = std::max(found.total, page.total + 1);
  CO_ASSIGN(auto answer, co_await render_page(context.services, context.caller.user, std::move(page)));
  if (auto* slice = answer.get_if<tl::messages::messagesSlice>()) {
    slice->inexact = true;
    slice->next_rate = found.next_rate;
  }
  co_return answer;
}

Answer<searchGlobal> search_global(Context& context, searchGlobal& request) {
  if (request.community) co_return fail(Error::invalid("CHANNEL_INVALID", "There are no communities."));
  GlobalSearch wanted;
  wanted.text = std::move(request.q);
  wanted.filter = filter_from(request.filter);
  if (request.users_only + request.groups_only + request.broadcasts_only > 1) {
    wanted.filter = services::Search::Filter::none;  // no dialog is two of these
  } else if (request.users_only) {
    wanted.where = GlobalSearch::Where::people;
  } else if (request.groups_only) {
    wanted.where = GlobalSearch::Where::groups;
  } else if (request.broadcasts_only) {
    wanted.where = GlobalSearch::Where::broadcasts;
  }
  wanted.folder = request.folder_id;
  wanted.min_date = std::max(request.min_date, 0);
  wanted.max_date = std::max(request.max_date, 0);
  wanted.limit = request.limit;
  CO_ASSIGN(wanted.after, co_await offset_from(context, request));
  CO_ASSIGN(auto found, co_await context.services.discovery.everywhere(context.caller, std::move(wanted)));
  co_return co_await render_posts(context, std::move(found));
}

Answer<searchPosts> search_posts(Context& context, searchPosts& request) {
  if (request.hashtag.has_value() == request.query.has_value()) {
    co_return fail(Error::invalid("SEARCH_QUERY_EMPTY", "Either a hashtag or a query."));
  }
  CO_ASSIGN(const auto after, co_await offset_from(context, request));
  services::FoundPosts found;
  if (request.hashtag) {
    CO_ASSIGN(found, co_await context.services.discovery.tagged(context.caller, std::move(*request.hashtag),
                                                                after, request.limit));
  } else {
    CO_ASSIGN(found, co_await context.services.discovery.posts(context.caller, std::move(*request.query),
                                                               after, request.limit));
  }
  co_return co_await render_posts(context, std::move(found));
}

// Nothing is sold here: every search is free, as many as the rate allows in a day.
Answer<checkSearchPostsFlood> check_search_posts_flood(Context&, checkSearchPostsFlood&) {
  constexpr auto daily = static_cast<std::int32_t>(std::chrono::hours(24) / Discovery::search_rate.interval);
  tl::searchPostsFlood flood;
  flood.query_is_free = true;
  flood.total_daily = daily;
  flood.remains = daily;
  co_return tl::Box<tl::SearchPostsFlood>(std::move(flood));
}

Answer<getChannelRecommendations> get_recommendations(Context& context, getChannelRecommendations& request) {
  Peer channel;
  if (request.channel && !request.channel.is<tl::inputChannelEmpty>()) {
    CO_ASSIGN(channel, co_await channel_from(context, request.channel));
  }
  CO_ASSIGN(auto similar, co_await context.services.discovery.similar(context.caller, channel));
  co_return co_await render_chats(context, std::move(similar));
}

}  // namespace

void register_search(Methods& methods) {
  methods.on(search_global);
  methods.on(search_posts);
  methods.on(check_search_posts_flood);
  methods.on(get_recommendations);
}

}  // namespace heliograph::api
