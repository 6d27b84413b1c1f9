// @searchreport: takes reports about search words and search results, and appeals. One report is one
// conversation: what (words, a forwarded message, a link), what kind of harm, which country, what it finds
// now, a comment, and the word to send it.
#pragma once

#include <functional>

#include "services/bots/bot.h"
#include "services/bots/findings.h"
#include "services/bots/report_desk.h"
#include "services/bots/report_input.h"
#include "services/bots/texts.h"
#include "services/limits.h"

namespace heliograph::services {

inline constexpr UserId search_report_user{777'001};

struct SearchReportParts {
  const Environment& environment;
  const Discovery& discovery;
  Limits& limits;
  ReportDesk* desk = nullptr;  // null: reports cannot be taken, which people are told
  // Shows an account for a while what a search holds back; none: nothing is held back.
  std::function<void(UserId)> show_anyway = nullptr;
  const BotTexts& texts = BotTexts::built_in();
};

enum class ReportStep : std::uint8_t {
  none = 0,
  category = 1,
  country = 2,
  country_name = 3,  // to be written
  comment = 4,
  confirm = 5,
  appeal = 6,  // the reasons, to be written
};

// Where a conversation stands. Part of the stored format: fields are only added at the end.
struct ReportTalk {
  ReportStep step = ReportStep::none;
  std::int64_t number = 0;  // that its buttons carry: the first message's, in the bot's box
  ReportSubject subject;
  std::int32_t category = 0;
  std::string country;
  std::string comment;
  std::vector<ReportExample> examples;
  std::int64_t case_id = 0;  // of the appeal
  bool overblock = false;    // the words are guarded, and should not be
  void fields(auto& codec) {
    codec(step, number, subject, category, country, comment, examples, case_id, overblock);
  }
};

// Thread-safe: it keeps nothing between two calls.
class SearchReport final : public BuiltInBot {
 public:
  static constexpr std::size_t term_units_max = 64, comment_units_max = 1000, appeal_units_max = 3000;
  static constexpr std::size_t term_bytes_max = 128;
  static constexpr Rate report_rate{10, std::chrono::minutes(30)};  // about 60 a day

  explicit SearchReport(SearchReportParts parts);
  const BotIdentity& identity() const override { return identity_; }
  BotInfo info(const BotVisitor& visitor) const override;
  Task<Result<BotTurn>> on_message(BotVisitor visitor, BotMessage message) override;
  Task<Result<BotTurn>> on_callback(BotVisitor visitor, Bytes data) override;
  BotPost sorry(const BotVisitor& visitor, BotTrouble trouble) const override;

 private:
  // One call: who it is from, and in which language they are answered.
  struct Visit {
    Caller caller;
    std::string language;
    ReportTalk talk;
  };
  Result<Visit> visit(const BotVisitor& visitor) const;
  std::string say(const Visit& visit, std::string_view key, Words words = {}) const;
  BotTurn told(const Visit& visit, std::string_view key, Words words = {}) const;

  Task<Result<BotTurn>> command(Visit visit, std::string name, std::string rest, std::int64_t number);
  Task<Result<BotTurn>> start(Visit visit, std::string parameter, std::int64_t number);
  Task<Result<BotTurn>> begin(Visit visit, std::string text, const MessageContent& content,
                              std::int64_t number);
  Task<Result<BotTurn>> ask_category(Visit visit);
  // The category of what a search for the words is stopped for, for this caller; none: it is not.
  Task<Result<std::optional<terms::Category>>> stopped_for(const Visit& visit) const;
  // Of the phone number; empty: of none.
  Task<Result<std::string>> own_country(UserId user) const;
  Task<Result<BotPost>> country_question(const Visit& visit) const;
  // After the country: what the words find, then the question for a comment.
  Task<Result<std::vector<BotPost>>> show_and_ask_comment(Visit& visit) const;
  Task<Result<BotPost>> confirm_question(const Visit& visit) const;

  // search_report_filing.cc: what goes to the desk and comes from it.
  Task<Result<BotTurn>> send(Visit visit);
  Task<Result<BotTurn>> status(Visit visit, std::string text);
  Task<Result<BotPost>> list(const Visit& visit, std::int32_t page) const;
  BotTurn ask_appeal(Visit visit, std::optional<std::int64_t> case_id) const;
  Task<Result<BotTurn>> appeal(Visit visit, std::string text);
  BotPost ask_language(const Visit& visit) const;
  Task<Result<std::string>> describe(const Visit& visit, ReportSubject subject) const;
  std::string describe(const Visit& visit, const ReportStatus& status) const;
  // In plain words; nothing: for an error that is not the visitor's to know.
  std::optional<std::string> plain(const Visit& visit, const Error& error, std::int64_t case_id) const;

  const SearchReportParts parts_;
  BotIdentity identity_;
};

}  // namespace heliograph::services
