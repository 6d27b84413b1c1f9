// Yahoo's open_nsfw: how surely a picture is sexual. models/open-nsfw.md is its card.
#pragma once

#include <memory>

#include "base/result.h"
#include "images/raster.h"

namespace heliograph::vision {

class OpenNsfw {
 public:
  // invalid VISION_MODEL_INVALID: these are no such weights (ONNX, 1 x 224 x 224 x 3 in, two numbers out).
  static Result<std::unique_ptr<OpenNsfw>> load(const std::string& file);
  ~OpenNsfw();
  OpenNsfw(const OpenNsfw&) = delete;

  // 0 to 1. internal VISION_FAILED.
  Result<float> sexual(const images::Raster& picture);

 private:
  struct Net;
  explicit OpenNsfw(std::unique_ptr<Net> net);
  std::unique_ptr<Net> net_;
};

}  // namespace heliograph::vision
