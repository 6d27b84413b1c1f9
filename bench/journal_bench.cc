// What the sealed journal and the desk's queue cost.
//
//   journal_bench [--rows N] [--requests N] [--folder DIR]
//
// Each printed as one line, in processor time, a row each:
//   base        one multiplication of the group's base point, of which libsodium has a table
//   multiply    one of another point: a row takes two of the former and one of this, which is the floor
//   secret      the part of sealing that does not depend on what is sealed, which can be made ahead
//   seal        the rest of it
//   check       that a row is what its label says: officers' machines do it before they contribute
//   contribute  one officer's part, checks included
//   verify      the server's check of one officer's part, without checking the rows again
//   combine     two officers' parts to addresses
//   queue       the first 50 of the open requests of a desk that has had N, from the store
#include <ctime>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>

#include "base/executor.h"
#include "crypto/random.h"
#include "ledger/ledger.h"
#include "legal/journal/ceremony.h"
#include "legal/journal/question.h"
#include "store/legal.h"
#include "store/sqlite/open.h"

#include "ledger_beside.h"

namespace {

using namespace heliograph;
using bench::Memory;
using bench::wait;
using namespace heliograph::legal;

// Of this process's processors, so that what else runs on the machine does not count.
double now() {
  timespec out{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &out);
  return static_cast<double>(out.tv_sec) + static_cast<double>(out.tv_nsec) * 1e-9;
}

template <typename Body>
void measure(const char* what, std::size_t count, Body body) {
  const auto begin = now();
  body();
  const auto seconds = now() - begin;
  std::printf("%-10s %8zu in %7.3f s  %8.2f us each\n", what, count, seconds,
              seconds / static_cast<double>(count) * 1e6);
}

Finished make_share(const CeremonyPlan& plan, const std::vector<Seat>& seats, const std::vector<Deal>& deals,
                    const SecretScalar& secret, std::uint32_t share, Random& random) {
  auto done = finish(plan, seats, deals, nullptr, share, secret, random);
  if (!done) std::exit(1);
  return std::move(*done);
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t rows = 10'000, requests = 100'000;
  std::filesystem::path folder = "build/journal-bench-data";
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::string(argv[i]) == "--rows") rows = std::stoull(argv[i + 1]);
    if (std::string(argv[i]) == "--requests") requests = std::stoull(argv[i + 1]);
    if (std::string(argv[i]) == "--folder") folder = argv[i + 1];
  }
  crypto::SystemRandom random;
  std::filesystem::remove_all(folder);
  ManualExecutor executor;
  SystemClock clock;
  Memory published;
  const auto store = store::sqlite::open({.directory = folder}).value();
  const ledger::Ledger ledger(
      {*store, clock, random, crypto::SecretKey::generate(random),
       ledger::NoteSigner("example.org/ledger", crypto::Ed25519Key(crypto::SecretKey::generate(random))),
       published},
      4);
  const auto plan = plan_ceremony(2, {"Ana", "Ben", "Cem"}, random).value();
  std::vector<Seat> seats;
  std::vector<SecretScalar> secrets;
  for (const auto& member : plan.members) {
    auto taken = take_seat(plan, member.share, random).value();
    seats.push_back(taken.seat);
    secrets.push_back(taken.secret);
  }
  std::vector<Deal> deals;
  for (const auto dealer : plan.dealers) deals.push_back(deal(plan, seats, dealer, nullptr, random).value());
  const auto first = make_share(plan, seats, deals, secrets[0], 1, random);
  const auto second = make_share(plan, seats, deals, secrets[1], 2, random);
  const auto& key = first.key;

  Question question{1, Bytes(65, 1), UserId{7}, 0, 1'000'000'000, {}, key.id()};
  const Sighting sighting{IpAddress::parse("203.0.113.7").value(), 40'000, 1000, 2000};
  const auto scalar = crypto::Scalar::generate(random);
  auto point = key.public_key();
  measure("base", rows, [&] {
    for (std::size_t i = 0; i < rows; ++i) point = crypto::Point::base(scalar);
  });
  measure("multiply", rows, [&] {
    for (std::size_t i = 0; i < rows; ++i) point = scalar * point;
  });
  std::vector<RowSecret> ready;
  measure("secret", rows, [&] {
    for (std::size_t i = 0; i < rows; ++i) ready.emplace_back(key.public_key(), random);
  });
  measure("seal", rows, [&] {
    for (std::size_t i = 0; i < rows; ++i) {
      RowLabel label{UserId{7}, 0, kHourSeconds, {}};
      random.fill(label.tag);
      question.rows.push_back({label, seal_row(key.public_key(), label, sighting, ready[i])});
    }
  });
  std::vector<crypto::Point> elements;
  measure("check", rows, [&] { elements = check_question(question, key).value(); });
  Contribution a, b;
  measure("contribute", rows, [&] { a = contribute(question, key, first.share, random).value(); });
  b = contribute(question, key, second.share, random).value();
  measure("verify", rows, [&] {
    if (!check_contribution(question, key, elements, a)) std::exit(1);
  });
  const auto enter = [&ledger](store::Tx& tx) {
    return ledger.record(tx, {ledger::Book::legal, std::string(kDiscloseAct), request_subject(1), "", {}});
  };
  const auto receipt = wait(executor, store->write(enter));
  measure("combine", rows, [&] {
    if (combine(*receipt, question, key, {a, b})->size() != rows) std::exit(1);
  });

  // One in twenty is open.
  const auto fill = [requests](store::Tx& tx) -> Status {
    for (std::size_t i = 0; i < requests; ++i) {
      store::LegalRequest request;
      request.agency = static_cast<std::int64_t>(i % 300 + 1);
      request.country = "DE";
      request.received_at = static_cast<UnixSeconds>(i);
      request.due_at = static_cast<UnixSeconds>(i * 7919 % requests);
      request.closed_at = i % 20 == 0 ? 0 : 1;
      request.sealed = Bytes(600, 1);
      HG_TRY(store::legal_of(tx).add(request));
    }
    return {};
  };
  static_cast<void>(wait(executor, store->write(fill, std::chrono::minutes(5))));
  constexpr std::size_t pages = 200;
  const auto page = [](store::Tx& tx) { return store::legal_of(tx).queue({}, {}, 50); };
  measure("queue", pages, [&] {
    for (std::size_t i = 0; i < pages; ++i) {
      if (wait(executor, store->read(page))->size() != 50) std::exit(1);
    }
  });
  std::printf("a row has %zu bytes sealed, %zu with its label; a contribution %zu bytes a row\n",
              kSealedRowBytes, kSealedRowBytes + RowLabel{}.bytes().size(),
              a.encode().size() / std::max<std::size_t>(rows, 1));
  return 0;
}
