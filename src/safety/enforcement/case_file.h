// What a case says, sealed in store::Case::sealed: what was found, as it was, what was decided, and what the
// person affected was told.
// Part of the stored format: fields are only added at the end.
#pragma once

#include <string>
#include <vector>

#include "base/codec.h"
#include "base/peer.h"
#include "crypto/sealer.h"
#include "safety/enforcement/exhibit.h"
#include "safety/signals/measures.h"
#include "store/cases.h"

namespace heliograph::safety {

// What was measured of behaviour (safety/signals/measures.h).
struct Measured {
  std::string measure;
  std::int64_t value = 0;
  void fields(auto& codec) { codec(measure, value); }
};

// What was found, and by which versions: enough to make the judgement again.
struct Finding {
  UnixSeconds at = 0;
  std::string source;  // "scan"
  std::string category, rule, clause;
  std::string proposed;       // effect
  std::int32_t permille = 0;  // how sure, in thousandths
  std::int32_t severity = 0;
  std::vector<std::string> terms;
  std::string terms_version, links_version, model_version, policy_version;
  std::int32_t rules_version = 0;
  std::vector<Measured> measured;    // those that are not 0
  std::vector<std::string> signals;  // of the policy's raises, those that held
  std::vector<std::string> media;    // what lists and models say of its media, a line each
  std::string hashes_version, image_version;
  void fields(auto& codec) {
    codec(at, source, category, rule, clause, proposed, permille, severity, terms, terms_version,
          links_version, model_version, policy_version, rules_version, measured, signals, media,
          hashes_version, image_version);
  }
};

// Regulation (EU) 2022/2065 (DSA) Art. 17(3): (a) what is restricted, where and how long; (b) facts, and
// whether on a notice or of one's own accord; (c) automated means; (d), (e) the ground; (f) redress.
struct Statement {
  UnixSeconds at = 0;
  std::string effect;
  std::string territory;    // countries; empty: everywhere
  UnixSeconds ends_at = 0;  // 0: no end is set
  std::string facts;
  std::string source;  // "own_initiative", "notice", "trusted_flagger", "order"
  bool automated_detection = false;
  bool automated_decision = false;
  std::string clause, clause_title;
  std::string redress;
  std::string why;    // in the words of the person who decided
  std::string limit;  // of limit_account, safety::kLimitNames; empty in old files: "mute"
  void fields(auto& codec) {
    codec(at, effect, territory, ends_at, facts, source, automated_detection, automated_decision, clause,
          clause_title, redress, why, limit);
  }
};

// A decision that is so grave that somebody else has to agree before it is carried out.
struct Proposal {
  UnixSeconds at = 0;
  StaffId staff;
  std::string effect, clause, why;
  std::int32_t days = 0;
  std::vector<std::string> countries;
  std::string note;  // to the reporters
  void fields(auto& codec) { codec(at, staff, effect, clause, why, days, countries, note); }
};

struct CaseFile {
  Peer place;         // where it is: the channel or group; the account itself
  MessageId message;  // 0: it is no message
  std::string text;   // as it was when it was found
  std::vector<Finding> findings;
  std::vector<Statement> statements;
  // Of a campaign: how many messages are its members (store/cases.h), each with a file of its own; `text` is
  // the first one's, and findings are kept when their number has doubled. 0: the case is no campaign.
  std::int32_t members = 0;
  std::string decided_by;            // who on the staff; empty: a machine, or nobody yet
  std::vector<std::int64_t> led_to;  // cases of the account or the channel that the decision brought about
  // Of what was reported.
  std::string title;          // of the place
  std::int64_t reach = 0;     // how many people it may have reached
  std::int32_t permille = 0;  // how sure machines and reporters are, together
  std::vector<Proposal> proposals;
  std::vector<Exhibit> exhibits;  // what a machine found, as it was; what was reported is with the reports
  void fields(auto& codec) {
    codec(place, message, text, findings, statements, members, decided_by, led_to, title, reach, permille,
          proposals, exhibits);
  }
};

// Sealed to the case's subject, so that one case's file cannot be put into another.
Bytes seal_file(CaseFile file, const std::string& subject, const crypto::Sealer& sealer, Random& random);
// SEAL_BROKEN, CODEC_CORRUPT.
Result<CaseFile> open_file(const store::Case& sealed, const crypto::Sealer& sealer);
// Of a member of a campaign.
Bytes seal_member(CaseFile file, const store::CaseMember& member, const crypto::Sealer& sealer,
                  Random& random);
Result<CaseFile> open_member(const store::CaseMember& sealed, const crypto::Sealer& sealer);

// What was measured, in the order of Measure; of names that are not known nothing is taken.
Measures measures_of(const Finding& finding);
std::vector<Measured> measured_of(const Measures& measures);

}  // namespace heliograph::safety
