// What the worker answers, asked in this process; pool_test.cc has it as a process of its own.
#include "images/worker.h"

#include <gmock/gmock.h>

#include "base/codec.h"
#include "images/decode.h"
#include "images/testing/samples.h"

namespace heliograph::images {
namespace {

using namespace testing;

const std::vector<Target> photo_sizes{
    {'s', 100, false}, {'m', 320, false}, {'x', 800, false}, {'y', 1280, false}, {'w', 2560, false}};

Result<Pictures> ask(Bytes source, std::vector<Target> targets = photo_sizes) {
  Job job;
  job.source = std::move(source);
  job.targets = std::move(targets);
  job.stripped = true;
  return pictures_from(answer_to(request_for(job)));
}
std::string code(const Result<Pictures>& result) {
  return result ? "done" : std::string(result.error().code);
}
std::string sizes(const Pictures& pictures) {
  std::string text;
  for (const auto& size : pictures.sizes) {
    text += std::string(1, size.type) + std::to_string(size.width) + "x" + std::to_string(size.height) + " ";
  }
  return text;
}
Raster pixels(ByteView file) {
  auto decoded = decode_image(file, {});
  EXPECT_TRUE(decoded);
  return decoded ? std::move(decoded->raster) : Raster();
}
// Within what JPEG does to colors.
::testing::AssertionResult looks_like(const Raster& raster, std::int32_t x, std::int32_t y, int r, int g,
                                      int b) {
  const auto* at = raster.row(y) + static_cast<std::ptrdiff_t>(x) * 3;
  if (std::abs(at[0] - r) < 24 && std::abs(at[1] - g) < 24 && std::abs(at[2] - b) < 24) {
    return ::testing::AssertionSuccess();
  }
  return ::testing::AssertionFailure() << int{at[0]} << "," << int{at[1]} << "," << int{at[2]};
}

TEST(Worker, OfAVeiledPictureNothingIsLeftButShades) {
  Job job;
  // Lines a pixel wide, black and white: their mean is grey.
  Raster lines(400, 200);
  for (std::int32_t y = 0; y < lines.height; ++y) {
    for (std::int32_t x = 0; x < lines.width; ++x) {
      for (int c = 0; c < 3; ++c) lines.row(y)[x * 3 + c] = x % 2 == 0 ? 255 : 0;
    }
  }
  job.source = jpeg(lines);
  job.targets = {{'y', 1280, false}};
  job.veiled = true;
  const auto made = pictures_from(answer_to(request_for(job)));
  ASSERT_TRUE(made);
  const auto raster = pixels(made->sizes.front().jpeg);
  EXPECT_EQ(raster.width, 400);
  EXPECT_EQ(raster.height, 200);
  for (const auto x : {0, 1, 200, 399}) EXPECT_TRUE(looks_like(raster, x, 100, 127, 127, 127));
  job.source = jpeg(300, 300);
  const auto colours = pictures_from(answer_to(request_for(job)));
  const auto grey = pixels(colours->sizes.front().jpeg);
  const auto* at = grey.row(150) + 150 * 3;
  EXPECT_NEAR(at[0], at[2], 3);
  job.source = jpeg(1, 1);
  EXPECT_TRUE(pictures_from(answer_to(request_for(job))));
}

TEST(Worker, MakesEverySizeThatThePictureIsLargeEnoughFor) {
  const auto made = ask(jpeg(3000, 1500));
  ASSERT_TRUE(made);
  EXPECT_EQ(made->width, 3000);
  EXPECT_EQ(made->height, 1500);
  EXPECT_EQ(sizes(*made), "s100x50 m320x160 x800x400 y1280x640 w2560x1280 ");
  for (const auto& size : made->sizes) {
    const auto raster = pixels(size.jpeg);
    EXPECT_EQ(raster.width, size.width);
    EXPECT_TRUE(looks_like(raster, 0, 0, 0, 0, 128));
    EXPECT_TRUE(looks_like(raster, size.width - 1, size.height - 1, 253, 253, 128));
  }
}

TEST(Worker, TheLargestSizeIsThePictureItself) {
  EXPECT_EQ(sizes(*ask(jpeg(500, 400))), "s100x80 m320x256 x500x400 ");
  EXPECT_EQ(sizes(*ask(jpeg(320, 10 * 32))), "s100x100 m320x320 ");
  EXPECT_EQ(sizes(*ask(jpeg(60, 40))), "s60x40 ");
  EXPECT_EQ(sizes(*ask(jpeg(1, 1))), "s1x1 ");
}

TEST(Worker, SquaresAreCutFromTheMiddle) {
  const auto made = ask(jpeg(1200, 700), {{'a', 160, true}, {'b', 320, true}, {'c', 640, true}});
  ASSERT_TRUE(made);
  EXPECT_EQ(sizes(*made), "a160x160 b320x320 c640x640 ");
  const auto raster = pixels(made->sizes.back().jpeg);
  EXPECT_TRUE(looks_like(raster, 2, 2, 255 * 250 / 1200, 0, 128));
  EXPECT_EQ(sizes(*ask(jpeg(900, 200), {{'a', 160, true}, {'b', 320, true}, {'c', 640, true}})),
            "a160x160 b200x200 ");
}

TEST(Worker, ReadsEveryFormat) {
  const auto source = gradient(64, 48);
  for (const auto& [file, format] :
       {std::pair(jpeg(source), Format::jpeg), std::pair(png(source), Format::png),
        std::pair(webp(source), Format::webp)}) {
    const auto made = ask(file);
    ASSERT_TRUE(made) << static_cast<int>(format);
    EXPECT_EQ(made->format, format);
    EXPECT_EQ(sizes(*made), "s64x48 ");
    EXPECT_TRUE(looks_like(pixels(made->sizes[0].jpeg), 63, 47, 251, 250, 128));
  }
  const auto made = ask(gif());
  ASSERT_TRUE(made);
  EXPECT_EQ(made->format, Format::gif);
  const auto decoded = decode_image(gif(), {});
  ASSERT_TRUE(decoded);
  EXPECT_THAT(decoded->raster.rgb, ::testing::ElementsAre(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255));
}

// Left above is black and red grows to the right: where that corner goes shows how the picture was turned.
TEST(Worker, TurnsPicturesAsTheirExifBlockSays) {
  const auto plain = jpeg(40, 20);
  struct Case {
    int orientation;
    std::int32_t width, height, x, y;  // where the corner comes to lie
  };
  for (const auto& c :
       {Case{1, 40, 20, 0, 0}, Case{2, 40, 20, 39, 0}, Case{3, 40, 20, 39, 19}, Case{4, 40, 20, 0, 19},
        Case{5, 20, 40, 0, 0}, Case{6, 20, 40, 19, 0}, Case{7, 20, 40, 19, 39}, Case{8, 20, 40, 0, 39}}) {
    const auto made = ask(with_exif(plain, c.orientation));
    ASSERT_TRUE(made);
    EXPECT_EQ(made->width, c.width) << c.orientation;
    const auto raster = pixels(made->sizes[0].jpeg);
    EXPECT_EQ(raster.height, c.height) << c.orientation;
    EXPECT_TRUE(looks_like(raster, c.x, c.y, 0, 0, 128)) << c.orientation;
    EXPECT_TRUE(looks_like(raster, c.width - 1 - c.x, c.height - 1 - c.y, 249, 242, 128)) << c.orientation;
  }
}

TEST(Worker, WhereAPictureWasTakenDoesNotPass) {
  const auto source = with_exif(jpeg(400, 300), 1);
  ASSERT_NE(as_text(source).find("GPS"), std::string_view::npos);
  const auto made = ask(source);
  ASSERT_TRUE(made);
  for (const auto& size : made->sizes) {
    EXPECT_EQ(as_text(size.jpeg).find("GPS"), std::string_view::npos);
    EXPECT_EQ(as_text(size.jpeg).find("Exif"), std::string_view::npos);
  }
}

// FNV-1a of the 623 bytes that the client libraries put before a preview (Telethon's stripped_photo_to_jpg
// and the like), with the two sides left 0.
constexpr std::uint64_t clients_header = 0xb3d481c433a6cb21;

TEST(Worker, StrippedPreviewFitsTheHeaderThatClientsPutBeforeIt) {
  const auto made = ask(jpeg(800, 600));
  ASSERT_TRUE(made);
  ASSERT_GT(made->stripped.size(), 3u);
  EXPECT_EQ(made->stripped[0], 1);
  EXPECT_EQ(made->stripped[1], 30);  // height
  EXPECT_EQ(made->stripped[2], 40);  // width
  std::uint64_t hash = 0xcbf29ce484222325;
  const auto header = unstrip_jpeg(Bytes{1, 0, 0});
  for (const auto byte : ByteView(header).first(623)) {
    hash = (hash ^ byte) * 0x100000001b3;
  }
  EXPECT_EQ(hash, clients_header);
  const auto whole = unstrip_jpeg(made->stripped);
  const auto raster = pixels(whole);
  EXPECT_EQ(raster.width, 40);
  EXPECT_EQ(raster.height, 30);
  EXPECT_TRUE(looks_like(raster, 38, 28, 245, 245, 128));
}

TEST(Worker, RefusesWhatItCannotRead) {
  EXPECT_EQ(code(ask({})), "PHOTO_EXT_INVALID");
  EXPECT_EQ(code(ask(to_bytes(as_bytes("%PDF-1.4 not a picture at all")))), "PHOTO_EXT_INVALID");
  auto truncated = jpeg(300, 200);
  truncated.resize(truncated.size() / 2);
  EXPECT_EQ(code(ask(truncated)), "IMAGE_PROCESS_FAILED");
  auto short_png = png(gradient(300, 200));
  short_png.resize(short_png.size() / 2);
  EXPECT_EQ(code(ask(short_png)), "IMAGE_PROCESS_FAILED");
  EXPECT_EQ(code(ask(to_bytes(as_bytes("\xff\xd8\xff")))), "IMAGE_PROCESS_FAILED");
  // One format's beginning, another's body.
  auto mislabelled = png(gradient(30, 20));
  const auto start = from_hex("ffd8ffe0");
  std::ranges::copy(start, mislabelled.begin());
  EXPECT_EQ(code(ask(mislabelled)), "IMAGE_PROCESS_FAILED");
}

TEST(Worker, AFileThatIsTwoThingsComesOutAsAPictureAlone) {
  auto both = jpeg(200, 100);
  append(both, as_bytes("PK\x03\x04<script>alert(1)</script>"));
  const auto made = ask(both);
  ASSERT_TRUE(made);
  for (const auto& size : made->sizes) {
    EXPECT_EQ(as_text(size.jpeg).find("script"), std::string_view::npos);
  }
}

TEST(Worker, BombsAreRefusedByTheirHeader) {
  EXPECT_EQ(code(ask(bomb(100'000, 100'000))), "PHOTO_INVALID_DIMENSIONS");
  EXPECT_EQ(code(ask(bomb(0xffffffff, 1))), "IMAGE_PROCESS_FAILED");  // more than the format allows
  EXPECT_EQ(code(ask(bomb(9'000, 2'000))), "PHOTO_INVALID_DIMENSIONS");
  EXPECT_EQ(code(ask(jpeg(1000, 40))), "PHOTO_INVALID_DIMENSIONS");  // 25 : 1
  EXPECT_EQ(code(ask(bomb(5'000, 5'000))), "IMAGE_PROCESS_FAILED");  // allowed, but there is nothing in it
}

TEST(Worker, AnswersNonsenseWithFailure) {
  EXPECT_EQ(answer_to({}), Bytes{static_cast<std::uint8_t>(Answer::failed)});
  EXPECT_EQ(answer_to(Bytes{99, 1, 2}), Bytes{static_cast<std::uint8_t>(Answer::failed)});
  EXPECT_EQ(answer_to(Bytes{1, 0xff, 0xff, 0xff}), Bytes{static_cast<std::uint8_t>(Answer::failed)});
  EXPECT_EQ(code(ask(jpeg(10, 10), {})), "IMAGE_PROCESS_FAILED");
  EXPECT_EQ(code(ask(jpeg(10, 10), {{'m', 1 << 30, false}})), "IMAGE_PROCESS_FAILED");
}

TEST(Worker, ItsAnswersAreNotBelieved) {
  EXPECT_FALSE(pictures_from({}));
  EXPECT_FALSE(pictures_from(Bytes{77}));
  EXPECT_FALSE(pictures_from(Bytes{0x80}));
  Pictures made;
  made.sizes.push_back({'m', 1, 1, to_bytes(as_bytes("<html>"))});
  Bytes answer{0x80};
  append(answer, encode(made));
  EXPECT_FALSE(pictures_from(answer));
}

TEST(Worker, SaysWhatAPictureLooksLikeIfAsked) {
  Job job;
  job.source = jpeg(640, 480);
  job.looks = true;
  const auto alone = pictures_from(answer_to(request_for(job)));
  ASSERT_TRUE(alone && alone->looks);
  EXPECT_TRUE(alone->sizes.empty());
  EXPECT_EQ(alone->looks->hashes.size(), Looks::hashes_bytes);
  job.looks = false;
  EXPECT_EQ(code(pictures_from(answer_to(request_for(job)))), "IMAGE_PROCESS_FAILED") << "nothing is asked";
}

TEST(Worker, AModelsWordIsBelievedWithinBoundsOnly) {
  const auto says = [](float sure) {
    return seen_from(
        answer_to_look(request_to_look(Bytes{1}), [=](ByteView) -> Result<float> { return sure; }));
  };
  EXPECT_EQ(says(0.731f)->sexual, 731);
  EXPECT_FALSE(says(2.0f));
  EXPECT_FALSE(says(-1.0f));
  const auto broken_picture =
      answer_to_look(request_to_look({}), [](ByteView) -> Result<float> { return broken(); });
  EXPECT_FALSE(seen_from(broken_picture));
  EXPECT_FALSE(seen_from(answer_to(request_to_look({})))) << "the worker for sizes has no model";
}

}  // namespace
}  // namespace heliograph::images
