#include "app/viewer.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/log.h"
#include "crypto/hash.h"
#include "images/pool.h"

namespace heliograph::app {

namespace {

constexpr std::uintmax_t weights_bytes_max = 512 << 20;

}  // namespace

Result<NamedViewer> make_viewer(const config::Config& config) {
  if (config.image_model == "none") return NamedViewer{};
  const bool automatic = config.image_model == "auto";
  std::error_code error;
  const auto here = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  const auto program = here / "heliograph-vision";
  const std::filesystem::path weights = automatic ? (here / "open-nsfw.onnx").string() : config.image_model;
  const auto missing = [&](const std::string& what) -> Result<NamedViewer> {
    if (!automatic) return fail(Error::invalid("IMAGE_MODEL_MISSING", "safety.image_model: " + what));
    log::info("no model looks at pictures: {}", what);
    return NamedViewer{};
  };
  const auto size = std::filesystem::file_size(weights, error);
  if (error || size > weights_bytes_max) return missing(weights.string() + " is not there");
  if (!std::filesystem::exists(program)) return missing(program.string() + " is not there");
  std::ifstream in(weights, std::ios::binary);
  const Bytes bytes{std::istreambuf_iterator<char>(in), {}};
  if (bytes.size() != size) return missing(weights.string() + " cannot be read");
  images::PoolOptions options;
  options.command = {program.string(), weights.string()};
  options.processes = 1;
  options.ahead = false;  // it takes a hundred megabytes
  NamedViewer made;
  made.viewer = images::start_viewer(options);
  made.name = weights.filename().string() + " " + to_hex(ByteView(crypto::sha256(bytes)).first(8));
  log::info("pictures in public are looked at by {}", made.name);
  return made;
}

}  // namespace heliograph::app
