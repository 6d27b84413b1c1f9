// photos.*: the pictures that people are shown with; and those of groups and channels.
#include "tl/photos.h"

#include <algorithm>

#include "api/chats_families.h"
#include "api/media_arguments.h"
#include "api/method.h"
#include "api/peers.h"
#include "api/render/media.h"
#include "api/render/user.h"
#include "services/groups/photo.h"
#include "tl/fn_channels.h"
#include "tl/fn_messages.h"
#include "tl/fn_photos.h"

namespace heliograph::api {

namespace {

constexpr std::int32_t page_max = 100;
constexpr std::size_t deleted_max = 100;  // in one call

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

namespace photos_fn = tl::fn::photos;

Task<Result<tl::Box<tl::photos::Photo>>> shown_with(Context& context, std::optional<services::Photo> photo) {
  tl::photos::photo reply;
  reply.photo =
      photo ? render_photo(context.services.files.library, *photo) : tl::Box<tl::Photo>(tl::photoEmpty{});
  CO_ASSIGN(const auto view,
            co_await context.services.users.view_one(context.caller.user, context.caller.user));
  reply.users.push_back(render_user(view));
  co_return reply;
}

Answer<photos_fn::uploadProfilePhoto> upload_profile_photo(Context& context,
                                                           photos_fn::uploadProfilePhoto& request) {
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

Answer<photos_fn::updateProfilePhoto> update_profile_photo(Context& context,
                                                           photos_fn::updateProfilePhoto& request) {
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

Answer<photos_fn::deletePhotos> delete_photos(Context& context, photos_fn::deletePhotos& request) {
  if (request.id.size() > deleted_max) co_return fail(Error::invalid("PHOTO_ID_INVALID"));
  std::vector<services::MediaName> names;
  for (const auto& input : request.id) {
    if (auto name = photo_name_from(input)) names.push_back(std::move(*name));
  }
  co_return co_await context.services.files.profile_photos.erase(context.caller, std::move(names));
}

Answer<photos_fn::getUserPhotos> get_user_photos(Context& context, photos_fn::getUserPhotos& request) {
  auto& files = context.services.files;
  CO_ASSIGN(const auto user, co_await user_from(context, request.user_id));
  if (request.offset < 0 || request.limit < 0) co_return fail(Error::invalid("LIMIT_INVALID"));
  const auto limit = request.limit == 0 ? page_max : std::min(request.limit, page_max);
  CO_ASSIGN(auto page, co_await files.profile_photos.list(context.caller.user, user, request.max_id,
                                                          static_cast<std::size_t>(request.offset),
                                                          static_cast<std::size_t>(limit)));
  std::vector<tl::Box<tl::Photo>> photos;
  for (const auto& photo : page.photos) {
    photos.push_back(render_photo(files.library, photo));
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

// The photo of a group or channel. Who may not change it hears so before a picture is read.
Task<Result<tl::Box<tl::Updates>>> set_chat_photo(Context& context, Peer chat,
                                                  tl::Box<tl::InputChatPhoto>& wanted) {
  auto& files = context.services.files;
  const auto& environment = context.services.environment;
  CO_TRY(co_await services::may_set_photo(environment, context.caller, chat));
  std::optional<services::Photo> photo;
  if (auto* fresh = wanted.get_if<tl::inputChatUploadedPhoto>()) {
    if (!fresh->file || fresh->video || fresh->video_emoji_markup) {
      co_return fail(Error::invalid("PHOTO_FILE_MISSING", "This server takes pictures, not videos."));
    }
    CO_ASSIGN(auto file, uploaded_from(fresh->file));
    CO_ASSIGN(photo, co_await files.photos.create(context.caller.user, std::move(file),
                                                  services::Photos::Use::profile));
  } else if (auto* named = wanted.get_if<tl::inputChatPhoto>()) {
    CO_ASSIGN(auto name, photo_name_from(named->id));
    CO_ASSIGN(photo, co_await files.library.photo(std::move(name), "PHOTO_INVALID"));
  } else if (!wanted.is<tl::inputChatPhotoEmpty>()) {
    co_return fail(Error::invalid("PHOTO_INVALID"));
  }
  services::MembershipChange change;
  CO_ASSIGN(change.notice, co_await services::set_photo(environment, context.caller, chat, std::move(photo)));
  co_return co_await render_membership(context, chat, change);
}

Answer<tl::fn::messages::editChatPhoto> edit_chat_photo(Context& context,
                                                        tl::fn::messages::editChatPhoto& request) {
  CO_ASSIGN(const auto group, group_from(request.chat_id));
  co_return co_await set_chat_photo(context, group, request.photo);
}

Answer<tl::fn::channels::editPhoto> edit_channel_photo(Context& context,
                                                       tl::fn::channels::editPhoto& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  co_return co_await set_chat_photo(context, channel, request.photo);
}

}  // namespace

void register_photos(Methods& methods) {
  methods.on(upload_profile_photo);
  methods.on(update_profile_photo);
  methods.on(delete_photos);
  methods.on(get_user_photos);
  methods.on(edit_chat_photo);
  methods.on(edit_channel_photo);
}

}  // namespace heliograph::api
