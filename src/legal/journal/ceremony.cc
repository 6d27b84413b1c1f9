#include "legal/journal/ceremony.h"

#include <algorithm>
#include <numeric>

#include "crypto/one_time.h"

namespace heliograph::legal {

namespace {

Error wrong_ceremony(std::string what) {
  return Error::invalid("CEREMONY_INVALID", std::move(what));
}

Bytes seat_context(const Hash& plan, std::uint32_t share) {
  return to_bytes(ByteView(hash_parts("heliograph/journal/seat/v1", {plan, number_bytes(share)})));
}

Bytes deal_context(const Hash& roster, std::uint32_t dealer) {
  return to_bytes(ByteView(hash_parts("heliograph/journal/deal/v1", {roster, number_bytes(dealer)})));
}

Bytes confirmation_context(const Hash& key, std::uint32_t share) {
  return to_bytes(ByteView(hash_parts("heliograph/journal/confirm/v1", {key, number_bytes(share)})));
}

// What a part is encrypted with.
crypto::SecretKey part_key(const crypto::Point& ephemeral, const crypto::Point& seat,
                           const crypto::Point& agreed) {
  return crypto::SecretKey(
      hash_parts("heliograph/journal/part/v1", {ephemeral.bytes, seat.bytes, agreed.bytes}));
}

Bytes part_about(const Hash& roster, std::uint32_t dealer, std::uint32_t member) {
  Bytes out = to_bytes(ByteView(roster));
  append(out, number_bytes(dealer));
  append(out, number_bytes(member));
  return out;
}

// The seats by number, each there once and proved.
Result<std::vector<Seat>> seated(const CeremonyPlan& plan, const std::vector<Seat>& seats) {
  std::vector<Seat> out;
  for (const auto& member : plan.members) {
    const auto is_theirs = [&](const Seat& seat) { return seat.share == member.share; };
    const auto found = std::ranges::find_if(seats, is_theirs);
    if (found == seats.end() || std::ranges::count_if(seats, is_theirs) != 1 || found->plan != plan.id() ||
        !verify_known(found->proof, found->key, seat_context(found->plan, found->share))) {
      return fail(Error::invalid("SEAT_WRONG", "The seat of " + member.name + " is missing or wrong."));
    }
    out.push_back(*found);
  }
  if (seats.size() != out.size()) return fail(Error::invalid("SEAT_WRONG", "There are too many seats."));
  return out;
}

Hash roster_of(const CeremonyPlan& plan, const std::vector<Seat>& seats) {
  std::string all;
  for (const auto& seat : seats) all += seat.encode();
  return hash_parts("heliograph/journal/roster/v1", {plan.id(), as_bytes(all)});
}

std::vector<Member> numbered(const std::vector<std::string>& names) {
  std::vector<Member> out;
  for (const auto& name : names) out.push_back({static_cast<std::uint32_t>(out.size() + 1), name});
  return out;
}

Status check_people(std::uint32_t threshold, const std::vector<Member>& members) {
  if (!is_threshold(threshold, members.size())) {
    return fail(wrong_ceremony("There are 2 to 32 shares, and it takes at least two of them."));
  }
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto& name = members[i].name;
    if (!is_member_name(name)) return fail(wrong_ceremony("\"" + name + "\" is no name."));
    if (std::ranges::count(members, name, &Member::name) != 1) {
      return fail(wrong_ceremony(name + " is named twice."));
    }
  }
  return {};
}

crypto::Scalar value_at(const std::vector<SecretScalar>& coefficients, std::uint32_t at) {
  crypto::Scalar out;
  const auto x = crypto::Scalar::of(at);
  for (std::size_t i = coefficients.size(); i-- > 0;) out = out * x + coefficients[i].value();
  return out;
}

Status check_plan(const CeremonyPlan& plan, const JournalKey* before) {
  HG_TRY(check_people(plan.threshold, plan.members));
  if (plan.again.has_value() != (before != nullptr)) {
    return fail(wrong_ceremony(before != nullptr ? "This ceremony makes a new key."
                                                 : "This ceremony deals the shares of a key again."));
  }
  if (before != nullptr && *plan.again != before->id()) return fail(wrong_ceremony("That is another key."));
  return {};
}

// The weight of a dealer's old share.
crypto::Scalar weight_of(const CeremonyPlan& plan, std::uint32_t dealer) {
  const auto weights = weights_at_zero(plan.dealers);
  return weights[static_cast<std::size_t>(std::ranges::find(plan.dealers, dealer) - plan.dealers.begin())];
}

}  // namespace

Result<CeremonyPlan> plan_ceremony(std::uint32_t threshold, const std::vector<std::string>& names,
                                   Random& random) {
  CeremonyPlan out{{}, threshold, numbered(names), {}, {}};
  HG_TRY(check_people(threshold, out.members));
  random.fill(out.number);
  for (const auto& member : out.members) out.dealers.push_back(member.share);
  return out;
}

Result<CeremonyPlan> plan_again(const JournalKey& key, std::vector<std::uint32_t> dealers,
                                std::uint32_t threshold, const std::vector<std::string>& names,
                                Random& random) {
  CeremonyPlan out{{}, threshold, numbered(names), key.id(), std::move(dealers)};
  HG_TRY(check_people(threshold, out.members));
  std::ranges::sort(out.dealers);
  const bool twice = std::ranges::adjacent_find(out.dealers) != out.dealers.end();
  const bool unknown = std::ranges::any_of(out.dealers, [&](auto one) { return key.member(one) == nullptr; });
  if (twice || unknown || out.dealers.size() != key.threshold) {
    return fail(wrong_ceremony("It takes " + std::to_string(key.threshold) +
                               " different shares of the key to deal them again."));
  }
  random.fill(out.number);
  return out;
}

Hash CeremonyPlan::id() const {
  return hash_parts("heliograph/journal/plan/v1", {as_bytes(encode())});
}

Result<SeatTaken> take_seat(const CeremonyPlan& plan, std::uint32_t share, Random& random) {
  if (share < 1 || share > plan.members.size()) return fail(wrong_ceremony("There is no such member."));
  SeatTaken out;
  out.secret = SecretScalar(crypto::Scalar::generate(random));
  out.seat = {plan.id(), share, crypto::Point::base(out.secret.value()), {}};
  out.seat.proof = prove_known(out.secret.value(), out.seat.key, seat_context(out.seat.plan, share), random);
  return out;
}

Result<Deal> deal(const CeremonyPlan& plan, const std::vector<Seat>& seats, std::uint32_t dealer,
                  const Share* share, Random& random) {
  HG_TRY(check_people(plan.threshold, plan.members));
  if (std::ranges::find(plan.dealers, dealer) == plan.dealers.end()) {
    return fail(wrong_ceremony("This share does not deal."));
  }
  if (plan.again.has_value() != (share != nullptr) || (share != nullptr && share->number != dealer)) {
    return fail(wrong_ceremony("To deal shares again takes the dealer's old share, and nothing else does."));
  }
  HG_ASSIGN(const auto order, seated(plan, seats));
  std::vector<SecretScalar> coefficients;
  for (std::uint32_t i = 0; i < plan.threshold; ++i) {
    coefficients.emplace_back(crypto::Scalar::generate(random));
  }
  if (share != nullptr) coefficients[0] = SecretScalar(weight_of(plan, dealer) * share->secret.value());
  Deal out{roster_of(plan, order), dealer, {}, {}, {}};
  for (const auto& coefficient : coefficients) {
    out.commitments.push_back(crypto::Point::base(coefficient.value()));
  }
  out.proof =
      prove_known(coefficients[0].value(), out.commitments[0], deal_context(out.roster, dealer), random);
  for (const auto& seat : order) {
    const SecretScalar part(value_at(coefficients, seat.share));
    const SecretScalar ephemeral(crypto::Scalar::generate(random));
    const auto key = crypto::Point::base(ephemeral.value());
    out.parts.push_back(
        {key, crypto::seal_once(part_key(key, seat.key, ephemeral.value() * seat.key), part.value().bytes,
                                part_about(out.roster, dealer, seat.share))});
  }
  return out;
}

Result<Finished> finish(const CeremonyPlan& plan, const std::vector<Seat>& seats,
                        const std::vector<Deal>& deals, const JournalKey* before, std::uint32_t share,
                        const SecretScalar& seat_secret, Random& random) {
  HG_TRY(check_plan(plan, before));
  HG_ASSIGN(const auto order, seated(plan, seats));
  if (share < 1 || share > order.size() || crypto::Point::base(seat_secret.value()) != order[share - 1].key) {
    return fail(wrong_ceremony("This seat is somebody else's."));
  }
  const auto roster = roster_of(plan, order);
  const auto wrong = [](std::uint32_t dealer, std::string_view what) {
    return fail(Error::invalid("DEAL_WRONG",
                               "The deal of share " + std::to_string(dealer) + " " + std::string(what)));
  };
  Finished out;
  out.key.threshold = plan.threshold;
  out.key.members = plan.members;
  out.key.commitments.resize(plan.threshold);
  SecretScalar sum;
  std::string said;
  for (const auto dealer : plan.dealers) {
    const auto is_theirs = [&](const Deal& one) { return one.dealer == dealer; };
    const auto found = std::ranges::find_if(deals, is_theirs);
    if (found == deals.end() || std::ranges::count_if(deals, is_theirs) != 1) {
      return wrong(dealer, "is missing, or there are two.");
    }
    if (found->roster != roster) return wrong(dealer, "was made with other seats.");
    if (found->commitments.size() != plan.threshold || found->parts.size() != order.size()) {
      return wrong(dealer, "is for another number of people.");
    }
    if (!verify_known(found->proof, found->commitments[0], deal_context(roster, dealer))) {
      return wrong(dealer, "is not proved.");
    }
    if (before != nullptr && found->commitments[0] != weight_of(plan, dealer) * before->share_key(dealer)) {
      return wrong(dealer, "is not of the old share.");
    }
    const auto& part = found->parts[share - 1];
    auto opened = crypto::open_once(part_key(part.key, order[share - 1].key, seat_secret.value() * part.key),
                                    part.sealed, part_about(roster, dealer, share));
    if (!opened) return wrong(dealer, "cannot be opened.");
    const auto value = crypto::Scalar::parse(*opened);
    crypto::wipe(*opened);
    if (!value || crypto::Point::base(*value) != evaluate(found->commitments, share)) {
      return wrong(dealer, "does not fit its commitments.");
    }
    sum.value() = sum.value() + *value;
    for (std::size_t i = 0; i < plan.threshold; ++i) {
      out.key.commitments[i] = out.key.commitments[i] + found->commitments[i];
    }
    said += found->encode();
  }
  if (deals.size() != plan.dealers.size()) return fail(wrong_ceremony("There are too many deals."));
  // The sum of what nobody chose alone: it happens by no accident.
  if (std::ranges::find(out.key.commitments, crypto::Point{}) != out.key.commitments.end()) {
    return fail(wrong_ceremony("The deals cancel each other out. Begin again."));
  }
  if (before != nullptr && out.key.public_key() != before->public_key()) {
    return fail(wrong_ceremony("The deals make another key."));
  }
  out.key.ceremony = hash_parts("heliograph/journal/ceremony/v1", {roster, as_bytes(said)});
  out.share = {share, sum};
  const auto id = out.key.id();
  out.confirmation = {
      id, share,
      prove_known(sum.value(), crypto::Point::base(sum.value()), confirmation_context(id, share), random)};
  return out;
}

Status check_confirmed(const JournalKey& key, const std::vector<Confirmation>& confirmations) {
  const auto id = key.id();
  for (const auto& member : key.members) {
    const auto is_theirs = [&](const Confirmation& one) { return one.share == member.share; };
    const auto found = std::ranges::find_if(confirmations, is_theirs);
    if (found == confirmations.end() || std::ranges::count_if(confirmations, is_theirs) != 1 ||
        found->key != id ||
        !verify_known(found->proof, key.share_key(member.share), confirmation_context(id, member.share))) {
      return fail(Error::invalid("CONFIRMATION_WRONG", member.name + " has not confirmed this key."));
    }
  }
  if (confirmations.size() == key.members.size()) return {};
  return fail(Error::invalid("CONFIRMATION_WRONG", "There are too many confirmations."));
}

}  // namespace heliograph::legal
