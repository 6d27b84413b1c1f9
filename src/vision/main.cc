// heliograph-vision WEIGHTS: what the server starts for each picture that a model is to look at. Reads its
// weights, gives up its rights, answers one request, and ends (images/worker.h).
//
// heliograph-vision WEIGHTS FILE...: prints what the model says of these pictures, a number a line. For
// tests.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "images/decode.h"
#include "images/worker.h"
#include "vision/open_nsfw.h"

using namespace heliograph;

namespace {

constexpr std::int32_t enough = 512;  // pixels of the longer side; the model sees 256

Result<float> look(vision::OpenNsfw& model, ByteView file) {
  images::DecodeLimits limits;
  limits.enough = enough;
  HG_ASSIGN(const auto decoded, images::decode_image(file, limits));
  return model.sexual(decoded.raster);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const auto model = vision::OpenNsfw::load(argv[1]);
  if (!model) {
    std::fprintf(stderr, "%s\n", model.error().message.c_str());
    return 2;
  }
  if (argc == 2) {
    return images::run_worker(0, [&](ByteView request) {
      return images::answer_to_look(request, [&](ByteView file) { return look(**model, file); });
    });
  }
  for (int i = 2; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    const Bytes file{std::istreambuf_iterator<char>(in), {}};
    const auto sexual = look(**model, file);
    if (!sexual) return 1;
    std::printf("%.4f\n", static_cast<double>(*sexual));
  }
  return 0;
}
