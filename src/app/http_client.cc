#include "app/http_client.h"

#include <curl/curl.h>

#include <memory>

namespace heliograph::app {

namespace {

struct CurlFree {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

struct Answer {
  std::string body;
  std::size_t bytes_max;

  static std::size_t take(char* data, std::size_t size, std::size_t count, void* self) {
    auto& answer = *static_cast<Answer*>(self);
    if (answer.body.size() + size * count > answer.bytes_max) return 0;  // ends the transfer
    answer.body.append(data, size * count);
    return size * count;
  }
};

int stopped(void* flag, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const auto* stop = static_cast<const std::atomic<bool>*>(flag);
  return stop != nullptr && stop->load() ? 1 : 0;
}

}  // namespace

Result<HttpAnswer> http_call(const HttpCall& call) {
  static const auto ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  const std::unique_ptr<CURL, CurlFree> owner(ready == CURLE_OK ? curl_easy_init() : nullptr);
  if (!owner) return fail(Error::unavailable("HTTP_FAILED", "libcurl does not start"));
  CURL* const handle = owner.get();
  Answer answer{{}, call.answer_bytes_max};
  auto* lines = curl_slist_append(nullptr, ("Content-Type: " + call.content_type).c_str());
  if (!call.bearer.empty())
    lines = curl_slist_append(lines, ("Authorization: Bearer " + call.bearer).c_str());
  const std::unique_ptr<curl_slist, CurlFree> headers(lines);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, static_cast<long>(call.time_limit.count()));
  curl_easy_setopt(handle, CURLOPT_URL, call.url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "heliograph");
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Answer::take);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &stopped);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, call.stop);
  if (!call.body.empty()) {
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, call.body.c_str());
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(call.body.size()));
  }
  const auto outcome = curl_easy_perform(handle);
  if (outcome != CURLE_OK) {
    return fail(Error::unavailable("HTTP_FAILED", call.url + ": " + curl_easy_strerror(outcome)));
  }
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  return HttpAnswer{static_cast<int>(status), std::move(answer.body)};
}

Task<Result<HttpAnswer>> http_call(Errands& errands, HttpCall call) {
  auto work = [call = std::move(call)] { return http_call(call); };
  co_return co_await errands.run<HttpAnswer>(std::move(work));
}

}  // namespace heliograph::app
