// What is wrong with a file, gathered as it is read, so that all of it can be told at once: a line each,
// "FILE:LINE: what", at most `most`.
#pragma once

#include <string>
#include <string_view>

namespace heliograph {

class Complaints {
 public:
  static constexpr std::size_t most = 20;

  explicit Complaints(std::string_view file) : file_(file) {}

  // `where`: a line's or an entry's number.
  void add(std::size_t where, std::string_view what) {
    if (++count_ > most) return;
    if (!text_.empty()) text_ += '\n';
    text_ += file_ + ":" + std::to_string(where) + ": ";
    text_ += what;
  }
  std::size_t count() const { return count_; }  // all, also those that text() has not
  bool full() const { return count_ >= most; }
  const std::string& text() const { return text_; }

 private:
  const std::string file_;
  std::string text_;
  std::size_t count_ = 0;
};

}  // namespace heliograph
