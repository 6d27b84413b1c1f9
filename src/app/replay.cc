#include "app/replay.h"

#include "base/assert.h"
#include "base/executor.h"
#include "ledger/record.h"
#include "safety/enforcement/case_file.h"
#include "safety/enforcement/gate.h"
#include "services/discovery/public.h"
#include "services/moderation/judge.h"
#include "services/moderation/media.h"

namespace heliograph::app {

namespace {

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

class Replayer {
 public:
  Replayer(const ReplayTask& task, const crypto::Sealer& sealer)
      : task_(task), gate_(task.rulebook), sealer_(sealer) {}

  Result<std::int64_t> run(store::Store& store) {
    for (Peer after;;) {
      HG_ASSIGN(const auto chats,
                look(store, [after](store::Tx& tx) { return tx.chats().list(after, kChatsAtOnce); }));
      for (const auto peer : chats) HG_TRY(chat(store, peer));
      if (chats.size() < kChatsAtOnce) return texts_;
      after = chats.back();
    }
  }

 private:
  Status chat(store::Store& store, Peer peer) {
    for (MessageId below;;) {
      HG_ASSIGN(const auto next, look(store, [&](store::Tx& tx) { return page(tx, peer, below); }));
      if (task_.goes_on && !task_.goes_on(texts_)) {
        return fail(Error::unavailable("REPLAY_STOPPED", "It was stopped."));
      }
      if (!next) return {};
      below = next;
    }
  }

  // Judges one page, newest first; where the next begins, or 0.
  Result<MessageId> page(store::Tx& tx, Peer peer, MessageId below) {
    HG_ASSIGN(const auto chat, tx.chats().find(peer));
    // What the service itself says is nobody's to judge.
    if (!chat || !services::is_public(*chat) || chat->creator == service_user) return MessageId{};
    store::SearchFilter filter;
    filter.min_date = task_.from;
    filter.max_date = task_.to == 0 ? 0 : task_.to - 1;
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
    auto judgement = gate_.judge(text, media.prints, judged.context, done.measures);
    if (judgement.unsure && task_.second) {
      const auto scores = task_.second->judge(*task_.rulebook, text);
      judgement = gate_.judge_again(text, media.prints, judged.context, done.measures, scores,
                                    task_.second->version());
    }
    const auto now = std::string(safety::name(judgement.effect));
    if (now == done.effect) return {};
    ReplayedChange change;
    change.subject = subject;
    change.date = message.date;
    change.was = done.effect;
    change.now = now;
    change.rule = judgement.rule;
    change.score = judgement.score;
    change.category = judgement.category;
    change.policy_was = done.policy;
    change.policy_now = gate_.rulebook()->policy->version();
    change.text = text;
    change.media = judgement.media;
    task_.changed(change);
    return {};
  }

  const ReplayTask& task_;
  const safety::Gate gate_;
  const crypto::Sealer& sealer_;
  std::int64_t texts_ = 0;
};

}  // namespace

Result<std::int64_t> replay_over(store::Store& snapshot, const crypto::Sealer& sealer,
                                 const ReplayTask& task) {
  return Replayer(task, sealer).run(snapshot);
}

}  // namespace heliograph::app
