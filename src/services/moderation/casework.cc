#include "services/moderation/casework.h"

#include <algorithm>

#include "safety/enforcement/statement.h"
#include "services/accounts/phone.h"
#include "services/chats/origin.h"
#include "services/discovery/public.h"
#include "services/moderation/at_desk.h"
#include "services/moderation/judge.h"
#include "services/moderation/limited.h"
#include "services/reports/evidence.h"
#include "store/console.h"

namespace heliograph::services {

namespace {

constexpr std::size_t kHistoryMost = 10'000;
constexpr std::size_t kReportsRead = 100;
constexpr std::size_t kCasesCounted = 1000;
constexpr std::size_t page_most = 200;

std::string standing_word(const store::Account& account, UnixSeconds now) {
  if (account.state == store::AccountState::banned) return "banned";
  return std::string(safety::name(standing_of(account, now)));
}

}  // namespace

std::int32_t Casework::appeal_days() const {
  const auto* desk = desk_of(environment_);
  return desk == nullptr ? 0 : desk->appeal_days();
}

Result<CaseView> Casework::view_of(store::Tx& tx, store::Case one) const {
  CaseView view;
  HG_ASSIGN(view.file, safety::open_file(one, environment_.sealer));
  view.title = view.file.title;
  if (const auto term = safety::term_of(one); !term.empty()) view.title = view.file.text;
  if (view.title.empty() && view.file.place) {
    HG_ASSIGN(view.title, label_of(tx, view.file.place));
  }
  view.excerpt = safety::quoted(view.file.text);
  HG_ASSIGN(const auto appeals, tx.cases().appeals_of(one.id));
  view.appealed = std::ranges::any_of(
      appeals, [](const store::Appeal& appeal) { return appeal.state == store::AppealState::waiting; });
  HG_ASSIGN(const auto kept, store::console_of(tx).case_prints().evidence_media(one.id));
  view.media = static_cast<std::int32_t>(kept.size());
  view.one = std::move(one);
  return view;
}

Result<std::vector<CaseView>> Casework::views_in(store::Tx& tx, std::vector<store::Case> cases) const {
  std::vector<CaseView> views;
  for (auto& one : cases) {
    HG_ASSIGN(auto view, view_of(tx, std::move(one)));
    views.push_back(std::move(view));
  }
  return views;
}

Result<std::optional<PlaceView>> Casework::place_in(store::Tx& tx, Peer peer) const {
  if (!peer || peer.is_user()) return std::nullopt;
  HG_ASSIGN(const auto chat, tx.chats().find(peer));
  if (!chat || (chat->flags & store::chat_deleted) != 0) return std::nullopt;
  PlaceView view;
  view.peer = peer;
  view.kind = chat->kind == store::ChatKind::basic_group ? "group"
              : chat->kind == store::ChatKind::broadcast ? "channel"
                                                         : "supergroup";
  view.title = chat->title;
  view.username = chat->username;
  HG_ASSIGN(view.open, is_open(tx, *chat));
  view.verified = (chat->flags & store::chat_verified) != 0;
  view.delisted = (chat->flags & store::chat_delisted) != 0;
  view.closed = (chat->flags & store::chat_closed) != 0;
  view.members = chat->members;
  view.created_at = chat->created_at;
  HG_ASSIGN(const auto cases, tx.cases().of_subject(ledger::Subject::of(peer).text, kCasesCounted));
  view.cases = static_cast<std::int32_t>(cases.size());
  for (const auto& one : cases) {
    if (one.state == store::CaseState::open) view.open_case = one.id;
  }
  return view;
}

Task<Result<std::vector<CaseView>>> Casework::queue(store::CaseFilter filter, store::CasePlace after,
                                                    std::size_t limit) const {
  filter.now = environment_.clock.unix_seconds();
  auto body = [this, filter = std::move(filter), after, limit = std::clamp<std::size_t>(limit, 1, page_most)](
                  store::Tx& tx) -> Result<std::vector<CaseView>> {
    HG_ASSIGN(auto cases, tx.cases().queue(filter, after, limit));
    return views_in(tx, std::move(cases));
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<std::vector<CaseView>>> Casework::decided_since(UnixSeconds since, std::size_t limit) const {
  auto body = [this, since, limit](store::Tx& tx) -> Result<std::vector<CaseView>> {
    HG_ASSIGN(auto cases, tx.cases().decided_since(since, std::clamp<std::size_t>(limit, 1, page_most)));
    return views_in(tx, std::move(cases));
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<std::vector<CaseView>>> Casework::of_author(UserId user, std::size_t limit) const {
  auto body = [this, user, limit](store::Tx& tx) -> Result<std::vector<CaseView>> {
    HG_ASSIGN(auto cases, tx.cases().of_user(user, std::clamp<std::size_t>(limit, 1, page_most)));
    return views_in(tx, std::move(cases));
  };
  co_return co_await environment_.store.read(std::move(body));
}

Result<PersonView> Casework::person_in(store::Tx& tx, UserId user) const {
  const auto now = environment_.clock.unix_seconds();
  HG_ASSIGN(const auto account, tx.accounts().find(user));
  if (!account) return fail(Error::not_found("USER_ID_INVALID", "There is no such account."));
  PersonView view;
  view.id = user;
  HG_ASSIGN(view.name, display_name(tx, user));
  view.username = account->username;
  view.bot = account->bot;
  view.verified = account->verified;
  view.deleted = account->state == store::AccountState::deleted;
  view.since = account->created_at;
  view.standing = standing_word(*account, now);
  if (const auto limit = limit_in_force(*account, now)) {
    view.limited_until = account->limited_until;
    view.limit = safety::name(*limit);
  }
  if (!account->phone_sealed.empty()) {
    HG_ASSIGN(const auto phone, open_phone(environment_, account->phone_sealed, account->phone_index));
    view.country = region_of(phone);
  }
  HG_ASSIGN(view.strikes, tx.cases().strikes(user, now));
  HG_ASSIGN(const auto cases, tx.cases().of_user(user, kCasesCounted));
  view.cases = static_cast<std::int32_t>(cases.size());
  view.violations = static_cast<std::int32_t>(std::ranges::count_if(cases, [](const store::Case& one) {
    return one.state == store::CaseState::decided && one.effect != 0;
  }));
  return view;
}

Task<Result<PersonView>> Casework::person(UserId user) const {
  auto body = [this, user](store::Tx& tx) { return person_in(tx, user); };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<store::Case>> Casework::found(std::int64_t case_id) const {
  auto body = [case_id](store::Tx& tx) -> Result<store::Case> {
    HG_ASSIGN(auto one, tx.cases().find(case_id));
    if (!one) return fail(Error::not_found("CASE_UNKNOWN", "There is no case of this number."));
    return std::move(*one);
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<CaseDetail>> Casework::detail(std::int64_t case_id) const {
  auto body = [this, case_id](store::Tx& tx) -> Result<CaseDetail> {
    HG_ASSIGN(auto one, tx.cases().find(case_id));
    if (!one) return fail(Error::not_found("CASE_UNKNOWN", "There is no case of this number."));
    CaseDetail detail;
    HG_ASSIGN(detail.view, view_of(tx, std::move(*one)));
    const auto& found = detail.view.one;
    if (found.user) {
      auto author = person_in(tx, found.user);
      if (author) detail.author = std::move(*author);
    }
    HG_ASSIGN(detail.history, tx.cases().history(case_id, kHistoryMost));
    for (const auto& event : detail.history) {
      HG_ASSIGN(auto words, safety::open_words(event, environment_.sealer));
      detail.words.push_back(std::move(words));
    }
    detail.evidence = detail.view.file.exhibits;
    HG_ASSIGN(const auto reports, tx.reports().of_case(case_id, 0, kReportsRead));
    for (const auto& report : reports) {
      HG_ASSIGN(auto file, safety::open_report(report, environment_.sealer));
      for (auto& piece : file.evidence) {
        const auto same = std::ranges::find(detail.evidence, piece.digest, &safety::Exhibit::digest);
        if (same == detail.evidence.end()) detail.evidence.push_back(std::move(piece));
      }
    }
    HG_ASSIGN(detail.appeals, tx.cases().appeals_of(case_id));
    const auto& file = detail.view.file;
    HG_ASSIGN(detail.media, media_of_case(tx, found, file));
    HG_ASSIGN(detail.place, place_in(tx, file.place));
    detail.hidden = file.message ? !file.place.is_channel() || (detail.place && !detail.place->open)
                                 : std::ranges::any_of(detail.evidence, [](const safety::Exhibit& piece) {
                                     return piece.message && !piece.place.is_channel();
                                   });
    if (file.message && file.place.is_channel()) {
      HG_ASSIGN(const auto message, tx.messages().find(BoxId::of(file.place.channel()), file.message));
      if (message) {
        HG_ASSIGN(detail.now, quoted_text(*message));
        HG_ASSIGN(const auto content, decode_content(*message));
        detail.withheld = content.withheld.has_value();
      }
    }
    return detail;
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<std::vector<ReportDetail>>> Casework::reports(std::int64_t case_id, std::int64_t after,
                                                          std::size_t limit) const {
  auto body = [this, case_id, after, limit](store::Tx& tx) -> Result<std::vector<ReportDetail>> {
    HG_ASSIGN(auto reports,
              tx.reports().of_case(case_id, after, std::clamp<std::size_t>(limit, 1, page_most)));
    std::vector<ReportDetail> all;
    for (auto& report : reports) {
      ReportDetail detail;
      HG_ASSIGN(detail.file, safety::open_report(report, environment_.sealer));
      if (report.reporter) {
        HG_ASSIGN(detail.record, tx.reports().record_of(report.reporter));
      }
      detail.report = std::move(report);
      all.push_back(std::move(detail));
    }
    return all;
  };
  co_return co_await environment_.store.read(std::move(body));
}

Result<AppealView> Casework::appeal_view(store::Tx& tx, store::Appeal appeal) const {
  AppealView view;
  HG_ASSIGN(view.file, safety::open_appeal(appeal, environment_.sealer));
  HG_ASSIGN(auto one, tx.cases().find(appeal.case_id));
  if (!one) return fail(Error::not_found("CASE_UNKNOWN", "The appeal's case is gone."));
  HG_ASSIGN(view.about, view_of(tx, std::move(*one)));
  view.appeal = std::move(appeal);
  return view;
}

Task<Result<std::vector<AppealView>>> Casework::appeals(std::int64_t after, std::size_t limit) const {
  auto body = [this, after, limit](store::Tx& tx) -> Result<std::vector<AppealView>> {
    HG_ASSIGN(auto waiting, tx.cases().waiting_appeals(after, std::clamp<std::size_t>(limit, 1, page_most)));
    std::vector<AppealView> views;
    for (auto& appeal : waiting) {
      HG_ASSIGN(auto view, appeal_view(tx, std::move(appeal)));
      views.push_back(std::move(view));
    }
    return views;
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Result<AppealView>> Casework::appeal(std::int64_t id) const {
  auto body = [this, id](store::Tx& tx) -> Result<AppealView> {
    HG_ASSIGN(auto appeal, tx.cases().find_appeal(id));
    if (!appeal) return fail(Error::not_found("APPEAL_UNKNOWN", "There is no appeal of this number."));
    return appeal_view(tx, std::move(*appeal));
  };
  co_return co_await environment_.store.read(std::move(body));
}

Task<Status> Casework::pardon(std::int64_t case_id) const {
  CO_ASSIGN(const auto one,
            co_await environment_.store.read([case_id](store::Tx& tx) { return tx.cases().find(case_id); }));
  const auto campaign = one ? safety::Enforcer::campaign_of(*one) : std::string();
  if (!campaign.empty()) environment_.moderation->gate()->signals().pardon(campaign);
  co_return Status();
}

Task<Result<store::Case>> Casework::claim(safety::Staffer staff, std::int64_t case_id) {
  return at_desk([staff = std::move(staff), case_id](const safety::Desk& desk, store::Tx& tx) {
    return desk.claim(tx, staff, case_id);
  });
}

Task<Result<std::optional<store::Case>>> Casework::claim_next(safety::Staffer staff, store::CaseFilter filter,
                                                              std::vector<std::string> languages) {
  return at_desk(
      [staff = std::move(staff), filter = std::move(filter), languages = std::move(languages)](
          const safety::Desk& desk, store::Tx& tx) { return desk.claim_next(tx, staff, filter, languages); });
}

Task<Status> Casework::release(safety::Staffer staff, std::int64_t case_id) {
  return at_desk([staff = std::move(staff), case_id](const safety::Desk& desk, store::Tx& tx) {
    return desk.release(tx, staff, case_id);
  });
}

Task<Result<store::CaseEvent>> Casework::note(safety::Staffer staff, std::int64_t case_id,
                                              std::string words) {
  return at_desk([staff = std::move(staff), case_id, words = std::move(words)](
                     const safety::Desk& desk, store::Tx& tx) -> Result<store::CaseEvent> {
    HG_TRY(desk.note(tx, staff, case_id, words));
    HG_ASSIGN(auto events, tx.cases().history(case_id, 100'000));
    return std::move(events.back());
  });
}

Task<Status> Casework::escalate(safety::Staffer staff, std::int64_t case_id, std::string why,
                                store::CaseQueue to) {
  return at_desk(
      [staff = std::move(staff), case_id, why = std::move(why), to](const safety::Desk& desk, store::Tx& tx) {
        return desk.escalate(tx, staff, case_id, why, to);
      });
}

Task<Result<safety::Decided>> Casework::decide(safety::Staffer staff, std::int64_t case_id,
                                               std::int32_t version, safety::PersonDecision decision,
                                               std::string note) {
  return at_desk(
      [staff = std::move(staff), case_id, version, decision = std::move(decision), note = std::move(note)](
          const safety::Desk& desk, store::Tx& tx) -> Result<safety::Decided> {
        HG_ASSIGN(const auto one, tx.cases().find(case_id));
        if (one && version != 0 && one->version != version && one->state == store::CaseState::open) {
          return fail(Error::invalid("CASE_CHANGED", "Something new has come in. Look at the case again."));
        }
        return desk.decide(tx, staff, case_id, decision, note);
      });
}

Task<Status> Casework::second_look(safety::Staffer staff, std::int64_t case_id, bool agree,
                                   std::string words) {
  return at_desk([staff = std::move(staff), case_id, agree, words = std::move(words)](
                     const safety::Desk& desk, store::Tx& tx) {
    return desk.second_look(tx, staff, case_id, agree, words);
  });
}

Task<Status> Casework::undo(safety::Staffer staff, std::int64_t case_id, std::string why, bool reopen) {
  auto undo = [staff = std::move(staff), case_id, why = std::move(why), reopen](const safety::Desk& desk,
                                                                                store::Tx& tx) {
    return desk.undo(tx, staff, case_id, why, reopen);
  };
  CO_TRY(co_await at_desk(std::move(undo)));
  co_return co_await pardon(case_id);
}

Task<Result<store::Appeal>> Casework::claim_appeal(safety::Staffer staff, std::int64_t id) {
  return at_desk([staff = std::move(staff), id](const safety::Desk& desk, store::Tx& tx) {
    return desk.claim_appeal(tx, staff, id);
  });
}

Task<Status> Casework::decide_appeal(safety::Staffer staff, std::int64_t id, bool upheld,
                                     std::string answer) {
  auto decide = [staff = std::move(staff), id, upheld, answer = std::move(answer)](
                    const safety::Desk& desk, store::Tx& tx) -> Result<std::int64_t> {
    HG_TRY(desk.decide_appeal(tx, staff, id, upheld, answer));
    HG_ASSIGN(const auto appeal, tx.cases().find_appeal(id));
    return appeal->case_id;
  };
  CO_ASSIGN(const auto case_id, co_await at_desk(std::move(decide)));
  if (upheld) CO_TRY(co_await pardon(case_id));
  co_return Status();
}

}  // namespace heliograph::services
