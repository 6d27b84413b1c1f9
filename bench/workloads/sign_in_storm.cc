// Many devices make their authorization keys at once: whole key exchanges, over new connections, with the key
// on disk before the last answer. The limit is what one core can do of the big-number work alone that the
// server has in an exchange: one RSA private operation, one power of the generator, one power of the client's
// number. The client computes as much again on the same cores.
#include <optional>

#include "crypto/dh.h"
#include "crypto/rsa.h"
#include "server_process.h"
#include "workload.h"

namespace heliograph::bench {

namespace {

constexpr std::size_t at_once = 64;

// Seconds of one core for the big-number work of one exchange on the server's side.
double cost_of_exchange(Random& random) {
  const auto key = crypto::RsaKey::generate();
  crypto::RsaBlock block;
  random.fill(block);
  block[0] = 0;  // below the modulus
  const auto peer = crypto::dh_generate(random).public_value;
  const auto begin = thread_cpu_time();
  constexpr int count = 300;
  for (int i = 0; i < count; ++i) {
    if (!key.decrypt_raw(block)) give_up("RSA fails");
    const auto own = crypto::dh_generate(random);
    crypto::dh_power(peer, own.secret);
  }
  return seconds(thread_cpu_time() - begin) / count;
}

}  // namespace

void sign_in_storm(const Settings& settings, Report& report) {
  ServerProcess server(settings.binary, settings.folder, {}, *settings.random);
  const auto server_key = server.public_key();
  const SystemClock clock;
  const double cost = cost_of_exchange(*settings.random);

  Poller poller;
  std::vector<std::optional<KeyExchange>> exchanges(at_once);
  std::size_t made = 0;
  const auto renew = [&] {
    for (auto& exchange : exchanges) {
      if (exchange && !exchange->done()) continue;
      if (exchange) ++made;
      exchange.emplace(poller, server.host(), server.port(), server_key, *settings.random, clock);
    }
  };
  const auto cpu_before = server.cpu_time();
  const auto begin = std::chrono::steady_clock::now();
  const Duration length = std::chrono::seconds(settings.seconds);
  poller.run_until(
      [&] {
        renew();
        return std::chrono::steady_clock::now() - begin > length;
      },
      length * 2);
  const auto spent = std::chrono::steady_clock::now() - begin;
  const auto cpu = seconds(server.cpu_time() - cpu_before);
  if (made == 0) give_up("no key exchange has ended");
  const auto keys = static_cast<double>(made);
  report.add("sign_in_storm", "new keys, client on the same cores", number(keys / seconds(spent), "keys/s"),
             "one core's RSA and DH: " + number(1 / cost, "keys/s"),
             percent(keys / seconds(spent), 1 / cost));
  report.add("sign_in_storm", "server's processor time a key", number(cpu / keys * 1e6, "µs"),
             "RSA and DH alone: " + number(cost * 1e6, "µs"), percent(cpu / keys, cost));
}

}  // namespace heliograph::bench
