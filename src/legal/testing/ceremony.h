// A key of the journal with all its shares, as only a test has it.
#pragma once

#include <gtest/gtest.h>

#include "crypto/random.h"
#include "legal/journal/ceremony.h"
#include "legal/journal/question.h"

namespace heliograph::legal::testing {

struct Made {
  JournalKey key;
  std::vector<Share> shares;
  std::vector<Confirmation> confirmations;
  CeremonyPlan plan;
  std::vector<Seat> seats;
  std::vector<SecretScalar> secrets;
  std::vector<Deal> deals;
};

inline void finish_all(Made& made, const JournalKey* before, Random& random) {
  for (const auto& member : made.plan.members) {
    const auto finished = finish(made.plan, made.seats, made.deals, before, member.share,
                                 made.secrets[member.share - 1], random);
    ASSERT_TRUE(finished) << finished.error().message;
    made.key = finished->key;
    made.shares.push_back(finished->share);
    made.confirmations.push_back(finished->confirmation);
  }
}

inline void take_seats(Made& made, Random& random) {
  for (const auto& member : made.plan.members) {
    auto taken = take_seat(made.plan, member.share, random).value();
    made.seats.push_back(taken.seat);
    made.secrets.push_back(taken.secret);
  }
}

inline Made make_key(std::uint32_t threshold, const std::vector<std::string>& names, Random& random) {
  Made made;
  made.plan = plan_ceremony(threshold, names, random).value();
  take_seats(made, random);
  for (const auto dealer : made.plan.dealers) {
    made.deals.push_back(deal(made.plan, made.seats, dealer, nullptr, random).value());
  }
  finish_all(made, nullptr, random);
  return made;
}

inline RowLabel a_label(UserId user, UnixSeconds at, Random& random) {
  RowLabel out{user, at / kHourSeconds * kHourSeconds, (at / kHourSeconds + 1) * kHourSeconds, {}};
  random.fill(out.tag);
  return out;
}

inline Question::Row a_row(const JournalKey& key, UserId user, UnixSeconds at, const std::string& address,
                           Random& random) {
  const auto label = a_label(user, at, random);
  const Sighting sighting{IpAddress::parse(address).value(), 40'000, at, at + 60};
  return {label, seal_row(key.public_key(), label, sighting, RowSecret(key.public_key(), random))};
}

}  // namespace heliograph::legal::testing
