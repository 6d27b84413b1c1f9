#include "safety/enforcement/deed.h"

#include <algorithm>

#include "safety/enforcement/found.h"
#include "safety/enforcement/gate.h"

namespace heliograph::safety {

Exhibit exhibit_of(const Item& item) {
  Exhibit exhibit;
  exhibit.place = item.place;
  exhibit.message = item.message;
  exhibit.author = item.author;
  exhibit.date = item.date;
  exhibit.title = item.title;
  exhibit.text = item.text;
  exhibit.media = item.media;
  exhibit.media_ids = item.media_ids;
  return exhibit;
}

Deed deed_of(const Judgement& judgement, const Finding& finding, Effect effect, UnixSeconds now) {
  Deed deed;
  deed.effect = effect;
  deed.finding = finding;
  deed.clause_title = judgement.clause_title;
  deed.countries = judgement.countries;
  deed.source = "own_initiative";
  deed.limit = judgement.limit;
  deed.sign_out = judgement.strikes.limit_signs_out;
  auto days = judgement.days;
  if (effect == Effect::limit_account && days == 0) days = judgement.strikes.limit_days;
  if (days != 0) deed.ends_at = now + days * kDay;
  return deed;
}

Effect on_item(const Item& item, Effect effect) {
  if (item.place.is_user() && !item.message) return effect;
  if (item.message && item.place.is_channel()) return std::min(effect, Effect::remove);
  if (item.message || !item.place.is_channel()) return Effect::allow;
  if (effect == Effect::limit_account) return Effect::hide_from_search;
  return effect == Effect::ban ? Effect::close_channel : effect;
}

Hold hold_of(const Item& item, Effect effect) {
  switch (on_item(item, effect)) {
    case Effect::allow:
    case Effect::review:
      return Hold::none;
    case Effect::mark_sensitive:
      return Hold::sensitive;
    case Effect::hide_from_search:
      return Hold::unsearchable;
    case Effect::restrict_countries:
      return Hold::barred;
    case Effect::hold:
    case Effect::remove:
      return Hold::withheld;
    case Effect::limit_account:
      return Hold::limited;
    case Effect::close_channel:
      return Hold::closed;
    case Effect::ban:
      return Hold::banned;
  }
  return Hold::none;
}

ActNames acts_of(const Item& item, Hold hold) {
  const bool post = static_cast<bool>(item.message);
  switch (hold) {
    case Hold::none:
      return {};
    case Hold::sensitive:
      return {"message.mark", "message.unmark"};
    case Hold::unsearchable:
      return post ? ActNames{"message.mark", "message.unmark"} : ActNames{"peer.delist", "peer.relist"};
    case Hold::barred:
      return post ? ActNames{"message.restrict", "message.unrestrict"}
                  : ActNames{"peer.restrict", "peer.unrestrict"};
    case Hold::withheld:
      return {"message.withhold", "message.return"};
    case Hold::limited:
      return {"account.limit", "account.release"};
    case Hold::closed:
      return {"peer.close", "peer.reopen"};
    case Hold::banned:
      return {"account.ban", "account.unban"};
  }
  return {};
}

}  // namespace heliograph::safety
