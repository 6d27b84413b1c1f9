// One HTTP request to somebody else's server, over libcurl; it holds up its thread until there is an answer.
#pragma once

#include <atomic>
#include <chrono>
#include <string>

#include "app/errands.h"
#include "base/result.h"
#include "base/task.h"

namespace heliograph::app {

struct HttpCall {
  std::string url;   // http:// or https://
  std::string body;  // not empty: a POST
  std::size_t answer_bytes_max = 1024 * 1024;
  std::chrono::seconds time_limit{10};
  const std::atomic<bool>* stop = nullptr;  // once true, the call ends soon
  std::string content_type = "text/plain";
  std::string bearer;  // authorization; empty: none
};

struct HttpAnswer {
  int status = 0;
  std::string body;
};

// Follows no redirects. Errors: unavailable HTTP_FAILED (no connection, no answer in time, an answer too
// long, stopped).
Result<HttpAnswer> http_call(const HttpCall& call);
// The same on the errands' thread. Also ERRANDS_BUSY.
Task<Result<HttpAnswer>> http_call(Errands& errands, HttpCall call);

}  // namespace heliograph::app
