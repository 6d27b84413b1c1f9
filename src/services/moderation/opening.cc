// Cases that somebody on the staff opens about what they came upon.
#include <algorithm>
#include <charconv>

#include "safety/cases/intake.h"
#include "services/discovery/public.h"
#include "services/moderation/at_desk.h"
#include "services/reports/evidence.h"

namespace heliograph::services {

namespace {

// As sure as a trusted flagger is.
constexpr std::int32_t kSurePermille = 800;

struct NamedSubject {
  Peer peer;
  MessageId message;  // 0: the peer itself
};

std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = text.find('/');
    parts.push_back(text.substr(0, end));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<std::int64_t> positive(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || end != text.data() + text.size() || number <= 0) return std::nullopt;
  return number;
}

// As ledger::Subject writes them; none: nothing that a case can be opened about.
std::optional<NamedSubject> subject_named(std::string_view text) {
  const auto parts = parts_of(text);
  if (parts.size() == 4 && parts[0] == "message" && parts[1] == "channel") {
    const auto channel = positive(parts[2]);
    const auto message = positive(parts[3]);
    if (!channel || !message || *message > INT32_MAX) return std::nullopt;
    return NamedSubject{Peer::of(ChannelId{*channel}), MessageId{static_cast<std::int32_t>(*message)}};
  }
  if (parts.size() != 2) return std::nullopt;
  const auto id = positive(parts[1]);
  if (!id) return std::nullopt;
  if (parts[0] == "account") return NamedSubject{Peer::of(UserId{*id}), {}};
  if (parts[0] == "channel") return NamedSubject{Peer::of(ChannelId{*id}), {}};
  if (parts[0] == "group") return NamedSubject{Peer::of(ChatId{*id}), {}};
  return std::nullopt;
}

Error unknown_subject() {
  return Error::not_found("SUBJECT_UNKNOWN", "There is nothing of this name, or it is gone.");
}

// What can be opened about: what is public, and accounts. Of what is private only what was reported is seen.
Result<safety::Reported> found_by_staff(store::Tx& tx, const NamedSubject& subject, UnixSeconds now) {
  const auto peer = subject.peer;
  if (peer.is_user()) {
    if (peer.user() == service_user) return fail(unknown_subject());
    auto reported = reported_peer(tx, peer, now);
    if (!reported) return fail(unknown_subject());
    return std::move(*reported);
  }
  HG_ASSIGN(const auto chat, tx.chats().find(peer));
  if (!chat || (chat->flags & store::chat_deleted) != 0 || chat->creator == service_user) {
    return fail(unknown_subject());
  }
  HG_ASSIGN(const bool open, is_open(tx, *chat));
  if (!open) {
    return fail(Error::not_found("SUBJECT_PRIVATE", "It is private: only what somebody reports is seen."));
  }
  if (!subject.message) return reported_peer(tx, peer, now);
  Place place;
  place.peer = peer;
  place.box = BoxId::of(peer.channel());
  place.chat = *chat;
  place.now = now;
  HG_ASSIGN(const auto message, tx.messages().find(place.box, subject.message));
  if (!message || (message->flags & store::message_service) != 0) return fail(unknown_subject());
  return reported_message(tx, place, *message);
}

}  // namespace

Task<Result<OpenedByStaff>> Casework::open(safety::Staffer staff, std::string subject,
                                           terms::Category category, std::string note) {
  const auto named = subject_named(subject);
  if (!named) co_return fail(unknown_subject());
  const auto now = environment_.clock.unix_seconds();
  auto open = [this, staff = std::move(staff), named = *named, category, note = std::move(note), now](
                  const safety::Desk& desk, store::Tx& tx) -> Result<OpenedByStaff> {
    HG_ASSIGN(auto reported, found_by_staff(tx, named, now));
    reported.category = category;
    HG_ASSIGN(const auto there, tx.cases().find_open(reported.subject.text));
    OpenedByStaff opened;
    if (there) {
      opened.case_id = there->id;
    } else {
      const safety::Intake intake(
          {environment_.clock, environment_.random, environment_.sealer, route_by(environment_)});
      HG_ASSIGN(opened.case_id, intake.open(tx, std::move(reported), kSurePermille, staff.id));
      opened.is_new = true;
    }
    HG_TRY(desk.note(tx, staff, opened.case_id, note));
    return opened;
  };
  co_return co_await at_desk(std::move(open));
}

}  // namespace heliograph::services
