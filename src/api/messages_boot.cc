// messages.*: what clients ask for when they start or open a dialog and this server has none of: featured
// stickers, effects. Every set answered as empty here is empty.
#include "api/messages_families.h"
#include "api/peers.h"
#include "api/render/chat.h"
#include "api/render/message.h"
#include "api/render/user.h"
#include "services/chats/history.h"
#include "services/chats/read.h"
#include "services/people/peer_settings.h"
#include "tl/core_a.h"
#include "tl/core_e.h"
#include "tl/core_w.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

using namespace tl::fn::messages;  // NOLINT(google-build-using-namespace): the methods this file serves

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

// Serves `Fn` with a `Wire` that holds nothing.
template <typename Fn, typename Wire>
Answer<Fn> empty(Context&, Fn&) {
  co_return typename Fn::Reply(Wire{});
}
template <typename Fn>
Answer<Fn> empty_list(Context&, Fn&) {
  co_return typename Fn::Reply();
}
// An `updates` object without any.
template <typename Fn>
Answer<Fn> no_updates(Context& context, Fn&) {
  UpdatesAnswer answer;
  co_return co_await render_answer(context, std::move(answer));
}

Answer<getEmojiKeywords> get_emoji_keywords(Context&, getEmojiKeywords& request) {
  tl::emojiKeywordsDifference answer;
  answer.lang_code = request.lang_code;
  co_return tl::Box<tl::EmojiKeywordsDifference>(std::move(answer));
}

Answer<getEmojiKeywordsDifference> get_emoji_keywords_difference(Context&,
                                                                 getEmojiKeywordsDifference& request) {
  tl::emojiKeywordsDifference answer;
  answer.lang_code = request.lang_code;
  answer.from_version = request.from_version;
  answer.version = request.from_version;
  co_return tl::Box<tl::EmojiKeywordsDifference>(std::move(answer));
}

// The server does not fetch pages: no link has a preview.
Answer<getWebPagePreview> get_web_page_preview(Context&, getWebPagePreview&) {
  tl::messages::webPagePreview answer;
  answer.media = tl::messageMediaEmpty{};
  co_return tl::Box<tl::messages::WebPagePreview>(std::move(answer));
}

Answer<getPeerSettings> get_peer_settings(Context& context, getPeerSettings& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  services::PeerSettings settings;
  if (peer.is_user()) {
    CO_ASSIGN(settings, co_await services::peer_settings(context.services.environment, context.caller.user,
                                                         peer.user()));
  }
  tl::messages::peerSettings answer;
  answer.settings = render_peer_settings(settings);
  std::vector<Peer> named{peer};
  CO_TRY(co_await describe_into(answer, context.services, context.caller.user, std::move(named)));
  co_return tl::Box<tl::messages::PeerSettings>(std::move(answer));
}

Answer<hidePeerSettingsBar> hide_peer_settings_bar(Context& context, hidePeerSettingsBar& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  if (!peer.is_user()) co_return true;  // groups show no such bar
  CO_TRY(co_await services::hide_peer_settings(context.services.environment, context.caller, peer.user()));
  co_return true;
}

}  // namespace

void register_messages_boot(Methods& methods) {
  methods.on(empty<getFeaturedStickers, tl::messages::featuredStickers>);
  methods.on(empty<getFeaturedEmojiStickers, tl::messages::featuredStickers>);
  methods.on(empty<getOldFeaturedStickers, tl::messages::featuredStickers>);
  methods.on(empty<getSavedGifs, tl::messages::savedGifs>);
  methods.on(empty<getTopReactions, tl::messages::reactions>);
  methods.on(empty<getRecentReactions, tl::messages::reactions>);
  methods.on(empty<getDefaultTagReactions, tl::messages::reactions>);
  methods.on(empty<getSavedReactionTags, tl::messages::savedReactionTags>);
  methods.on(empty<getAttachMenuBots, tl::attachMenuBots>);
  methods.on(empty<getQuickReplies, tl::messages::quickReplies>);
  methods.on(empty<getAvailableEffects, tl::messages::availableEffects>);
  methods.on(empty<getEmojiGroups, tl::messages::emojiGroups>);
  methods.on(empty<getEmojiStatusGroups, tl::messages::emojiGroups>);
  methods.on(empty<getEmojiProfilePhotoGroups, tl::messages::emojiGroups>);
  methods.on(empty<getEmojiStickerGroups, tl::messages::emojiGroups>);
  methods.on(empty<getSponsoredMessages, tl::messages::sponsoredMessagesEmpty>);
  methods.on(empty_list<getEmojiKeywordsLanguages>);
  methods.on(no_updates<getPaidReactionPrivacy>);
  methods.on(get_emoji_keywords);
  methods.on(get_emoji_keywords_difference);
  methods.on(get_web_page_preview);
  methods.on(get_peer_settings);
  methods.on(hide_peer_settings_bar);
}

}  // namespace heliograph::api
