// All services of one server, in the order in which they depend on each other. Built by app (and by tests:
// services/testing/world.h); the references must outlive it.
//
//   Services services{.environment = environment, .hub = hub, .devices = devices, .codes = codes, ...};
#pragma once

#include "services/accounts/authorizations.h"
#include "services/accounts/deletion.h"
#include "services/accounts/delivery.h"
#include "services/accounts/devices.h"
#include "services/accounts/keys.h"
#include "services/accounts/login_token.h"
#include "services/accounts/password.h"
#include "services/accounts/sign_in.h"
#include "services/accounts/takeout.h"
#include "services/accounts/terms.h"
#include "services/bots/bots.h"
#include "services/chats/collect.h"
#include "services/chats/post_views.h"
#include "services/discovery/discovery.h"
#include "services/discovery/guarded_terms.h"
#include "services/discovery/search_watch.h"
#include "services/environment.h"
#include "services/files/files.h"
#include "services/groups/views.h"
#include "services/hub.h"
#include "services/limits.h"
#include "services/moderation/casework.h"
#include "services/moderation/moderation.h"
#include "services/moderation/workplace.h"
#include "services/people/blocking.h"
#include "services/people/contacts.h"
#include "services/people/notify.h"
#include "services/people/preferences.h"
#include "services/people/presence.h"
#include "services/people/privacy.h"
#include "services/people/profile.h"
#include "services/people/search.h"
#include "services/people/typing.h"
#include "services/people/users.h"
#include "services/reports/notices.h"
#include "services/reports/redress.h"
#include "services/reports/reports.h"
#include "services/stickers/kept.h"
#include "services/stickers/sets.h"
#include "services/updates/difference.h"

namespace heliograph::legal {
class Journal;
}  // namespace heliograph::legal

namespace heliograph::services {

struct Services {
  // Given from outside.
  Environment& environment;
  Hub& hub;
  Devices& devices;
  CodeDelivery& codes;
  OpenBindMessage open_bind_message;
  TermsInForce terms;
  SignInLimits sign_in_limits;
  FileParts file_parts;
  ModerationParts moderation_parts{};
  TakeoutRules takeout_rules{};
  QualityRules quality_rules{};
  legal::Journal* journal = nullptr;  // hears from where accounts are connected; null: nobody does

  Translator* translator = nullptr;  // for the staff; null: nothing is translated

  // Built here, top to bottom.
  Limits limits{environment.clock};
  KeyRing keys{environment, open_bind_message};
  SignIn sign_in{environment, keys, codes, limits, terms, sign_in_limits};
  Passwords passwords{environment, keys, codes};
  Authorizations authorizations{environment, keys, devices};
  LoginTokens login_tokens{environment, keys, devices};
  Takeouts takeouts{environment, takeout_rules};
  Updates updates{environment};

  Online online = Online();
  Users users{environment, hub, online};
  ChatViews chat_views{environment, hub};
  Presence presence{environment, hub, users, online, limits};
  Typing typing{environment, hub, users, limits};
  Profile profile{environment, users, limits};
  Contacts contacts{environment, users};
  Blocking blocking{environment, limits};
  PeopleSearch people_search{environment, limits};
  Discovery discovery{environment, limits, people_search};
  Bots bots{environment, hub, users, limits};
  Privacy privacy{environment};
  Preferences preferences{environment};
  Notify notify{environment};
  Files files{environment, users, file_parts};
  StickerSets sticker_sets{environment, file_parts.blobs, files.library, limits};
  KeptStickers kept_stickers{environment, files.library};
  MediaCollector media_collector{environment};
  PostViews post_views{environment};
  Moderation moderation{
      environment, moderation_parts, {file_parts.blobs, file_parts.images, file_parts.limits.photo_bytes_max},
      keys,        devices,          users};
  Reports reports{environment};
  Casework casework{environment};
  CaseMedia case_media{environment, file_parts.blobs, file_parts.images};
  Workplace work{environment, casework, discovery, quality_rules, &case_media, translator};
  GuardedTerms guarded_terms{environment, discovery};
  SearchWatch search_watch{environment};
  Notices notices{environment, limits};
  Redress redress{environment, limits, codes, sign_in_limits};
  Deletion deletion{environment, keys, passwords, users, devices};
};

}  // namespace heliograph::services
