#include "web/public/appeals.h"

#include <charconv>

#include "base/day.h"
#include "services/reports/redress.h"
#include "web/public/form_page.h"

namespace heliograph::web {

namespace {

using net::html_escape;
using services::AppealTold;
using services::DecisionTold;
using services::Redress;
using Sent = std::map<std::string, std::string>;

constexpr std::size_t appeal_body_max = 64 * 1024;

// Reads a form with these fields and no longer ones; the answer to what is not one of ours otherwise.
struct AppealField {
  const char* name;
  std::size_t bytes_max;
};
constexpr AppealField appeal_fields[] = {
    {"phone", Redress::phone_max},
    {"handle", Redress::handle_max},
    {"code", Redress::code_max},
    {"pass", Redress::pass_max},
    {"case", 20},
    {"text", 16 * 1024},
};

Result<Sent> sent_in(const net::HttpRequest& request) {
  if (request.body.size() > appeal_body_max) {
    return fail(Error::invalid("APPEAL_INVALID", "Write less: 16 KiB at most."));
  }
  auto sent = read_form(request.body);
  if (!sent) return fail(Error::invalid("APPEAL_INVALID", "The form cannot be read. Send it again."));
  for (const auto& field : appeal_fields) {
    if ((*sent)[field.name].size() > field.bytes_max) {
      return fail(Error::invalid("APPEAL_INVALID", "What you wrote is too long."));
    }
  }
  return std::move(*sent);
}

int status_for(const Error& error) {
  return net::http_problem(error).status;
}

std::string lines(std::string_view text) {
  std::string out;
  for (const char c : html_escape(text)) out += c == '\n' ? "<br>\n" : std::string(1, c);
  return "<p>" + out + "</p>\n";
}

net::HttpResponse ask_phone(std::string_view complaint, int status) {
  return form_page(
      "Decisions about you",
      form_complaint(complaint) +
          "<p class=\"lead\">Moderators decided something about your account, your channel or what you "
          "wrote? "
          "Here you can read what and why, and have somebody else look at it again, also if you cannot sign "
          "in any more.</p>\n<form method=\"post\" action=\"/appeal\">\n" +
          form_field("phone", "The phone number of the account", "With the country code, as in +49 ...", "",
                     true, "tel") +
          "<p><button type=\"submit\">Send me a code</button></p>\n</form>\n",
      status);
}

net::HttpResponse ask_code(const std::string& phone, const std::string& handle, std::string_view complaint,
                           int status) {
  return form_page(
      "Enter the code",
      form_complaint(complaint) +
          "<p>If something was decided about an account with this number, a code is on its way to "
          "it. No code comes if nothing was.</p>\n"
          "<form method=\"post\" action=\"/appeal/decisions\">\n" +
          form_hidden("phone", phone) + form_hidden("handle", handle) +
          form_field("code", "Code", "", "", true) +
          "<p><button type=\"submit\">Go on</button></p>\n</form>\n"
          "<p><a href=\"/appeal\">Another number</a></p>\n",
      status);
}

std::string appeal_html(const AppealTold& appeal) {
  std::string out = "<h3>Your appeal of " + day_text(appeal.at) + "</h3>\n" + lines(appeal.text);
  switch (appeal.state) {
    case store::AppealState::waiting:
      return out + "<p>It waits for somebody who has not decided before.</p>\n";
    case store::AppealState::upheld:
      return out + "<p>Decided on " + day_text(appeal.decided_at) + ": you were right.</p>\n" +
             lines(appeal.answer);
    case store::AppealState::rejected:
      return out + "<p>Decided on " + day_text(appeal.decided_at) +
             ": the decision stands. You can still turn to an out-of-court body or to a court.</p>\n" +
             lines(appeal.answer);
  }
  return out;
}

std::string decision_html(const DecisionTold& decision, const std::string& pass) {
  const auto number = std::to_string(decision.case_id);
  std::string out = "<section>\n<h2>Case " + number + "</h2>\n<p>" + day_text(decision.at) + "</p>\n";
  for (const auto& reasons : decision.reasons) out += lines(reasons);
  if (decision.reversed) out += "<p><strong>This was taken back.</strong></p>\n";
  for (const auto& appeal : decision.appeals) out += appeal_html(appeal);
  if (decision.open_to_appeal) {
    out += "<form method=\"post\" action=\"/appeal/file\">\n" + form_hidden("pass", pass) +
           form_hidden("case", number) + "<p><label for=\"text-" + number +
           "\">Why is this wrong? Somebody who has not decided before looks at it.</label><br>\n<textarea "
           "id=\"text-" +
           number +
           "\" name=\"text\" rows=\"6\" required></textarea></p>\n"
           "<p><button type=\"submit\">Appeal</button></p>\n</form>\n";
  }
  return out + "</section>\n";
}

Task<net::HttpResponse> show_decisions(Redress& redress, std::string pass, std::string said) {
  const auto decisions = co_await redress.decisions(pass);
  if (!decisions) co_return ask_phone(decisions.error().message, status_for(decisions.error()));
  std::string body = std::move(said);
  if (decisions->empty()) body += "<p>Nothing was decided about this account.</p>\n";
  for (const auto& one : *decisions) body += decision_html(one, pass);
  co_return form_page("Decisions about you", body);
}

Task<net::HttpResponse> send_appeal_code(Redress& redress, const net::HttpRequest& request) {
  auto sent = sent_in(request);
  if (!sent) co_return ask_phone(sent.error().message, 400);
  const auto phone = (*sent)["phone"];
  const auto handle = co_await redress.send_code(request.client.text(), phone);
  if (!handle) {
    if (handle.error().kind == ErrorKind::flood) co_return net::http_problem(handle.error());
    co_return ask_phone(handle.error().message, status_for(handle.error()));
  }
  co_return ask_code(phone, *handle, {}, 200);
}

Task<net::HttpResponse> open_decisions(Redress& redress, const net::HttpRequest& request) {
  auto sent = sent_in(request);
  if (!sent) co_return ask_phone(sent.error().message, 400);
  auto pass = (*sent)["pass"];
  if (pass.empty()) {
    const auto opened = co_await redress.open((*sent)["phone"], (*sent)["handle"], (*sent)["code"]);
    if (!opened) {
      const auto& error = opened.error();
      if (error.code != "PHONE_CODE_INVALID") co_return ask_phone(error.message, status_for(error));
      co_return ask_code((*sent)["phone"], (*sent)["handle"], error.message, status_for(error));
    }
    pass = *opened;
  }
  std::string nothing_said;
  co_return co_await show_decisions(redress, std::move(pass), std::move(nothing_said));
}

Task<net::HttpResponse> file_appeal(Redress& redress, const net::HttpRequest& request) {
  auto sent = sent_in(request);
  if (!sent) co_return ask_phone(sent.error().message, 400);
  const auto& digits = (*sent)["case"];
  std::int64_t case_id = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), case_id);
  const auto filed = co_await redress.appeal((*sent)["pass"], case_id, (*sent)["text"]);
  std::string said;
  if (filed) {
    said = "<p role=\"status\"><strong>Your appeal in case " + std::to_string(case_id) +
           " is filed.</strong> Come back to this page with your phone number to read the answer.</p>\n";
  } else {
    said = form_complaint(filed.error().message);
  }
  auto page = co_await show_decisions(redress, (*sent)["pass"], std::move(said));
  if (!filed && page.status == 200) page.status = status_for(filed.error());
  co_return page;
}

}  // namespace

void add_appeal_routes(net::HttpRouter& router, Redress& redress) {
  router.add_function("GET", "/appeal", [](const net::HttpRequest&) { return ask_phone({}, 200); });
  router.add("POST", "/appeal",
             [&redress](const net::HttpRequest& request) { return send_appeal_code(redress, request); });
  router.add("POST", "/appeal/decisions",
             [&redress](const net::HttpRequest& request) { return open_decisions(redress, request); });
  router.add("POST", "/appeal/file",
             [&redress](const net::HttpRequest& request) { return file_appeal(redress, request); });
}

}  // namespace heliograph::web
