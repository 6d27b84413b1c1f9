#include "app/replay_command.h"

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/data_dir.h"
#include "base/assert.h"
#include "base/executor.h"
#include "crypto/sealer.h"
#include "ledger/record.h"
#include "safety/enforcement/case_file.h"
#include "safety/enforcement/gate.h"
#include "services/discovery/public.h"
#include "services/moderation/judge.h"
#include "services/moderation/media.h"
#include "store/sqlite/snapshot.h"

namespace heliograph::app {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kChatsAtOnce = 100;
constexpr std::int32_t kMessagesAtOnce = 500;

// What was done about a text when it was judged: the effect, and what waits for a person as "review".
struct Done {
  std::string effect = "allow";
  std::string policy;
  safety::Measures measures{};
};

// One read; a snapshot answers at once.
template <typename F>
std::invoke_result_t<F, store::Tx&> look(store::Store& store, F body) {
  std::optional<std::invoke_result_t<F, store::Tx&>> result;
  ManualExecutor executor;
  executor.post(
      [&] { spawn(store.read(std::move(body)), [&](auto value) { result.emplace(std::move(value)); }); });
  executor.run();
  HG_ASSERT(result.has_value());
  return std::move(*result);
}

class Replay {
 public:
  Replay(const ReplayOptions& options, std::shared_ptr<const safety::Rulebook> rulebook,
         const crypto::Sealer& sealer, std::ostream& out)
      : options_(options), gate_(std::move(rulebook)), sealer_(sealer), out_(out) {}

  Status run(store::Store& store) {
    for (Peer after;;) {
      HG_ASSIGN(const auto chats,
                look(store, [after](store::Tx& tx) { return tx.chats().list(after, kChatsAtOnce); }));
      for (const auto peer : chats) HG_TRY(chat(store, peer));
      if (chats.size() < kChatsAtOnce) break;
      after = chats.back();
    }
    Json sums;
    sums["texts"] = texts_;
    sums["different"] = different_;
    for (const auto& [change, count] : changes_) sums["changes"][change] = count;
    out_ << sums.dump() << '\n';
    return {};
  }

 private:
  Status chat(store::Store& store, Peer peer) {
    for (MessageId below;;) {
      HG_ASSIGN(const auto next, look(store, [&](store::Tx& tx) { return page(tx, peer, below); }));
      if (!next) return {};
      below = next;
    }
  }

  // Judges one page, newest first; where the next begins, or 0.
  Result<MessageId> page(store::Tx& tx, Peer peer, MessageId below) {
    HG_ASSIGN(const auto chat, tx.chats().find(peer));
    if (!chat || !services::is_public(*chat)) return MessageId{};
    store::SearchFilter filter;
    filter.min_date = options_.from;
    filter.max_date = options_.to == 0 ? 0 : options_.to - 1;
    store::HistoryRange range;
    range.offset_id = below;
    range.limit = kMessagesAtOnce;
    HG_ASSIGN(const auto found, tx.messages().search(BoxId::of(peer.channel()), peer, filter, range));
    for (const auto& message : found.messages) {
      if ((message.flags & store::message_service) == 0) HG_TRY(judge(tx, *chat, message));
    }
    const bool last = found.messages.size() < static_cast<std::size_t>(kMessagesAtOnce);
    return last ? MessageId{} : found.messages.back().id;
  }

  Result<Done> done_about(store::Tx& tx, const std::string& subject) {
    HG_ASSIGN(const auto cases, tx.cases().of_subject(subject, 1));
    Done done;
    if (cases.empty()) return done;
    const auto& one = cases.front();
    auto effect = one.effect;
    HG_ASSIGN(auto file, safety::open_file(one, sealer_));
    HG_ASSIGN(const auto member, tx.cases().find_member(one.id, subject));
    if (member) {
      effect = member->effect;
      HG_ASSIGN(file, safety::open_member(*member, sealer_));
    }
    done.effect = safety::name(static_cast<safety::Effect>(effect));
    if (one.state == store::CaseState::open && done.effect == "allow") done.effect = "review";
    if (file.findings.empty()) return done;
    done.policy = file.findings.back().policy_version;
    done.measures = safety::measures_of(file.findings.back());
    return done;
  }

  Status judge(store::Tx& tx, const store::Chat& chat, const store::Message& message) {
    HG_ASSIGN(const auto text, services::judged_text(message));
    HG_ASSIGN(const auto media, services::judged_media(tx, message, {}));
    if (text.empty() && media.prints.empty()) return {};
    ++texts_;
    HG_ASSIGN(const auto judged, services::judged_of(tx, chat, message.from, message.id, message.date));
    const auto subject = ledger::Subject::of(message.peer, message.id).text;
    HG_ASSIGN(const auto done, done_about(tx, subject));
    const auto judgement = gate_.judge(text, media.prints, judged.context, done.measures);
    const auto now = std::string(safety::name(judgement.effect));
    if (now == done.effect) return {};
    ++different_;
    ++changes_[done.effect + " -> " + now];
    Json line;
    line["subject"] = subject;
    line["date"] = message.date;
    line["was"] = done.effect;
    line["now"] = now;
    if (!judgement.rule.empty()) line["rule"] = judgement.rule;
    if (!judgement.rule.empty()) line["score"] = std::round(judgement.score * 1000) / 1000;
    if (!done.policy.empty()) line["policy_was"] = done.policy;
    line["policy_now"] = gate_.rulebook()->policy->version();
    line["text"] = text;
    if (!judgement.media.empty()) line["media"] = judgement.media;
    out_ << line.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    return {};
  }

  const ReplayOptions& options_;
  const safety::Gate gate_;
  const crypto::Sealer& sealer_;
  std::ostream& out_;
  std::int64_t texts_ = 0, different_ = 0;
  std::map<std::string, std::int64_t> changes_;
};

}  // namespace

Status replay(const ReplayOptions& options, std::ostream& out) {
  HG_ASSIGN(auto rulebook, safety::load_rulebook(options.rules, SystemClock().unix_seconds()));
  HG_ASSIGN(const auto secret, secret_of(options.data));
  const crypto::Sealer sealer(secret.derive("seal"));
  HG_ASSIGN(const auto snapshot, store::sqlite::Snapshot::open(options.data));
  return Replay(options, std::move(rulebook), sealer, out).run(*snapshot);
}

}  // namespace heliograph::app
