// Reports: messages.report with its tree of options, and the methods that report people, chats and spam.
#include <algorithm>

#include "api/media_arguments.h"
#include "api/message_arguments.h"
#include "api/peers.h"
#include "services/people/peer_settings.h"
#include "tl/core_m.h"
#include "tl/core_r.h"
#include "tl/fn_account.h"
#include "tl/fn_channels.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

using services::ReportWords;
using terms::Category;

template <typename Fn>
using Answer = Task<Result<typename Fn::Reply>>;

// What older clients say in place of an option.
struct Reason {
  Category category;
  std::string_view option;
};

Reason reason_from(const tl::Box<tl::ReportReason>& wire) {
  if (wire.is<tl::inputReportReasonSpam>()) return {Category::spam, "spam"};
  if (wire.is<tl::inputReportReasonViolence>()) return {Category::violence, "violence"};
  if (wire.is<tl::inputReportReasonPornography>()) return {Category::sexual, "sexual"};
  if (wire.is<tl::inputReportReasonChildAbuse>()) return {Category::csae, "children"};
  if (wire.is<tl::inputReportReasonIllegalDrugs>()) return {Category::illegal_goods, "goods/drugs"};
  if (wire.is<tl::inputReportReasonFake>()) return {Category::fraud, "fraud/impersonation"};
  if (wire.is<tl::inputReportReasonPersonalDetails>()) return {Category::harassment, "harassment/private"};
  if (wire.is<tl::inputReportReasonCopyright>()) return {Category::other_illegal, "copyright"};
  return {Category::other_illegal, "other"};
}

ReportWords words_from(const tl::Box<tl::ReportReason>& wire, std::string message) {
  const auto reason = reason_from(wire);
  return {reason.category, std::string(reason.option), std::move(message)};
}

// An option as clients hold it: "VERSION:PATH", with "!" at the end once a comment has been asked for.
Bytes option_to_wire(const safety::ReportOptions& tree, const std::string& path, bool asked) {
  return to_bytes(as_bytes(tree.version() + ":" + path + (asked ? "!" : "")));
}

struct Chosen {
  const safety::ReportOption* option = nullptr;  // null: none yet
  bool asked = false;
};

// Options of another version are taken by their path, which keeps its meaning.
Result<Chosen> option_from(const safety::ReportOptions& tree, const Bytes& wire) {
  Chosen chosen;
  if (wire.empty()) return chosen;
  auto text = std::string_view(reinterpret_cast<const char*>(wire.data()), wire.size());
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return fail(Error::invalid("OPTION_INVALID"));
  text.remove_prefix(colon + 1);
  chosen.asked = text.ends_with('!');
  if (chosen.asked) text.remove_suffix(1);
  chosen.option = tree.find(text);
  if (chosen.option == nullptr) return fail(Error::invalid("OPTION_INVALID", "Ask for the options again."));
  return chosen;
}

tl::Box<tl::ReportResult> options_under(const safety::ReportOptions& tree, const Chosen& chosen) {
  tl::reportResultChooseOption answer;
  answer.title = chosen.option == nullptr ? tree.title() : chosen.option->title;
  for (const auto* option : tree.under(chosen.option == nullptr ? std::string_view() : chosen.option->path)) {
    tl::messageReportOption one;
    one.text = option->text;
    one.option = option_to_wire(tree, option->path, false);
    answer.options.push_back(std::move(one));
  }
  return answer;
}

Answer<tl::fn::messages::report> report(Context& context, tl::fn::messages::report& request) {
  auto& reports = context.services.reports;
  const auto& tree = reports.options();
  CO_ASSIGN(const auto place, co_await peer_from(context, request.peer));
  auto ids = message_ids_from(request.id);
  ReportWords words;
  if (request.reason) {
    words = words_from(request.reason, std::move(request.message));
  } else {
    CO_ASSIGN(const auto chosen, option_from(tree, request.option));
    if (chosen.option == nullptr || !chosen.option->category) co_return options_under(tree, chosen);
    const auto wish = chosen.option->comment;
    const bool missing = request.message.empty() && (wish == safety::CommentWish::required || !chosen.asked);
    if (missing && wish != safety::CommentWish::none) {
      tl::reportResultAddComment ask;
      ask.optional = wish == safety::CommentWish::optional;
      ask.option = option_to_wire(tree, chosen.option->path, true);
      co_return tl::Box<tl::ReportResult>(std::move(ask));
    }
    words = {*chosen.option->category, chosen.option->path, std::move(request.message)};
  }
  CO_TRY(co_await reports.messages(context.caller, place, std::move(ids), std::move(words)));
  co_return tl::Box<tl::ReportResult>(tl::reportResultReported{});
}

Answer<tl::fn::account::reportPeer> report_peer(Context& context, tl::fn::account::reportPeer& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_TRY(co_await context.services.reports.peer(context.caller, peer,
                                                words_from(request.reason, std::move(request.message))));
  co_return true;
}

Answer<tl::fn::account::reportProfilePhoto> report_profile_photo(
    Context& context, tl::fn::account::reportProfilePhoto& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_ASSIGN(const auto photo, photo_name_from(request.photo_id));
  CO_TRY(co_await context.services.reports.photo(context.caller, peer, photo.id,
                                                 words_from(request.reason, std::move(request.message))));
  co_return true;
}

// Also takes the bar away that offered it.
Answer<tl::fn::messages::reportSpam> report_spam(Context& context, tl::fn::messages::reportSpam& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  CO_TRY(co_await context.services.reports.spam(context.caller, peer));
  if (peer.is_user()) {
    CO_TRY(co_await services::hide_peer_settings(context.services.environment, context.caller, peer.user()));
  }
  co_return true;
}

Answer<tl::fn::messages::reportReaction> report_reaction(Context& context,
                                                         tl::fn::messages::reportReaction& request) {
  CO_ASSIGN(const auto place, co_await peer_from(context, request.peer));
  CO_ASSIGN(const auto who, co_await peer_from(context, request.reaction_peer));
  if (!who.is_user())
    co_return fail(Error::invalid("USER_ID_INVALID", "Only people's reactions are reported."));
  CO_TRY(
      co_await context.services.reports.reaction(context.caller, place, MessageId{request.id}, who.user()));
  co_return true;
}

Answer<tl::fn::channels::reportSpam> report_spam_by(Context& context, tl::fn::channels::reportSpam& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  CO_ASSIGN(const auto who, co_await peer_from(context, request.participant));
  if (!who.is_user())
    co_return fail(Error::invalid("PARTICIPANT_ID_INVALID", "Name the person who wrote it."));
  CO_TRY(co_await context.services.reports.spam_by(context.caller, channel, who.user(),
                                                   message_ids_from(request.id)));
  co_return true;
}

Answer<tl::fn::channels::reportAntiSpamFalsePositive> report_false_positive(
    Context& context, tl::fn::channels::reportAntiSpamFalsePositive& request) {
  CO_ASSIGN(const auto channel, co_await channel_from(context, request.channel));
  CO_TRY(
      co_await context.services.reports.false_positive(context.caller, channel, MessageId{request.msg_id}));
  co_return true;
}

}  // namespace

void register_reports(Methods& methods) {
  methods.on(report);
  methods.on(report_peer);
  methods.on(report_profile_photo);
  methods.on(report_spam);
  methods.on(report_reaction);
  methods.on(report_spam_by);
  methods.on(report_false_positive);
}

}  // namespace heliograph::api
