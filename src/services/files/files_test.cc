// Documents, photos, references, downloads, profile photos, and what becomes of files nobody needs.
#include "services/files/files.h"

#include <gmock/gmock.h>

#include "crypto/hash.h"
#include "images/testing/samples.h"
#include "services/testing/world.h"

namespace heliograph::services {
namespace {

using testing::World;
namespace samples = images::testing;

struct FilesTest : ::testing::Test {
  UploadedFile upload(const Caller& owner, Bytes bytes, std::string name = "name") {
    UploadedFile file;
    file.file = ++last_file;
    file.parts = 1;
    file.name = std::move(name);
    World::must(world.run(files.uploads.save_part(owner.user, file.file, 0, std::nullopt, std::move(bytes))));
    return file;
  }
  Document document(const Caller& owner, Bytes bytes, std::string name = "name") {
    NewDocument wanted;
    wanted.file = upload(owner, std::move(bytes), std::move(name));
    wanted.mime_type = "text/plain";
    return World::must(world.run(files.documents.create(owner.user, std::move(wanted))));
  }
  Result<Photo> photo(const Caller& owner, Bytes bytes, Photos::Use use = Photos::Use::message) {
    auto file = upload(owner, std::move(bytes));
    return world.run(files.photos.create(owner.user, std::move(file), use));
  }
  MediaName name_of(std::int64_t id) {
    return {id, files.library.access_hash(id), files.library.reference(id)};
  }
  std::string fetch(FilePlace place, std::int64_t offset = 0, std::int32_t limit = 4096,
                    bool precise = false) {
    const auto piece = world.run(files.downloads.piece(std::move(place), offset, limit, precise));
    return piece ? std::string(as_text(piece->bytes)) : std::string(piece.error().code);
  }

  World world;
  Files& files = world.services.files;
  Caller ada = world.sign_up("Ada");
  Caller bob = world.sign_up("Bob");
  std::int64_t last_file = 0;
};

TEST_F(FilesTest, ADocumentIsFetchedAsItWasSent) {
  const auto sent = document(ada, to_bytes(as_bytes("hello")), "../../etc/pass\nwd");
  EXPECT_EQ(sent.find(AttributeKind::file_name)->text, ".._.._etc_passwd");
  EXPECT_EQ(fetch(DocumentPlace{name_of(sent.id), ""}), "hello");
  EXPECT_EQ(fetch(DocumentPlace{name_of(sent.id), ""}, 4096), "");
  EXPECT_EQ(fetch(DocumentPlace{name_of(sent.id), "m"}), "LOCATION_INVALID");
  EXPECT_EQ(fetch(PhotoPlace{name_of(sent.id), "m"}), "LOCATION_INVALID");
}

TEST_F(FilesTest, RangesFollowTheRules) {
  const auto sent = document(ada, to_bytes(as_bytes("hello")));
  const DocumentPlace place{name_of(sent.id), ""};
  struct Case {
    std::int64_t offset;
    std::int32_t limit;
    bool precise;
    const char* outcome;
  };
  for (const auto& c : {
           Case{0, 0, false, "LIMIT_INVALID"},
           Case{0, -4096, false, "LIMIT_INVALID"},
           Case{0, 1000, false, "LIMIT_INVALID"},
           Case{0, 1024, false, "LIMIT_INVALID"},
           Case{0, 1024, true, "hello"},
           Case{0, 3 * 4096, false, "LIMIT_INVALID"},
           Case{0, 3 * 4096, true, "hello"},
           Case{0, 1 << 20, false, "hello"},
           Case{0, 2 << 20, false, "LIMIT_INVALID"},
           Case{0, 0x7fffffff, true, "LIMIT_INVALID"},
           Case{1, 4096, false, "OFFSET_INVALID"},
           Case{1024, 4096, false, "OFFSET_INVALID"},
           Case{1024, 4096, true, ""},
           Case{-4096, 4096, false, "OFFSET_INVALID"},
           Case{(1 << 20) - 4096, 8192, false, "LIMIT_INVALID"},  // across a MiB
           Case{0x7ffffffffffff000, 4096, false, ""},
       }) {
    EXPECT_EQ(fetch(place, c.offset, c.limit, c.precise), c.outcome) << c.offset << " " << c.limit;
  }
}

TEST_F(FilesTest, AccessHashAndReferenceAreNeeded) {
  const auto sent = document(ada, to_bytes(as_bytes("secret")));
  auto name = name_of(sent.id);
  const auto with = [&](auto change) {
    auto changed = name;
    change(changed);
    return fetch(DocumentPlace{std::move(changed), ""});
  };
  EXPECT_EQ(with([](auto& n) { n.access_hash ^= 1; }), "LOCATION_INVALID");
  EXPECT_EQ(with([](auto& n) { n.id ^= 1; }), "LOCATION_INVALID");
  EXPECT_EQ(with([](auto& n) { n.reference.clear(); }), "FILE_REFERENCE_EMPTY");
  EXPECT_EQ(with([](auto& n) { n.reference.back() ^= 1; }), "FILE_REFERENCE_INVALID");
  EXPECT_EQ(with([](auto& n) { n.reference[1] ^= 1; }), "FILE_REFERENCE_INVALID");  // the date
  EXPECT_EQ(with([](auto& n) { n.reference.push_back(0); }), "FILE_REFERENCE_INVALID");
  const auto other = document(ada, to_bytes(as_bytes("other")));
  EXPECT_EQ(with([&](auto& n) { n.reference = files.library.reference(other.id); }),
            "FILE_REFERENCE_INVALID");

  world.clock.advance(std::chrono::hours(23));
  EXPECT_EQ(fetch(DocumentPlace{name, ""}), "secret");
  world.clock.advance(std::chrono::hours(5));
  EXPECT_EQ(fetch(DocumentPlace{name, ""}), "FILE_REFERENCE_EXPIRED");
  EXPECT_EQ(fetch(DocumentPlace{name_of(sent.id), ""}), "secret");  // shown again, named again
}

TEST_F(FilesTest, TheSameBytesLieOnDiskOnce) {
  const auto first = document(ada, to_bytes(as_bytes("twice")));
  const auto second = document(bob, to_bytes(as_bytes("twice")));
  EXPECT_NE(first.id, second.id);
  EXPECT_EQ(first.file, second.file);
  const auto digest = crypto::sha256(as_bytes("twice"));
  const Bytes sha256(digest.begin(), digest.end());
  EXPECT_EQ(World::must(world.run(files.library.own_document(ada.user, sha256, 5, "text/plain")))->id,
            first.id);
  EXPECT_FALSE(World::must(world.run(files.library.own_document(ada.user, sha256, 6, "text/plain"))));
  const auto eve = world.sign_up("Eve");
  EXPECT_FALSE(World::must(world.run(files.library.own_document(eve.user, sha256, 5, "text/plain"))));
}

TEST_F(FilesTest, HashesOfPartsAreThoseOfTheFile) {
  const auto sent = document(ada, Bytes(200 * 1024, 5));
  const auto hashes = World::must(world.run(files.downloads.hashes(DocumentPlace{name_of(sent.id), ""}, 0)));
  ASSERT_EQ(hashes.size(), 2u);
  EXPECT_EQ(hashes[1].offset, 128 * 1024);
  EXPECT_EQ(hashes[1].size, 72 * 1024);
  const auto digest = crypto::sha256(Bytes(72 * 1024, 5));
  EXPECT_EQ(hashes[1].sha256, Bytes(digest.begin(), digest.end()));
}

TEST_F(FilesTest, APhotoHasSizesAndAPreview) {
  const auto made = photo(ada, samples::jpeg(1000, 500));
  ASSERT_TRUE(made) << made.error().code;
  ASSERT_EQ(made->sizes.size(), 4u);
  EXPECT_EQ(made->sizes.back().type, "y");
  EXPECT_EQ(made->sizes.back().width, 1000);
  EXPECT_FALSE(made->stripped.empty());
  const auto bytes = fetch(PhotoPlace{name_of(made->id), "m"}, 0, 1 << 20);
  EXPECT_EQ(static_cast<std::int64_t>(bytes.size()), made->sizes[1].size);
  EXPECT_EQ(fetch(PhotoPlace{name_of(made->id), "w"}), "LOCATION_INVALID");
}

TEST_F(FilesTest, WhatIsNoPictureBecomesNoPhoto) {
  EXPECT_EQ(photo(ada, to_bytes(as_bytes("not a picture"))).error().code, "PHOTO_EXT_INVALID");
  auto half = samples::jpeg(100, 100);
  half.resize(half.size() / 2);
  EXPECT_EQ(photo(ada, half).error().code, "IMAGE_PROCESS_FAILED");
  EXPECT_EQ(photo(ada, samples::bomb(100'000, 100'000)).error().code, "PHOTO_INVALID_DIMENSIONS");
  EXPECT_EQ(photo(ada, samples::jpeg(100, 100), Photos::Use::profile).error().code, "PHOTO_CROP_SIZE_SMALL");
}

TEST_F(FilesTest, APictureSentAsAFileStaysAsItIsAndGetsAThumbnail) {
  const auto bytes = samples::png(samples::gradient(640, 480));
  const auto sent = document(ada, bytes);
  EXPECT_EQ(fetch(DocumentPlace{name_of(sent.id), ""}, 0, 1 << 20), as_text(bytes));
  ASSERT_EQ(sent.thumbs.size(), 1u);
  EXPECT_EQ(sent.thumbs[0].type, "m");
  EXPECT_EQ(sent.thumbs[0].width, 320);
  EXPECT_FALSE(sent.stripped.empty());
  EXPECT_EQ(sent.find(AttributeKind::image_size)->width, 640);
  EXPECT_NE(fetch(DocumentPlace{name_of(sent.id), "m"}, 0, 1 << 20), "LOCATION_INVALID");
}

TEST_F(FilesTest, AThumbnailThatCannotBeReadIsLeftOut) {
  NewDocument wanted;
  wanted.file = upload(ada, to_bytes(as_bytes("a film, say")));
  wanted.thumb = upload(ada, to_bytes(as_bytes("\xff\xd8\xff but no more")));
  wanted.mime_type = "video/mp4";
  const auto sent = World::must(world.run(files.documents.create(ada.user, std::move(wanted))));
  EXPECT_TRUE(sent.thumbs.empty());
}

TEST_F(FilesTest, AttributesThatCannotBeAreRefused) {
  NewDocument wanted;
  wanted.file = upload(ada, to_bytes(as_bytes("x")));
  wanted.attributes.resize(17);
  EXPECT_EQ(world.run(files.documents.create(ada.user, wanted)).error().code, "MEDIA_INVALID");
  wanted.attributes.resize(1);
  wanted.attributes[0].width = -1;
  EXPECT_EQ(world.run(files.documents.create(ada.user, wanted)).error().code, "MEDIA_INVALID");
}

TEST_F(FilesTest, ProfilePhotosAreShownOneAtATime) {
  auto& photos = files.profile_photos;
  const auto first = World::must(photo(ada, samples::jpeg(400, 400), Photos::Use::profile));
  const auto second = World::must(photo(ada, samples::jpeg(700, 500), Photos::Use::profile));
  World::must(world.run(photos.set(ada, first)));
  World::must(world.run(photos.set(ada, second)));
  EXPECT_EQ(second.sizes.back().type, "c");
  EXPECT_EQ(second.sizes.back().width, 500);
  const auto shown = [&] {
    const auto view = World::must(world.run(world.services.users.view_one(bob.user, ada.user)));
    return view.photo ? view.photo->photo : 0;
  };
  EXPECT_EQ(shown(), second.id);
  EXPECT_NE(fetch(PeerPhotoPlace{Peer::of(ada.user), second.id, true}, 0, 1 << 20), "LOCATION_INVALID");
  EXPECT_NE(fetch(PeerPhotoPlace{Peer::of(ada.user), second.id, false}, 0, 1 << 20), "LOCATION_INVALID");
  EXPECT_EQ(fetch(PeerPhotoPlace{Peer::of(bob.user), second.id, true}), "LOCATION_INVALID");

  auto page = World::must(world.run(photos.list(bob.user, ada.user, 0, 0, 10)));
  ASSERT_EQ(page.photos.size(), 2u);
  EXPECT_EQ(page.photos[0].id, second.id);
  EXPECT_EQ(page.total, 2);
  EXPECT_EQ(World::must(world.run(photos.list(bob.user, ada.user, second.id, 0, 10))).photos[0].id, first.id);

  EXPECT_TRUE(world.run(photos.set_earlier(ada, name_of(first.id))));
  EXPECT_EQ(shown(), first.id);
  EXPECT_EQ(world.run(photos.set_earlier(bob, name_of(first.id))).error().code, "PHOTO_ID_INVALID");
  EXPECT_EQ(World::must(world.run(photos.erase(ada, {name_of(first.id), name_of(77)}))),
            std::vector<std::int64_t>{first.id});
  EXPECT_EQ(shown(), second.id);
  EXPECT_TRUE(World::must(world.run(photos.erase(bob, {name_of(second.id)}))).empty());  // not his
  World::must(world.run(photos.unset(ada)));
  EXPECT_EQ(shown(), 0);
}

TEST_F(FilesTest, WhoMayNotSeeAPhotoIsNotShownIt) {
  const auto made = World::must(photo(ada, samples::jpeg(400, 400), Photos::Use::profile));
  World::must(world.run(files.profile_photos.set(ada, made)));
  PrivacyRules nobody;
  nobody.rules.emplace_back().kind = PrivacyRule::Kind::disallow_all;
  World::must(world.run(world.services.privacy.set(ada, PrivacyKey::profile_photo, nobody)));
  world.services.users.forget(ada.user);
  EXPECT_FALSE(World::must(world.run(files.profile_photos.visible(bob.user, ada.user))));
  EXPECT_TRUE(World::must(world.run(files.profile_photos.visible(ada.user, ada.user))));
  EXPECT_TRUE(World::must(world.run(files.profile_photos.list(bob.user, ada.user, 0, 0, 10))).photos.empty());
}

TEST_F(FilesTest, BlobsThatNothingNeedsGo) {
  const auto kept = document(ada, to_bytes(as_bytes("kept")));
  const auto orphan = World::must(world.run(world.blobs->put(to_bytes(as_bytes("orphan")))));
  World::must(world.run(files.sweep.step()));
  EXPECT_TRUE(world.run(world.blobs->read(orphan, 0, 10)));  // too young to tell
  world.clock.advance(std::chrono::hours(25));
  World::must(world.run(files.sweep.step()));
  World::must(world.run(files.sweep.step()));  // round again
  EXPECT_FALSE(world.run(world.blobs->read(orphan, 0, 10)));
  EXPECT_EQ(fetch(DocumentPlace{name_of(kept.id), ""}), "kept");
}

}  // namespace
}  // namespace heliograph::services
