// One file of an archive in the making: what was asked, and what the answer was.
//
//   [{"method": "users.getFullUser", "request": {...}, "answer": {...}}, ...]
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "app/export/reader.h"

namespace heliograph::app {

// What names something to this server for a while, and says nothing to anybody else.
inline constexpr std::array<std::string_view, 3> left_out{"access_hash", "file_reference", "hash"};
inline constexpr tl::JsonOptions export_json{left_out};

class Topic {
 public:
  explicit Topic(AccountReader& reader) : reader_(reader) {}

  // An answer that refuses (a device list without devices) stands as "error". Errors: those of the store.
  template <typename Fn>
  Result<typename Fn::Reply> ask(const Fn& request) {
    auto answer = reader_.call(request);
    text_ += text_.empty() ? "[" : ",\n ";
    text_ += "{\"method\": ";
    tl::append_json_text(text_, tl::kStructures[Fn::kIndex]->name);
    text_ += ", \"request\": ";
    tl::append_json(text_, request, export_json);
    if (answer) {
      text_ += ", \"answer\": ";
      tl::append_json(text_, *answer, export_json);
    } else if (answer.error().kind == ErrorKind::unavailable || answer.error().kind == ErrorKind::internal) {
      return answer;
    } else {
      text_ += ", \"error\": ";
      tl::append_json_text(text_, answer.error().code);
    }
    text_ += '}';
    return answer;
  }
  // The same where only the file needs the answer.
  template <typename... Fns>
  Status note(const Fns&... requests) {
    Status status;
    const auto one = [&](const auto& request) {
      if (!status) return;
      const auto answer = ask(request);
      if (!answer &&
          (answer.error().kind == ErrorKind::unavailable || answer.error().kind == ErrorKind::internal)) {
        status = fail(answer.error());
      }
    };
    (one(requests), ...);
    return status;
  }
  std::string text() && { return (text_.empty() ? "[" : std::move(text_)) + "]\n"; }

 private:
  AccountReader& reader_;
  std::string text_;
};

}  // namespace heliograph::app
