// The pictures that people are shown with: one at a time, and the earlier ones behind it.
#pragma once

#include "services/caller.h"
#include "services/files/library.h"
#include "services/people/users.h"

namespace heliograph::services {

class ProfilePhotos {
 public:
  ProfilePhotos(Environment& environment, Users& users, Library& library)
      : environment_(environment), users_(users), library_(library) {}

  // The caller is shown with it from now on. Everybody who knows them is told.
  Task<Status> set(Caller caller, Photo photo);
  // One of the caller's own earlier ones. invalid PHOTO_ID_INVALID, FILE_REFERENCE_*.
  Task<Result<Photo>> set_earlier(Caller caller, MediaName name);
  // What is shown goes; the caller is shown with the one before it.
  Task<Status> unset(Caller caller);
  // Those that were the caller's, by id. What is not is left out.
  Task<Result<std::vector<std::int64_t>>> erase(Caller caller, std::vector<MediaName> names);

  struct Page {
    std::vector<Photo> photos;
    std::int64_t total = 0;
  };
  // As `viewer` may see them, newest first. `max_id`: when not 0, only those before the one with this id.
  Task<Result<Page>> list(UserId viewer, UserId user, std::int64_t max_id, std::size_t offset,
                          std::size_t limit);
  // The one that `user` is shown with, or none.
  Task<Result<std::optional<Photo>>> current(UserId viewer, UserId user);
  // Whether `viewer` is shown photos of `user` at all.
  Task<Result<bool>> visible(UserId viewer, UserId user);

 private:
  Environment& environment_;
  Users& users_;
  Library& library_;
};

}  // namespace heliograph::services
