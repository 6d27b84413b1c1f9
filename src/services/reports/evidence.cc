#include "services/reports/evidence.h"

#include "services/chats/content.h"
#include "services/chats/origin.h"
#include "services/moderation/judge.h"
#include "services/moderation/media.h"

namespace heliograph::services {

namespace {

std::string with_username(std::string name, const std::string& username) {
  return username.empty() ? name : name + " (@" + username + ")";
}

}  // namespace

Result<std::string> label_of(store::Tx& tx, Peer peer) {
  if (!peer.is_user()) {
    HG_ASSIGN(const auto chat, tx.chats().find(peer));
    return chat ? with_username(chat->title, chat->username) : std::string();
  }
  HG_ASSIGN(auto name, display_name(tx, peer.user()));
  HG_ASSIGN(const auto account, tx.accounts().find(peer.user()));
  return with_username(std::move(name), account ? account->username : std::string());
}

Result<safety::Reported> reported_message(store::Tx& tx, const Place& place, const store::Message& message) {
  safety::Reported reported;
  const bool shared = place.peer.is_channel();  // one message for all; in private everybody has a copy
  reported.subject = shared ? ledger::Subject::of(place.peer, message.id) : ledger::Subject::of(message.from);
  reported.author = message.from;
  reported.place = shared ? place.peer : Peer::of(message.from);
  if (shared) reported.message = message.id;
  if (place.chat) reported.reach = place.chat->members;
  HG_ASSIGN(reported.title, label_of(tx, place.peer));
  HG_ASSIGN(const auto content, decode_content(message));
  safety::Exhibit evidence;
  if (content.withheld) {
    HG_ASSIGN(evidence.text, judged_text(message));
  } else {
    HG_ASSIGN(evidence.text, quoted_text(message));
  }
  if (shared) reported.text = evidence.text;
  evidence.place = place.peer;
  evidence.message = message.id;
  evidence.author = message.from;
  evidence.date = message.date;
  evidence.title = reported.title;
  auto media = media_evidence(content);
  evidence.media = std::move(media.lines);
  evidence.media_ids = std::move(media.ids);
  evidence.digest = safety::digest_of(evidence);
  reported.evidence.push_back(std::move(evidence));
  return reported;
}

Result<safety::Reported> reported_peer(store::Tx& tx, Peer peer, UnixSeconds now) {
  const auto gone = [] { return fail(Error::invalid("PEER_ID_INVALID", "There is nobody to report.")); };
  safety::Reported reported;
  reported.subject = ledger::Subject::of(peer);
  reported.place = peer;
  HG_ASSIGN(reported.title, label_of(tx, peer));
  if (peer.is_user()) {
    HG_ASSIGN(const auto account, tx.accounts().find(peer.user()));
    if (!account || account->state == store::AccountState::deleted) return gone();
    reported.author = peer.user();
    reported.text = reported.title;
  } else {
    HG_ASSIGN(const auto chat, tx.chats().find(peer));
    if (!chat || (chat->flags & store::chat_deleted) != 0) return gone();
    reported.author = chat->creator;
    reported.reach = chat->members;
    reported.text = reported.title + (chat->about.empty() ? "" : "\n" + chat->about);
  }
  safety::Exhibit evidence;
  evidence.place = peer;
  evidence.author = reported.author;
  evidence.date = now;
  evidence.title = reported.title;
  evidence.text = reported.text;
  evidence.digest = safety::digest_of(evidence);
  reported.evidence.push_back(std::move(evidence));
  return reported;
}

Status add_photo(store::Tx& tx, std::int64_t photo, safety::Reported& reported) {
  HG_ASSIGN(const auto shown, tx.media().find_profile_photo(reported.place, photo));
  HG_ASSIGN(const auto row, tx.media().find(photo));
  if (!shown || !row) return fail(Error::invalid("PHOTO_ID_INVALID", "That picture is not theirs."));
  HG_ASSIGN(const auto picture, photo_from(*row));
  auto& evidence = reported.evidence.front();
  add_lines(looked_at_in(picture), "profile photo", evidence.media);
  evidence.media_ids.push_back(photo);
  evidence.digest = safety::digest_of(evidence);
  return {};
}

}  // namespace heliograph::services
