#include "services/moderation/verification.h"

#include "services/discovery/public.h"
#include "services/groups/notice.h"
#include "services/people/audience.h"

namespace heliograph::services {

namespace {

// Taking the mark away is possible whatever has become of them.
Status must_be_public(bool verified, const std::string& username) {
  if (!verified || !username.empty()) return {};
  return fail(Error::invalid("NOT_PUBLIC", "Only who has a username can be verified."));
}

}  // namespace

Task<Status> Verification::member(UserId user, bool verified) const {
  const auto now = environment_.clock.unix_seconds();
  auto body = [=](store::Tx& tx) -> Status {
    HG_ASSIGN(auto account, tx.accounts().find(user));
    if (!account || account->state == store::AccountState::deleted) {
      return fail(Error::not_found("MEMBER_UNKNOWN", "There is no such account."));
    }
    HG_TRY(must_be_public(verified, account->username));
    if (account->verified == verified) return {};
    const auto before = *account;
    account->verified = verified;
    HG_TRY(tx.accounts().update(*account));
    HG_TRY(note_account(tx, before, *account));
    return announce(tx, Caller{}, now, user, events::UserChanged{user});
  };
  co_return co_await environment_.store.write(std::move(body));
}

Task<Status> Verification::chat(Peer peer, bool verified) const {
  auto body = [=](store::Tx& tx) -> Status {
    HG_ASSIGN(auto chat, tx.chats().find(peer));
    if (!chat || !peer.is_channel() || (chat->flags & store::chat_deleted) != 0) {
      return fail(Error::not_found("CHAT_UNKNOWN", "There is no such channel or supergroup."));
    }
    HG_TRY(must_be_public(verified, chat->username));
    const bool was = (chat->flags & store::chat_verified) != 0;
    if (was == verified) return {};
    const auto before = *chat;
    chat->flags ^= store::chat_verified;
    HG_TRY(tx.chats().update(*chat));
    HG_TRY(note_chat(tx, before, *chat));
    return tell_changed(tx, Caller{}, peer);
  };
  co_return co_await environment_.store.write(std::move(body));
}

}  // namespace heliograph::services
