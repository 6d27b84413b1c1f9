// photos.*: the pictures that people are shown with.
#include "tl/photos.h"

#include <algorithm>

#include "api/media_arguments.h"
#include "api/method.h"
#include "api/peers.h"
#include "api/render/media.h"
#include "api/render/user.h"
#include "tl/fn_photos.h"

namespace heliograph::api {

namespace {

constexpr std::int32_t page_max = 100;
constexpr std::size_t deleted_max = 100;  // in one call

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

namespace fn = tl::fn::photos;

Task<Result<tl::Box<tl::photos::Photo>>> shown_with(Context& context, std::optional<services::Photo> photo) {
  tl::photos::photo reply;
  reply.photo = photo ? render_photo(context.services.files.library, *photo, context.facts.dc_id)
                      : tl::Box<tl::Photo>(tl::photoEmpty{});
  CO_ASSIGN(const auto view,
            co_await context.services.users.view_one(context.caller.user, context.caller.user));
  reply.users.push_back(render_user(view));
  co_return reply;
}

Answer<fn::uploadProfilePhoto> upload_profile_photo(Context& context, fn::uploadProfilePhoto& request) {
  auto& files = context.services.files;
  if (request.fallback || request.bot || request.video || request.video_emoji_markup) {
    co_return fail(
        Error::invalid("PHOTO_FILE_MISSING", "This server takes a picture for oneself, not videos."));
  }
  if (!request.file) co_return fail(Error::invalid("PHOTO_FILE_MISSING"));
  CO_ASSIGN(auto file, uploaded_from(request.file));
  CO_ASSIGN(auto photo, co_await files.photos.create(context.caller.user, std::move(file),
                                                     services::Photos::Use::profile));
  CO_TRY(co_await files.profile_photos.set(context.caller, photo));
  std::optional<services::Photo> shown(std::move(photo));
  co_return co_await shown_with(context, std::move(shown));
}

Answer<fn::updateProfilePhoto> update_profile_photo(Context& context, fn::updateProfilePhoto& request) {
  auto& photos = context.services.files.profile_photos;
  if (request.fallback || request.bot) co_return fail(Error::invalid("PHOTO_ID_INVALID"));
  std::optional<services::Photo> shown;
  if (request.id.is<tl::inputPhotoEmpty>()) {
    CO_TRY(co_await photos.unset(context.caller));
    CO_ASSIGN(shown, co_await photos.current(context.caller.user, context.caller.user));
  } else {
    CO_ASSIGN(auto name, photo_name_from(request.id));
    CO_ASSIGN(shown, co_await photos.set_earlier(context.caller, std::move(name)));
  }
  co_return co_await shown_with(context, std::move(shown));
}

Answer<fn::deletePhotos> delete_photos(Context& context, fn::deletePhotos& request) {
  if (request.id.size() > deleted_max) co_return fail(Error::invalid("PHOTO_ID_INVALID"));
  std::vector<services::MediaName> names;
  for (const auto& input : request.id) {
    if (auto name = photo_name_from(input)) names.push_back(std::move(*name));
  }
  co_return co_await context.services.files.profile_photos.erase(context.caller, std::move(names));
}

Answer<fn::getUserPhotos> get_user_photos(Context& context, fn::getUserPhotos& request) {
  auto& files = context.services.files;
  CO_ASSIGN(const auto user, co_await user_from(context, request.user_id));
  if (request.offset < 0 || request.limit < 0) co_return fail(Error::invalid("LIMIT_INVALID"));
  const auto limit = request.limit == 0 ? page_max : std::min(request.limit, page_max);
  CO_ASSIGN(auto page, co_await files.profile_photos.list(context.caller.user, user, request.max_id,
                                                          static_cast<std::size_t>(request.offset),
                                                          static_cast<std::size_t>(limit)));
  std::vector<tl::Box<tl::Photo>> photos;
  for (const auto& photo : page.photos) {
    photos.push_back(render_photo(files.library, photo, context.facts.dc_id));
  }
  std::vector<UserId> named{user};
  CO_ASSIGN(auto users,
            co_await describe_users(context.services.users, context.caller.user, std::move(named)));
  if (page.total <= static_cast<std::int64_t>(photos.size())) {
    tl::photos::photos reply;
    reply.photos = std::move(photos);
    reply.users = std::move(users);
    co_return reply;
  }
  tl::photos::photosSlice reply;
  reply.count = static_cast<std::int32_t>(page.total);
  reply.photos = std::move(photos);
  reply.users = std::move(users);
  co_return reply;
}

}  // namespace

void register_photos(Methods& methods) {
  methods.on(upload_profile_photo);
  methods.on(update_profile_photo);
  methods.on(delete_photos);
  methods.on(get_user_photos);
}

}  // namespace heliograph::api
