// How often a post of a channel was seen and passed on. Apart from the messages: a view changes no message.
#pragma once

#include <optional>

#include "base/ids.h"
#include "base/result.h"

namespace heliograph::store {

struct PostCount {
  std::int64_t views = 0;
  std::int64_t forwards = 0;
};

class PostCounts {
 public:
  virtual ~PostCounts() = default;
  // Zeros for what was never counted.
  virtual Result<PostCount> find(BoxId box, MessageId post) = 0;
  // Adds to what is there; returns the sum.
  virtual Result<PostCount> add(BoxId box, MessageId post, PostCount more) = 0;
  virtual Status erase(BoxId box, MessageId post) = 0;
};

}  // namespace heliograph::store
