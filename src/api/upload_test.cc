// Files and photos through the methods.
#include <gmock/gmock.h>

#include "api/testing/front_door.h"
#include "images/testing/samples.h"
#include "services/chats/ttl.h"
#include "services/people/access.h"
#include "tl/channels.h"
#include "tl/core_c.h"
#include "tl/core_d.h"
#include "tl/core_f.h"
#include "tl/core_i.h"
#include "tl/core_m.h"
#include "tl/core_p.h"
#include "tl/core_u.h"
#include "tl/fn_channels.h"
#include "tl/fn_messages.h"
#include "tl/fn_photos.h"
#include "tl/fn_updates.h"
#include "tl/fn_upload.h"
#include "tl/fn_users.h"
#include "tl/messages.h"
#include "tl/photos.h"
#include "tl/storage.h"
#include "tl/upload.h"
#include "tl/users.h"

namespace heliograph::api {
namespace {

using testing::FrontDoor;
using testing::World;
namespace fn = tl::fn;

struct UploadMethods : ::testing::Test {
  tl::Box<tl::InputFile> upload(const services::Caller& caller, Bytes bytes) {
    fn::upload::saveFilePart part;
    part.file_id = ++last_file;
    part.bytes = std::move(bytes);
    const auto saved = door.call(caller, part);
    EXPECT_TRUE(saved && *saved.value) << saved.error;
    tl::inputFile file;
    file.id = last_file;
    file.parts = 1;
    file.name = "file.txt";
    return file;
  }
  tl::document send_document(const services::Caller& caller, Bytes bytes, std::int32_t layer = 228) {
    fn::messages::uploadMedia request;
    request.peer = tl::inputPeerSelf{};
    tl::inputMediaUploadedDocument media;
    media.file = upload(caller, std::move(bytes));
    media.mime_type = "text/plain";
    media.attributes.push_back(tl::documentAttributeAudio{.voice = true, .duration = 3});
    request.media = std::move(media);
    auto answer = door.call(caller, request, layer);
    EXPECT_TRUE(answer) << answer.error;
    auto* sent = answer->get_if<tl::messageMediaDocument>();
    EXPECT_TRUE(sent != nullptr);
    return std::move(*sent->document.get_if<tl::document>());
  }
  static fn::upload::getFile get(const tl::document& document) {
    fn::upload::getFile request;
    tl::inputDocumentFileLocation place;
    place.id = document.id;
    place.access_hash = document.access_hash;
    place.file_reference = document.file_reference;
    request.location = std::move(place);
    request.limit = 4096;
    return request;
  }

  FrontDoor door;
  services::Caller ada = door.world.sign_up("Ada");
  services::Caller bob = door.world.sign_up("Bob");
  std::int64_t last_file = 100;
};

TEST_F(UploadMethods, ADocumentGoesInAndComesOut) {
  const auto document = send_document(ada, to_bytes(as_bytes("hello")));
  EXPECT_EQ(document.size, 5);
  EXPECT_EQ(document.mime_type, "text/plain");
  EXPECT_EQ(document.dc_id, 2);
  ASSERT_EQ(document.attributes.size(), 2u);
  EXPECT_EQ(document.attributes[0].get_if<tl::documentAttributeAudio>()->duration, 3);
  EXPECT_EQ(document.attributes[1].get_if<tl::documentAttributeFilename>()->file_name, "file.txt");
  auto answer = door.call(bob, get(document));
  ASSERT_TRUE(answer) << answer.error;
  const auto* file = answer->get_if<tl::upload::file>();
  ASSERT_TRUE(file != nullptr);
  EXPECT_EQ(as_text(file->bytes), "hello");
  EXPECT_TRUE(file->type.is<tl::storage::fileUnknown>());

  fn::upload::getFileHashes hashes;
  hashes.location = get(document).location;
  const auto hashed = door.call(bob, hashes);
  ASSERT_TRUE(hashed) << hashed.error;
  EXPECT_EQ(hashed.value->size(), 1u);
}

TEST_F(UploadMethods, TheOldestClientsReadItToo) {
  EXPECT_EQ(send_document(ada, to_bytes(as_bytes("old")), 144).size, 3);
}

TEST_F(UploadMethods, ErrorsHaveTheirNames) {
  const auto document = send_document(ada, to_bytes(as_bytes("hello")));
  auto request = get(document);
  request.limit = 5;
  EXPECT_EQ(door.call(bob, request).error, "400 LIMIT_INVALID");
  request.limit = 4096;
  request.location = tl::inputTakeoutFileLocation{};
  EXPECT_EQ(door.call(bob, request).error, "400 LOCATION_INVALID");
  fn::upload::saveBigFilePart part;
  part.file_id = 1;
  part.file_part = 5;
  part.file_total_parts = 5;
  part.bytes = Bytes(1024);
  EXPECT_EQ(door.call(ada, part).error, "400 FILE_PART_INVALID");
  fn::messages::uploadMedia media;
  media.peer = tl::inputPeerSelf{};
  tl::inputMediaUploadedDocument missing;
  missing.file = tl::inputFileBig{.id = 1, .parts = 2, .name = "x"};
  media.media = std::move(missing);
  EXPECT_EQ(door.call(ada, media).error, "400 FILE_PART_0_MISSING");
}

TEST_F(UploadMethods, OneFindsOnesOwnDocumentByItsHash) {
  const auto document = send_document(ada, to_bytes(as_bytes("abc")));
  fn::messages::getDocumentByHash request;
  request.sha256 = from_hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  request.size = 3;
  request.mime_type = "text/plain";
  EXPECT_EQ(door.call(ada, request)->get_if<tl::document>()->id, document.id);
  EXPECT_TRUE(door.call(bob, request)->is<tl::documentEmpty>());
  request.sha256.pop_back();
  EXPECT_EQ(door.call(ada, request).error, "400 SHA256_HASH_INVALID");
}

TEST_F(UploadMethods, ProfilePhotos) {
  fn::photos::uploadProfilePhoto set;
  set.file = upload(ada, images::testing::jpeg(400, 300));
  auto answer = door.call(ada, set);
  ASSERT_TRUE(answer) << answer.error;
  auto& made = *answer->get_if<tl::photos::photo>();
  const auto photo = std::move(*made.photo.get_if<tl::photo>());
  EXPECT_EQ(photo.sizes.size(), 3u);  // preview, a, b
  EXPECT_EQ(made.users[0].get_if<tl::user>()->photo.get_if<tl::userProfilePhoto>()->photo_id, photo.id);

  fn::photos::getUserPhotos list;
  list.user_id = tl::inputUserSelf{};
  EXPECT_EQ(door.call(ada, list)->get_if<tl::photos::photos>()->photos.size(), 1u);
  fn::users::getFullUser full;
  full.id = tl::inputUserSelf{};
  const auto seen = door.call(ada, full);
  EXPECT_EQ(seen.value->get_if<tl::users::userFull>()
                ->full_user.get_if<tl::userFull>()
                ->profile_photo.get_if<tl::photo>()
                ->id,
            photo.id);

  fn::upload::getFile fetch;
  tl::inputPeerPhotoFileLocation place;
  place.big = true;
  place.peer = tl::inputPeerSelf{};
  place.photo_id = photo.id;
  fetch.location = std::move(place);
  fetch.limit = 1 << 20;
  const auto file = door.call(ada, fetch);
  ASSERT_TRUE(file) << file.error;
  EXPECT_TRUE(file.value->get_if<tl::upload::file>()->type.is<tl::storage::fileJpeg>());

  fn::photos::deletePhotos remove;
  tl::inputPhoto name;
  name.id = photo.id;
  name.access_hash = photo.access_hash;
  name.file_reference = photo.file_reference;
  remove.id.push_back(std::move(name));
  EXPECT_EQ(*door.call(ada, remove), std::vector<std::int64_t>{photo.id});
  EXPECT_TRUE(door.call(ada, list)->get_if<tl::photos::photos>()->photos.empty());
}

// In messages

struct MediaMessages : UploadMethods {
  tl::Box<tl::InputPeer> peer_of(const services::Caller& whom, const services::Caller& viewer) {
    tl::inputPeerUser peer;
    peer.user_id = whom.user.value;
    peer.access_hash = services::access_hash(door.world.environment, viewer.user, whom.user);
    return peer;
  }
  tl::Box<tl::InputMedia> new_photo(const services::Caller& owner, bool spoiler = false) {
    tl::inputMediaUploadedPhoto media;
    media.file = upload(owner, images::testing::jpeg(400, 300));
    media.spoiler = spoiler;
    return media;
  }
  std::string send(const services::Caller& from, const services::Caller& to, tl::Box<tl::InputMedia> media,
                   std::string caption = {}) {
    fn::messages::sendMedia request;
    request.peer = peer_of(to, from);
    request.media = std::move(media);
    request.message = std::move(caption);
    request.random_id = ++last_random;
    const auto answer = door.call(from, request);
    return answer ? "sent" : answer.error;
  }
  // Newest first.
  std::vector<tl::message> found(const services::Caller& owner, const services::Caller& with,
                                 tl::Box<tl::MessagesFilter> filter) {
    fn::messages::search request;
    request.peer = peer_of(with, owner);
    request.filter = std::move(filter);
    request.limit = 50;
    auto answer = door.call(owner, request);
    std::vector<tl::message> messages;
    if (!answer) return messages;
    for (auto& box : answer->get_if<tl::messages::messages>()->messages) {
      messages.push_back(std::move(*box.get_if<tl::message>()));
    }
    return messages;
  }
  std::int64_t last_random = 0;
};

TEST_F(MediaMessages, APhotoIsSeenByBothAndCanBeFetchedFromTheMessage) {
  EXPECT_EQ(send(ada, bob, new_photo(ada, true), "look"), "sent");
  auto seen = found(bob, ada, tl::inputMessagesFilterPhotos{});
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].message, "look");
  auto* media = seen[0].media.get_if<tl::messageMediaPhoto>();
  ASSERT_TRUE(media != nullptr);
  EXPECT_TRUE(media->spoiler);
  const auto* photo = media->photo.get_if<tl::photo>();
  fn::upload::getFile fetch;
  tl::inputPhotoFileLocation place;
  place.id = photo->id;
  place.access_hash = photo->access_hash;
  place.file_reference = photo->file_reference;
  place.thumb_size = "m";
  fetch.location = std::move(place);
  fetch.limit = 1 << 20;
  EXPECT_TRUE(door.call(bob, fetch));

  // Sent on by whom it was shown.
  tl::inputMediaPhoto again;
  tl::inputPhoto name;
  name.id = photo->id;
  name.access_hash = photo->access_hash;
  name.file_reference = photo->file_reference;
  again.id = std::move(name);
  EXPECT_EQ(send(bob, ada, std::move(again)), "sent");
  EXPECT_EQ(found(ada, bob, tl::inputMessagesFilterPhotos{}).size(), 2u);
}

TEST_F(MediaMessages, SearchTellsKindsApart) {
  const auto document = [&](auto attribute) {
    tl::inputMediaUploadedDocument media;
    media.file = upload(ada, to_bytes(as_bytes("bytes")));
    media.mime_type = "application/octet-stream";
    media.attributes.push_back(std::move(attribute));
    return media;
  };
  EXPECT_EQ(send(ada, bob, document(tl::documentAttributeFilename{.file_name = "a"}), "file"), "sent");
  EXPECT_EQ(send(ada, bob, document(tl::documentAttributeAudio{.voice = true, .duration = 1}), "voice"),
            "sent");
  EXPECT_EQ(send(ada, bob, document(tl::documentAttributeAudio{.duration = 1}), "music"), "sent");
  EXPECT_EQ(send(ada, bob, document(tl::documentAttributeVideo{.duration = 1}), "video"), "sent");
  EXPECT_EQ(send(ada, bob, document(tl::documentAttributeVideo{.round_message = true}), "round"), "sent");
  EXPECT_EQ(send(ada, bob, document(tl::documentAttributeAnimated{}), "gif"), "sent");
  EXPECT_EQ(send(ada, bob, new_photo(ada), "photo"), "sent");
  const auto texts = [&](tl::Box<tl::MessagesFilter> filter) {
    std::string all;
    for (const auto& message : found(bob, ada, std::move(filter))) all += message.message + " ";
    return all;
  };
  EXPECT_EQ(texts(tl::inputMessagesFilterDocument{}), "file ");
  EXPECT_EQ(texts(tl::inputMessagesFilterVoice{}), "voice ");
  EXPECT_EQ(texts(tl::inputMessagesFilterMusic{}), "music ");
  EXPECT_EQ(texts(tl::inputMessagesFilterVideo{}), "video ");
  EXPECT_EQ(texts(tl::inputMessagesFilterRoundVideo{}), "round ");
  EXPECT_EQ(texts(tl::inputMessagesFilterRoundVoice{}), "round voice ");
  EXPECT_EQ(texts(tl::inputMessagesFilterGif{}), "gif ");
  EXPECT_EQ(texts(tl::inputMessagesFilterPhotoVideo{}), "photo video ");
}

TEST_F(MediaMessages, AnAlbumIsSentWholeOrNotAtAll) {
  const auto album = [&](std::size_t photos, bool with_document) {
    fn::messages::sendMultiMedia request;
    request.peer = peer_of(bob, ada);
    for (std::size_t i = 0; i < photos; ++i) {
      tl::inputSingleMedia one;
      one.media = new_photo(ada);
      one.random_id = ++last_random;
      one.message = std::to_string(i);
      request.multi_media.push_back(std::move(one));
    }
    if (with_document) {
      tl::inputMediaUploadedDocument media;
      media.file = upload(ada, to_bytes(as_bytes("bytes")));
      tl::inputSingleMedia one;
      one.media = std::move(media);
      one.random_id = ++last_random;
      request.multi_media.push_back(std::move(one));
    }
    const auto answer = door.call(ada, request);
    return answer ? "sent" : answer.error;
  };
  EXPECT_EQ(album(11, false), "400 MULTI_MEDIA_TOO_LONG");
  EXPECT_EQ(album(2, true), "400 MEDIA_GROUPED_INVALID");
  EXPECT_TRUE(found(bob, ada, tl::inputMessagesFilterPhotos{}).empty());
  EXPECT_EQ(album(3, false), "sent");
  const auto seen = found(bob, ada, tl::inputMessagesFilterPhotos{});
  ASSERT_EQ(seen.size(), 3u);
  EXPECT_TRUE(seen[0].grouped_id);
  EXPECT_EQ(seen[0].grouped_id, seen[2].grouped_id);
}

TEST_F(MediaMessages, MediaCanBeReplacedButNotAdded) {
  EXPECT_EQ(send(ada, bob, new_photo(ada), "caption"), "sent");
  const auto id = found(ada, bob, tl::inputMessagesFilterPhotos{}).at(0).id;
  fn::messages::editMessage edit;
  edit.peer = peer_of(bob, ada);
  edit.id = id;
  edit.media = new_photo(ada);
  EXPECT_TRUE(door.call(ada, edit));
  EXPECT_EQ(found(ada, bob, tl::inputMessagesFilterPhotos{}).at(0).message, "caption");

  fn::messages::sendMessage plain;
  plain.peer = peer_of(bob, ada);
  plain.message = "text";
  plain.random_id = ++last_random;
  ASSERT_TRUE(door.call(ada, plain));
  edit.id = id + 1;
  edit.media = new_photo(ada);
  EXPECT_EQ(door.call(ada, edit).error, "400 MEDIA_NEW_INVALID");
}

TEST_F(MediaMessages, AChannelHasAPhoto) {
  fn::channels::createChannel create;
  create.title = "News";
  create.broadcast = true;
  auto created = door.call(ada, create);
  ASSERT_TRUE(created) << created.error;
  const auto* channel = created->get_if<tl::updates_>()->chats.at(0).get_if<tl::channel>();
  tl::inputChannel name;
  name.channel_id = channel->id;
  name.access_hash = *channel->access_hash;

  fn::channels::editPhoto edit;
  edit.channel = tl::inputChannel(name);
  tl::inputChatUploadedPhoto fresh;
  fresh.file = upload(ada, images::testing::jpeg(400, 300));
  edit.photo = std::move(fresh);
  auto changed = door.call(ada, edit);
  ASSERT_TRUE(changed) << changed.error;
  const auto& updates = *changed->get_if<tl::updates_>();
  const auto* shown = updates.chats.at(0).get_if<tl::channel>()->photo.get_if<tl::chatPhoto>();
  ASSERT_TRUE(shown != nullptr);
  const auto photo = shown->photo_id;
  bool said = false;
  for (const auto& update : updates.updates) {
    const auto* posted = update.get_if<tl::updateNewChannelMessage>();
    if (posted == nullptr) continue;
    const auto* action =
        posted->message.get_if<tl::messageService>()->action.get_if<tl::messageActionChatEditPhoto>();
    said = action != nullptr && action->photo.get_if<tl::photo>()->id == photo;
  }
  EXPECT_TRUE(said);

  fn::upload::getFile fetch;
  tl::inputPeerPhotoFileLocation place;
  tl::inputPeerChannel peer;
  peer.channel_id = name.channel_id;
  peer.access_hash = name.access_hash;
  place.peer = std::move(peer);
  place.photo_id = photo;
  fetch.location = std::move(place);
  fetch.limit = 1 << 20;
  EXPECT_TRUE(door.call(ada, fetch));
  EXPECT_FALSE(door.call(bob, fetch));  // private, and the hash is another's

  edit.channel = tl::inputChannel(name);
  edit.photo = tl::inputChatPhotoEmpty{};
  ASSERT_TRUE(door.call(ada, edit));
  EXPECT_EQ(door.call(ada, fetch).error, "400 LOCATION_INVALID");
  edit.channel = tl::inputChannel(name);
  edit.photo = tl::inputChatPhotoEmpty{};
  EXPECT_EQ(door.call(ada, edit).error, "400 CHAT_NOT_MODIFIED");
}

TEST_F(MediaMessages, WhatNobodyNamesAnyMoreIsForgotten) {
  auto& world = door.world;
  const auto steps = [&] {
    for (int i = 0; i < 6; ++i) World::must(world.run(world.services.media_collector.step()));
  };
  const auto photos = [&] {
    const auto rows = world.read([](store::Tx& tx) { return tx.media().unattached(0, 1LL << 40, 100); });
    return rows->size();
  };
  EXPECT_EQ(send(ada, bob, new_photo(ada), "kept"), "sent");
  EXPECT_EQ(send(ada, bob, new_photo(ada), "deleted"), "sent");
  EXPECT_EQ(photos(), 2u);
  fn::messages::deleteMessages erase;
  erase.revoke = true;
  erase.id.push_back(found(ada, bob, tl::inputMessagesFilterPhotos{}).at(0).id);
  ASSERT_TRUE(door.call(ada, erase));
  steps();
  EXPECT_EQ(photos(), 2u);  // too young
  world.clock.advance(std::chrono::hours(30));
  steps();
  EXPECT_EQ(photos(), 1u);
  EXPECT_EQ(found(bob, ada, tl::inputMessagesFilterPhotos{}).at(0).message, "kept");
}

TEST_F(MediaMessages, SomeVanishOnceTheOtherHasOpenedThem) {
  auto& world = door.world;
  auto media = new_photo(ada);
  media.get_if<tl::inputMediaUploadedPhoto>()->ttl_seconds = 10;
  EXPECT_EQ(send(ada, bob, std::move(media), "look"), "sent");
  EXPECT_TRUE(found(bob, ada, tl::inputMessagesFilterPhotos{}).empty());
  const auto at = [&](const services::Caller& who, const services::Caller& other) {
    return std::move(found(who, other, tl::inputMessagesFilterEmpty{}).at(0));
  };
  const auto shows = [](const tl::message& message) {
    const auto* shown = message.media.get_if<tl::messageMediaPhoto>();
    return shown != nullptr && shown->ttl_seconds == 10 && shown->photo;
  };
  const auto at_bob = at(bob, ada), at_ada = at(ada, bob);
  EXPECT_TRUE(shows(at_bob));
  EXPECT_TRUE(at_bob.media_unread);

  fn::messages::forwardMessages forward;
  forward.from_peer = peer_of(ada, bob);
  forward.to_peer = tl::inputPeerSelf{};
  forward.id = {at_bob.id};
  forward.random_id = {++last_random};
  EXPECT_EQ(door.call(bob, forward).error, "400 CHAT_FORWARDS_RESTRICTED");

  const auto open = [&](const services::Caller& who, std::int32_t id) {
    fn::messages::readMessageContents read;
    read.id = {id};
    ASSERT_TRUE(door.call(who, read));
  };
  const auto later = [&](int seconds) {
    world.clock.advance(std::chrono::seconds(seconds));
    World::must(world.run(services::sweep_expired(world.environment)));
  };
  open(ada, at_ada.id);  // looking at one's own opens nothing
  later(100);
  EXPECT_TRUE(shows(at(bob, ada)));
  open(bob, at_bob.id);
  later(9);
  EXPECT_TRUE(shows(at(bob, ada)));
  later(1);
  for (const auto& [who, other] : {std::pair{bob, ada}, std::pair{ada, bob}}) {
    const auto gone = at(who, other);
    EXPECT_FALSE(shows(gone));
    EXPECT_EQ(gone.media.get_if<tl::messageMediaPhoto>()->ttl_seconds, 10);
    EXPECT_EQ(gone.message, "look");
  }
  later(100);
  EXPECT_EQ(at(bob, ada).id, at_bob.id);
}

TEST_F(MediaMessages, WhatCannotVanishIsRefused) {
  const auto vanishing = [&](std::int32_t seconds) {
    auto media = new_photo(ada);
    media.get_if<tl::inputMediaUploadedPhoto>()->ttl_seconds = seconds;
    return media;
  };
  for (const std::int32_t seconds : {-1, 61, 1'000'000}) {
    EXPECT_EQ(send(ada, bob, vanishing(seconds)), "400 TTL_MEDIA_INVALID") << seconds;
  }
  EXPECT_EQ(send(ada, ada, vanishing(10)), "400 TTL_MEDIA_INVALID");
  tl::inputMediaUploadedDocument file;
  file.file = upload(ada, to_bytes(as_bytes("bytes")));
  file.mime_type = "application/octet-stream";
  file.ttl_seconds = 10;
  EXPECT_EQ(send(ada, bob, std::move(file)), "400 TTL_MEDIA_INVALID");
  EXPECT_EQ(send(ada, bob, vanishing(0x7fffffff)), "sent");
}

}  // namespace
}  // namespace heliograph::api
