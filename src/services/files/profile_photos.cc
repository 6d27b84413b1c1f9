#include "services/files/profile_photos.h"

#include <algorithm>

#include "services/discovery/public.h"
#include "services/people/audience.h"

namespace heliograph::services {

namespace {

// Brings what is shown with the account in line with its newest photo, and tells who has to know.
Status show_newest(store::Tx& tx, const Caller& caller, UnixSeconds now) {
  HG_ASSIGN(auto account, tx.accounts().find(caller.user));
  if (!account) return fail(Error::unauthorized("AUTH_KEY_UNREGISTERED"));
  HG_ASSIGN(const auto newest, tx.media().profile_photos(Peer::of(caller.user), 0, 0, 1));
  Bytes shown;
  if (!newest.empty()) {
    HG_ASSIGN(const auto row, tx.media().find(newest.front().photo));
    if (row) {
      HG_ASSIGN(auto photo, photo_from(*row));
      shown = encode(PeerPhoto{photo.id, std::move(photo.stripped)});
    }
  }
  if (account->photo == shown) return {};
  const auto before = *account;
  account->photo = std::move(shown);
  HG_TRY(tx.accounts().update(*account));
  HG_TRY(note_account(tx, before, *account));
  return announce(tx, caller, now, caller.user, events::UserChanged{caller.user});
}

}  // namespace

Task<Status> ProfilePhotos::set(Caller caller, Photo photo) {
  const auto now = environment_.clock.unix_seconds();
  const auto id = photo.id;
  CO_TRY(co_await environment_.store.write([caller, id, now](store::Tx& tx) -> Status {
    HG_TRY(tx.media().put_profile_photo({Peer::of(caller.user), id}));
    return show_newest(tx, caller, now);
  }));
  users_.forget(caller.user);
  co_return Status();
}

Task<Result<Photo>> ProfilePhotos::set_earlier(Caller caller, MediaName name) {
  CO_ASSIGN(auto photo, co_await library_.photo(std::move(name), "PHOTO_ID_INVALID"));
  // Also one that was sent in a message, as long as it is the caller's own.
  if (photo.owner != caller.user) co_return fail(Error::invalid("PHOTO_ID_INVALID"));
  CO_TRY(co_await set(caller, photo));
  co_return photo;
}

Task<Status> ProfilePhotos::unset(Caller caller) {
  const auto now = environment_.clock.unix_seconds();
  CO_TRY(co_await environment_.store.write([caller, now](store::Tx& tx) -> Status {
    const auto peer = Peer::of(caller.user);
    HG_ASSIGN(const auto newest, tx.media().profile_photos(peer, 0, 0, 1));
    if (newest.empty()) return {};
    HG_TRY(tx.media().erase_profile_photo(peer, newest.front().photo));
    return show_newest(tx, caller, now);
  }));
  users_.forget(caller.user);
  co_return Status();
}

Task<Result<std::vector<std::int64_t>>> ProfilePhotos::erase(Caller caller, std::vector<MediaName> names) {
  std::vector<std::int64_t> ids;
  for (const auto& name : names) {
    if (name.access_hash == library_.access_hash(name.id)) ids.push_back(name.id);
  }
  const auto now = environment_.clock.unix_seconds();
  auto take_away = [caller, ids, now](store::Tx& tx) -> Result<std::vector<std::int64_t>> {
    std::vector<std::int64_t> erased;
    for (const auto id : ids) {
      HG_ASSIGN(const bool was_there, tx.media().erase_profile_photo(Peer::of(caller.user), id));
      if (was_there) erased.push_back(id);
    }
    if (!erased.empty()) HG_TRY(show_newest(tx, caller, now));
    return erased;
  };
  CO_ASSIGN(auto erased, co_await environment_.store.write(std::move(take_away)));
  users_.forget(caller.user);
  co_return erased;
}

Task<Result<ProfilePhotos::Page>> ProfilePhotos::list(UserId viewer, UserId user, std::int64_t max_id,
                                                      std::size_t offset, std::size_t limit) {
  CO_ASSIGN(const bool shown, co_await visible(viewer, user));
  if (!shown) co_return Page();
  struct Found {
    std::vector<std::int64_t> ids;
    std::int64_t total = 0;
  };
  CO_ASSIGN(auto found, co_await environment_.store.read([=](store::Tx& tx) -> Result<Found> {
    const auto peer = Peer::of(user);
    std::int64_t below = 0;
    if (max_id != 0) {
      HG_ASSIGN(const auto from, tx.media().find_profile_photo(peer, max_id));
      if (from) below = from->number;
    }
    Found result;
    HG_ASSIGN(result.total, tx.media().count_profile_photos(peer));
    HG_ASSIGN(const auto photos, tx.media().profile_photos(peer, below, offset, limit));
    for (const auto& photo : photos) result.ids.push_back(photo.photo);
    return result;
  }));
  Page page;
  page.total = found.total;
  CO_ASSIGN(page.photos, co_await library_.photos(std::move(found.ids)));
  co_return page;
}

Task<Result<std::optional<Photo>>> ProfilePhotos::current(UserId viewer, UserId user) {
  CO_ASSIGN(const auto view, co_await users_.view_one(viewer, user));
  if (!view.photo) co_return std::nullopt;
  std::vector<std::int64_t> ids{view.photo->photo};
  CO_ASSIGN(auto photos, co_await library_.photos(std::move(ids)));
  if (photos.empty()) co_return std::nullopt;
  co_return std::optional(std::move(photos.front()));
}

Task<Result<bool>> ProfilePhotos::visible(UserId viewer, UserId user) {
  CO_ASSIGN(const auto view, co_await users_.view_one(viewer, user));
  co_return view.photo.has_value();
}

}  // namespace heliograph::services
