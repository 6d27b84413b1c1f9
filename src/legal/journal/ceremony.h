// How the journal's key comes about, without anybody ever having it: each dealer deals the shares of a number
// of their own, and everybody's share is the sum of what they were dealt (Pedersen's distributed key
// generation with Feldman's commitments, each dealer proving to know what they commit to). The same four
// steps deal the shares of a key that there is again, to other people or with another threshold: a dealer's
// number is then their old share, weighted.
//
//   plan      agreed by all: who gets shares, how many it takes
//   seat      each member: what the dealers encrypt to
//   deal      each dealer: commitments, and each member's part, encrypted
//   finish    each member: checks every deal, gets the share and the public key, confirms
//
// A deal that is wrong names its dealer, and the ceremony begins again without them. All members compare the
// fingerprint of the key by voice: then all have seen the same documents. The server takes a key when every
// member has confirmed it. Pure functions over values; docs/legal.md says how people do it.
#pragma once

#include <optional>

#include "legal/journal/share.h"

namespace heliograph::legal {

struct CeremonyPlan {
  std::array<std::uint8_t, 16> number{};  // random: no two ceremonies have the same documents
  std::uint32_t threshold = 0;
  std::vector<Member> members;
  // Of a key that there is: its id, and which of its shares deal, as many as it takes.
  std::optional<Hash> again;
  std::vector<std::uint32_t> dealers;

  Hash id() const;
  std::string encode() const;
  // invalid JOURNAL_DOCUMENT_INVALID.
  static Result<CeremonyPlan> parse(std::string_view text);
  bool operator==(const CeremonyPlan&) const = default;
};

// invalid CEREMONY_INVALID: names, numbers or the threshold.
Result<CeremonyPlan> plan_ceremony(std::uint32_t threshold, const std::vector<std::string>& names,
                                   Random& random);
Result<CeremonyPlan> plan_again(const JournalKey& key, std::vector<std::uint32_t> dealers,
                                std::uint32_t threshold, const std::vector<std::string>& names,
                                Random& random);

struct Seat {
  Hash plan{};
  std::uint32_t share = 0;
  crypto::Point key;  // others encrypt to it
  Proof proof;

  std::string encode() const;
  static Result<Seat> parse(std::string_view text);  // invalid JOURNAL_DOCUMENT_INVALID
  bool operator==(const Seat&) const = default;
};
// invalid CEREMONY_INVALID: there is no such member.
struct SeatTaken {
  Seat seat;
  SecretScalar secret;
};
Result<SeatTaken> take_seat(const CeremonyPlan& plan, std::uint32_t share, Random& random);

struct Deal {
  Hash roster{};  // the plan and all seats
  std::uint32_t dealer = 0;
  std::vector<crypto::Point> commitments;
  Proof proof;  // of the number that is dealt
  struct Part {
    crypto::Point key;
    Bytes sealed;  // the member's part
    bool operator==(const Part&) const = default;
  };
  std::vector<Part> parts;  // by member

  std::string encode() const;
  static Result<Deal> parse(std::string_view text);  // invalid JOURNAL_DOCUMENT_INVALID
  bool operator==(const Deal&) const = default;
};
// `share`: of the key whose shares are dealt again; null for a new one. `dealer`: a number among the plan's.
// invalid CEREMONY_INVALID; SEAT_WRONG: a seat is missing, doubled or not proved.
Result<Deal> deal(const CeremonyPlan& plan, const std::vector<Seat>& seats, std::uint32_t dealer,
                  const Share* share, Random& random);

// That a member has the share.
struct Confirmation {
  Hash key{};  // its id
  std::uint32_t share = 0;
  Proof proof;

  std::string encode() const;
  static Result<Confirmation> parse(std::string_view text);  // invalid JOURNAL_DOCUMENT_INVALID
  bool operator==(const Confirmation&) const = default;
};

struct Finished {
  JournalKey key;
  Share share;
  Confirmation confirmation;
};
// What member `share` gets. `before`: the key whose shares are dealt again; null for a new one. Errors: as
// deal(), and invalid DEAL_WRONG, whose message names the dealer.
Result<Finished> finish(const CeremonyPlan& plan, const std::vector<Seat>& seats,
                        const std::vector<Deal>& deals, const JournalKey* before, std::uint32_t share,
                        const SecretScalar& seat_secret, Random& random);

// invalid CONFIRMATION_WRONG: not every member has confirmed this very key, once.
Status check_confirmed(const JournalKey& key, const std::vector<Confirmation>& confirmations);

}  // namespace heliograph::legal
