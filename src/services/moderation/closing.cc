// What is done to channels as a whole, to names and to search terms: services::Moderation's part of
// safety::Acts.
#include "services/discovery/public.h"
#include "services/groups/barred.h"
#include "services/groups/notice.h"
#include "services/moderation/moderation.h"

namespace heliograph::services {

namespace {

Result<store::Chat> channel_of(store::Tx& tx, Peer peer) {
  HG_ASSIGN(auto chat, tx.chats().find(peer));
  if (!chat || !peer.is_channel()) return fail(Error::not_found("CHANNEL_INVALID", "The channel is gone."));
  return std::move(*chat);
}

// All who are there see at once what has become of it.
Status put_channel(store::Tx& tx, const store::Chat& before, const store::Chat& after) {
  HG_TRY(tx.chats().update(after));
  HG_TRY(note_chat(tx, before, after));
  return tell_changed(tx, Caller{}, after.peer);
}

}  // namespace

Status Moderation::restrict_peer(store::Tx& tx, Peer peer, std::vector<std::string> countries,
                                 std::string text, const ledger::Receipt& receipt) const {
  HG_TRY(
      receipt.redeem(tx, countries.empty() ? "peer.unrestrict" : "peer.restrict", ledger::Subject::of(peer)));
  HG_ASSIGN(const auto before, channel_of(tx, peer));
  auto chat = before;
  chat.barred_in = joined_countries(countries);
  chat.barred_why = std::move(text);
  return put_channel(tx, before, chat);
}

Status Moderation::close(store::Tx& tx, Peer peer, bool on, std::string why,
                         const ledger::Receipt& receipt) const {
  HG_TRY(receipt.redeem(tx, on ? "peer.close" : "peer.reopen", ledger::Subject::of(peer)));
  HG_ASSIGN(const auto before, channel_of(tx, peer));
  auto chat = before;
  chat.flags = on ? chat.flags | store::chat_closed : chat.flags & ~std::uint32_t{store::chat_closed};
  chat.closed_why = std::move(why);
  return put_channel(tx, before, chat);
}

Status Moderation::free_name(store::Tx& tx, Peer peer, const ledger::Receipt& receipt) const {
  HG_TRY(receipt.redeem(tx, "peer.free_name", ledger::Subject::of(peer)));
  if (peer.is_user()) {
    HG_ASSIGN(const auto before, tx.accounts().find(peer.user()));
    if (!before || before->state != store::AccountState::banned) return {};
    auto account = *before;
    account.username.clear();
    HG_TRY(tx.accounts().update(account));
    return note_account(tx, *before, account);
  }
  HG_ASSIGN(const auto before, channel_of(tx, peer));
  if ((before.flags & store::chat_closed) == 0) return {};
  auto chat = before;
  chat.username.clear();
  return put_channel(tx, before, chat);
}

Status Moderation::guard_term(store::Tx& tx, const store::GuardTerm& term,
                              const ledger::Receipt& receipt) const {
  const bool guards = term.state == store::GuardTermState::active;
  HG_TRY(receipt.redeem(tx, guards ? "term.guard" : "term.retire", safety::subject_of(term)));
  return tx.guard_terms().update(term);
}

}  // namespace heliograph::services
