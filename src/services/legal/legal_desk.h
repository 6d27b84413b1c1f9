// The legal desk as consoles and portals use it: each call a transaction of its own over legal/requests, and
// the heavy arithmetic of unsealing outside of any. Rules are legal's; here is what they need of the server.
//
// Thread-safe. Errors: those of legal::Desk, legal::Agencies and the store.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <optional>

#include "crypto/cms.h"
#include "legal/journal/journal.h"
#include "legal/orders/pdf.h"
#include "legal/requests/applications.h"
#include "legal/requests/desk.h"
#include "services/legal/agency_sessions.h"
#include "services/legal/legal_people.h"

namespace heliograph::services {

// Runs what takes seconds on a thread of its own; false: too much waits. Without one it runs at once.
using Aside = std::function<bool(std::move_only_function<void()>)>;

struct LegalParts {
  const ledger::Ledger& ledger;
  crypto::SecretKey secret;    // keys of answers, of likeness and of what is sealed hang on it
  crypto::CmsKey certificate;  // what answers are signed with besides
  std::shared_ptr<const legal::Jurisdictions> rules = legal::Jurisdictions::built_in();
  crypto::CmsTrust trust;  // whose signatures on orders are traced
  Aside aside;             // null: there is none
};

struct LegalRequestView {
  store::LegalRequest row;
  legal::RequestForm form;
  std::string agency;  // its name
};

struct LegalFileView {
  store::LegalFile file;
  legal::PdfFacts facts;
};

struct LegalDetail {
  LegalRequestView view;
  store::Agency agency;
  legal::AgencyFile agency_file;
  store::AgencyOfficer officer;
  legal::OfficerFile officer_file;
  std::vector<std::pair<store::LegalAct, legal::ActFile>> acts;
  std::vector<LegalFileView> files;
  std::vector<store::LegalRequest> alike;
  std::vector<store::LegalClock> clocks;
  std::vector<std::int32_t> shares;  // that have contributed, as the store numbers them
  const legal::TypeRules* rules = nullptr;
  std::string jurisdiction_title, jurisdiction_version;
  std::optional<store::LegalPackage> package;  // without its bytes
  std::int64_t case_id = 0;                    // that a removal order was handed to; 0: none
  std::optional<legal::RemovalDecision> decision;
};

struct AgencyView {
  store::Agency agency;
  legal::AgencyFile file;
  std::vector<std::pair<store::AgencyOfficer, legal::OfficerFile>> officers;
  std::vector<std::pair<store::LegalAct, legal::ActFile>> acts;  // about it, oldest first
};

struct JournalView {
  store::JournalFigures figures;
  struct Key {
    store::JournalKey row;
    legal::JournalKey key;
  };
  std::vector<Key> keys;  // newest first
};

class LegalDesk {
 public:
  LegalDesk(Environment& environment, LegalParts parts);

  legal::Journal& journal() { return journal_; }
  const legal::Desk& desk() const { return desk_; }

  // For the staff. Who may do what is checked by the desk and, before, by the door.
  Task<Result<std::vector<LegalRequestView>>> queue(store::LegalRequestFilter filter,
                                                    store::LegalRequestPlace after, std::size_t limit);
  Task<Result<store::LegalFigures>> figures();
  Task<Result<LegalDetail>> detail(std::int64_t request);
  Task<Result<Bytes>> file_content(std::int64_t request, std::int64_t file);
  Task<Result<LegalDetail>> pass(legal::Actor actor, std::int64_t request, legal::Gate gate,
                                 std::vector<legal::Evidence> evidence, std::string words);
  Task<Result<LegalDetail>> approve(legal::Actor actor, std::int64_t request,
                                    std::vector<legal::Evidence> evidence, std::string words);
  Task<Result<LegalDetail>> ask(legal::Actor actor, std::int64_t request, std::string words);
  Task<Result<LegalDetail>> refuse(legal::Actor actor, std::int64_t request, std::string ground,
                                   std::string words);
  Task<Result<LegalDetail>> hand_over(legal::Actor actor, std::int64_t request, terms::Category category);
  Task<Result<LegalDetail>> extend(legal::Actor actor, std::int64_t request, std::string words);
  Task<Result<LegalDetail>> confirm(legal::Actor actor, std::int64_t request, std::string words);
  Task<Result<std::vector<legal::Asked>>> question(std::int64_t request);
  // `text`: a contribution's document.
  Task<Result<LegalDetail>> contribute(legal::Actor actor, std::int64_t request, std::int64_t key,
                                       std::string text);
  // Opens the rows and makes the answer.
  Task<Result<LegalDetail>> disclose(legal::Actor actor, std::int64_t request);
  Task<Result<legal::OpenActs>> register_of_acts(std::int64_t before, std::size_t limit);
  Task<Result<std::vector<store::LegalClock>>> calendar(std::size_t limit);
  Task<Result<JournalView>> journal_view();

  Task<Result<std::vector<AgencyView>>> agencies();
  // Newest first.
  Task<Result<std::vector<store::LegalRequest>>> of_agency(std::int64_t agency, std::int64_t before,
                                                           std::size_t limit);
  Task<Result<std::int64_t>> propose_agency(legal::Actor actor, legal::NewAgency agency);
  Task<Status> onboard_agency(legal::Actor actor, std::int64_t agency, std::string call_back,
                              std::string number_source, std::string notes);
  Task<Status> suspend_agency(legal::Actor actor, std::int64_t agency, std::string why);
  Task<Status> resume_agency(legal::Actor actor, std::int64_t agency, std::string call_back,
                             std::string number_source, std::string why);
  Task<Status> set_conflicts(legal::Actor actor, std::int64_t agency, std::vector<std::int64_t> staff,
                             std::string why);
  // With the token that lets the officer enrol, once.
  struct Invited {
    std::int64_t officer = 0;
    std::string token;
  };
  Task<Result<Invited>> invite_officer(legal::Actor actor, std::int64_t agency, legal::OfficerFile officer);
  Task<Status> disable_officer(legal::Actor actor, std::int64_t officer);

  // For whoever has no account. Gives what they ask after it with: 128 random bits, in hexadecimal.
  Task<Result<std::string>> apply(legal::ApplicationForm form);
  Task<Result<legal::ApplicationStanding>> application_standing(std::string reference);
  // For the staff: all that are open, and the first of those that were taken up.
  Task<Result<std::vector<legal::Application>>> applications();
  Task<Result<std::int64_t>> take_up_application(legal::Actor actor, std::int64_t application,
                                                 legal::NewAgency agency);
  Task<Status> decline_application(legal::Actor actor, std::int64_t application, std::string reason,
                                   bool alike);

  // For an agency's officer.
  Task<Result<std::vector<std::int64_t>>> file(std::int64_t officer, legal::Type type,
                                               std::vector<legal::RequestForm> forms);
  Task<Result<std::vector<store::LegalRequest>>> own(std::int64_t officer, std::int64_t before,
                                                     std::size_t limit);
  // not_found LEGAL_REQUEST_UNKNOWN, also for those of others. What the desk thinks of it is not in it.
  struct OwnDetail {
    store::LegalRequest row;
    legal::RequestForm form;
    struct Word {
      UnixSeconds at = 0;
      std::string what;  // asked, answered, refused, withdrawn, ...
      std::string words;
    };
    std::vector<Word> words;
    std::vector<LegalFileView> files;
    std::optional<store::LegalPackage> package;  // without its bytes
    bool package_there = false;                  // it can be collected, for the first time or again
    std::optional<legal::RemovalDecision> decision;
  };
  // What of it is entered in the public log, as far as the officer knows of it: the opening and, once the
  // batch is out, the proof. LEGAL_REQUEST_UNKNOWN as above.
  struct OwnEntry {
    std::string what;  // filed, asked, refused, withdrawn, preserved, handed, decided, confirmed,
                       // unconfirmed, disclosed
    UnixSeconds at = 0;
    std::string opening, proof;  // empty: with the next batch
  };
  Task<Result<std::vector<OwnEntry>>> own_entries(std::int64_t officer, std::int64_t request);
  Task<Result<OwnDetail>> own_detail(std::int64_t officer, std::int64_t request);
  Task<Result<LegalFileView>> upload(std::int64_t officer, std::int64_t request, std::string kind,
                                     std::string name, Bytes content);
  Task<Status> answer(std::int64_t officer, std::int64_t request, std::string words);
  Task<Status> correct(std::int64_t officer, std::int64_t request, legal::RequestForm form);
  Task<Status> withdraw(std::int64_t officer, std::int64_t request, std::string words);
  Task<Result<Bytes>> collect(std::int64_t officer, std::int64_t request);
  Task<Status> confirm_receipt(std::int64_t officer, std::int64_t request, Bytes sha256);

  // What an officer has begun to write, on the server so that it is there on another machine, too; sealed,
  // the officer's alone. `text` is the caller's. Nobody has touched it for so long: it is gone.
  static constexpr std::size_t drafts_most = 50;
  static constexpr UnixSeconds draft_seconds = 90 * UnixSeconds{86'400};
  struct Draft {
    std::int64_t id = 0;  // 0: a new one
    UnixSeconds changed_at = 0;
    std::string text;
  };
  Task<Result<std::vector<Draft>>> drafts(std::int64_t officer);
  // Gives its number. invalid DRAFTS_TOO_MANY; not_found DRAFT_UNKNOWN.
  Task<Result<std::int64_t>> put_draft(std::int64_t officer, std::int64_t id, std::string text);
  Task<Status> erase_draft(std::int64_t officer, std::int64_t id);
  // How officers get in.
  AgencySessions& sessions() { return sessions_; }

  // What is due, and keys of the journal that the ledger has not heard of. Again and again, about once a
  // minute; one call at a time.
  Task<Status> tick();
  // As of the last tick(), for alarms outside; readable from any thread.
  struct Counts {
    std::atomic<std::int64_t> open = 0, overdue = 0, due_soon = 0;
  };
  const Counts& counts() const { return counts_; }

 private:
  Result<LegalDetail> detail_in(store::Tx& tx, std::int64_t request) const;
  // Errors also unavailable LEGAL_BUSY.
  template <typename T, typename Work>
  Task<Result<T>> aside(Work work);
  // Runs `act` in a write, and gives the request as it is then.
  template <typename Act>
  Task<Result<LegalDetail>> acted(std::int64_t request, Act act);

  Environment& environment_;
  const ledger::Ledger& ledger_;
  LegalPeople people_;
  crypto::Sealer sealer_;
  crypto::BlindIndex likeness_;
  crypto::CmsTrust trust_;
  Aside aside_;
  legal::Agencies agencies_;
  legal::Applications applications_;
  AgencySessions sessions_;
  legal::Desk desk_;
  legal::Journal journal_;
  Counts counts_;
};

}  // namespace heliograph::services
