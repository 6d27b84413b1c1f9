#include "app/export/reader.h"

#include "app/data_dir.h"
#include "crypto/random.h"
#include "services/accounts/phone.h"
#include "tl/schema.h"

namespace heliograph::app {

namespace {

Error read_only() {
  return Error::internal("EXPORT_READ_ONLY", "An export changes nothing.");
}

// What services are made with and an export never uses: it only looks.
class NoBlobs final : public store::Blobs {
 public:
  Task<Status> put_part(store::UploadName, std::int32_t, Bytes) override { co_return fail(read_only()); }
  Task<Result<store::JoinedBlob>> join(store::UploadName, std::vector<store::BlobPart>) override {
    co_return fail(read_only());
  }
  Task<Status> drop_parts(store::UploadName) override { co_return fail(read_only()); }
  Task<Result<store::BlobName>> put(Bytes) override { co_return fail(read_only()); }
  Task<Result<Bytes>> read(store::BlobName, std::int64_t, std::size_t) override {
    co_return fail(read_only());
  }
  Task<Result<std::vector<store::BlobName>>> list(store::BlobName, std::size_t) override {
    co_return fail(read_only());
  }
  Task<Status> erase(store::BlobName, UnixSeconds) override { co_return fail(read_only()); }
};

class NoImages final : public images::Images {
 public:
  Task<Result<images::Pictures>> make(images::Job) override { co_return fail(read_only()); }
};

class NoDevices final : public services::Devices {
 public:
  void close(AuthKeyId) override {}
  void login_token_accepted(AuthKeyId, SessionId) override {}
};

class NoCodes final : public services::CodeDelivery {
 public:
  Status send(services::CodeMessage) override { return fail(read_only()); }
};

Error unknown() {
  return Error::not_found("ACCOUNT_UNKNOWN", "There is no such account, or it has been deleted.");
}

}  // namespace

struct AccountReader::Impl {
  Impl(std::unique_ptr<store::sqlite::Snapshot> opened, const crypto::SecretKey& secret)
      : snapshot(std::move(opened)),
        sealer(secret.derive("seal")),
        phone_index(secret.derive("phone index")),
        access_secret(to_bytes(secret.derive("access hashes").view())) {
    api::register_all(methods);
  }

  std::unique_ptr<store::sqlite::Snapshot> snapshot;
  SystemClock clock;
  crypto::SystemRandom random;
  const crypto::Sealer sealer;
  const crypto::BlindIndex phone_index;
  Bytes access_secret;
  NoBlobs blobs;
  NoImages images;
  NoDevices devices;
  NoCodes codes;
  services::Hub hub;
  services::Environment environment{*snapshot, clock, random, sealer, phone_index, access_secret};
  services::Services services{.environment = environment,
                              .hub = hub,
                              .devices = devices,
                              .codes = codes,
                              .open_bind_message = [](ByteView, ByteView) -> Result<services::BindMessage> {
                                return fail(read_only());
                              },
                              .terms = services::Terms{},
                              .sign_in_limits = {},
                              .file_parts = {blobs, images, {}}};
  api::Methods methods;
  api::Facts facts;
  services::Caller caller;
};

AccountReader::AccountReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AccountReader::~AccountReader() = default;

Result<std::unique_ptr<AccountReader>> AccountReader::open(const std::filesystem::path& data) {
  HG_ASSIGN(const auto secret, secret_of(data));
  HG_ASSIGN(auto snapshot, store::sqlite::Snapshot::open(data));
  return std::unique_ptr<AccountReader>(
      new AccountReader(std::make_unique<Impl>(std::move(snapshot), secret)));
}

Result<UserId> AccountReader::find(UserId id) {
  auto body = [id](store::Tx& tx) { return tx.accounts().find(id); };
  HG_ASSIGN(const auto account, run(snapshot().read(std::move(body))));
  if (!account || account->state != store::AccountState::active) return fail(unknown());
  return account->id;
}

Result<UserId> AccountReader::find_by_phone(const std::string& phone) {
  const auto number = services::parse_phone(phone);
  if (!number) return fail(Error::invalid("PHONE_NUMBER_INVALID", phone + " is no phone number."));
  auto body = [index = services::phone_index(environment(), *number)](store::Tx& tx) {
    return tx.accounts().find_by_phone(index);
  };
  HG_ASSIGN(const auto account, run(snapshot().read(std::move(body))));
  if (!account) return fail(unknown());
  return account->id;
}

Status AccountReader::become(UserId user) {
  auto body = [user](store::Tx& tx) { return tx.auth_keys().of_user(user); };
  HG_ASSIGN(const auto keys, run(snapshot().read(std::move(body))));
  impl_->caller.user = user;
  // Methods about devices want the caller's own to be one of them.
  impl_->caller.key = keys.empty() ? AuthKeyId{} : keys.front().id;
  return {};
}

UserId AccountReader::user() const {
  return impl_->caller.user;
}
store::sqlite::Snapshot& AccountReader::snapshot() {
  return *impl_->snapshot;
}
services::Services& AccountReader::services() {
  return impl_->services;
}
const services::Environment& AccountReader::environment() {
  return impl_->environment;
}
UnixSeconds AccountReader::now() const {
  return impl_->clock.unix_seconds();
}

std::int32_t AccountReader::tl_layer() {
  return tl::max_layer();
}

tl::CodecLimits AccountReader::generous() {
  return {.depth = 64, .memory_base_bytes = 64 << 20, .memory_per_input_byte = 256};
}

Result<Bytes> AccountReader::answer_to(ByteView body) {
  HG_ASSIGN(auto request, tl::decode_request(body));
  const auto* method = impl_->methods.find(request.index());
  if (method == nullptr) return fail(Error::internal("METHOD_NOT_IMPLEMENTED", std::string(request.name())));
  api::Context context{impl_->services, impl_->facts, impl_->caller, impl_->caller.key, tl_layer(), {}, 0};
  context.takeout = services::TakeoutScope{true, true, true, true, true, true, 0};
  Bytes answer;
  HG_TRY(run(method->run(context, request, answer)));
  return answer;
}

}  // namespace heliograph::app
