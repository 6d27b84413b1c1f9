#include "legal/disclosure/answer.h"

#include <algorithm>

#include "crypto/cms.h"
#include "legal/disclosure/pdf_pages.h"

namespace heliograph::legal {

namespace {

// Before v3 there was no CMS signature, before v2 there were no pages.
constexpr std::string_view kSignedAnswer = "heliograph/disclosure/v3\n",
                           kSignedWithoutCms = "heliograph/disclosure/v2\n",
                           kSignedJson = "heliograph/disclosure/v1\n";
constexpr std::size_t kSignatureBytes = std::tuple_size_v<crypto::Ed25519Signature>;
constexpr std::size_t kLengthBytes = 4;

Bytes under(std::string_view purpose, ByteView body) {
  auto out = to_bytes(as_bytes(purpose));
  append(out, body);
  return out;
}

Error answer_invalid() {
  return Error::invalid("PACKAGE_INVALID", "This is not an answer to a request, or not this server's.");
}

void wipe_text(std::string& text) {
  crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
}

// A length and what has it; nullopt: it is cut.
std::optional<ByteView> take_counted(ByteView& rest) {
  if (rest.size() < kLengthBytes) return std::nullopt;
  const auto length = load_le<std::uint32_t>(rest.data());
  rest = rest.subspan(kLengthBytes);
  if (length > rest.size()) return std::nullopt;
  const auto out = rest.first(length);
  rest = rest.subspan(length);
  return out;
}

// Of a body whose signature fits.
Result<Answer> read_body(ByteView body) {
  const auto json = take_counted(body);
  if (!json) return fail(answer_invalid());
  return Answer{std::string(as_text(*json)), std::string(as_text(body)), {}, {}};
}

}  // namespace

Result<Bytes> seal_answer(const Disclosure& disclosure, const Cover& cover, const AnswerSigner& signer,
                          const crypto::BoxPublicKey& officer) {
  auto json = to_json(disclosure, cover);
  auto pdf = to_pdf(disclosure, cover, json);
  Bytes body;
  append_le(body, static_cast<std::uint32_t>(json.size()));
  append(body, as_bytes(json));
  append(body, as_bytes(pdf));
  auto message = under(kSignedAnswer, body);
  const auto cms = signer.cms.sign(message, cover.made_at);
  const auto signature = signer.ed25519.sign(message);
  auto open = to_bytes(ByteView(signature));
  append_le(open, static_cast<std::uint32_t>(cms ? cms->size() : 0));
  if (cms) append(open, *cms);
  append(open, body);
  auto sealed = cms ? crypto::seal_to(officer, open) : Result<Bytes>(fail(cms.error()));
  for (auto* bytes : {&body, &message, &open}) crypto::wipe(*bytes);
  wipe_text(json);
  wipe_text(pdf);
  return sealed;
}

Result<Answer> open_answer(ByteView sealed, const crypto::BoxKey& officer,
                           const crypto::Ed25519PublicKey& signer) {
  HG_ASSIGN(const auto open, crypto::open_box(officer, sealed));
  if (open.size() < kSignatureBytes) return fail(answer_invalid());
  const auto signature = ByteView(open).first(kSignatureBytes);
  auto rest = ByteView(open).subspan(kSignatureBytes);
  const auto fits = [&](ByteView message) { return crypto::verify_ed25519(signer, message, signature); };
  if (fits(under(kSignedJson, rest))) return Answer{std::string(as_text(rest)), {}, {}, {}};
  if (fits(under(kSignedWithoutCms, rest))) return read_body(rest);
  const auto cms = take_counted(rest);
  if (!cms) return fail(answer_invalid());
  auto message = under(kSignedAnswer, rest);
  if (!fits(message)) return fail(answer_invalid());
  HG_ASSIGN(auto out, read_body(rest));
  const auto facts = crypto::read_cms(*cms, message, {}, 0);
  if (!facts || !facts->good) return fail(answer_invalid());
  out.signed_bytes = std::move(message);
  out.cms = to_bytes(*cms);
  return out;
}

}  // namespace heliograph::legal
