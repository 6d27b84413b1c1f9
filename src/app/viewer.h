// The model that looks at pictures (vision/), as the server starts it: a program of its own beside this one.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "config/config.h"
#include "images/images.h"

namespace heliograph::app {

struct NamedViewer {
  std::unique_ptr<images::Viewer> viewer;  // null: there is none
  std::string name;                        // "open-nsfw.onnx 864bb37bf8863564": of its weights
};

// With these weights. invalid IMAGE_MODEL_MISSING: they are not there, or there is no program to read them.
Result<NamedViewer> load_viewer(const std::filesystem::path& weights);
// invalid IMAGE_MODEL_MISSING: the configuration names weights that are not there, or there is no program to
// read them with. With "auto" neither is an error.
Result<NamedViewer> make_viewer(const config::Config& config);

}  // namespace heliograph::app
