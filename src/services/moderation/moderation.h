// Where the messenger and the safety engine meet: what people write in public is judged on its way into a
// box (judge.h), and what is decided is carried out by the acts here.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "images/images.h"
#include "safety/cases/desk.h"
#include "safety/enforcement/enforcer.h"
#include "safety/second/second_stage.h"
#include "search/guard.h"
#include "services/accounts/devices.h"
#include "services/accounts/keys.h"
#include "services/environment.h"
#include "services/files/prints.h"
#include "services/people/users.h"

namespace heliograph::services {

// What is needed to look at pictures after the fact.
struct LookingParts {
  store::Blobs& blobs;
  images::Images& images;
  std::int64_t bytes_max = 10 << 20;  // larger files are not looked at
};

struct ModerationParts {
  const safety::Gate* gate = nullptr;      // null: nothing is judged (tests of other things)
  const ledger::Ledger* ledger = nullptr;  // with the gate
  safety::SecondStage* second = nullptr;   // null: there is none
  std::string appeals;                     // whom people turn to who think that a decision was wrong
  images::Viewer* viewer = nullptr;        // null: no model looks at pictures
  std::string image_model;                 // its name, with the viewer
  std::int32_t appeal_days = 183;          // names of what is banned or closed are kept back so long
};

class Moderation final : public safety::Acts {
 public:
  // Makes itself known in the environment.
  Moderation(Environment& environment, ModerationParts parts, LookingParts looking, KeyRing& keys,
             Devices& devices, Users& users);
  ~Moderation() override;
  Moderation(const Moderation&) = delete;

  // Before the first call of judge_waiting(); it outlives this. Names that a search would be refused for are
  // looked at, in every spelling that the guard knows.
  void attach(const search::Guard& guard) { guard_ = &guard; }

  // Null: nothing is judged.
  const safety::Gate* gate() const { return parts_.gate; }
  bool asks_twice() const { return parts_.second != nullptr; }
  // Whether there is a reason to look at pictures: lists of hashes, or a model.
  bool looks() const;
  // The model that looks at pictures; empty: there is none.
  const std::string& image_model() const { return parts_.image_model; }
  const safety::Enforcer& enforcer() const { return *enforcer_; }
  // Public texts and pictures that waited when judge_waiting() last looked.
  std::int64_t waiting() const { return waiting_; }
  // What the staff does with cases; null with the gate.
  const safety::Desk* desk() const { return desk_.get(); }

  // Takes a decision back; `staff` and `why` go into the ledger. Those of Enforcer::reverse().
  Task<Status> reverse(std::int64_t case_id, std::string staff, std::string why);
  // A person decides; those of Enforcer::decide().
  Task<Status> decide(std::int64_t case_id, safety::PersonDecision decision);
  // Closes the sessions that enforcement has ended. Again and again, about once a second.
  Task<Status> sweep();
  // Ends what was done for a time, and frees names that nobody can appeal about any more. Again and again,
  // about every ten seconds; one call at a time.
  Task<Status> sweep_deadlines();

  // Tells those whose reports have been decided and who have not been told, a hundred a call. Again and
  // again.
  Task<Status> tell_reporters();

  // Judges what waits in the queue (store/judge_queue.h), up to one step of it. Again and again, about once a
  // second; one call at a time.
  Task<Status> judge_waiting();
  // Asks the second stage about posts that the first was not sure about. Again and again; one call at a time.
  // What it does not answer stays in the queue.
  Task<Status> ask_second();

  // Looks at pictures in posts that nobody has looked at yet, and judges the posts again. Again and again,
  // about once a second; one call at a time.
  Task<Status> look_at_waiting();

  // safety::Acts, in transactions.
  Status withhold(store::Tx& tx, Peer place, MessageId message, const store::Message* original,
                  std::string tombstone, const ledger::Receipt& receipt) const override;
  Status give_back(store::Tx& tx, Peer place, MessageId message,
                   const ledger::Receipt& receipt) const override;
  Status mark(store::Tx& tx, Peer place, MessageId message, safety::Mark mark, bool on,
              const ledger::Receipt& receipt) const override;
  Status delist(store::Tx& tx, Peer peer, bool on, const ledger::Receipt& receipt) const override;
  Status restrict_message(store::Tx& tx, Peer place, MessageId message, std::vector<std::string> countries,
                          std::string text, const ledger::Receipt& receipt) const override;
  Status restrict_peer(store::Tx& tx, Peer peer, std::vector<std::string> countries, std::string text,
                       const ledger::Receipt& receipt) const override;
  Status close(store::Tx& tx, Peer peer, bool on, std::string why,
               const ledger::Receipt& receipt) const override;
  Status free_name(store::Tx& tx, Peer peer, const ledger::Receipt& receipt) const override;
  Status limit(store::Tx& tx, UserId user, safety::Limiting limiting,
               const ledger::Receipt& receipt) const override;
  Status ban(store::Tx& tx, UserId user, bool on, const ledger::Receipt& receipt) const override;
  Status guard_term(store::Tx& tx, const store::GuardTerm& term,
                    const ledger::Receipt& receipt) const override;
  Status tell(store::Tx& tx, UserId user, safety::Letter letter) const override;

 private:
  // With the picture that they are shown with: not_seen: the model is still to look at it.
  enum class Pictures : std::uint8_t { not_seen, seen };
  Status judge_names(store::Tx& tx, Peer peer, Pictures pictures) const;
  Status judge_posts(store::Tx& tx, const store::Unjudged& entry) const;
  Status judge_again(store::Tx& tx, const store::Unjudged& entry) const;
  Task<Status> look_at(store::Unjudged entry);
  // What could not be judged goes behind the others, so that it blocks none of them; nothing is dropped.
  Task<Status> put_back(store::Unjudged entry, const Error& why);
  Task<Result<store::MediaPrint>> look_at_picture(Looked picture);
  // The case's change in a transaction; what is like the messages of a campaign that was found to be none is
  // pardoned.
  using Change = std::function<Status(store::Tx&)>;
  Task<Status> change_case(std::int64_t case_id, Change change);

  struct SignedOut {
    UserId user;
    std::vector<AuthKeyId> keys;  // also such that stay, of which something else has changed
  };

  Environment& environment_;
  const ModerationParts parts_;
  const LookingParts looking_;
  KeyRing& keys_;
  Devices& devices_;
  Users& users_;
  const search::Guard* guard_ = nullptr;
  std::unique_ptr<safety::Enforcer> enforcer_;  // with the gate
  std::unique_ptr<safety::Desk> desk_;          // the same
  std::atomic<std::int64_t> waiting_ = 0;
  mutable std::mutex mutex_;
  // Under mutex_. Of transactions that may have come to nothing: sweep() looks before it closes anything.
  mutable std::vector<SignedOut> signed_out_;
};

// What the staff does with cases; null where nothing is judged.
const safety::Desk* desk_of(const Environment& environment);
// Where new cases wait (safety::IntakeParts::route): by the policy in force when one comes; `general` where
// nothing is judged. `environment` outlives it.
std::function<store::CaseQueue(const store::Case&)> route_by(const Environment& environment);

}  // namespace heliograph::services
