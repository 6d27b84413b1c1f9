// The webhook and the mail server, through libcurl.
#include <curl/curl.h>

#include <memory>

#include "services/accounts/delivery_queue.h"
#include "services/accounts/delivery_text.h"

namespace heliograph::services {
namespace {

struct CurlFree {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, CurlFree>;

// Not a list that grows by reassigning a unique_ptr: append() may return the same head.
class List {
 public:
  void add(const std::string& line) {
    auto* head = curl_slist_append(list_.get(), line.c_str());
    if (head == nullptr) return;
    static_cast<void>(list_.release());
    list_.reset(head);
  }
  curl_slist* get() const { return list_.get(); }

 private:
  std::unique_ptr<curl_slist, CurlFree> list_;
};

Handle new_handle(std::chrono::seconds timeout) {
  static const auto ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  Handle handle(ready == CURLE_OK ? curl_easy_init() : nullptr);
  if (!handle) return handle;
  curl_easy_setopt(handle.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT, static_cast<long>(timeout.count()));
  curl_easy_setopt(handle.get(), CURLOPT_CONNECTTIMEOUT, static_cast<long>(timeout.count()));
  return handle;
}

// The answer does not matter; a long one ends the transfer.
std::size_t discard(char*, std::size_t size, std::size_t count, void* budget) {
  auto& left = *static_cast<std::size_t*>(budget);
  if (size * count > left) return 0;
  left -= size * count;
  return size * count;
}

struct Text {
  std::string data;
  std::size_t at = 0;
  static std::size_t read(char* to, std::size_t size, std::size_t count, void* self) {
    auto& text = *static_cast<Text*>(self);
    const auto taken = std::min(size * count, text.data.size() - text.at);
    text.data.copy(to, taken, text.at);
    text.at += taken;
    return taken;
  }
};

// Nothing that could end a header line or an address.
bool harmless_address(std::string_view address) {
  return !address.empty() && address.size() < 320 &&
         address.find_first_of("\r\n<> \t,;") == std::string_view::npos;
}

Status try_webhook(const WebhookOptions& options, const CodeMessage& message) {
  const auto handle = new_handle(options.timeout);
  if (!handle) return fail(Error::unavailable("WEBHOOK_FAILED", "libcurl does not start"));
  const auto body = to_json(message);
  List headers;
  headers.add("Content-Type: application/json");
  if (!options.token.empty()) headers.add("Authorization: Bearer " + options.token);
  std::size_t budget = 1 << 20;
  curl_easy_setopt(handle.get(), CURLOPT_URL, options.url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, &discard);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &budget);
  const auto outcome = curl_easy_perform(handle.get());
  if (outcome != CURLE_OK) return fail(Error::unavailable("WEBHOOK_FAILED", curl_easy_strerror(outcome)));
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status < 200 || status > 299) {
    return fail(Error::unavailable("WEBHOOK_FAILED", "HTTP status " + std::to_string(status)));
  }
  return {};
}

Status try_smtp(const SmtpOptions& options, const CodeMessage& message) {
  auto to = message.address;
  if (message.to == CodeMessage::To::phone) {
    static constexpr std::string_view mark = "{phone}";
    to = options.to;
    const auto digits = message.address.substr(message.address.starts_with('+') ? 1 : 0);
    if (const auto at = to.find(mark); at != std::string::npos) to.replace(at, mark.size(), digits);
  }
  if (!harmless_address(to) || !harmless_address(options.from)) {
    return fail(Error::unavailable("SMTP_FAILED", "not an e-mail address"));
  }
  const auto handle = new_handle(options.timeout);
  if (!handle) return fail(Error::unavailable("SMTP_FAILED", "libcurl does not start"));
  Text text;
  text.data = "From: <" + options.from + ">\r\nTo: <" + to +
              ">\r\nSubject: Heliograph code\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
              to_words(message) + "\r\n";
  List recipients;
  recipients.add("<" + to + ">");
  const auto from = "<" + options.from + ">";
  curl_easy_setopt(handle.get(), CURLOPT_URL, options.url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(handle.get(), CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_TRY));
  if (!options.user.empty()) {
    curl_easy_setopt(handle.get(), CURLOPT_USERNAME, options.user.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_PASSWORD, options.password.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_USE_SSL,
                     static_cast<long>(CURLUSESSL_ALL));  // no password in the clear
  }
  curl_easy_setopt(handle.get(), CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(handle.get(), CURLOPT_READFUNCTION, &Text::read);
  curl_easy_setopt(handle.get(), CURLOPT_READDATA, &text);
  curl_easy_setopt(handle.get(), CURLOPT_UPLOAD, 1L);
  const auto outcome = curl_easy_perform(handle.get());
  if (outcome != CURLE_OK) return fail(Error::unavailable("SMTP_FAILED", curl_easy_strerror(outcome)));
  return {};
}

}  // namespace

QueuedDelivery::Attempt webhook_attempt(WebhookOptions options) {
  return [options = std::move(options)](const CodeMessage& message) { return try_webhook(options, message); };
}

QueuedDelivery::Attempt smtp_attempt(SmtpOptions options) {
  return [options = std::move(options)](const CodeMessage& message) { return try_smtp(options, message); };
}

}  // namespace heliograph::services
