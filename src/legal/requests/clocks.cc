// What falls due.
#include <algorithm>

#include "base/day.h"
#include "legal/requests/desk.h"

namespace heliograph::legal {

namespace {

// What the member is told: what was given away, to whom, and by which law. Not why: that is the authority's.
std::string notice_of(const store::LegalRequest& row, const RequestForm& form, Held held,
                      const TypeRules* rules) {
  std::string out = "On a legal request from an authority in " + row.country + " (number " +
                    std::to_string(row.id) + " in our public record), we have disclosed";
  if (held.phone) out += " your phone number";
  if (held.phone && held.addresses) out += " and";
  if (held.addresses) {
    out += " the IP addresses that your account was used from, from " + day_text(form.from) + " to " +
           day_text(form.to);
  }
  out += ". Nothing else was disclosed: no message, no contact, no other data.";
  if (rules != nullptr) out += "\n\nIt rests on: " + rules->cites + ".";
  out +=
      "\n\nYou may ask a court of that country for review. For the entry of the disclosure in the "
      "transparency log, "
      "and how to check it, send /entry L" +
      std::to_string(row.id) + " to @transparency.";
  return out;
}

}  // namespace

Status Desk::ring(store::Tx& tx, const store::LegalClock& clock, UnixSeconds now) const {
  HG_TRY(store::legal_of(tx).stop_clock(clock.request, clock.kind, now));
  HG_ASSIGN(auto one, find(tx, clock.request));
  const bool open = one.row.closed_at == 0;
  switch (clock.kind) {
    case store::LegalClockKind::answer:
      return open ? note(tx, one.row, now, {.what = "overdue"}) : Status{};
    case store::LegalClockKind::reply:
      return open ? note(tx, one.row, now, {.what = "unanswered"}) : Status{};
    case store::LegalClockKind::confirm:
      // Flagged in public: somebody has claimed an emergency, and no court has said so.
      return enter(tx, one.row, now, "request.unconfirmed", "unconfirmed", nullptr, {.what = "unconfirmed"});
    case store::LegalClockKind::hold:
      return note(tx, one.row, now, {.what = "hold-ended"});
    case store::LegalClockKind::decision:
      return look_at_decision(tx, std::move(one), now);
    case store::LegalClockKind::collect: {
      HG_ASSIGN(const bool there, store::legal_of(tx).empty_package(one.row.id));
      // Collected, but nobody has confirmed receipt.
      if (!open) return there ? note(tx, one.row, now, {.what = "erased"}) : Status{};
      HG_TRY(record_done(tx, one.row, "request.undeliver", "undelivered", nullptr));
      HG_TRY(note(tx, one.row, now, {.what = "uncollected"}));
      return close(tx, one.row, State::expired, "uncollected", now);
    }
    case store::LegalClockKind::tell:
      if (one.row.notified_at != 0) return {};
      if (one.row.user) {
        HG_ASSIGN(const auto kept, store::legal_of(tx).acts(one.row.id));
        HG_ASSIGN(const auto held, held_by(kept, parts_.sealer));
        const auto text = notice_of(one.row, one.form, held, rules_of(one.row));
        HG_TRY(parts_.people.tell(tx, one.row.user, text));
      }
      HG_TRY(record_done(tx, one.row, "request.tell", "told", nullptr));
      HG_TRY(note(tx, one.row, now, {.what = "passed", .gate = Gate::notified}));
      one.row.notified_at = now;
      one.row.gates |= 1u << static_cast<unsigned>(Gate::notified);
      return store::legal_of(tx).update(one.row);
  }
  return {};
}

Result<std::size_t> Desk::tick(store::Tx& tx, std::size_t limit) const {
  HG_ASSIGN(const auto at, now(tx));
  HG_ASSIGN(const auto due, store::legal_of(tx).due(at, limit));
  for (const auto& clock : due) HG_TRY(ring(tx, clock, at));
  return due.size();
}

Result<std::size_t> Desk::log_keys(store::Tx& tx) const {
  HG_ASSIGN(const auto keys, store::journal_of(tx).keys());
  std::size_t out = 0;
  for (const auto& key : keys) {
    HG_ASSIGN(const auto parsed, JournalKey::parse(key.text));
    const auto id = parsed.id();
    const auto place = "legal.key/" + std::to_string(key.number);
    HG_ASSIGN(const auto told, tx.settings().find_global(place));
    if (told && std::ranges::equal(*told, id)) continue;
    std::string members;
    for (const auto& member : parsed.members) members += (members.empty() ? "" : ", ") + member.name;
    const ledger::Subject subject{"journal/key/" + std::to_string(key.number)};
    HG_ASSIGN(const auto receipt,
              parts_.ledger.record(tx, {ledger::Book::legal,
                                        "journal.key",
                                        subject,
                                        "",
                                        {{"fingerprint", to_hex(id)},
                                         {"threshold", std::to_string(parsed.threshold)},
                                         {"shares", std::to_string(parsed.members.size())},
                                         {"members", std::move(members), true}}}));
    HG_TRY(receipt.redeem(tx, "journal.key", subject));
    HG_TRY(tx.settings().put_global(place, id));
    ++out;
  }
  return out;
}

}  // namespace heliograph::legal
