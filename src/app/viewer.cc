#include "app/viewer.h"

#include <filesystem>

#include "app/weights.h"
#include "base/log.h"
#include "crypto/hash.h"
#include "images/pool.h"

namespace heliograph::app {

Result<NamedViewer> load_viewer(const std::filesystem::path& weights) {
  const auto missing = [](std::string what) {
    return fail(Error::invalid("IMAGE_MODEL_MISSING", std::move(what)));
  };
  const auto bytes = read_weights(weights);
  if (!bytes) return missing(bytes.error().message);
  const auto program = program_folder() / "heliograph-vision";
  if (!std::filesystem::exists(program)) return missing(program.string() + " is not there");
  images::PoolOptions options;
  options.command = {program.string(), weights.string()};
  options.processes = 1;
  options.ahead = false;  // it takes a hundred megabytes
  NamedViewer made;
  made.viewer = images::start_viewer(options);
  made.name = weights.filename().string() + " " + to_hex(ByteView(crypto::sha256(*bytes)).first(8));
  return made;
}

Result<NamedViewer> make_viewer(const config::Config& config) {
  if (config.image_model == "none") return NamedViewer{};
  const bool automatic = config.image_model == "auto";
  auto made = load_viewer(automatic ? program_folder() / "open-nsfw.onnx"
                                    : std::filesystem::path(config.image_model));
  if (made) {
    log::info("pictures in public are looked at by {}", made->name);
    return made;
  }
  auto error = made.error();
  if (automatic) {
    log::info("no model looks at pictures: {}", error.message);
    return NamedViewer{};
  }
  error.message = "safety.image_model: " + error.message;
  return fail(std::move(error));
}

}  // namespace heliograph::app
