#include "app/export/archive.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/render/dialog.h"
#include "api/render/message.h"
#include "app/export/topic.h"
#include "services/chats/dialogs.h"
#include "services/chats/history.h"
#include "services/chats/scheduled.h"
#include "services/people/note.h"
#include "store/disk/blobs.h"
#include "store/disk/file.h"
#include "tl/channels.h"
#include "tl/contacts.h"
#include "tl/core_i.h"
#include "tl/core_p.h"
#include "tl/fn_account.h"
#include "tl/fn_channels.h"
#include "tl/fn_contacts.h"
#include "tl/fn_messages.h"
#include "tl/fn_photos.h"
#include "tl/fn_users.h"
#include "tl/messages.h"
#include "tl/photos.h"
#include "tl/schema.h"

namespace heliograph::app {

namespace {

namespace fn = tl::fn;

constexpr std::size_t page_size = 100;            // dialogs, messages
constexpr std::size_t piece_bytes = 256 * 1024;   // of a file
constexpr std::size_t missing_named_max = 1'000;  // in the summary

std::string name_of(Peer peer) {
  const auto* kind = peer.is_user() ? "user" : peer.is_chat() ? "chat" : "channel";
  return fmt::format("{}_{}", kind, peer.id);
}

template <typename T>
std::string json_of(const T& value) {
  std::string text;
  tl::append_json(text, value, export_json);
  return text + "\n";
}

// ".jpg": so that the file opens; nothing of a stranger's choice but letters and digits.
std::string extension_of(const store::Media& row) {
  if (row.kind == store::MediaKind::photo) return ".jpg";
  const auto document = services::document_from(row);
  if (!document) return "";
  const auto* named = document->find(services::AttributeKind::file_name);
  if (named == nullptr) return "";
  const auto dot = named->text.rfind('.');
  if (dot == std::string::npos) return "";
  const auto extension = named->text.substr(dot + 1);
  const auto plain = [](unsigned char c) { return std::isalnum(c) != 0 && c < 0x80; };
  if (extension.empty() || extension.size() > 10 || !std::ranges::all_of(extension, plain)) return "";
  return "." + extension;
}

}  // namespace

Status ExportArchive::write() {
  HG_TRY(write_account());
  HG_TRY(write_people());
  HG_TRY(write_settings());
  HG_TRY(write_profile_photos());
  HG_TRY(write_dialogs());
  HG_TRY(write_posts());
  return write_summary();
}

Status ExportArchive::write_account() {
  auto body = [user = reader_.user()](store::Tx& tx) { return tx.accounts().find(user); };
  HG_ASSIGN(const auto account, reader_.run(reader_.snapshot().read(std::move(body))));
  HG_TRY(add("account.json",
             fmt::format("{{\"id\": {}, \"created_at\": {}, \"last_online_at\": {}, \"ttl_days\": {}, "
                         "\"terms_version\": {}, \"two_step_verification\": {}}}\n",
                         account->id.value, account->created_at, account->last_online_at, account->ttl_days,
                         account->terms_version, !account->password.empty())));
  Topic profile(reader_);
  HG_TRY(profile.note(fn::users::getFullUser{.id = tl::inputUserSelf{}}));
  HG_TRY(add("profile.json", std::move(profile).text()));
  Topic sessions(reader_);
  HG_TRY(sessions.note(fn::account::getAuthorizations{}));
  return add("sessions.json", std::move(sessions).text());
}

Status ExportArchive::write_people() {
  Topic contacts(reader_);
  HG_TRY(contacts.note(fn::contacts::getContacts{}, fn::contacts::getSaved{}));
  HG_TRY(add("contacts.json", std::move(contacts).text()));

  auto body = [user = reader_.user()](store::Tx& tx) {
    return tx.settings().all(user, store::SettingKind::contact_note);
  };
  HG_ASSIGN(const auto notes, reader_.run(reader_.snapshot().read(std::move(body))));
  std::string lines;
  for (const auto& stored : notes) {
    HG_ASSIGN(const auto note, decode<services::ContactNote>(stored.value));
    lines += fmt::format("{{\"user_id\": {}, \"text\": ", stored.key);
    tl::append_json_text(lines, note.text);
    lines += "}\n";
  }
  HG_TRY(add("contact_notes.jsonl", std::move(lines)));

  Topic blocked(reader_);
  for (std::int32_t offset = 0;; offset += static_cast<std::int32_t>(page_size)) {
    fn::contacts::getBlocked request;
    request.offset = offset;
    request.limit = static_cast<std::int32_t>(page_size);
    HG_ASSIGN(const auto page, blocked.ask(request));
    if (!page.is<tl::contacts::blockedSlice>()) break;
    if (page.get_if<tl::contacts::blockedSlice>()->blocked.empty()) break;
  }
  return add("blocked.json", std::move(blocked).text());
}

Status ExportArchive::write_settings() {
  Topic privacy(reader_);
  const auto key = [](auto which) {
    fn::account::getPrivacy request;
    request.key = which;
    return request;
  };
  HG_TRY(privacy.note(key(tl::inputPrivacyKeyStatusTimestamp{}), key(tl::inputPrivacyKeyChatInvite{}),
                      key(tl::inputPrivacyKeyPhoneCall{}), key(tl::inputPrivacyKeyPhoneP2P{}),
                      key(tl::inputPrivacyKeyForwards{}), key(tl::inputPrivacyKeyProfilePhoto{}),
                      key(tl::inputPrivacyKeyPhoneNumber{}), key(tl::inputPrivacyKeyAddedByPhone{}),
                      key(tl::inputPrivacyKeyVoiceMessages{}), key(tl::inputPrivacyKeyAbout{}),
                      key(tl::inputPrivacyKeyBirthday{}), fn::account::getGlobalPrivacySettings{}));
  HG_TRY(add("privacy.json", std::move(privacy).text()));

  Topic notifications(reader_);
  const auto scope = [](auto which) {
    fn::account::getNotifySettings request;
    request.peer = which;
    return request;
  };
  HG_TRY(notifications.note(scope(tl::inputNotifyUsers{}), scope(tl::inputNotifyChats{}),
                            scope(tl::inputNotifyBroadcasts{}), fn::account::getNotifyExceptions{},
                            fn::account::getContactSignUpNotification{},
                            fn::account::getReactionsNotifySettings{}));
  HG_TRY(add("notifications.json", std::move(notifications).text()));

  Topic settings(reader_);
  HG_TRY(settings.note(fn::messages::getDialogFilters{}, fn::messages::getDefaultHistoryTTL{},
                       fn::account::getAccountTTL{}, fn::account::getContentSettings{}));
  HG_TRY(add("settings.json", std::move(settings).text()));

  Topic stickers(reader_);
  HG_TRY(stickers.note(fn::messages::getAllStickers{}, fn::messages::getMaskStickers{},
                       fn::messages::getFavedStickers{}, fn::messages::getRecentStickers{},
                       fn::messages::getMyStickers{.limit = 100}));
  return add("stickers.json", std::move(stickers).text());
}

Status ExportArchive::write_profile_photos() {
  Topic photos(reader_);
  for (std::int32_t offset = 0;;) {
    fn::photos::getUserPhotos request;
    request.user_id = tl::inputUserSelf{};
    request.offset = offset;
    request.limit = static_cast<std::int32_t>(page_size);
    HG_ASSIGN(const auto page, photos.ask(request));
    const auto* slice = page.get_if<tl::photos::photosSlice>();
    const auto* whole = page.get_if<tl::photos::photos>();
    const auto& shown = slice != nullptr ? slice->photos : whole->photos;
    for (const auto& one : shown) {
      if (const auto* photo = one.get_if<tl::photo>()) HG_TRY(write_file(photo->id));
    }
    if (slice == nullptr || shown.empty()) break;
    offset += static_cast<std::int32_t>(shown.size());
  }
  return add("profile_photos.json", std::move(photos).text());
}

// The list is read from the store: what of it is on which page of the list that clients see does not matter
// here.
Status ExportArchive::write_dialogs() {
  std::int64_t pages = 0;
  for (const auto folder : {0, services::archive_folder}) {
    store::DialogOffset offset;
    for (;;) {
      auto body = [user = reader_.user(), folder, offset](store::Tx& tx) {
        return tx.dialogs().list(user, folder, true, offset, page_size);
      };
      HG_ASSIGN(const auto dialogs, reader_.run(reader_.snapshot().read(std::move(body))));
      if (dialogs.empty()) break;
      std::vector<Peer> peers;
      for (const auto& dialog : dialogs) peers.push_back(dialog.peer);
      HG_TRY(write_dialog_page(peers, ++pages));
      counts_.dialogs += static_cast<std::int64_t>(peers.size());
      for (const auto peer : peers) {
        if (!peer.is_channel()) HG_TRY(write_messages(peer));
        HG_TRY(write_scheduled(peer));
      }
      const auto& last = dialogs.back();
      offset = {last.top_date, last.top_message, last.peer};
      if (dialogs.size() < page_size || offset.date == 0) break;  // those without a date come last
    }
  }
  Topic drafts(reader_);
  HG_TRY(drafts.note(fn::messages::getAllDrafts{}));
  return add("drafts.json", std::move(drafts).text());
}

Status ExportArchive::write_dialog_page(const std::vector<Peer>& peers, std::int64_t number) {
  HG_ASSIGN(auto page, reader_.run(services::peer_dialogs(reader_.environment(), reader_.user(), peers)));
  HG_ASSIGN(const auto wire,
            reader_.run(api::render_peer_dialogs(reader_.services(), reader_.user(), std::move(page))));
  return add(fmt::format("dialogs/{:06}.json", number), json_of(wire));
}

Status ExportArchive::write_messages(Peer peer) {
  store::HistoryRange range;
  range.limit = static_cast<std::int32_t>(page_size);
  for (std::int64_t number = 1;; ++number) {
    auto body = [user = reader_.user(), peer, range](store::Tx& tx) {
      return tx.messages().history(BoxId(user), peer, range);
    };
    HG_ASSIGN(auto page, reader_.run(reader_.snapshot().read(std::move(body))));
    if (page.messages.empty()) return {};
    range.offset_id = page.messages.back().id;
    counts_.messages += static_cast<std::int64_t>(page.messages.size());
    HG_TRY(write_page(fmt::format("messages/{}/{:06}.json", name_of(peer), number), std::move(page)));
  }
}

Status ExportArchive::write_scheduled(Peer peer) {
  auto body = [user = reader_.user(), peer](store::Tx& tx) {
    return tx.messages().scheduled(BoxId(user), peer);
  };
  store::Page page;
  HG_ASSIGN(page.messages, reader_.run(reader_.snapshot().read(std::move(body))));
  if (page.messages.empty()) return {};
  return write_page(fmt::format("scheduled/{}.json", name_of(peer)), std::move(page));
}

// Of supergroups and channels, what the account has written, also where it no longer is.
Status ExportArchive::write_posts() {
  HG_ASSIGN(const auto places, reader_.snapshot().ever_in(reader_.user()));
  for (const auto place : places) {
    if (!place.is_channel()) continue;
    store::SearchFilter own;
    own.from = reader_.user();
    store::HistoryRange range;
    range.limit = static_cast<std::int32_t>(page_size);
    for (std::int64_t number = 1;; ++number) {
      auto body = [place, own, range](store::Tx& tx) {
        return tx.messages().search(BoxId::of(place.channel()), place, own, range);
      };
      HG_ASSIGN(auto page, reader_.run(reader_.snapshot().read(std::move(body))));
      if (page.messages.empty()) break;
      range.offset_id = page.messages.back().id;
      counts_.posts += static_cast<std::int64_t>(page.messages.size());
      HG_TRY(write_page(fmt::format("posts/{}/{:06}.json", name_of(place), number), std::move(page)));
    }
  }
  Topic left(reader_);
  for (std::int32_t offset = 0;;) {
    fn::channels::getLeftChannels request;
    request.offset = offset;
    HG_ASSIGN(const auto answer, left.ask(request));
    const auto* slice = answer.get_if<tl::messages::chatsSlice>();
    if (slice == nullptr || slice->chats.empty()) break;
    offset += static_cast<std::int32_t>(slice->chats.size());
  }
  return add("left_channels.json", std::move(left).text());
}

Status ExportArchive::write_summary() {
  std::string missing;
  for (const auto id : missing_) missing += (missing.empty() ? "" : ", ") + std::to_string(id);
  return add(
      "export.json",
      fmt::format("{{\"format\": 1, \"layer\": {}, \"account\": {}, \"exported_at\": {}, \"dialogs\": {}, "
                  "\"messages\": {}, \"posts\": {}, \"files\": {}, \"file_bytes\": {}, "
                  "\"missing_files\": {}, \"missing\": [{}]}}\n",
                  tl::max_layer(), reader_.user().value, now_, counts_.dialogs, counts_.messages,
                  counts_.posts, counts_.files, counts_.file_bytes, counts_.missing_files, missing));
}

Status ExportArchive::write_page(const std::string& name, store::Page page) {
  std::vector<std::optional<services::Media>> media;
  for (const auto& message : page.messages) {
    HG_ASSIGN(auto content, services::decode_content(message));
    media.push_back(std::move(content.media));
  }
  HG_ASSIGN(const auto wire,
            reader_.run(api::render_page(reader_.services(), reader_.user(), std::move(page))));
  HG_TRY(add(name, json_of(wire)));
  for (const auto& one : media) HG_TRY(write_media(one));
  return {};
}

Status ExportArchive::write_media(const std::optional<services::Media>& media) {
  if (media && media->photo) return write_file(media->photo->id);
  if (media && media->document) return write_file(media->document->id);
  return {};
}

Status ExportArchive::write_file(std::int64_t media) {
  if (!files_.insert(media).second) return {};
  auto body = [media](store::Tx& tx) { return tx.media().find(media); };
  HG_ASSIGN(const auto row, reader_.run(reader_.snapshot().read(std::move(body))));
  auto copied = row ? copy(*row, fmt::format("media/{}{}", media, extension_of(*row)))
                    : fail(Error::not_found("BLOB_NOT_FOUND"));
  if (copied || copied.error().kind != ErrorKind::not_found) return copied;
  ++counts_.missing_files;
  if (missing_.size() < missing_named_max) missing_.push_back(media);
  return {};
}

// not_found: the server has erased it since the snapshot was taken, or lost it.
Status ExportArchive::copy(const store::Media& row, const std::string& name) {
  HG_ASSIGN(const auto file, store::disk::File::open(store::disk::path_of_blob(blobs_, row.file)));
  HG_TRY(tar_.begin(name, row.size, row.created_at));
  Bytes piece(piece_bytes);
  for (std::int64_t at = 0; at < row.size;) {
    const auto wanted = std::min<std::int64_t>(row.size - at, static_cast<std::int64_t>(piece.size()));
    HG_ASSIGN(const auto size, file.read(MutableByteView(piece).first(static_cast<std::size_t>(wanted)), at));
    if (static_cast<std::int64_t>(size) != wanted) {
      return fail(Error::unavailable("FILE_UNREADABLE", "The file " + name + " is shorter than it was."));
    }
    HG_TRY(tar_.write(ByteView(piece).first(size)));
    at += wanted;
  }
  ++counts_.files;
  counts_.file_bytes += row.size;
  return {};
}

Status ExportArchive::add(const std::string& name, std::string text) {
  return tar_.add(name, as_bytes(text), now_);
}

}  // namespace heliograph::app
