#include "vision/open_nsfw.h"

#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

#include "images/decode.h"
#include "images/encode.h"
#include "vision/resample.h"

namespace heliograph::vision {

namespace {

// What the model was trained on: the picture pressed into a square, its middle, as a JPEG gives it back.
constexpr std::int32_t kSquare = 256, kSide = 224, kBorder = (kSquare - kSide) / 2;
constexpr int kJpegQuality = 75;
constexpr float kMeanBlue = 104, kMeanGreen = 117, kMeanRed = 123;

images::Raster middle(const images::Raster& square) {
  images::Raster out(kSide, kSide);
  for (std::int32_t y = 0; y < kSide; ++y) {
    const auto* from = square.row(y + kBorder) + kBorder * 3;
    std::copy(from, from + kSide * 3, out.row(y));
  }
  return out;
}

Result<cv::Mat> input_of(const images::Raster& picture) {
  HG_ASSIGN(const auto jpeg,
            images::encode_jpeg(middle(resampled(picture, kSquare, kSquare)), kJpegQuality, false));
  HG_ASSIGN(const auto decoded, images::decode_image(jpeg, {}));
  const int shape[] = {1, kSide, kSide, 3};
  cv::Mat input(4, shape, CV_32F);
  auto* to = input.ptr<float>();
  const auto& rgb = decoded.raster.rgb;
  for (std::size_t i = 0; i + 2 < rgb.size(); i += 3, to += 3) {
    to[0] = static_cast<float>(rgb[i + 2]) - kMeanBlue;
    to[1] = static_cast<float>(rgb[i + 1]) - kMeanGreen;
    to[2] = static_cast<float>(rgb[i]) - kMeanRed;
  }
  return input;
}

}  // namespace

struct OpenNsfw::Net {
  cv::dnn::Net net;
};

OpenNsfw::OpenNsfw(std::unique_ptr<Net> net) : net_(std::move(net)) {}
OpenNsfw::~OpenNsfw() = default;

Result<std::unique_ptr<OpenNsfw>> OpenNsfw::load(const std::string& file) {
  const auto invalid = [&] {
    return fail(Error::invalid("VISION_MODEL_INVALID", file + ": these are no weights of open_nsfw"));
  };
  try {
    cv::setNumThreads(1);  // the sandbox lets nobody start a thread
    auto net = std::make_unique<Net>();
    net->net = cv::dnn::readNetFromONNX(file);
    std::unique_ptr<OpenNsfw> model(new OpenNsfw(std::move(net)));
    // What is made when it first runs is made now: later there are no rights to.
    if (!model->sexual(images::Raster(kSide, kSide))) return invalid();
    return model;
  } catch (const std::exception&) {
    return invalid();
  }
}

Result<float> OpenNsfw::sexual(const images::Raster& picture) {
  const auto failed = [] { return fail(Error::internal("VISION_FAILED")); };
  HG_ASSIGN(const auto input, input_of(picture));
  try {
    net_->net.setInput(input);
    const cv::Mat out = net_->net.forward();
    if (out.type() != CV_32F || out.total() != 2) return failed();
    const auto sure = out.ptr<float>()[1];
    if (!std::isfinite(sure) || sure < -0.01f || sure > 1.01f) return failed();
    return std::clamp(sure, 0.0f, 1.0f);
  } catch (const std::exception&) {
    return failed();
  }
}

}  // namespace heliograph::vision
