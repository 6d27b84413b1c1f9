// Where the messenger and the safety engine meet: what people write in public is judged on its way into a
// box (judge.h), and what is decided is carried out by the acts here.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "images/images.h"
#include "safety/enforcement/enforcer.h"
#include "safety/second/second_stage.h"
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
};

class Moderation final : public safety::Acts {
 public:
  // Makes itself known in the environment.
  Moderation(Environment& environment, ModerationParts parts, LookingParts looking, KeyRing& keys,
             Devices& devices, Users& users);
  ~Moderation() override;
  Moderation(const Moderation&) = delete;

  // Null: nothing is judged.
  const safety::Gate* gate() const { return parts_.gate; }
  bool asks_twice() const { return parts_.second != nullptr; }
  // Whether there is a reason to look at pictures: lists of hashes, or a model.
  bool looks() const;
  // The model that looks at pictures; empty: there is none.
  const std::string& image_model() const { return parts_.image_model; }
  const safety::Enforcer& enforcer() const { return *enforcer_; }

  // Takes a decision back; `staff` and `why` go into the ledger. Those of Enforcer::reverse().
  Task<Status> reverse(std::int64_t case_id, std::string staff, std::string why);
  // Closes the sessions of those who were banned. Again and again, about once a second.
  Task<Status> sweep();

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
  Status limit(store::Tx& tx, UserId user, UnixSeconds until, const ledger::Receipt& receipt) const override;
  Status ban(store::Tx& tx, UserId user, bool on, const ledger::Receipt& receipt) const override;
  Status tell(store::Tx& tx, UserId user, std::string text) const override;

 private:
  Status judge_names(store::Tx& tx, Peer peer) const;
  Status judge_posts(store::Tx& tx, const store::Unjudged& entry) const;
  Status judge_again(store::Tx& tx, const store::Unjudged& entry) const;
  Task<Status> look_at(store::Unjudged entry);
  Task<Result<store::MediaPrint>> look_at_picture(Looked picture);

  struct SignedOut {
    UserId user;
    std::vector<AuthKeyId> keys;
  };

  Environment& environment_;
  const ModerationParts parts_;
  const LookingParts looking_;
  KeyRing& keys_;
  Devices& devices_;
  Users& users_;
  std::unique_ptr<safety::Enforcer> enforcer_;  // with the gate
  mutable std::mutex mutex_;
  // Under mutex_. Of transactions that may have come to nothing: sweep() looks before it closes anything.
  mutable std::vector<SignedOut> signed_out_;
};

}  // namespace heliograph::services
