#include "mtproto/testing/client_handshake.h"

#include <algorithm>

#include "crypto/dh.h"
#include "crypto/pq.h"
#include "mtproto/msg_id.h"
#include "mtproto/wire.h"

namespace heliograph::mtproto {
namespace {

std::unexpected<Error> wrong(std::string_view code) {
  return fail(Error::invalid(code));
}

Nonce read_nonce(WireReader& reader) {
  Nonce nonce{};
  const auto from = reader.raw(nonce.size());
  std::copy(from.begin(), from.end(), nonce.begin());
  return nonce;
}

}  // namespace

Bytes ClientHandshake::envelope(ByteView body) {
  last_msg_id_ = std::max(last_msg_id_ + 4, msg_id_at(clock_.wall()));
  WireWriter writer;
  writer.i64(0).i64(last_msg_id_).u32(static_cast<std::uint32_t>(body.size())).raw(body);
  return writer.take();
}

Bytes ClientHandshake::start() {
  random_.fill(nonce_);
  WireWriter writer;
  writer.u32(options_.multi ? handshake_ids::req_pq_multi : handshake_ids::req_pq).raw(nonce_);
  return envelope(writer.take());
}

Result<ClientHandshake::Step> ClientHandshake::receive(ByteView packet) {
  WireReader reader(packet);
  const bool unencrypted = reader.i64() == 0;
  const auto msg_id = reader.i64();
  const auto length = reader.u32();
  if (reader.failed() || !unencrypted || msg_id % 4 != 1 || length != reader.rest().size()) {
    return wrong("ANSWER_INVALID");
  }
  const auto id = reader.u32();
  if (id == handshake_ids::res_pq) return on_res_pq(reader.rest());
  if (read_nonce(reader) != nonce_ || read_nonce(reader) != server_nonce_) return wrong("NONCE_WRONG");
  if (id == handshake_ids::server_dh_params_ok) return on_dh_params(reader.rest());
  if (id == handshake_ids::server_dh_params_fail) {
    return read_nonce(reader) == new_nonce_hash_without_key(new_nonce_) ? wrong("DH_FAILED")
                                                                        : wrong("NONCE_WRONG");
  }
  return on_dh_gen(id, reader.rest());
}

Result<ClientHandshake::Step> ClientHandshake::on_res_pq(ByteView body) {
  WireReader reader(body);
  if (read_nonce(reader) != nonce_) return wrong("NONCE_WRONG");
  server_nonce_ = read_nonce(reader);
  const auto pq = number_from(reader.bytes());
  const auto fingerprints = reader.longs(16);
  if (reader.failed() || !pq) return wrong("ANSWER_INVALID");
  if (std::ranges::find(fingerprints, server_key_.fingerprint()) == fingerprints.end())
    return wrong("KEY_UNKNOWN");
  random_.fill(new_nonce_);

  PqInner inner;
  inner.pq = *pq;
  inner.p = crypto::factor_pq(*pq);
  if (inner.p == 0) return wrong("ANSWER_INVALID");
  inner.q = inner.pq / inner.p;
  inner.nonce = nonce_;
  inner.server_nonce = server_nonce_;
  inner.new_nonce = new_nonce_;
  inner.dc = options_.dc;
  inner.expires_in = options_.expires_in;
  const auto p = number_bytes(inner.p), q = number_bytes(inner.q);
  if (change_pq_inner) change_pq_inner(inner);
  const auto data = inner.write();
  WireWriter writer;
  writer.u32(handshake_ids::req_dh_params).raw(nonce_).raw(server_nonce_).bytes(p).bytes(q);
  writer.i64(server_key_.fingerprint());
  writer.bytes(options_.legacy_padding ? rsa_pad_legacy(data, server_key_, random_)
                                       : rsa_pad(data, server_key_, random_));
  return Step{envelope(writer.take()), std::nullopt};
}

Result<ClientHandshake::Step> ClientHandshake::on_dh_params(ByteView body) {
  WireReader outer(body);
  const auto opened = OpenedInner::open(temporary_aes(new_nonce_, server_nonce_), outer.bytes());
  if (outer.failed() || !opened) return wrong("ANSWER_INVALID");
  WireReader reader(opened->data());
  const auto id = reader.u32();
  const bool nonces = read_nonce(reader) == nonce_ && read_nonce(reader) == server_nonce_;
  const auto g = reader.i32();
  const auto prime = reader.bytes();
  const auto g_a = crypto::dh_number(reader.bytes());
  server_time_ = reader.i32();
  if (reader.failed() || id != handshake_ids::server_dh_inner_data ||
      !opened->hash_matches(opened->data().size() - reader.rest().size())) {
    return wrong("ANSWER_INVALID");
  }
  if (!nonces) return wrong("NONCE_WRONG");
  if (g != crypto::dh_generator || !std::ranges::equal(prime, crypto::dh_prime()) || !g_a ||
      !crypto::dh_public_ok(*g_a)) {
    return wrong("DH_FAILED");
  }
  g_a_ = *g_a;
  return Step{client_dh_params(), std::nullopt};
}

Bytes ClientHandshake::client_dh_params() {
  auto pair = crypto::dh_generate(random_);
  key_.emplace(crypto::dh_power(g_a_, pair.secret));
  if (change_g_b) change_g_b(pair.public_value);
  WireWriter inner;
  inner.u32(handshake_ids::client_dh_inner_data).raw(nonce_).raw(server_nonce_);
  inner.i64(retry_id_).bytes(pair.public_value);
  WireWriter writer;
  writer.u32(handshake_ids::set_client_dh_params).raw(nonce_).raw(server_nonce_);
  writer.bytes(seal_inner(temporary_aes(new_nonce_, server_nonce_), inner.take(), random_));
  return envelope(writer.take());
}

Result<ClientHandshake::Step> ClientHandshake::on_dh_gen(std::uint32_t id, ByteView body) {
  WireReader reader(body);
  const auto hash = read_nonce(reader);
  if (reader.failed() || !key_) return wrong("ANSWER_INVALID");
  switch (id) {
    case handshake_ids::dh_gen_ok:
      if (hash != new_nonce_hash(new_nonce_, 1, *key_)) return wrong("NONCE_WRONG");
      return Step{
          {}, NewKey{*key_, first_server_salt(new_nonce_, server_nonce_), options_.expires_in}, server_time_};
    case handshake_ids::dh_gen_retry:
      if (hash != new_nonce_hash(new_nonce_, 2, *key_)) return wrong("NONCE_WRONG");
      retry_id_ = static_cast<std::int64_t>(key_->aux_hash());
      return Step{client_dh_params(), std::nullopt};
    case handshake_ids::dh_gen_fail:
      return wrong("DH_FAILED");
    default:
      return wrong("ANSWER_INVALID");
  }
}

}  // namespace heliograph::mtproto
