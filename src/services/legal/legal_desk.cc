#include "services/legal/legal_desk.h"

#include <algorithm>

#include "services/legal/desk_key.h"

namespace heliograph::services {

namespace {

constexpr std::size_t kAlikeMost = 20;
constexpr std::size_t kClocksAtOnce = 200;
constexpr std::size_t kFileNameMax = 200;

// 256 random bits, in hexadecimal.
std::string invitation_token(Random& random) {
  return to_hex(random.bytes(32));
}

std::string shown_name(std::string name) {
  std::erase_if(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (name.size() > kFileNameMax) name.resize(kFileNameMax);
  return name;
}

Result<std::optional<store::LegalPackage>> package_without_bytes(store::Tx& tx, std::int64_t request) {
  HG_ASSIGN(auto package, store::legal_of(tx).find_package(request));
  if (package) package->bytes.clear();
  return package;
}

Result<std::vector<LegalFileView>> files_of(store::Tx& tx, const legal::Desk& desk, std::int64_t request) {
  HG_ASSIGN(auto rows, store::legal_of(tx).files(request));
  std::vector<LegalFileView> out;
  for (auto& row : rows) {
    HG_ASSIGN(const auto bytes, desk.read_facts(row));
    HG_ASSIGN(auto facts, decode<legal::PdfFacts>(bytes));
    out.push_back({std::move(row), std::move(facts)});
  }
  return out;
}

// What the agency is told of an act.
bool is_for_agency(std::string_view what) {
  constexpr std::string_view told[] = {"filed",     "asked",   "answered",  "refused",
                                       "withdrawn", "handed",  "preserved", "extended",
                                       "collected", "receipt", "confirmed", "decided"};
  return std::ranges::find(told, what) != std::end(told);
}

}  // namespace

LegalDesk::LegalDesk(Environment& environment, LegalParts parts)
    : environment_(environment),
      ledger_(parts.ledger),
      people_(environment),
      sealer_(legal_desk_key(parts.secret)),
      likeness_(parts.secret.derive("legal likeness")),
      trust_(std::move(parts.trust)),
      aside_(std::move(parts.aside)),
      agencies_({environment.clock, environment.random, sealer_}),
      applications_({environment.clock, environment.random, sealer_, likeness_, agencies_}),
      sessions_(environment, agencies_, sealer_),
      desk_({parts.ledger,
             environment.clock,
             environment.random,
             sealer_,
             likeness_,
             people_,
             std::move(parts.rules),
             {crypto::Ed25519Key(parts.secret.derive("legal answers")), std::move(parts.certificate)},
             parts.ledger.key().name}),
      journal_({environment.store, environment.clock, environment.random}) {}

Task<Result<std::vector<LegalRequestView>>> LegalDesk::queue(store::LegalRequestFilter filter,
                                                             store::LegalRequestPlace after,
                                                             std::size_t limit) {
  const auto look = [this, filter, after, limit](store::Tx& tx) -> Result<std::vector<LegalRequestView>> {
    HG_ASSIGN(auto rows, store::legal_of(tx).queue(filter, after, limit));
    std::map<std::int64_t, std::string> names;
    std::vector<LegalRequestView> out;
    for (auto& row : rows) {
      if (!names.contains(row.agency)) {
        HG_ASSIGN(const auto agency, store::legal_of(tx).find_agency(row.agency));
        names[row.agency] = agency ? agency->name : "";
      }
      HG_ASSIGN(auto form, legal::open_form(row, sealer_));
      auto name = names[row.agency];
      out.push_back({std::move(row), std::move(form), std::move(name)});
    }
    return out;
  };
  co_return co_await environment_.store.read(look);
}

Task<Result<store::LegalFigures>> LegalDesk::figures() {
  const auto now = environment_.clock.unix_seconds();
  const auto look = [now](store::Tx& tx) { return store::legal_of(tx).figures(now); };
  co_return co_await environment_.store.read(look);
}

Result<LegalDetail> LegalDesk::detail_in(store::Tx& tx, std::int64_t request) const {
  LegalDetail out;
  HG_ASSIGN(auto one, desk_.find(tx, request));
  out.view = {std::move(one.row), std::move(one.form), {}};
  HG_ASSIGN(const auto agency, store::legal_of(tx).find_agency(out.view.row.agency));
  if (agency) {
    out.agency = *agency;
    out.view.agency = agency->name;
    HG_ASSIGN(out.agency_file, legal::open_agency(*agency, sealer_));
  }
  HG_ASSIGN(const auto officer, store::legal_of(tx).find_officer(out.view.row.officer));
  if (officer) {
    out.officer = *officer;
    HG_ASSIGN(out.officer_file, legal::open_officer(*officer, sealer_));
  }
  HG_ASSIGN(out.acts, desk_.acts(tx, request));
  out.case_id = legal::case_handed_to(out.acts);
  out.decision = legal::decision_in(out.acts);
  HG_ASSIGN(out.files, files_of(tx, desk_, request));
  HG_ASSIGN(out.alike, store::legal_of(tx).alike(out.view.row, kAlikeMost));
  HG_ASSIGN(out.clocks, store::legal_of(tx).clocks(request));
  // When a case is looked at again is nobody's date.
  std::erase_if(out.clocks, [](const auto& clock) { return clock.kind == store::LegalClockKind::decision; });
  HG_ASSIGN(const auto contributions, store::legal_of(tx).contributions(request));
  for (const auto& one_of_them : contributions) out.shares.push_back(one_of_them.share);
  if (const auto* jurisdiction = desk_.rules().find(out.view.row.jurisdiction)) {
    out.rules = jurisdiction->find(out.view.row.type);
    out.jurisdiction_title = jurisdiction->title;
    out.jurisdiction_version = jurisdiction->version;
  }
  HG_ASSIGN(out.package, package_without_bytes(tx, request));
  return out;
}

Task<Result<LegalDetail>> LegalDesk::detail(std::int64_t request) {
  const auto look = [this, request](store::Tx& tx) { return detail_in(tx, request); };
  co_return co_await environment_.store.read(look);
}

Task<Result<Bytes>> LegalDesk::file_content(std::int64_t request, std::int64_t file) {
  const auto look = [this, request, file](store::Tx& tx) -> Result<Bytes> {
    HG_ASSIGN(const auto row, store::legal_of(tx).find_file(file));
    if (!row || row->request != request) {
      return fail(Error::not_found("FILE_UNKNOWN", "There is no file of this number."));
    }
    return desk_.read_file(tx, file);
  };
  co_return co_await environment_.store.read(look);
}

template <typename T, typename Work>
Task<Result<T>> LegalDesk::aside(Work work) {
  if (!aside_) co_return work();
  Completion<Result<T>> completion([this, &work](typename Completion<Result<T>>::Callback complete) {
    auto shared = std::make_shared<decltype(complete)>(std::move(complete));
    const bool taken = aside_([work = std::move(work), shared]() mutable { (*shared)(work()); });
    if (!taken) (*shared)(fail(Error::unavailable("LEGAL_BUSY", "Too much waits to be computed.")));
  });
  co_return co_await completion;
}

template <typename Act>
Task<Result<LegalDetail>> LegalDesk::acted(std::int64_t request, Act act) {
  const auto body = [this, request, act = std::move(act)](store::Tx& tx) -> Result<LegalDetail> {
    HG_TRY(act(tx));
    return detail_in(tx, request);
  };
  co_return co_await environment_.store.write(body);
}

Task<Result<LegalDetail>> LegalDesk::pass(legal::Actor actor, std::int64_t request, legal::Gate gate,
                                          std::vector<legal::Evidence> evidence, std::string words) {
  const auto act = [=, this](store::Tx& tx) { return desk_.pass(tx, actor, request, gate, evidence, words); };
  co_return co_await acted(request, act);
}

Task<Result<LegalDetail>> LegalDesk::approve(legal::Actor actor, std::int64_t request,
                                             std::vector<legal::Evidence> evidence, std::string words) {
  const auto act = [=, this](store::Tx& tx) { return desk_.approve(tx, actor, request, evidence, words); };
  co_return co_await acted(request, act);
}

Task<Result<LegalDetail>> LegalDesk::ask(legal::Actor actor, std::int64_t request, std::string words) {
  const auto act = [=, this](store::Tx& tx) { return desk_.ask(tx, actor, request, words); };
  co_return co_await acted(request, act);
}

Task<Result<LegalDetail>> LegalDesk::refuse(legal::Actor actor, std::int64_t request, std::string ground,
                                            std::string words) {
  const auto act = [=, this](store::Tx& tx) { return desk_.refuse(tx, actor, request, ground, words); };
  co_return co_await acted(request, act);
}

Task<Result<LegalDetail>> LegalDesk::hand_over(legal::Actor actor, std::int64_t request,
                                               terms::Category category) {
  const auto act = [=, this](store::Tx& tx) -> Status {
    HG_TRY(desk_.hand_over(tx, actor, request, category));
    return {};
  };
  co_return co_await acted(request, act);
}

Task<Result<LegalDetail>> LegalDesk::extend(legal::Actor actor, std::int64_t request, std::string words) {
  const auto act = [=, this](store::Tx& tx) { return desk_.extend(tx, actor, request, words); };
  co_return co_await acted(request, act);
}

Task<Result<LegalDetail>> LegalDesk::confirm(legal::Actor actor, std::int64_t request, std::string words) {
  const auto act = [=, this](store::Tx& tx) { return desk_.confirm(tx, actor, request, words); };
  co_return co_await acted(request, act);
}

Task<Result<std::vector<legal::Asked>>> LegalDesk::question(std::int64_t request) {
  const auto look = [this, request](store::Tx& tx) { return desk_.question(tx, request); };
  co_return co_await environment_.store.read(look);
}

Task<Result<LegalDetail>> LegalDesk::contribute(legal::Actor actor, std::int64_t request, std::int64_t key,
                                                std::string text) {
  CO_ASSIGN(auto contribution, legal::Contribution::parse(text));
  CO_ASSIGN(const auto all, co_await question(request));
  const auto asked = std::ranges::find(all, key, &legal::Asked::key);
  if (asked == all.end()) {
    co_return fail(Error::invalid("CONTRIBUTION_WRONG", "The contribution is for another question."));
  }
  const auto work = [put = *asked, contribution = std::move(contribution)] {
    return legal::check(put.question, put.journal_key, contribution);
  };
  CO_ASSIGN(const auto checked, co_await aside<legal::CheckedContribution>(work));
  const auto act = [=, this](store::Tx& tx) -> Status {
    HG_TRY(desk_.contribute(tx, actor, request, key, checked));
    return {};
  };
  co_return co_await acted(request, act);
}

Task<Result<LegalDetail>> LegalDesk::disclose(legal::Actor actor, std::int64_t request) {
  const auto prepare = [=, this](store::Tx& tx) -> Result<std::shared_ptr<legal::Opening>> {
    HG_ASSIGN(auto opening, desk_.prepare(tx, actor, request));
    return std::make_shared<legal::Opening>(std::move(opening));
  };
  CO_ASSIGN(const auto opening, co_await environment_.store.read(prepare));
  const auto work = [opening] { return legal::open(*opening); };
  CO_ASSIGN(auto unsealed, co_await aside<legal::Unsealed>(work));
  const auto opened = std::make_shared<const legal::Unsealed>(std::move(unsealed));
  const auto act = [=, this](store::Tx& tx) -> Status {
    HG_TRY(desk_.disclose(tx, actor, *opening, *opened));
    return {};
  };
  co_return co_await acted(request, act);
}

Task<Result<legal::OpenActs>> LegalDesk::register_of_acts(std::int64_t before, std::size_t limit) {
  const auto look = [this, before, limit](store::Tx& tx) -> Result<legal::OpenActs> {
    HG_ASSIGN(auto rows, store::legal_of(tx).all_acts(before, limit));
    return legal::open_acts(std::move(rows), sealer_);
  };
  co_return co_await environment_.store.read(look);
}

Task<Result<std::vector<store::LegalClock>>> LegalDesk::calendar(std::size_t limit) {
  const auto look = [limit](store::Tx& tx) { return store::legal_of(tx).calendar(0, limit); };
  co_return co_await environment_.store.read(look);
}

Task<Result<JournalView>> LegalDesk::journal_view() {
  const auto now = environment_.clock.unix_seconds();
  const auto look = [now](store::Tx& tx) -> Result<JournalView> {
    JournalView out;
    HG_ASSIGN(out.figures, store::journal_of(tx).figures(now));
    HG_ASSIGN(auto keys, store::journal_of(tx).keys());
    for (auto& row : keys) {
      HG_ASSIGN(auto key, legal::JournalKey::parse(row.text));
      out.keys.push_back({std::move(row), std::move(key)});
    }
    return out;
  };
  co_return co_await environment_.store.read(look);
}

Task<Result<std::vector<AgencyView>>> LegalDesk::agencies() {
  const auto look = [this](store::Tx& tx) -> Result<std::vector<AgencyView>> {
    HG_ASSIGN(auto rows, store::legal_of(tx).agencies());
    std::vector<AgencyView> out;
    for (auto& row : rows) {
      AgencyView view;
      HG_ASSIGN(view.file, legal::open_agency(row, sealer_));
      HG_ASSIGN(auto officers, store::legal_of(tx).officers(row.id));
      for (auto& officer : officers) {
        HG_ASSIGN(auto file, legal::open_officer(officer, sealer_));
        view.officers.emplace_back(std::move(officer), std::move(file));
      }
      HG_ASSIGN(view.acts, agencies_.acts(tx, row.id));
      view.agency = std::move(row);
      out.push_back(std::move(view));
    }
    return out;
  };
  co_return co_await environment_.store.read(look);
}

Task<Result<std::vector<store::LegalRequest>>> LegalDesk::of_agency(std::int64_t agency, std::int64_t before,
                                                                    std::size_t limit) {
  const auto look = [=](store::Tx& tx) { return store::legal_of(tx).of_agency(agency, 0, before, limit); };
  co_return co_await environment_.store.read(look);
}

Task<Result<std::int64_t>> LegalDesk::propose_agency(legal::Actor actor, legal::NewAgency agency) {
  const auto act = [=, this](store::Tx& tx) { return agencies_.propose(tx, actor, agency); };
  co_return co_await environment_.store.write(act);
}

Task<Status> LegalDesk::onboard_agency(legal::Actor actor, std::int64_t agency, std::string call_back,
                                       std::string number_source, std::string notes) {
  const auto act = [=, this](store::Tx& tx) {
    return agencies_.onboard(tx, actor, agency, call_back, number_source, notes);
  };
  co_return co_await environment_.store.write(act);
}

Task<Status> LegalDesk::suspend_agency(legal::Actor actor, std::int64_t agency, std::string why) {
  const auto act = [=, this](store::Tx& tx) { return agencies_.suspend(tx, actor, agency, why); };
  co_return co_await environment_.store.write(act);
}

Task<Status> LegalDesk::resume_agency(legal::Actor actor, std::int64_t agency, std::string call_back,
                                      std::string number_source, std::string why) {
  const auto act = [=, this](store::Tx& tx) {
    return agencies_.resume(tx, actor, agency, call_back, number_source, why);
  };
  co_return co_await environment_.store.write(act);
}

Task<Status> LegalDesk::set_conflicts(legal::Actor actor, std::int64_t agency,
                                      std::vector<std::int64_t> staff, std::string why) {
  const auto act = [=, this](store::Tx& tx) {
    return agencies_.set_conflicts(tx, actor, agency, staff, why);
  };
  co_return co_await environment_.store.write(act);
}

Task<Result<LegalDesk::Invited>> LegalDesk::invite_officer(legal::Actor actor, std::int64_t agency,
                                                           legal::OfficerFile officer) {
  Invited out;
  out.token = invitation_token(environment_.random);
  const auto token = out.token;
  const auto act = [=, this](store::Tx& tx) { return agencies_.invite(tx, actor, agency, officer, token); };
  CO_ASSIGN(out.officer, co_await environment_.store.write(act));
  co_return out;
}

Task<Status> LegalDesk::disable_officer(legal::Actor actor, std::int64_t officer) {
  const auto act = [=, this](store::Tx& tx) { return agencies_.disable(tx, actor, officer); };
  co_return co_await environment_.store.write(act);
}

Task<Result<std::vector<std::int64_t>>> LegalDesk::file(std::int64_t officer, legal::Type type,
                                                        std::vector<legal::RequestForm> forms) {
  const auto act = [=, this](store::Tx& tx) { return desk_.file(tx, officer, type, forms); };
  co_return co_await environment_.store.write(act);
}

Task<Result<std::vector<store::LegalRequest>>> LegalDesk::own(std::int64_t officer, std::int64_t before,
                                                              std::size_t limit) {
  const auto look = [=](store::Tx& tx) -> Result<std::vector<store::LegalRequest>> {
    HG_ASSIGN(const auto standing, legal::Agencies::standing(tx, officer));
    return store::legal_of(tx).of_agency(standing.agency.id, officer, before, limit);
  };
  co_return co_await environment_.store.read(look);
}

Task<Result<LegalDesk::OwnDetail>> LegalDesk::own_detail(std::int64_t officer, std::int64_t request) {
  const auto look = [=, this](store::Tx& tx) -> Result<OwnDetail> {
    HG_ASSIGN(auto one, desk_.own(tx, officer, request));
    OwnDetail out;
    HG_ASSIGN(const auto acts, desk_.acts(tx, request));
    for (const auto& [act, file] : acts) {
      // Words between people on the staff stay there; who has refused it is nobody's business outside.
      if (is_for_agency(act.what)) {
        out.words.push_back({act.at, act.what, act.what == "handed" ? std::string() : file.words});
      }
    }
    out.decision = legal::decision_in(acts);
    HG_ASSIGN(out.files, files_of(tx, desk_, request));
    HG_ASSIGN(out.package, store::legal_of(tx).find_package(request));
    if (out.package) {
      out.package_there =
          !out.package->bytes.empty() && out.package->expires_at > environment_.clock.unix_seconds();
      out.package->bytes.clear();
    }
    out.row = std::move(one.row);
    out.form = std::move(one.form);
    return out;
  };
  co_return co_await environment_.store.read(look);
}

Task<Result<std::vector<LegalDesk::OwnEntry>>> LegalDesk::own_entries(std::int64_t officer,
                                                                      std::int64_t request) {
  using Found = std::vector<std::pair<OwnEntry, std::int64_t>>;
  const auto look = [=, this](store::Tx& tx) -> Result<Found> {
    HG_TRY(desk_.own(tx, officer, request));
    HG_ASSIGN(const auto package, package_without_bytes(tx, request));
    Found out;
    HG_ASSIGN(const auto acts, store::legal_of(tx).acts(request));
    for (const auto& act : acts) {
      if (act.record == 0) continue;
      // The disclosure is entered before there is an answer: until there is one, the officer does not hear of
      // it.
      const bool promised = act.what == "passed";
      if (promised && !package) continue;
      out.push_back({{promised ? "disclosed" : act.what, act.at, {}, {}}, act.record});
    }
    return out;
  };
  CO_ASSIGN(auto found, co_await environment_.store.read(look));
  std::vector<OwnEntry> out;
  for (auto& [entry, record] : found) {
    const ledger::RecordId id{record};
    auto proof = co_await ledger_.proof_of(id);
    if (proof) {
      CO_ASSIGN(const auto opening, co_await ledger_.opening(id, false));
      entry.opening = opening.encode();
      entry.proof = std::move(*proof);
    } else if (proof.error().code != "LEDGER_NOT_PUBLISHED") {
      co_return fail(std::move(proof).error());
    }
    out.push_back(std::move(entry));
  }
  co_return out;
}

Task<Result<LegalFileView>> LegalDesk::upload(std::int64_t officer, std::int64_t request, std::string kind,
                                              std::string name, Bytes content) {
  if (content.size() > legal::Desk::file_bytes_max) {
    co_return fail(Error::invalid("FILE_INVALID", "A file has a kind, and at most 8 MiB."));
  }
  const auto held = std::make_shared<const Bytes>(std::move(content));
  const auto look = [this, held]() -> Result<legal::PdfFacts> {
    return legal::examine_pdf(*held, trust_, environment_.clock.unix_seconds());
  };
  CO_ASSIGN(auto facts, co_await aside<legal::PdfFacts>(look));
  facts.name = shown_name(std::move(name));
  const auto encoded = encode(facts);
  const auto act = [=, this](store::Tx& tx) -> Result<LegalFileView> {
    HG_ASSIGN(const auto id, desk_.add_file(tx, officer, request, kind, *held, encoded));
    HG_ASSIGN(auto row, store::legal_of(tx).find_file(id));
    row->sealed.clear();
    return LegalFileView{std::move(*row), facts};
  };
  co_return co_await environment_.store.write(act);
}

Task<Status> LegalDesk::answer(std::int64_t officer, std::int64_t request, std::string words) {
  const auto act = [=, this](store::Tx& tx) { return desk_.answer(tx, officer, request, words); };
  co_return co_await environment_.store.write(act);
}

Task<Status> LegalDesk::correct(std::int64_t officer, std::int64_t request, legal::RequestForm form) {
  const auto act = [=, this](store::Tx& tx) { return desk_.correct(tx, officer, request, form); };
  co_return co_await environment_.store.write(act);
}

Task<Status> LegalDesk::withdraw(std::int64_t officer, std::int64_t request, std::string words) {
  const auto act = [=, this](store::Tx& tx) { return desk_.withdraw(tx, officer, request, words); };
  co_return co_await environment_.store.write(act);
}

Task<Result<Bytes>> LegalDesk::collect(std::int64_t officer, std::int64_t request) {
  const auto act = [=, this](store::Tx& tx) { return desk_.collect(tx, officer, request); };
  co_return co_await environment_.store.write(act);
}

Task<Status> LegalDesk::confirm_receipt(std::int64_t officer, std::int64_t request, Bytes sha256) {
  const auto act = [=, this](store::Tx& tx) { return desk_.confirm_receipt(tx, officer, request, sha256); };
  co_return co_await environment_.store.write(act);
}

Task<Status> LegalDesk::tick() {
  const auto act = [this, before = environment_.clock.unix_seconds() -
                                   draft_seconds](store::Tx& tx) -> Result<std::size_t> {
    HG_TRY(store::legal_of(tx).erase_drafts(before));
    HG_TRY(applications_.erase_old(tx));
    HG_TRY(desk_.log_keys(tx));
    return desk_.tick(tx, kClocksAtOnce);
  };
  for (;;) {
    CO_ASSIGN(const auto rung, co_await environment_.store.write(act));
    if (rung < kClocksAtOnce) break;
  }
  CO_ASSIGN(const auto now, co_await figures());
  counts_.open = now.open;
  counts_.overdue = now.overdue;
  counts_.due_soon = now.due_soon;
  co_return Status{};
}

}  // namespace heliograph::services
