// Store, services and methods of one server, put together.
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "api/method.h"
#include "app/console_service.h"
#include "app/gateway/key_store.h"
#include "app/ledger_service.h"
#include "app/notice_desk.h"
#include "app/search_service.h"
#include "app/transparency_service.h"
#include "config/config.h"
#include "crypto/secret.h"
#include "net/loop.h"

namespace heliograph::app {

struct MessengerParts {
  const config::Config* config = nullptr;
  std::filesystem::path data;  // the data folder, ours alone
  crypto::SecretKey secret;    // everything sealed at rest hangs on it
  const Clock* clock = nullptr;
  Random* random = nullptr;
  api::Sessions* sessions = nullptr;  // live sessions
  api::Facts facts;
  std::string public_url;                                       // see public_url.h
  std::function<void(const services::CodeMessage&)> show_code;  // with codes.delivery = "log"
};

class Messenger {
 public:
  // Opens the store. Errors: those of the store.
  static Result<std::unique_ptr<Messenger>> open(MessengerParts parts);
  // After the loops have been joined. Finishes what the store has queued.
  ~Messenger();

  // Once the loops run and before clients come: what an empty store needs, then housekeeping on the loops.
  Status start(std::span<net::Loop* const> loops);
  // No more housekeeping; no method runs after this. On a thread that is no loop's, while the loops still
  // run.
  void stop();

  // Reads terms, links, model, policy and rules again; what cannot be read leaves all as it was (errors of
  // app/rules_in_force.h). On any thread but a loop's: it takes a second or so.
  Status read_rules();

  api::Door& door();
  KeyStore& keys();
  void describe(Metrics& metrics);
  services::Redress& redress();
  web::NoticeDesk& notices();
  LedgerService& ledger();
  SearchService& search();
  ConsoleService& console();
  TransparencyService& transparency();

 private:
  struct Impl;
  explicit Messenger(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace heliograph::app
