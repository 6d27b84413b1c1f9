#include "services/legal/legal_people.h"

#include <algorithm>

#include "base/number.h"
#include "services/accounts/phone.h"
#include "services/chats/append.h"
#include "store/legal.h"
#include "store/tx.h"

namespace heliograph::services {

namespace {

bool is_legal_name(std::string_view text) {
  return text.size() >= 3 && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
         });
}

// Who has the name, or had it then.
Result<std::optional<Peer>> legal_holder(store::Tx& tx, std::string_view name, UnixSeconds as_of) {
  if (as_of != 0) return store::legal_of(tx).holder_of_name(name, as_of);
  return tx.chats().resolve(std::string(name));
}

// Whom a name means, and perhaps a post.
Result<UserId> legal_owner(store::Tx& tx, const std::string& username, std::int32_t message,
                           UnixSeconds as_of) {
  HG_ASSIGN(const auto peer, legal_holder(tx, username, as_of));
  if (!peer) return UserId{};
  if (peer->is_user()) return message == 0 ? peer->user() : UserId{};
  HG_ASSIGN(const auto chat, tx.chats().find(*peer));
  if (!chat) return UserId{};
  if (message == 0) return chat->creator;
  if (!chat->peer.is_channel()) return UserId{};
  HG_ASSIGN(const auto post, tx.messages().find(BoxId::of(chat->peer.channel()), MessageId{message}));
  return post ? post->from : UserId{};
}

}  // namespace

std::optional<LinkParts> parse_legal_link(std::string_view link) {
  LinkParts out;
  std::string_view number;
  if (link.starts_with("tg://resolve?")) {
    link.remove_prefix(13);
    while (!link.empty()) {
      const auto end = std::min(link.find('&'), link.size());
      const auto pair = link.substr(0, end);
      link.remove_prefix(std::min(end + 1, link.size()));
      if (pair.starts_with("domain=")) out.username = pair.substr(7);
      if (pair.starts_with("post=")) number = pair.substr(5);
    }
  } else {
    for (const std::string_view scheme : {"https://", "http://"}) {
      if (!link.starts_with(scheme)) continue;
      link.remove_prefix(scheme.size());
      const auto path = link.find('/');
      if (path == std::string_view::npos) return std::nullopt;
      link.remove_prefix(path + 1);
      break;
    }
    if (link.starts_with('@')) link.remove_prefix(1);
    link = link.substr(0, link.find('?'));
    const auto slash = link.find('/');
    out.username = link.substr(0, slash);
    if (slash != std::string_view::npos) number = link.substr(slash + 1);
  }
  if (!is_legal_name(out.username)) return std::nullopt;
  if (number.empty()) return out;
  const auto message = positive_number(number);
  if (!message || *message > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
  out.message = static_cast<std::int32_t>(*message);
  return out;
}

Result<UserId> LegalPeople::find(store::Tx& tx, const legal::RequestForm& form) const {
  switch (form.kind) {
    case legal::IdentifierKind::user_id: {
      const auto id = positive_number(form.identifier);
      if (!id) return UserId{};
      HG_ASSIGN(const auto account, tx.accounts().find(UserId{*id}));
      return account && !account->bot ? account->id : UserId{};
    }
    case legal::IdentifierKind::username: {
      std::string_view name = form.identifier;
      if (name.starts_with('@')) name.remove_prefix(1);
      HG_ASSIGN(const auto peer, legal_holder(tx, name, form.as_of));
      return peer && peer->is_user() ? peer->user() : UserId{};
    }
    case legal::IdentifierKind::phone: {
      const auto phone =
          parse_phone(form.identifier.starts_with('+') ? form.identifier : "+" + form.identifier);
      if (!phone) return UserId{};
      HG_ASSIGN(const auto account, tx.accounts().find_by_phone(phone_index(environment_, *phone)));
      return account ? account->id : UserId{};
    }
    case legal::IdentifierKind::link: {
      const auto parts = parse_legal_link(form.identifier);
      if (!parts) return UserId{};
      return legal_owner(tx, parts->username, parts->message, form.as_of);
    }
  }
  return UserId{};
}

Result<std::string> LegalPeople::phone(store::Tx& tx, UserId user) const {
  HG_ASSIGN(const auto account, tx.accounts().find(user));
  if (!account || account->phone_sealed.empty()) return std::string();
  HG_ASSIGN(const auto phone, open_phone(environment_, account->phone_sealed, account->phone_index));
  return phone.digits;
}

Status LegalPeople::tell(store::Tx& tx, UserId user, const std::string& text) const {
  HG_ASSIGN(const auto account, tx.accounts().find(user));
  if (!account || account->state == store::AccountState::deleted) return {};
  HG_TRY(send_notice(tx, environment_.clock.unix_seconds(), user, text));
  return {};
}

}  // namespace heliograph::services
