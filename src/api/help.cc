// help.* and langpack.*: what clients ask before they show anything.
#include "tl/help.h"
#include "api/method.h"
#include "services/chats/new_poll.h"
#include "services/chats/react.h"
#include "services/chats/read_marks.h"
#include "services/groups/topics.h"
#include "tl/core_a.h"
#include "tl/core_c.h"
#include "tl/core_d.h"
#include "tl/core_j.h"
#include "tl/core_l.h"
#include "tl/core_n.h"
#include "tl/fn_help.h"
#include "tl/fn_langpack.h"

namespace heliograph::api {

namespace {

// Clients ask for the configuration again when it expires.
constexpr std::int32_t config_lifetime_s = 3600;

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

// The limits that clients show and keep to; the services enforce the same ones where they exist yet.
tl::config make_config(const Context& context) {
  tl::config config;
  config.date = static_cast<std::int32_t>(context.now());
  config.expires = config.date + config_lifetime_s;
  config.this_dc = context.facts.dc_id;
  tl::dcOption option;
  option.id = context.facts.dc_id;
  option.ip_address = context.facts.host;
  option.port = context.facts.port;
  config.dc_options.push_back(std::move(option));
  config.dc_txt_domain_name = "";
  config.chat_size_max = 200;
  config.megagroup_size_max = 200'000;
  config.forwarded_count_max = 100;
  config.online_update_period_ms = 210'000;
  config.offline_blur_timeout_ms = 5'000;
  config.offline_idle_timeout_ms = 30'000;
  config.online_cloud_timeout_ms = 300'000;
  config.notify_cloud_delay_ms = 30'000;
  config.notify_default_delay_ms = 1'500;
  config.push_chat_period_ms = 60'000;
  config.push_chat_limit = 2;
  config.edit_time_limit = 48 * 3600;
  config.revoke_time_limit = 0x7fffffff;
  config.revoke_pm_time_limit = 0x7fffffff;
  config.revoke_pm_inbox = true;
  config.rating_e_decay = 2'419'200;
  config.stickers_recent_limit = 200;
  config.channels_read_media_period = 7 * 86400;
  config.call_receive_timeout_ms = 20'000;
  config.call_ring_timeout_ms = 90'000;
  config.call_connect_timeout_ms = 30'000;
  config.call_packet_timeout_ms = 10'000;
  config.me_url_prefix = context.facts.url + "/";
  config.caption_length_max = 1024;
  config.message_length_max = 4096;
  config.webfile_dc_id = context.facts.dc_id;
  // Layers that still had them here.
  config.saved_gifs_limit = 200;
  config.stickers_faved_limit = 5;
  config.pinned_dialogs_count_max = 5;
  config.pinned_infolder_count_max = 100;
  return config;
}

Answer<tl::fn::help::getConfig> get_config(Context& context, tl::fn::help::getConfig&) {
  co_return tl::Box<tl::Config>(make_config(context));
}

Answer<tl::fn::help::getNearestDc> get_nearest_dc(Context& context, tl::fn::help::getNearestDc&) {
  tl::nearestDc nearest;
  nearest.country = "";  // not guessed from the address
  nearest.this_dc = context.facts.dc_id;
  nearest.nearest_dc = context.facts.dc_id;
  co_return tl::Box<tl::NearestDc>(std::move(nearest));
}

tl::Box<tl::JSONObjectValue> number(std::string key, double value) {
  tl::jsonObjectValue entry;
  entry.key = std::move(key);
  tl::jsonNumber json;
  json.value = value;
  entry.value = std::move(json);
  return entry;
}

tl::Box<tl::JSONObjectValue> text(std::string key, std::string value) {
  tl::jsonObjectValue entry;
  entry.key = std::move(key);
  tl::jsonString json;
  json.value = std::move(value);
  entry.value = std::move(json);
  return entry;
}

// https://core.telegram.org/api/config#client-configuration: the keys that mean something here.
Answer<tl::fn::help::getAppConfig> get_app_config(Context& context, tl::fn::help::getAppConfig& request) {
  services::KeyInfo who;
  if (context.caller.frozen) {
    CO_ASSIGN(who, co_await context.services.keys.info(context.wire_key));
  }
  // Another one while the account is frozen, and for each time that it is.
  const auto version = 5 + static_cast<std::int32_t>(who.frozen_until);
  if (request.hash == version) co_return tl::Box<tl::help::AppConfig>(tl::help::appConfigNotModified{});
  tl::jsonObject object;
  object.value.push_back(number("pinned_dialogs_count_max", 5));
  object.value.push_back(number("saved_dialogs_pinned_limit_default", 5));
  object.value.push_back(number("saved_dialogs_pinned_limit_premium", 5));
  object.value.push_back(number("dialogs_pinned_limit_default", 5));
  object.value.push_back(number("topics_pinned_limit", services::pinned_topics_max));
  object.value.push_back(number("dialogs_pinned_limit_premium", 5));
  object.value.push_back(number("dialog_filters_limit_default", 10));
  object.value.push_back(number("dialog_filters_limit_premium", 10));
  object.value.push_back(number("dialog_filters_chats_limit_default", 100));
  object.value.push_back(number("about_length_limit_default", 70));
  object.value.push_back(number("about_length_limit_premium", 70));
  object.value.push_back(number("caption_length_limit_default", 1024));
  object.value.push_back(number("reactions_uniq_max", services::reactions_per_message));
  object.value.push_back(number("reactions_user_max_default", services::reactions_per_user));
  object.value.push_back(number("reactions_user_max_premium", services::reactions_per_user));
  object.value.push_back(number("poll_answers_max", services::poll_answers_max));
  object.value.push_back(number("pm_read_date_expire_period", services::read_dates_kept));
  object.value.push_back(number("chat_read_mark_expire_period", services::read_dates_kept));
  object.value.push_back(number("chat_read_mark_size_threshold", services::group_reads_members_max));
  if (who.frozen_until != 0) {
    // No freeze_until_date: clients tell people that their account is deleted then. Here it is free again,
    // which the statement of reasons says.
    object.value.push_back(number("freeze_since_date", static_cast<double>(who.frozen_since)));
    object.value.push_back(text("freeze_appeal_url", context.facts.url + "/appeal"));
  }
  tl::help::appConfig config;
  config.hash = version;
  config.config = std::move(object);
  co_return tl::Box<tl::help::AppConfig>(std::move(config));
}

Answer<tl::fn::help::getCdnConfig> get_cdn_config(Context&, tl::fn::help::getCdnConfig&) {
  co_return tl::Box<tl::CdnConfig>(tl::cdnConfig{});  // there is no CDN
}

Answer<tl::fn::help::getAppUpdate> get_app_update(Context&, tl::fn::help::getAppUpdate&) {
  co_return tl::Box<tl::help::AppUpdate>(tl::help::noAppUpdate{});
}

Answer<tl::fn::help::getPromoData> get_promo_data(Context& context, tl::fn::help::getPromoData&) {
  tl::help::promoDataEmpty nothing;
  nothing.expires = static_cast<std::int32_t>(context.now()) + 86400;
  co_return tl::Box<tl::help::PromoData>(std::move(nothing));
}

Answer<tl::fn::help::getPeerColors> get_peer_colors(Context&, tl::fn::help::getPeerColors&) {
  co_return tl::Box<tl::help::PeerColors>(tl::help::peerColors{});
}

Answer<tl::fn::help::getPeerProfileColors> get_peer_profile_colors(Context&,
                                                                   tl::fn::help::getPeerProfileColors&) {
  co_return tl::Box<tl::help::PeerColors>(tl::help::peerColors{});
}

// There are no language packs: clients use the strings they were built with.
Answer<tl::fn::langpack::getLangPack> get_lang_pack(Context&, tl::fn::langpack::getLangPack& request) {
  tl::langPackDifference pack;
  pack.lang_code = std::move(request.lang_code);
  co_return tl::Box<tl::LangPackDifference>(std::move(pack));
}

Answer<tl::fn::langpack::getDifference> get_lang_difference(Context&,
                                                            tl::fn::langpack::getDifference& request) {
  tl::langPackDifference pack;
  pack.lang_code = std::move(request.lang_code);
  pack.from_version = request.from_version;
  pack.version = request.from_version;
  co_return tl::Box<tl::LangPackDifference>(std::move(pack));
}

Answer<tl::fn::langpack::getStrings> get_lang_strings(Context&, tl::fn::langpack::getStrings&) {
  co_return std::vector<tl::Box<tl::LangPackString>>{};
}

Answer<tl::fn::langpack::getLanguages> get_languages(Context&, tl::fn::langpack::getLanguages&) {
  co_return std::vector<tl::Box<tl::LangPackLanguage>>{};
}

Answer<tl::fn::langpack::getLanguage> get_language(Context&, tl::fn::langpack::getLanguage&) {
  co_return fail(Error::invalid("LANG_CODE_NOT_SUPPORTED", "This server has no language packs."));
}

}  // namespace

void register_help(Methods& methods) {
  methods.on(get_config, Access::anyone);
  methods.on(get_nearest_dc, Access::anyone);
  methods.on(get_app_config, Access::anyone);
  methods.on(get_cdn_config, Access::anyone);
  methods.on(get_app_update, Access::anyone);
  methods.on(get_promo_data);
  methods.on(get_peer_colors);
  methods.on(get_peer_profile_colors);
  methods.on(get_lang_pack, Access::anyone);
  methods.on(get_lang_difference, Access::anyone);
  methods.on(get_lang_strings, Access::anyone);
  methods.on(get_languages, Access::anyone);
  methods.on(get_language, Access::anyone);
}

}  // namespace heliograph::api
