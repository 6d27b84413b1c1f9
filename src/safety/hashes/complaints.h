// What is wrong with a file, gathered as it is read, so that all of it can be told at once.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace heliograph::safety {

class Complaints {
 public:
  explicit Complaints(std::string_view file) : file_(file) {}

  // `where`: a line's or an entry's number.
  void add(std::size_t where, const std::string& what) {
    if (++count_ > most) return;
    text_ += (text_.empty() ? "" : "\n") + file_ + ":" + std::to_string(where) + ": " + what;
  }
  std::size_t count() const { return count_; }
  bool full() const { return count_ >= most; }
  std::unexpected<Error> refuse() const {
    auto text = text_;
    if (count_ > most) text += "\nand " + std::to_string(count_ - most) + " more";
    return fail(Error::invalid("HASHES_INVALID", std::move(text)));
  }

 private:
  static constexpr std::size_t most = 20;
  const std::string file_;
  std::string text_;
  std::size_t count_ = 0;
};

}  // namespace heliograph::safety
