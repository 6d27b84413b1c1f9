// Files and photos through the methods.
#include <gmock/gmock.h>

#include "api/testing/front_door.h"
#include "images/testing/samples.h"
#include "tl/core_d.h"
#include "tl/core_f.h"
#include "tl/core_i.h"
#include "tl/core_m.h"
#include "tl/core_p.h"
#include "tl/core_u.h"
#include "tl/fn_messages.h"
#include "tl/fn_photos.h"
#include "tl/fn_updates.h"
#include "tl/fn_upload.h"
#include "tl/fn_users.h"
#include "tl/photos.h"
#include "tl/storage.h"
#include "tl/upload.h"
#include "tl/users.h"

namespace heliograph::api {
namespace {

using testing::FrontDoor;
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

}  // namespace
}  // namespace heliograph::api
