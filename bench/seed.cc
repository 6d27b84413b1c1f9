#include "seed.h"

#include <stdlib.h>

#include <algorithm>
#include <charconv>

#include "services/accounts/keys.h"
#include "services/accounts/service_account.h"
#include "services/chats/append.h"
#include "services/groups/create.h"
#include "services/people/access.h"
#include "store/sqlite/open.h"

namespace heliograph::bench {

namespace {

constexpr std::size_t together = 4'000;
constexpr std::string_view mark = "number ";
constexpr std::size_t digits = 10;

template <typename T>
T must(Result<T> result) {
  if (!result) give_up(std::string(result.error().code) + " " + result.error().message);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

UserId account(std::size_t index) {
  return UserId{static_cast<std::int64_t>(1'000'000'000 + index)};
}

}  // namespace

TemporaryFolder::TemporaryFolder(const std::filesystem::path& parent) {
  auto name = (parent / "run-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) give_up("cannot make a folder in " + parent.string());
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string sample_text(std::size_t number) {
  auto text = std::to_string(number);
  text.insert(0, digits - text.size(), '0');
  return "This is message " + std::string(mark) + text + ", shall we meet at eight?";
}

std::optional<std::size_t> sample_number(ByteView message) {
  const auto text = as_text(message);
  const auto found = text.find(mark);
  std::size_t number = 0;
  if (found == text.npos || found + mark.size() + digits > text.size()) return std::nullopt;
  const auto* begin = text.data() + found + mark.size();
  if (std::from_chars(begin, begin + digits, number).ptr != begin + digits) return std::nullopt;
  return number;
}

Seed::Seed(const std::filesystem::path& data, Random& random)
    : folder_(must(app::DataDir::open(data))),
      secret_(must(folder_.secret(random))),
      sealer_(secret_.derive("seal")),
      phone_index_(secret_.derive("phone index")),
      store_(must(store::sqlite::open({.directory = data, .readers = 1}))),
      random_(random),
      environment_{*store_, clock_,       random_,
                   sealer_, phone_index_, to_bytes(secret_.derive("access hashes").view())} {
  start(services::ensure_service_account(environment_));
  finish();
}

Seed::~Seed() = default;

void Seed::start(Task<Status> task) {
  ++running_;
  spawn(std::move(task), [this](Status status) {
    must(std::move(status));
    --running_;
  });
  if (running_ >= together) finish();
}

void Seed::finish() {
  if (!executor_.run_until([this] { return running_ == 0; }, std::chrono::minutes(5)))
    give_up("seeding hangs");
}

std::vector<SeededKey> Seed::accounts(std::size_t count) {
  const auto now = clock_.unix_seconds();
  services::KeyRing ring(environment_, {});
  std::vector<SeededKey> keys;
  for (std::size_t i = 0; i < count; ++i) {
    mtproto::AuthKey::Value value;
    random_.fill(value);
    const UserId user = account(i), partner = account(i ^ 1);
    keys.push_back(
        {mtproto::AuthKey(value), user, partner, services::access_hash(environment_, user, partner)});
    services::NewAuthKey fresh{keys.back().key.id(), to_bytes(value), 0};
    start(ring.save(std::move(fresh)));
  }
  finish();
  for (const auto& key : keys) {
    start(store_->write([id = key.key.id(), user = key.user, now](store::Tx& tx) -> Status {
      store::Account fresh;
      fresh.id = user;
      fresh.first_name = "Load " + std::to_string(user.value);
      fresh.created_at = now;
      HG_TRY(tx.accounts().insert(fresh));
      HG_ASSIGN(auto row, tx.auth_keys().find(id));
      row->user = user;
      row->authorization_hash = id.value | 1;
      row->signed_in_at = row->active_at = now;
      row->layer = layer;
      return tx.auth_keys().put(*row);
    }));
  }
  finish();
  return keys;
}

void Seed::dialog(const SeededKey& one, const SeededKey& other, std::size_t count) {
  const auto now = clock_.unix_seconds();
  for (std::size_t i = 0; i < count; ++i) {
    const auto from = i % 2 == 0 ? one.user : other.user, to = i % 2 == 0 ? other.user : one.user;
    start(store_->write([from, to, now, i](store::Tx& tx) -> Status {
      services::Outgoing message;
      message.from = from;
      message.to = Peer::of(to);
      message.date = now;
      message.text = sample_text(i);
      HG_TRY(services::append_message(tx, {}, message));
      return {};
    }));
  }
  finish();
}

SeededChannel Seed::channel(const std::vector<SeededKey>& keys, std::size_t absent) {
  services::Limits limits(clock_);
  services::NewChannel wanted;
  wanted.title = "News";
  wanted.broadcast = true;
  SeededChannel made;
  const services::Caller owner{keys.front().user, {}, {}};
  auto create = [&]() -> Task<Status> {
    CO_ASSIGN(const auto created, co_await services::create_channel(environment_, limits, owner, wanted));
    made.peer = created.peer;
    co_return Status();
  };
  start(create());
  finish();
  made.hash = services::access_hash(environment_, owner.user, made.peer);
  constexpr std::size_t at_once = 500;
  const auto now = clock_.unix_seconds();
  for (std::size_t first = 1; first < keys.size() + absent; first += at_once) {
    start(store_->write([&keys, peer = made.peer, now, first,
                         end = std::min(first + at_once, keys.size() + absent)](store::Tx& tx) -> Status {
      for (auto i = first; i < end; ++i) {
        store::Member member;
        member.chat = peer;
        member.user = account(i);
        member.date = member.joined_at = now;
        HG_TRY(tx.chats().put_member(member));
        if (i < keys.size()) HG_TRY(tx.dialogs().put({.owner = member.user, .peer = peer}));
      }
      return {};
    }));
    finish();
  }
  return made;
}

}  // namespace heliograph::bench
