#include "web/public/notices.h"

#include <nlohmann/json.hpp>

#include "base/day.h"
#include "web/public/form_page.h"

namespace heliograph::web {

namespace {

using net::html_escape;
using NoticeJson = nlohmann::ordered_json;

constexpr std::size_t notice_body_max = 64 * 1024;
// The fields of a notice that are text, as forms and JSON name them.
struct TextField {
  std::string_view name;
  std::string Notice::* value;
  std::size_t bytes_max;
};
constexpr TextField text_fields[] = {
    {"location", &Notice::location, 512},   {"option", &Notice::option, 64},
    {"reason", &Notice::reason, 4096},      {"name", &Notice::name, 256},
    {"email", &Notice::email, 320},         {"country", &Notice::country, 2},
    {"reference", &Notice::reference, 256},
};

Error too_long(std::string_view name, std::size_t most) {
  return Error::invalid("NOTICE_FIELD_TOO_LONG",
                        std::string(name) + " is too long: " + std::to_string(most) + " bytes at most.");
}

// With what was filled in before, and what was wrong with it.
net::HttpResponse form(const NoticeDesk& desk, const Notice& filled, const std::string& complaint) {
  std::string body;
  body += form_complaint(complaint);
  body +=
      "<p class=\"lead\">Tell the moderators of this server about something public that breaks the law or "
      "the rules. "
      "You need no account. A person decides, and you can ask what became of it.</p>\n"
      "<form method=\"post\" action=\"/report\">\n";
  body += form_field("location", "Where is it?", "A link to the message or channel, or its @name.",
                     filled.location, true);
  body +=
      "<p><label for=\"option\">What is wrong with it?</label><br>\n<select id=\"option\" name=\"option\" "
      "required>\n";
  for (const auto& [path, text] : desk.options()) {
    body += "<option value=\"" + html_escape(path) + "\"" + (path == filled.option ? " selected" : "") + ">" +
            html_escape(text) + "</option>\n";
  }
  body +=
      "</select></p>\n<p><label for=\"reason\">Why is it against the law or the rules?</label><br>\n"
      "<textarea id=\"reason\" name=\"reason\" rows=\"6\" required>" +
      html_escape(filled.reason) + "</textarea></p>\n";
  body += form_field("name", "Your name", "Not needed if it is about sexual abuse of children.", filled.name,
                     false);
  body += form_field("email", "Your e-mail address",
                     "Kept encrypted, and shown to nobody but the moderators.", filled.email, false, "email");
  body += form_field("country", "Country whose law you mean (two letters, may be empty)", "", filled.country,
                     false);
  body += "<p><label><input type=\"checkbox\" name=\"good_faith\" value=\"yes\"" +
          std::string(filled.good_faith ? " checked" : "") +
          "> I believe in good faith that what I say here is accurate and complete.</label></p>\n"
          "<p><button type=\"submit\">Send</button></p>\n</form>\n"
          "<p>It is about a decision against you? <a href=\"/appeal\">Appeal here</a>.</p>\n"
          "<h2>Ask what became of a report</h2>\n<form method=\"get\" action=\"/report/status\">\n" +
          form_field("receipt", "Receipt", "", "", true) +
          "<p><button type=\"submit\">Ask</button></p>\n</form>\n";
  return form_page("Report something", body, complaint.empty() ? 200 : 400);
}

Result<Notice> notice_in_form(std::string_view body) {
  auto sent = read_form(body);
  if (!sent) return fail(Error::invalid("NOTICE_INVALID", "The form cannot be read. Send it again."));
  Notice notice;
  notice.good_faith = (*sent)["good_faith"] == "yes";
  for (const auto& known : text_fields) {
    if (known.name == "reference") continue;
    auto& value = (*sent)[std::string(known.name)];
    if (value.size() > known.bytes_max) return fail(too_long(known.name, known.bytes_max));
    notice.*known.value = std::move(value);
  }
  return notice;
}

Result<Notice> notice_in_json(const std::string& body) {
  const auto json = NoticeJson::parse(body, nullptr, false);
  if (!json.is_object()) return fail(Error::invalid("NOTICE_INVALID", "Send one JSON object."));
  Notice notice;
  for (const auto& [name, value] : json.items()) {
    if (name == "good_faith" && value.is_boolean()) {
      notice.good_faith = value.get<bool>();
      continue;
    }
    bool known = false;
    for (const auto& one : text_fields) {
      if (name != one.name || !value.is_string()) continue;
      notice.*one.value = value.get<std::string>();
      if ((notice.*one.value).size() > one.bytes_max) return fail(too_long(one.name, one.bytes_max));
      known = true;
    }
    if (!known)
      return fail(Error::invalid("NOTICE_INVALID", "\"" + name + "\" is not known, or of another type."));
  }
  return notice;
}

std::string status_words(const NoticeState& state) {
  if (state.state == "waiting")
    return "It waits for a moderator; it ought to be decided by " + day_text(state.due_at) + ".";
  if (state.state == "upheld") return "It breaks the rules, and something was done about it.";
  return "It was found not to break the rules, and stays.";
}

// What was done, for whoever wants to check it.
std::string entry_words(const NoticeState& state) {
  if (state.opening.empty()) return {};
  return "<h2>Its entry in the transparency log</h2>\n"
         "<p>What was done was entered before it took effect. This text opens the entry: who else has it "
         "learns what it says. <a href=\"/transparency#own\">Check it in your browser</a>, with "
         "<a href=\"" +
         html_escape(state.proof) +
         "\">the proof that it is in the log</a>, or with a program of your own.</p>\n"
         "<pre id=\"opening\">" +
         html_escape(state.opening) + "</pre>\n";
}

NoticeJson to_json(const NoticeState& state) {
  NoticeJson json;
  json["case"] = state.case_id;
  json["state"] = state.state;
  json["at"] = state.at;
  json["due_at"] = state.due_at;
  if (state.settled_at != 0) json["settled_at"] = state.settled_at;
  if (!state.opening.empty()) json["entry"] = {{"opening", state.opening}, {"proof", state.proof}};
  return json;
}

Task<net::HttpResponse> submit_form(NoticeDesk& desk, const net::HttpRequest& request) {
  if (request.body.size() > notice_body_max) co_return net::http_problem(413, "Write less: 64 KiB at most.");
  auto notice = notice_in_form(request.body);
  if (!notice) co_return form(desk, {}, notice.error().message);
  auto filled = *notice;
  notice->client = request.client.limit_key().text();
  const auto receipt = co_await desk.file(std::move(*notice));
  if (!receipt) {
    if (receipt.error().kind == ErrorKind::flood) co_return net::http_problem(receipt.error());
    co_return form(desk, filled, receipt.error().message);
  }
  co_return form_page("Thank you",
                      "<p>Your report is case " + std::to_string(receipt->case_id) +
                          ". It ought to be decided by " + day_text(receipt->due_at) +
                          ".</p>\n<p>Keep this receipt. It is the only way to ask what became of it: "
                          "<a href=\"/report/status?receipt=" +
                          html_escape(receipt->receipt) + "\"><code id=\"receipt\">" +
                          html_escape(receipt->receipt) + "</code></a></p>\n");
}

Task<net::HttpResponse> show_status(NoticeDesk& desk, const net::HttpRequest& request) {
  const auto state = co_await desk.state(request.query_value("receipt").value_or(""));
  if (!state) co_return form_page("Report", "<p>There is no report with this receipt.</p>\n", 404);
  co_return form_page("Case " + std::to_string(state->case_id),
                      "<p>" + html_escape(status_words(*state)) + "</p>\n" + entry_words(*state));
}

Task<net::HttpResponse> submit_json(NoticeDesk& desk, const net::HttpRequest& request) {
  if (request.body.size() > notice_body_max) co_return net::http_problem(413, "Write less: 64 KiB at most.");
  auto notice = notice_in_json(request.body);
  if (!notice) co_return net::http_problem(notice.error());
  constexpr std::string_view bearer = "Bearer ";
  const auto authorization = request.header("Authorization");
  if (authorization.starts_with(bearer)) notice->token = authorization.substr(bearer.size());
  notice->client = request.client.limit_key().text();
  const auto receipt = co_await desk.file(std::move(*notice));
  if (!receipt) co_return net::http_problem(receipt.error());
  NoticeJson json;
  json["case"] = receipt->case_id;
  json["receipt"] = receipt->receipt;
  json["due_at"] = receipt->due_at;
  co_return net::http_json(json.dump() + "\n", 201);
}

Task<net::HttpResponse> answer_status(NoticeDesk& desk, const net::HttpRequest& request) {
  const auto state = co_await desk.state(std::string(request.path_value("receipt")));
  if (!state) co_return net::http_problem(state.error());
  co_return net::http_json(to_json(*state).dump() + "\n");
}

}  // namespace

void add_notice_routes(net::HttpRouter& router, NoticeDesk& desk) {
  router.add_function("GET", "/report", [&desk](const net::HttpRequest& request) {
    Notice filled;
    filled.location = request.query_value("location").value_or("").substr(0, 512);
    return form(desk, filled, {});
  });
  router.add("POST", "/report",
             [&desk](const net::HttpRequest& request) { return submit_form(desk, request); });
  router.add("GET", "/report/status",
             [&desk](const net::HttpRequest& request) { return show_status(desk, request); });
  router.add("POST", "/api/public/notices",
             [&desk](const net::HttpRequest& request) { return submit_json(desk, request); });
  router.add("GET", "/api/public/notices/{receipt}",
             [&desk](const net::HttpRequest& request) { return answer_status(desk, request); });
}

}  // namespace heliograph::web
