// What is known of a file that somebody posted, without keeping it: enough to match it against lists.
#pragma once

#include <string>
#include <vector>

#include "base/hash256.h"

namespace heliograph::safety {

struct MediaPrint {
  // The SHA-256 of the bytes: of a photo the picture as it was sent in, and the largest size made of it.
  std::vector<Hash256> sha256;
  // PDQ of a picture, as it is and in its seven other positions (images/pdq.h). Empty: it is no picture.
  std::vector<Hash256> pdq;
  int pdq_quality = 0;
  // What a model says of the picture: how surely it is sexual. No model's name: it was not asked.
  float sexual = 0;
  std::string image_model;
};

}  // namespace heliograph::safety
