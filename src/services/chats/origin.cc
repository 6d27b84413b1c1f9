#include "services/chats/origin.h"

#include "services/people/privacy.h"

namespace heliograph::services {

Result<std::string> display_name(store::Tx& tx, UserId user) {
  HG_ASSIGN(const auto account, tx.accounts().find(user));
  if (!account || account->state == store::AccountState::deleted) return "Deleted Account";
  if (account->last_name.empty()) return account->first_name;
  return account->first_name + " " + account->last_name;
}

Result<ForwardHeader> origin_of(store::Tx& tx, const store::Message& message, UserId forwarder) {
  HG_ASSIGN(const auto content, decode_content(message));
  if (content.forward) {
    auto header = *content.forward;
    header.saved_from_peer = {};
    header.saved_from_id = {};
    header.thread = {};
    return header;
  }
  ForwardHeader header;
  header.date = message.date;
  if ((message.flags & store::message_post) != 0 || content.shown_as) {
    const bool post = (message.flags & store::message_post) != 0;
    header.from_chat = post ? message.peer : content.shown_as;
    if (post) header.post = message.id;
    header.author = content.author;
    return header;
  }
  HG_ASSIGN(const bool linked, allows(tx, PrivacyKey::forwards, message.from, forwarder));
  if (linked) {
    header.from = message.from;
  } else {
    HG_ASSIGN(header.from_name, display_name(tx, message.from));
  }
  return header;
}

}  // namespace heliograph::services
