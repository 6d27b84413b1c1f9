#include "mtproto/handshake.h"

#include <algorithm>

#include "base/assert.h"
#include "crypto/dh.h"
#include "crypto/hash.h"
#include "crypto/pq.h"
#include "crypto/secret.h"
#include "mtproto/handshake_crypto.h"
#include "mtproto/msg_id.h"
#include "mtproto/wire.h"

namespace heliograph::mtproto {
namespace {

constexpr std::size_t envelope_size = 20;
constexpr std::size_t transport_padding_max = 15;
constexpr int tries_max = 5;

std::unexpected<Error> invalid(std::string message) {
  return fail(Error::invalid("HANDSHAKE_INVALID", std::move(message)));
}

Nonce read_nonce(WireReader& reader) {
  Nonce nonce{};
  const auto from = reader.raw(nonce.size());
  std::copy(from.begin(), from.end(), nonce.begin());
  return nonce;
}

bool complete(const WireReader& reader) {
  return !reader.failed() && reader.rest().empty();
}

}  // namespace

struct Handshake::Exchange {
  enum class Stage { sent_pq, sent_dh_params, done } stage = Stage::sent_pq;
  Nonce nonce{};
  Nonce server_nonce{};
  NewNonce new_nonce{};
  crypto::PqPuzzle puzzle;
  crypto::DhKeyPair dh;
  std::optional<std::int32_t> expires_in;
  std::int64_t retry_id = 0;  // what the next client_DH_inner_data must hold
  int tries = 0;

  // The last request answered and the answer, for clients that ask again.
  crypto::Sha256Digest request{};
  Bytes response;

  ~Exchange() {
    crypto::wipe(new_nonce);
    crypto::wipe(dh.secret);
  }
};

Handshake::Handshake(const Setup& setup) : setup_(&setup) {
  HG_ASSERT(!setup.rsa_keys.empty() && setup.random != nullptr && setup.clock != nullptr);
}
Handshake::Handshake(Handshake&&) noexcept = default;
Handshake& Handshake::operator=(Handshake&&) noexcept = default;
Handshake::~Handshake() = default;

bool Handshake::is_unencrypted(ByteView packet) {
  return packet.size() >= 8 && load_le<std::uint64_t>(packet.data()) == 0;
}

Bytes Handshake::envelope(ByteView body) {
  last_msg_id_ = std::max(last_msg_id_ + 4, msg_id_at(setup_->clock->wall()) | 1);
  WireWriter writer(envelope_size + body.size());
  writer.i64(0).i64(last_msg_id_).u32(static_cast<std::uint32_t>(body.size())).raw(body);
  return writer.take();
}

Result<Handshake::Reply> Handshake::receive(ByteView packet) {
  WireReader reader(packet);
  const auto key_id = reader.i64();
  const auto msg_id = reader.i64();
  const std::size_t length = reader.u32();
  if (reader.failed() || key_id != 0) return invalid("Not an unencrypted message.");
  // The time in msg_id is not judged: the client may be here to learn what time it is.
  if (msg_id == 0 || msg_id % 4 != 0) return invalid("A client's msg_id is divisible by 4.");
  if (length % 4 != 0 || length > reader.rest().size() ||
      reader.rest().size() - length > transport_padding_max) {
    return invalid("The message's length does not fit the packet.");
  }
  const auto body = reader.rest().first(length);

  const auto hash = crypto::sha256(body);
  if (exchange_ && exchange_->request == hash) return Reply{envelope(exchange_->response), std::nullopt};
  auto reply = answer(body);
  if (!reply) return reply;
  if (exchange_) {
    exchange_->request = hash;
    exchange_->response = reply->message;
  }
  reply->message = envelope(reply->message);
  return reply;
}

// From here to envelope(), Reply::message is the bare body.
Result<Handshake::Reply> Handshake::answer(ByteView body) {
  WireReader reader(body);
  switch (reader.u32()) {
    case handshake_ids::req_pq:
    case handshake_ids::req_pq_multi:
      return on_req_pq(reader.rest());
    case handshake_ids::req_dh_params:
      return on_req_dh_params(reader.rest());
    case handshake_ids::set_client_dh_params:
      return on_set_client_dh_params(reader.rest());
    default:
      return invalid("Only the requests of the key exchange may be sent unencrypted.");
  }
}

Result<Handshake::Reply> Handshake::on_req_pq(ByteView body) {
  WireReader reader(body);
  const auto nonce = read_nonce(reader);
  if (!complete(reader)) return invalid("req_pq is malformed.");

  exchange_ = std::make_unique<Exchange>();
  exchange_->nonce = nonce;
  setup_->random->fill(exchange_->server_nonce);
  exchange_->puzzle = crypto::make_pq(*setup_->random);

  std::vector<std::int64_t> fingerprints;
  for (const auto& key : setup_->rsa_keys) fingerprints.push_back(key.fingerprint());
  WireWriter writer;
  writer.u32(handshake_ids::res_pq).raw(nonce).raw(exchange_->server_nonce);
  writer.bytes(number_bytes(exchange_->puzzle.pq)).longs(fingerprints);
  return Reply{writer.take(), std::nullopt};
}

Result<Handshake::Reply> Handshake::on_req_dh_params(ByteView body) {
  WireReader reader(body);
  const auto nonce = read_nonce(reader);
  const auto server_nonce = read_nonce(reader);
  const auto p = number_from(reader.bytes());
  const auto q = number_from(reader.bytes());
  const auto fingerprint = reader.i64();
  const auto encrypted = crypto::dh_number(reader.bytes());  // at most 256 bytes, like the block
  if (!complete(reader) || !encrypted) return invalid("req_DH_params is malformed.");
  if (!exchange_ || exchange_->stage != Exchange::Stage::sent_pq)
    return invalid("req_DH_params comes after req_pq.");
  auto& exchange = *exchange_;
  if (nonce != exchange.nonce || server_nonce != exchange.server_nonce) return invalid("A nonce differs.");
  if (p != exchange.puzzle.p || q != exchange.puzzle.q) return invalid("These are not the factors of pq.");
  const auto key = std::ranges::find(setup_->rsa_keys, fingerprint, &crypto::RsaKey::fingerprint);
  if (key == setup_->rsa_keys.end()) return invalid("The fingerprint is of none of this server's keys.");
  HG_ASSIGN(const auto block, key->decrypt_raw(*encrypted));
  const auto inner = PqInner::from_block(block);
  if (!inner) return invalid("The encrypted data cannot be read.");

  const bool consistent = inner->pq == exchange.puzzle.pq && inner->p == exchange.puzzle.p &&
                          inner->q == exchange.puzzle.q && inner->nonce == nonce &&
                          inner->server_nonce == server_nonce && inner->expires_in.value_or(1) > 0;
  WireWriter writer;
  if (!consistent) {
    writer.u32(handshake_ids::server_dh_params_fail).raw(nonce).raw(server_nonce);
    writer.raw(new_nonce_hash_without_key(inner->new_nonce));
    exchange_.reset();
    return Reply{writer.take(), std::nullopt};
  }

  exchange.new_nonce = inner->new_nonce;
  exchange.expires_in = inner->expires_in;
  exchange.dh = crypto::dh_generate(*setup_->random);
  exchange.stage = Exchange::Stage::sent_dh_params;

  WireWriter answer;
  answer.u32(handshake_ids::server_dh_inner_data).raw(nonce).raw(server_nonce);
  answer.i32(crypto::dh_generator).bytes(crypto::dh_prime()).bytes(exchange.dh.public_value);
  answer.i32(static_cast<std::int32_t>(setup_->clock->unix_seconds()));
  const auto aes = temporary_aes(exchange.new_nonce, server_nonce);
  writer.u32(handshake_ids::server_dh_params_ok).raw(nonce).raw(server_nonce);
  writer.bytes(seal_inner(aes, answer.take(), *setup_->random));
  return Reply{writer.take(), std::nullopt};
}

Result<Handshake::Reply> Handshake::on_set_client_dh_params(ByteView body) {
  WireReader reader(body);
  const auto nonce = read_nonce(reader);
  const auto server_nonce = read_nonce(reader);
  const auto sealed = reader.bytes();
  if (!complete(reader)) return invalid("set_client_DH_params is malformed.");
  if (!exchange_ || exchange_->stage != Exchange::Stage::sent_dh_params) {
    return invalid("set_client_DH_params comes after req_DH_params.");
  }
  auto& exchange = *exchange_;
  if (nonce != exchange.nonce || server_nonce != exchange.server_nonce) return invalid("A nonce differs.");
  constexpr std::size_t sealed_max = 512;
  if (sealed.size() > sealed_max) return invalid("set_client_DH_params is malformed.");
  const auto opened = OpenedInner::open(temporary_aes(exchange.new_nonce, server_nonce), sealed);
  if (!opened) return invalid("The encrypted data cannot be read.");

  WireReader inner(opened->data());
  const auto id = inner.u32();
  const auto inner_nonce = read_nonce(inner);
  const auto inner_server_nonce = read_nonce(inner);
  const auto retry_id = inner.i64();
  const auto g_b = crypto::dh_number(inner.bytes());
  if (inner.failed() || id != handshake_ids::client_dh_inner_data || !g_b ||
      !opened->hash_matches(opened->data().size() - inner.rest().size())) {
    return invalid("The encrypted data cannot be read.");
  }
  if (inner_nonce != nonce || inner_server_nonce != server_nonce) return invalid("A nonce differs.");
  if (retry_id != exchange.retry_id) return invalid("retry_id is not that of the key before.");

  const AuthKey key(crypto::dh_power(*g_b, exchange.dh.secret));
  const bool weak = !crypto::dh_public_ok(*g_b);
  const bool taken = !weak && setup_->key_taken && setup_->key_taken(key.id());
  const bool failed = weak || (taken && ++exchange.tries >= tries_max);
  WireWriter writer;
  writer.u32(failed  ? handshake_ids::dh_gen_fail
             : taken ? handshake_ids::dh_gen_retry
                     : handshake_ids::dh_gen_ok);
  writer.raw(nonce)
      .raw(server_nonce)
      .raw(new_nonce_hash(exchange.new_nonce,
                          failed  ? 3
                          : taken ? 2
                                  : 1,
                          key));
  Reply reply{writer.take(), std::nullopt};
  if (failed) {
    exchange_.reset();
  } else if (taken) {
    exchange.retry_id = static_cast<std::int64_t>(key.aux_hash());
  } else {
    exchange.stage = Exchange::Stage::done;
    reply.new_key = NewKey{key, first_server_salt(exchange.new_nonce, server_nonce), exchange.expires_in};
  }
  return reply;
}

}  // namespace heliograph::mtproto
